//! Baking biscuits.

use super::table::{TOP, around};
use crate::{
    canvas::Place,
    colour::{Colour, PLUM, WHITE, rgb},
    person::Wear,
    room,
    stage::Stage,
};

/// Baking biscuits.
pub(super) fn draw(s: &mut Stage) {
    room::room(s, false);
    let (half, places) = around(s, Wear::Kitchen, |s, _, marks| {
        if s.shot.chance(0.4) {
            s.c.ellipse((marks.head.0 - 36.0, marks.head.1 + 34.0), (14.0, 8.0), WHITE.fade(0.9));
        }
        if s.shot.chance(0.45) {
            let hand = marks.hands[s.shot.below(2)];
            whisk(s, hand);
        }
    });
    for _ in 0..7 {
        let at = (s.dice.sway(half * 0.8), TOP + s.dice.range(30.0, 120.0));
        let w = s.dice.range(40.0, 130.0);
        let flour = s.c.glow(WHITE.fade(0.85));
        s.c.ellipse(at, (w, w * 0.22), &flour);
    }
    for (i, x) in places.iter().enumerate() {
        if i % 2 == 0 {
            dough(s, (*x, TOP + 92.0));
        } else {
            tray(s, (*x, TOP + 90.0));
        }
    }
    let bowl = s.palette.any(&mut s.dice);
    let x = f32::midpoint(places[0], places[1]);
    mixing_bowl(s, (x, TOP + 58.0), bowl);
}

fn whisk(s: &mut Stage, at: Place) {
    let turn = s.shot.sway(40.0);
    s.c.placed(at, 1.0, turn, |c| {
        c.line("M0,26V-34", 10.0, rgb(0xB9_7C48));
        c.line(
            "M0,-34C-30,-70 -16,-110 0,-110C16,-110 30,-70 0,-34M0,-34V-110",
            3.5,
            rgb(0xAE_B8BE),
        );
    });
}

fn dough(s: &mut Stage, at: Place) {
    s.c.placed(at, 1.0, 0.0, |c| {
        let ink = c.fall(rgb(0xFA_E6BE), rgb(0xE6_C48C));
        c.fill("M-96,4C-104,-22 -50,-34 -6,-30C50,-36 104,-22 98,6C80,28 -76,30 -96,4Z", &ink);
        for (x, y) in [(-52.0, -2.0), (-8.0, 8.0), (44.0, -6.0)] {
            c.fill(
                format!("M{x},{}l5,8l11,1l-8,6l3,9l-11,-4l-11,4l3,-9l-8,-6l11,-1Z", y - 12.0),
                rgb(0xC9_9C60),
            );
        }
        c.placed((20.0, -34.0), 1.0, -7.0, |c| {
            let pin = c.fall(rgb(0xE3_B47C), rgb(0xA8_7444));
            c.rect((-86.0, -18.0), (172.0, 34.0), 16.0, &pin);
            c.rect((-122.0, -9.0), (40.0, 16.0), 8.0, rgb(0x9A_6338));
            c.rect((82.0, -9.0), (40.0, 16.0), 8.0, rgb(0x9A_6338));
        });
    });
}

fn tray(s: &mut Stage, at: Place) {
    s.c.placed(at, 1.0, 0.0, |c| {
        let metal = c.fall(rgb(0xA9_B4BC), rgb(0x7C_8992));
        c.fill("M-92,-30H92L112,30H-112Z", &metal);
        c.fill("M-84,-24H84L100,22H-100Z", rgb(0x8E_9AA2));
        for row in 0..2 {
            for column in 0..4 {
                let spot = (-66.0 + column as f32 * 44.0, -12.0 + row as f32 * 24.0);
                let ink = c.orb((0.4, 0.3), &[(0.0, rgb(0xF6_D08E)), (1.0, rgb(0xC9_8A45))]);
                c.ellipse(spot, (17.0, 10.0), &ink);
                c.circle((spot.0 - 4.0, spot.1 - 2.0), 2.6, rgb(0x7A_4A2B));
                c.circle((spot.0 + 6.0, spot.1 + 1.0), 2.6, rgb(0x7A_4A2B));
            }
        }
    });
}

fn mixing_bowl(s: &mut Stage, at: Place, colour: Colour) {
    s.c.ellipse((at.0 + 6.0, at.1 + 8.0), (100.0, 24.0), PLUM.fade(0.2));
    s.c.ellipse((at.0, at.1 - 76.0), (104.0, 26.0), colour.dark(0.3));
    s.c.ellipse((at.0, at.1 - 74.0), (92.0, 20.0), rgb(0xF3_D8A4));
    let ink = s.c.across(
        (0.0, 0.0),
        (1.0, 0.0),
        &[(0.0, colour.light(0.35)), (0.5, colour.light(0.1)), (1.0, colour.dark(0.16))],
    );
    s.c.fill(
        format!(
            "M{},{y}Q{},{} {},{y}Q{},{b} {},{b}H{}Q{},{b} {},{y}Z",
            at.0 - 104.0,
            at.0,
            at.1 - 26.0,
            at.0 + 104.0,
            at.0 + 92.0,
            at.0 + 46.0,
            at.0 - 46.0,
            at.0 - 92.0,
            at.0 - 104.0,
            y = at.1 - 76.0,
            b = at.1 + 10.0
        ),
        &ink,
    );
    s.c.line(
        format!("M{},{}L{},{}", at.0 + 20.0, at.1 - 76.0, at.0 + 84.0, at.1 - 160.0),
        11.0,
        rgb(0xC9_925C),
    );
}
