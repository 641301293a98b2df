//! Reading aloud in the corner with cushions.

use crate::{
    canvas::Place,
    colour::{CREAM, Colour, rgb},
    figure::Pose,
    person::{Person, Wear},
    room,
    stage::Stage,
    things,
};

pub(super) fn draw(s: &mut Stage) {
    room::room(s, true);
    bookcase(s);
    let half = s.span() + 150.0;
    room::rug(s, (0.0, 400.0), (half, 140.0));
    let aloud = s.dice.chance(0.55);
    let least = if aloud { 2 } else { 1 };
    let count = s.crowd(least, 3);
    let cast = s.children(count, Wear::Indoors);
    if aloud {
        let reader = Person::adult(&mut s.dice, &s.palette.clone(), Wear::Indoors);
        let mut pose = Pose::sitting(&mut s.shot, (-54.0, -46.0), (54.0, -46.0));
        pose.nod = s.shot.sway(5.0);
        let mood = s.watching((0.0, 0.0), (s.shot.clone().sway(200.0), 420.0));
        cushion(s, (0.0, 400.0), 210.0);
        s.person(&reader, (0.0, 370.0), 1.18, &pose, &mood);
        open_book(s, (0.0, 316.0), 1.3);
    }
    let gap = if aloud { 205.0 } else { 0.0 };
    let places: Vec<f32> = match (aloud, count) {
        (true, 1) => vec![-gap],
        (true, 2) => vec![-gap - 20.0, gap + 20.0],
        (true, _) => vec![-gap - 30.0, gap + 20.0, gap + 215.0],
        (false, _) => s.row(count, s.span() * 0.86, 20.0),
    };
    for (who, x) in cast.iter().zip(places) {
        let y = s.dice.range(396.0, 428.0);
        cushion(s, (x, y + 4.0), 150.0);
        let own = !aloud || s.dice.chance(0.2);
        let toward = -x.signum() * 46.0;
        let mut pose = if own {
            Pose::sitting(&mut s.shot, (-40.0, -34.0), (40.0, -34.0))
        } else {
            Pose::sitting(&mut s.shot, (-52.0 + toward * 0.3, -10.0), (52.0 + toward * 0.3, -10.0))
        };
        pose.lean = if aloud { -x.signum() * s.shot.range(2.0, 8.0) } else { s.shot.sway(4.0) };
        let target = if own { (x, y + 100.0) } else { (0.0, 330.0) };
        let mood = s.watching((x, y - 220.0), target);
        let scale = s.dice.range(1.24, 1.36);
        s.person(who, (x, y - 24.0), scale, &pose, &mood);
        if own {
            open_book(s, (x, y - 70.0), 1.0);
        }
    }
    for _ in 0..3 {
        let at = (s.dice.sway(s.span() + 60.0), s.dice.range(478.0, 530.0));
        closed_book(s, at);
    }
    if s.dice.chance(0.7) {
        let x = s.dice.pick(&[-1.0, 1.0]) * (s.span() + 60.0);
        let fur = s.palette.wood.dark(0.08);
        s.c.shadow((x, 452.0), (80.0, 16.0), 0.4);
        things::teddy(s, (x, 452.0), 1.25, fur);
    }
}

fn bookcase(s: &mut Stage) {
    let x = s.dice.pick(&[-470.0, 440.0]) + s.dice.sway(50.0);
    let wood = s.palette.wood.light(0.12);
    let ink = s.c.slant(wood.light(0.12), wood.dark(0.16));
    s.c.shadow((x, room::FLOOR + 30.0), (260.0, 26.0), 0.4);
    s.c.rect((x - 200.0, -420.0), (400.0, 556.0), 12.0, &ink);
    for row in 0..4 {
        let y = -404.0 + row as f32 * 134.0;
        let back = s.c.fall(wood.dark(0.46), wood.dark(0.3));
        s.c.rect((x - 184.0, y), (368.0, 120.0), 4.0, &back);
        things::books(s, (x - 176.0, y + 119.0), 210.0, 96.0);
        if s.dice.chance(0.6) {
            things::on_top(s, (x + 110.0, y + 119.0));
        } else {
            things::books(s, (x + 40.0, y + 119.0), 136.0, 90.0);
        }
    }
}

fn cushion(s: &mut Stage, at: Place, half: f32) {
    let colour = s.palette.any(&mut s.dice).light(0.1);
    s.c.shadow((at.0, at.1 + 18.0), (half * 1.15, 36.0), 0.4);
    let ink =
        s.c.orb((0.4, 0.2), &[(0.0, colour.light(0.3)), (0.7, colour), (1.0, colour.dark(0.16))]);
    s.c.ellipse((at.0, at.1), (half, half * 0.32), &ink);
    s.c.line(
        format!(
            "M{},{}Q{},{} {},{}",
            at.0 - half * 0.92,
            at.1 + 8.0,
            at.0,
            at.1 + half * 0.4,
            at.0 + half * 0.92,
            at.1 + 8.0
        ),
        4.0,
        colour.light(0.45).fade(0.7),
    );
}

fn open_book(s: &mut Stage, at: Place, size: f32) {
    let cover = s.palette.any(&mut s.dice);
    let art: [Colour; 3] = [rgb(0xF2_B95A), rgb(0x7C_B58A), rgb(0x6F_A6CC)];
    let turn = s.shot.sway(5.0);
    s.c.placed(at, size, turn, |c| {
        let ink = c.fall(cover.light(0.08), cover.dark(0.12));
        c.fill("M0,-34Q-46,-52 -88,-40V38Q-46,28 0,44Q46,28 88,38V-40Q46,-52 0,-34Z", &ink);
        let page = c.across(
            (0.0, 0.0),
            (1.0, 0.0),
            &[(0.0, CREAM), (0.48, CREAM.dark(0.12)), (0.52, CREAM.dark(0.14)), (1.0, CREAM)],
        );
        c.fill("M0,-40Q-44,-58 -80,-48V28Q-44,18 0,36Q44,18 80,28V-48Q44,-58 0,-40Z", &page);
        c.line("M0,-38V34", 2.5, CREAM.dark(0.3));
        c.circle((-46.0, -22.0), 12.0, art[0]);
        c.fill("M-70,14Q-46,-14 -14,18Q-44,8 -70,14Z", art[1]);
        c.rect((20.0, -32.0), (44.0, 26.0), 8.0, art[2]);
        c.line("M20,6h42M20,16h30", 3.5, CREAM.dark(0.3));
    });
}

fn closed_book(s: &mut Stage, at: Place) {
    let cover = s.palette.any(&mut s.dice);
    let turn = s.dice.sway(20.0);
    s.c.shadow((at.0, at.1 + 12.0), (64.0, 14.0), 0.35);
    s.c.placed(at, 1.0, turn, |c| {
        let ink = c.round(cover);
        c.fill("M-50,-10L30,-20L54,4L-28,16Z", &ink);
        c.fill("M-50,-10L-28,16V24L-50,-2Z", CREAM);
        c.fill("M-28,16L54,4V12L-28,24Z", CREAM.dark(0.1));
        c.ellipse((4.0, -3.0), (15.0, 7.0), CREAM.fade(0.8));
    });
}
