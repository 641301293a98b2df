//! Drawing on the wall, together and large.

use crate::{
    canvas::Place,
    colour::{CREAM, PLUM, rgb},
    figure::Pose,
    person::Wear,
    room,
    stage::Stage,
    things,
};

pub(super) fn draw(s: &mut Stage) {
    room::room(s, true);
    let half = s.span() + 150.0;
    let board = s.dice.chance(0.4);
    sheet(s, half, board);
    let count = s.crowd(1, 3);
    let cast = s.children(count, Wear::Messy);
    let places = s.row(count, s.span() * 0.9, 24.0);
    for (i, (who, x)) in cast.iter().zip(places).enumerate() {
        let y = s.dice.range(400.0, 450.0);
        let rub = s.wave(i as f32 * 0.3, 16.0);
        let behind = s.shot.chance(0.62);
        let high = (84.0, -176.0 + rub);
        let low = (-70.0, if s.shot.chance(0.3) { -120.0 } else { -4.0 });
        let (left, right) =
            if s.shot.chance(0.5) { (low, high) } else { ((-high.0, high.1), (-low.0, low.1)) };
        let mut pose = Pose::standing(&mut s.shot, left, right);
        pose.from_behind = behind;
        let mood = s.watching((x, 0.0), (s.shot.clone().sway(100.0), 60.0));
        s.c.shadow((x, y), (116.0, 26.0), 0.42);
        let scale = s.dice.range(1.22, 1.36);
        let marks = s.person(who, (x, y), scale, &pose, &mood);
        let hand = if left.1 < right.1 { marks.hands[0] } else { marks.hands[1] };
        let crayon = s.palette.any(&mut s.dice);
        s.c.placed((hand.0, hand.1 - 8.0), 1.0, 20.0, |c| {
            c.rect((-8.0, -42.0), (16.0, 46.0), 4.0, crayon);
            c.fill("M-8,-42L0,-58L8,-42Z", crayon.dark(0.15));
        });
    }
    for i in 0..6 {
        let at = (s.dice.sway(half), s.dice.range(480.0, 540.0));
        let (colour, turn) = (s.palette.cloth[i], s.dice.range(0.0, 180.0));
        s.c.placed(at, 1.0, turn, |c| {
            c.rect((-30.0, -4.0), (60.0, 16.0), 5.0, PLUM.fade(0.15));
            c.rect((-32.0, -8.0), (56.0, 15.0), 5.0, colour);
            c.fill("M24,-8L40,-1L24,7Z", colour.dark(0.15));
        });
    }
    let colour = s.palette.any(&mut s.dice);
    let x = s.dice.pick(&[-1.0, 1.0]) * (half - 20.0);
    things::bucket(s, (x, 500.0), 0.8, colour);
}

fn sheet(s: &mut Stage, half: f32, board: bool) {
    let (top, bottom) = (-380.0, 96.0);
    let paper = if board { rgb(0x4A_6660) } else { CREAM.light(0.5) };
    let frame = s.palette.wood;
    s.c.rect(
        (-half - 10.0, top - 4.0),
        (half * 2.0 + 32.0, bottom - top + 20.0),
        10.0,
        PLUM.fade(0.14),
    );
    if board {
        s.c.rect((-half - 22.0, top - 22.0), (half * 2.0 + 44.0, bottom - top + 44.0), 14.0, frame);
    }
    let ink = s.c.slant(paper.light(0.08), paper.dark(0.06));
    s.c.rect((-half, top), (half * 2.0, bottom - top), 4.0, &ink);
    if !board {
        for x in [-half + 30.0, half - 70.0] {
            s.c.placed((x, top), 1.0, -8.0, |c| {
                c.rect((-10.0, -12.0), (70.0, 26.0), 2.0, rgb(0xF2_D98A).fade(0.85));
            });
        }
    }
    let colours = s.palette.cloth;
    let soft = |i: usize| if board { colours[i % 6].light(0.35) } else { colours[i % 6] };
    let count = if s.portrait { 5 } else { 8 };
    for i in 0..count {
        let x = -half + (i as f32 + 0.5) * half * 2.0 / count as f32 + s.dice.sway(30.0);
        let at = (x, s.dice.range(-280.0, 0.0));
        scribble(s, at, i, soft(i), soft(i + 2));
    }
    s.c.line(format!("M{},{}q80,-40 160,0t160,0t160,0", -half + 60.0, bottom - 30.0), 9.0, soft(2));
}

fn scribble(
    s: &mut Stage,
    at: Place,
    i: usize,
    a: crate::colour::Colour,
    b: crate::colour::Colour,
) {
    let (size, turn) = (s.dice.range(0.9, 1.4), s.dice.sway(12.0));
    let kind = (s.dice.below(6) + i) % 6;
    s.c.placed(at, size, turn, |c| match kind {
        0 => {
            c.line("M-34,0a34,34 0 1 0 68,0a34,34 0 1 0 -68,0M0,-50V-68M0,50V68M-50,0H-68M50,0H68M35,-35L48,-48M-35,35L-48,48M35,35L48,48M-35,-35L-48,-48", 8.0, a);
        }
        1 => {
            c.line("M-50,50V-6L0,-50L50,-6V50ZM-12,50V16H12V50", 8.0, a);
            c.line("M-36,-70q10,-14 20,0t20,0", 5.0, b);
        }
        2 => {
            c.line("M-26,-30a26,26 0 1 0 52,0a26,26 0 1 0 -52,0M0,-4V44M0,10L-34,26M0,10L34,26M0,44L-20,78M0,44L20,78", 8.0, a);
            c.line("M-10,-34v2M10,-34v2M-11,-22q11,10 22,0", 6.0, b);
        }
        3 => {
            for (r, colour) in [(70.0, a), (54.0, b), (38.0, a.light(0.3))] {
                c.line(format!("M{},30A{r},{r} 0 0 1 {r},30", -r), 11.0, colour);
            }
        }
        4 => {
            c.line("M0,80C4,50 -4,30 0,0", 7.0, rgb(0x7F_B069));
            for k in 0..6 {
                let angle = (k as f32 * 60.0_f32).to_radians();
                c.circle((angle.cos() * 22.0, angle.sin() * 22.0 - 20.0), 14.0, a);
            }
            c.circle((0.0, -20.0), 12.0, b);
        }
        _ => c.line("M-60,0q20,-60 40,0t40,-10t30,10q-50,50 -90,20q40,-60 80,-30q-30,60 -70,20", 7.0, a),
    });
}
