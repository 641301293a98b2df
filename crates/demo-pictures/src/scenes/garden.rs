//! The vegetable garden.

use crate::{
    canvas::Place,
    colour::{PLUM, rgb},
    figure::Pose,
    nature::{self, Ground},
    person::{Person, Wear},
    stage::{Season, Stage},
    things,
};

pub(super) fn draw(s: &mut Stage) {
    nature::outdoors(s, Ground::Grass);
    for i in 0..7 {
        let x = -780.0 + i as f32 * 260.0 + s.dice.sway(50.0);
        if s.dice.chance(0.7) {
            sunflower(s, (x, 170.0));
        }
    }
    let half = s.span() + 220.0;
    if s.dice.chance(0.3) {
        let staff = Person::adult(&mut s.dice, &s.palette.clone(), Wear::Mild);
        let x = s.dice.sway(160.0);
        let pose = Pose::standing(&mut s.shot, (-84.0, -30.0), (84.0, -30.0));
        let mood = s.watching((x, -100.0), (0.0, 300.0));
        s.person(&staff, (x, 330.0), 1.06, &pose, &mood);
    }
    let count = s.crowd(1, 3);
    let cast =
        s.children(count, if s.season == Season::Summer { Wear::Mild } else { Wear::Indoors });
    let places = s.row(count, s.span() * 0.95, 24.0);
    for (i, (who, x)) in cast.iter().zip(&places).enumerate() {
        let watering = s.dice.chance(0.5);
        let pour = s.wave(i as f32 * 0.4, 10.0);
        let (left, right) = if watering {
            ((10.0, -40.0), (96.0, -70.0 + pour))
        } else {
            ((-54.0, -30.0), (54.0, -34.0 + pour))
        };
        let pose = Pose::standing(&mut s.shot, left, right);
        let mood = s.watching((*x, 40.0), (*x + 90.0, 390.0));
        let scale = s.dice.range(1.24, 1.36);
        let marks = s.person(who, (*x, 392.0), scale, &pose, &mood);
        if watering {
            let colour = s.palette.any(&mut s.dice);
            watering_can(s, marks.hands[1], colour);
        } else {
            let (kind, hand) = (s.dice.below(3), marks.hands);
            let at = (f32::midpoint(hand[0].0, hand[1].0), hand[0].1.min(hand[1].1) - 10.0);
            harvest(s, at, kind);
        }
    }
    bed(s, half);
}

fn bed(s: &mut Stage, half: f32) {
    let soil = rgb(0x7A_5240);
    s.c.shadow((0.0, 530.0), (half * 1.05, 40.0), 0.4);
    let ink = s.c.fall(soil.light(0.12), soil.dark(0.2));
    s.c.fill(format!("M{},356H{}L{},480H{}Z", -half + 40.0, half - 40.0, half, -half), &ink);
    for _ in 0..40 {
        let at = (s.dice.sway(half * 0.92), s.dice.range(370.0, 460.0));
        let w = s.dice.range(6.0, 18.0);
        let clod = if s.dice.chance(0.5) { soil.light(0.2) } else { soil.dark(0.3) };
        s.c.ellipse(at, (w, w * 0.5), clod.fade(0.8));
    }
    for (row, y) in [384.0_f32, 444.0].into_iter().enumerate() {
        let kind = s.dice.below(4);
        let count = if row == 0 { 11 } else { 9 };
        for i in 0..count {
            let x = (i as f32 + 0.5) / count as f32 * half * 1.8 - half * 0.9 + s.dice.sway(12.0);
            let size = if row == 0 { 0.85 } else { 1.1 };
            let growth = size * s.dice.range(0.85, 1.15);
            vegetable(s, (x, y + 12.0), growth, (kind + i / 4) % 4);
        }
    }
    let wood = s.palette.wood;
    let plank = s.c.fall(wood.light(0.22), wood.dark(0.22));
    s.c.rect((-half - 14.0, 466.0), (half * 2.0 + 28.0, 70.0), 10.0, &plank);
    s.c.line(format!("M{},500H{}", -half, half), 3.0, wood.dark(0.35).fade(0.6));
}

fn vegetable(s: &mut Stage, at: Place, size: f32, kind: usize) {
    let turn = s.dice.sway(7.0);
    s.c.placed(at, size, turn, |c| match kind {
        0 => {
            for (x, t, shade) in
                [(-26.0, -36.0, 0.1), (26.0, 36.0, 0.1), (-12.0, -14.0, 0.0), (14.0, 16.0, 0.0)]
            {
                let green = rgb(0x8F_BF5C).dark(shade);
                let ink = c.fall(green.light(0.3), green.dark(0.12));
                c.placed((x * 0.4, 0.0), 1.0, t, |c| {
                    c.fill("M0,4C-36,-10 -34,-52 0,-66C34,-52 36,-10 0,4Z", &ink);
                });
            }
        }
        1 => {
            for t in [-34.0, -16.0, 0.0, 18.0, 34.0] {
                c.placed((0.0, -8.0), 1.0, t, |c| {
                    c.line("M0,0V-64", 3.5, rgb(0x6F_A85A));
                    for y in [-26.0, -42.0, -58.0] {
                        c.line(format!("M0,{y}l-9,-9M0,{y}l9,-9"), 3.5, rgb(0x7C_B565));
                    }
                });
            }
            c.fill("M-12,-12Q0,-20 12,-12L8,6H-8Z", rgb(0xF0_8A3C));
        }
        2 => {
            c.line("M0,4V-130", 5.0, rgb(0xB9_8A5C));
            c.line("M0,0C-14,-40 12,-70 0,-116", 5.0, rgb(0x5E_9B56));
            for (x, y) in [(-22.0, -40.0), (22.0, -64.0), (-18.0, -88.0)] {
                c.ellipse((x, y - 8.0), (20.0, 10.0), rgb(0x6F_A85A));
                let red = c.orb((0.35, 0.3), &[(0.0, rgb(0xFF_8A70)), (1.0, rgb(0xD0_3C38))]);
                c.circle((x, y + 8.0), 14.0, &red);
            }
        }
        _ => {
            let ink = c.across(
                (0.0, 0.0),
                (1.0, 0.0),
                &[(0.0, rgb(0xF8_B45C)), (0.5, rgb(0xEE_8A34)), (1.0, rgb(0xC4_6424))],
            );
            c.ellipse((0.0, -20.0), (40.0, 30.0), &ink);
            c.line(
                "M-18,-44Q-30,-20 -16,4M18,-44Q30,-20 16,4M0,-48V8",
                3.0,
                rgb(0xC4_6424).fade(0.7),
            );
            c.line("M0,-48q2,-14 14,-16", 6.0, rgb(0x5E_8B46));
            c.ellipse((-30.0, -44.0), (20.0, 11.0), rgb(0x7C_B565));
        }
    });
}

fn harvest(s: &mut Stage, at: Place, kind: usize) {
    match kind {
        0 => s.c.placed(at, 1.0, 14.0, |c| {
            c.line("M0,-20l-14,-40M0,-20v-46M0,-20l14,-40", 6.0, rgb(0x6F_A85A));
            let ink = c.slant(rgb(0xF8_A85A), rgb(0xE0_7428));
            c.fill("M-22,-22Q0,-34 22,-22Q16,30 0,64Q-16,30 -22,-22Z", &ink);
            c.line("M-12,-4h12M0,14h9", 3.0, rgb(0xC4_6424).fade(0.7));
        }),
        1 => {
            let colour = s.palette.any(&mut s.dice);
            for dx in [-26.0, 0.0, 26.0] {
                let kind = s.dice.below(6);
                things::fruit(s, (at.0 + dx, at.1 - 8.0), 0.7, kind);
            }
            let ink = s.c.round(colour);
            s.c.fill(
                format!(
                    "M{},{y}H{}L{},{b}H{}Z",
                    at.0 - 58.0,
                    at.0 + 58.0,
                    at.0 + 42.0,
                    at.0 - 42.0,
                    y = at.1 - 6.0,
                    b = at.1 + 50.0
                ),
                &ink,
            );
        }
        _ => s.c.placed(at, 1.0, -6.0, |c| {
            let ink = c.across(
                (0.0, 0.0),
                (1.0, 0.0),
                &[(0.0, rgb(0xF8_B45C)), (0.5, rgb(0xEE_8A34)), (1.0, rgb(0xC4_6424))],
            );
            c.ellipse((0.0, 4.0), (52.0, 42.0), &ink);
            c.line(
                "M-22,-32Q-36,4 -20,40M22,-32Q36,4 20,40M0,-38V46",
                3.5,
                rgb(0xC4_6424).fade(0.7),
            );
            c.line("M0,-38q2,-14 14,-18", 8.0, rgb(0x5E_8B46));
        }),
    }
}

fn watering_can(s: &mut Stage, at: Place, colour: crate::colour::Colour) {
    s.c.placed((at.0 + 14.0, at.1 + 30.0), 1.05, 18.0, |c| {
        let ink = c.round(colour);
        c.line("M-30,-38Q0,-92 34,-34", 9.0, colour.dark(0.16));
        c.rect((-40.0, -38.0), (76.0, 72.0), 14.0, &ink);
        c.line("M32,16L86,-26", 14.0, &ink);
        c.ellipse((92.0, -30.0), (16.0, 12.0), colour.dark(0.12));
    });
    for i in 0..8 {
        let x = at.0 + 106.0 + i as f32 * 5.0;
        s.c.line(
            format!("M{x},{}q10,50 12,{}", at.1 + 42.0, 104.0 + (i % 3) as f32 * 12.0),
            3.0,
            rgb(0xC4_E9F2).fade(0.9),
        );
    }
}

fn sunflower(s: &mut Stage, at: Place) {
    let (tall, sway) = (s.dice.range(210.0, 360.0), s.wave(at.0 * 0.002, 8.0));
    let petal = s.dice.pick(&[rgb(0xF8_C63E), rgb(0xF4_A93A), rgb(0xF2_8FA0)]);
    s.c.line(
        format!(
            "M{},{}Q{},{} {},{}",
            at.0,
            at.1,
            at.0 + 8.0,
            at.1 - tall * 0.5,
            at.0 + sway,
            at.1 - tall
        ),
        8.0,
        rgb(0x5E_9B56),
    );
    for (t, side) in [(0.35, -1.0), (0.55, 1.0)] {
        let y = at.1 - tall * t;
        let ink = s.c.round(rgb(0x7C_B565));
        s.c.fill(
            format!(
                "M{x},{y}q{},-34 {},-20q{},26 {},20Z",
                side * 34.0,
                side * 66.0,
                -side * 20.0,
                -side * 66.0,
                x = at.0
            ),
            &ink,
        );
    }
    s.c.placed((at.0 + sway, at.1 - tall), 1.0, sway, |c| {
        for i in 0..14 {
            c.placed((0.0, 0.0), 1.0, i as f32 * 25.7, |c| {
                c.fill(
                    "M-10,-26C-16,-46 -8,-60 0,-68C8,-60 16,-46 10,-26Z",
                    petal.dark((i % 2) as f32 * 0.08),
                );
            });
        }
        let seed = c.orb((0.4, 0.35), &[(0.0, rgb(0xA8_6A38)), (1.0, rgb(0x5E_3A2A))]);
        c.circle((0.0, 0.0), 32.0, &seed);
        c.circle((-6.0, -6.0), 18.0, PLUM.fade(0.12));
    });
}
