//! The sandpit.

use crate::{
    canvas::Place,
    colour::{PLUM, WHITE, rgb},
    figure::Pose,
    nature::{self, Ground},
    person::Wear,
    stage::{Season, Stage},
    things,
};

pub(super) fn draw(s: &mut Stage) {
    nature::outdoors(s, Ground::Grass);
    if s.dice.chance(0.45) {
        sail(s);
    }
    let half = s.span() + 210.0;
    let sand = rgb(0xF0_D7A2);
    pit(s, half);
    let wear = if s.season == Season::Summer { Wear::Mild } else { Wear::Indoors };
    let count = s.crowd(2, 4);
    let cast = s.children(count, wear);
    let places = s.row(count, s.span() * 1.05, 22.0);
    for (i, (who, x)) in cast.iter().zip(&places).enumerate() {
        let y = s.dice.range(350.0, 392.0);
        let dig = s.wave(i as f32 * 0.27, 20.0);
        let side = if s.shot.chance(0.5) { 1.0 } else { -1.0 };
        let (near, far) = ((side * 80.0, 6.0 + dig * 0.4), (-side * 62.0, -6.0));
        let (left, right) = if side > 0.0 { (far, near) } else { (near, far) };
        let pose = if s.shot.chance(0.6) {
            Pose::sitting(&mut s.shot, left, right)
        } else {
            Pose::kneeling(&mut s.shot, left, right)
        };
        let mood = s.watching((*x, y - 180.0), (*x + side * 130.0, y + 30.0));
        let scale = s.dice.range(1.26, 1.4);
        s.c.shadow((*x, y + 8.0), (140.0, 34.0), 0.4);
        let marks = s.person(who, (*x, y), scale, &pose, &mood);
        let hand = marks.hands[usize::from(side > 0.0)];
        let colour = s.palette.any(&mut s.dice);
        spade(s, hand, side * (150.0 + dig), colour);
        for _ in 0..6 {
            let grain = (hand.0 + s.dice.sway(50.0), hand.1 + s.dice.range(20.0, 70.0));
            s.c.circle(grain, 4.0, sand.dark(0.1));
        }
    }
    let gaps = s.row(count + 1, half * 0.94, 16.0);
    for (i, x) in gaps.iter().enumerate() {
        let at = (*x, s.dice.range(428.0, 462.0));
        let colour = s.palette.cloth[(i * 5 + 1) % 6];
        match s.dice.below(3) {
            0 => castle(s, at),
            1 => things::bucket(s, at, 0.85, colour),
            _ => heap(s, at),
        }
    }
    let wood = s.palette.wood.light(0.1);
    let plank = s.c.fall(wood.light(0.2), wood.dark(0.22));
    s.c.rect((-half - 30.0, 476.0), (half * 2.0 + 60.0, 54.0), 16.0, &plank);
    s.c.line(format!("M{},484H{}", -half, half), 4.0, WHITE.fade(0.3));
}

fn pit(s: &mut Stage, half: f32) {
    let sand = rgb(0xF0_D7A2);
    let wood = s.palette.wood.light(0.1);
    let frame = s.c.fall(wood.dark(0.1), wood);
    s.c.fill(
        format!("M{},250H{}L{},500H{}Z", -half * 0.86, half * 0.86, half + 26.0, -half - 26.0),
        &frame,
    );
    let ink = s.c.fall(sand.dark(0.1), sand.light(0.25));
    s.c.fill(format!("M{},272H{}L{},500H{}Z", -half * 0.84, half * 0.84, half, -half), &ink);
    for _ in 0..70 {
        let at = (s.dice.sway(half * 0.9), s.dice.range(290.0, 470.0));
        let w = s.dice.range(4.0, 22.0);
        let speck = if s.dice.chance(0.5) { sand.dark(0.14) } else { sand.light(0.5) };
        s.c.ellipse(at, (w, w * 0.3), speck.fade(0.6));
    }
}

fn sail(s: &mut Stage) {
    let cloth = s.palette.any(&mut s.dice);
    let ink = s.c.fall(cloth.light(0.35), cloth.light(0.05));
    s.c.line("M-620,300V-380M640,300V-300", 14.0, s.palette.wood.dark(0.15));
    s.c.fill("M-640,-390Q0,-320 660,-310Q260,-420 60,-560Q-260,-420 -640,-390Z", &ink);
    let light = WHITE.fade(0.25);
    s.c.fill("M-640,-390Q-60,-340 660,-310Q160,-360 60,-560Q0,-400 -640,-390Z", light);
}

fn spade(s: &mut Stage, at: Place, turn: f32, colour: crate::colour::Colour) {
    s.c.placed(at, 1.0, turn, |c| {
        c.line("M0,24V-44", 9.0, colour.dark(0.15));
        let ink = c.round(colour);
        c.fill("M-20,-40H20V-76Q20,-98 0,-104Q-20,-98 -20,-76Z", &ink);
        c.line("M-14,26H14", 9.0, colour.dark(0.15));
    });
}

fn heap(s: &mut Stage, at: Place) {
    let sand = rgb(0xEA_CC90);
    let ink = s.c.slant(sand.light(0.35), sand.dark(0.16));
    s.c.fill(
        format!(
            "M{},{y}Q{},{} {},{}Q{},{} {},{y}Z",
            at.0 - 90.0,
            at.0 - 40.0,
            at.1 - 16.0,
            at.0,
            at.1 - 58.0,
            at.0 + 50.0,
            at.1 - 20.0,
            at.0 + 90.0,
            y = at.1
        ),
        &ink,
    );
}

fn castle(s: &mut Stage, at: Place) {
    let sand = rgb(0xE8_C88A);
    let flag = s.palette.any(&mut s.dice);
    s.c.ellipse((at.0, at.1 + 2.0), (110.0, 18.0), PLUM.fade(0.15));
    s.c.placed(at, 1.0, 0.0, |c| {
        for (x, h, w) in [(-54.0, 60.0, 34.0), (54.0, 56.0, 34.0), (0.0, 96.0, 40.0)] {
            let ink = c.across(
                (0.0, 0.0),
                (1.0, 0.0),
                &[(0.0, sand.light(0.35)), (0.5, sand), (1.0, sand.dark(0.2))],
            );
            c.fill(
                format!("M{},0L{},-{h}H{}L{},0Z", x - w, x - w * 0.72, x + w * 0.72, x + w),
                &ink,
            );
            c.ellipse((x, -h), (w * 0.72, 8.0), sand.light(0.3));
        }
        c.fill("M-13,0V-26A13,13 0 0 1 13,-26V0Z", sand.dark(0.4));
        c.line("M0,-96V-150", 4.0, rgb(0x9A_6338));
        c.fill("M2,-150L42,-136L2,-122Z", flag);
    });
}
