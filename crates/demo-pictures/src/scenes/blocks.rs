//! Building with blocks on the rug.

use crate::{figure::Pose, person::Wear, room, stage::Stage, things};

pub(super) fn draw(s: &mut Stage) {
    room::room(s, false);
    let half = s.span() + 170.0;
    room::rug(s, (0.0, 380.0), (half, 150.0));
    let count = s.crowd(2, 4);
    let cast = s.children(count, Wear::Indoors);
    let tower_x = s.dice.sway(70.0);
    let height = 4 + s.dice.below(4);
    let tower_top = 400.0 - height as f32 * 62.0;
    let mut places = s.row(count, s.span(), 22.0);
    for x in &mut places {
        // Nobody sits where the tower stands.
        if (*x - tower_x).abs() < 130.0 {
            *x = tower_x + if *x < tower_x { -165.0 } else { 165.0 };
        }
    }
    for (who, x) in cast.iter().zip(places) {
        let side = (tower_x - x).signum();
        let scale = s.dice.range(1.2, 1.34);
        let y = s.dice.range(340.0, 390.0);
        let toward = (side * 112.0, -70.0 + s.wave(x, 10.0));
        let rest = (-side * 70.0, -10.0);
        let (left, right) = if side > 0.0 { (rest, toward) } else { (toward, rest) };
        let standing = s.shot.chance(0.3);
        let mut pose = if standing {
            Pose::standing(&mut s.shot, left, right)
        } else if s.shot.chance(0.6) {
            Pose::sitting(&mut s.shot, left, right)
        } else {
            Pose::kneeling(&mut s.shot, left, right)
        };
        pose.lean += side * 4.0;
        let scale = if standing { scale * 0.95 } else { scale * 1.12 };
        let y = if standing { y - 60.0 } else { y };
        let mood = s.watching((x, y - 200.0), (tower_x, tower_top + 60.0));
        s.c.shadow((x, y + 2.0), (130.0, 30.0), 0.4);
        let marks = s.person(who, (x, y), scale, &pose, &mood);
        let hand = marks.hands[usize::from(side > 0.0)];
        let colour = s.palette.any(&mut s.dice);
        things::block(s, (hand.0 + side * 8.0, hand.1 + 14.0), (54.0, 46.0), side * 12.0, colour);
    }
    tower(s, (tower_x, 430.0), height);
    for _ in 0..9 {
        let side = s.dice.pick(&[-1.0, 1.0]);
        let at = (tower_x + side * s.dice.range(110.0, s.span()), s.dice.range(430.0, 500.0));
        let size = (s.dice.range(46.0, 84.0), s.dice.range(38.0, 52.0));
        let (turn, colour) = (s.dice.sway(14.0), s.palette.any(&mut s.dice));
        s.c.shadow((at.0 + 4.0, at.1), (size.0 * 0.75, 12.0), 0.4);
        things::block(s, at, size, turn, colour);
    }
}

fn tower(s: &mut Stage, at: (f32, f32), height: usize) {
    s.c.shadow((at.0, at.1 + 4.0), (150.0, 24.0), 0.45);
    let mut y = at.1;
    for level in 0..height {
        let wide = level % 3 == 1 || level == 0;
        let colour = s.palette.cloth[(level * 5 + 2) % 6];
        let shift = s.dice.sway(9.0);
        if wide {
            things::block(s, (at.0 + shift, y), (150.0, 50.0), 0.0, colour);
        } else {
            let other = s.palette.cloth[(level * 3 + 1) % 6];
            things::block(s, (at.0 - 42.0 + shift, y), (56.0, 56.0), 0.0, colour);
            things::block(s, (at.0 + 42.0 + shift, y), (56.0, 56.0), 0.0, other);
        }
        y -= if wide { 52.0 } else { 58.0 };
    }
    let roof = s.palette.any(&mut s.dice);
    let ink = s.c.round(roof);
    s.c.fill(format!("M{},{y}L{},{}L{},{y}Z", at.0 - 72.0, at.0, y - 70.0, at.0 + 72.0), &ink);
}
