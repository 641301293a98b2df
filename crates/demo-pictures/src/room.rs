//! Indoors: walls, floor, and what stands and hangs there.

use crate::{
    canvas::Place,
    colour::{PLUM, rgb},
    furniture,
    stage::{Light, Stage},
    window,
};

/// Where the wall meets the floor.
pub(crate) const FLOOR: f32 = 110.0;

/// Draws a room with things along the wall; `calm` leaves out what moves the eye.
pub(crate) fn room(s: &mut Stage, calm: bool) {
    wall(s);
    floor(s);
    let mut slots = s.dice.shuffled(&[0, 1, 2, 3, 4, 5, 6, 7, 8]);
    slots.retain(|feature| *feature != 0);
    let window_at = 1 + s.dice.below(3);
    for i in 0..5 {
        let x = -860.0 + i as f32 * 430.0 + s.dice.sway(36.0);
        if i == window_at {
            window::window(s, (x, -180.0));
            continue;
        }
        match slots[i % slots.len()] {
            1 | 8 => furniture::cupboard(s, x),
            2 => furniture::drawings(s, (x, -190.0)),
            3 => furniture::tipi(s, x),
            4 => furniture::big_plant(s, x),
            5 => furniture::wall_shelves(s, (x, -170.0)),
            6 => furniture::coats(s, (x, -150.0)),
            _ => furniture::rainbow(s, (x, -120.0)),
        }
    }
    if !calm && s.dice.chance(0.6) {
        furniture::bunting(s);
    }
    if s.dice.chance(0.5) {
        furniture::lamps(s);
    }
}

fn wall(s: &mut Stage) {
    let wall = if s.light == Light::Dusk { s.palette.wall.dark(0.25) } else { s.palette.wall };
    let ink = s.c.linear(
        (-900.0, -700.0),
        (900.0, 300.0),
        &[(0.0, wall.light(0.3)), (1.0, wall.dark(0.12))],
    );
    s.c.rect((-1300.0, -1200.0), (2600.0, 1500.0), 0.0, &ink);
    let motif = s.palette.panel.mix(wall, 0.45);
    match s.dice.below(6) {
        0 => {
            let mut path = String::new();
            for row in 0..22 {
                for column in 0..28 {
                    let (x, y) = (
                        -1300.0 + column as f32 * 94.0 + (row % 2) as f32 * 47.0,
                        -1000.0 + row as f32 * 50.0,
                    );
                    path += &format!("M{},{y}a6,6 0 1 1 12,0a6,6 0 1 1 -12,0", x - 6.0);
                }
            }
            s.c.fill(path, motif.fade(0.7));
        }
        1 => {
            let path: String = (0..24)
                .map(|i| format!("M{},-1200h52V{FLOOR}h-52Z", -1300.0 + i as f32 * 110.0))
                .collect();
            s.c.fill(path, motif.fade(0.28));
        }
        2 => {
            // Painted hills.
            for (i, lift) in [180.0_f32, 90.0].into_iter().enumerate() {
                let colour = motif.mix(s.palette.cloth[i + 2], 0.16 + i as f32 * 0.12).fade(0.8);
                let mut path = format!("M-1300,{FLOOR}V{}", FLOOR - lift);
                for k in 0..7 {
                    let x = -1300.0 + k as f32 * 372.0;
                    let peak = FLOOR - lift - s.dice.range(60.0, 260.0);
                    path += &format!("Q{},{peak} {},{}", x + 186.0, x + 372.0, FLOOR - lift);
                }
                s.c.fill(path + &format!("V{FLOOR}Z"), colour);
            }
        }
        3 => {
            let mut path = String::new();
            for row in 0..9 {
                for column in 0..16 {
                    let (x, y) = (
                        -1280.0 + column as f32 * 166.0 + (row % 2) as f32 * 83.0,
                        -960.0 + row as f32 * 116.0,
                    );
                    path += &format!(
                        "M{x},{y}q14,-26 34,-16q-8,24 -34,16ZM{},{}q-26,-6 -26,-28q24,0 26,28Z",
                        x + 60.0,
                        y + 50.0
                    );
                }
            }
            s.c.fill(path, motif.fade(0.5));
        }
        _ => {}
    }
    if s.dice.chance(0.55) {
        let panel = s.palette.panel.mix(wall, 0.35);
        let ink = s.c.fall(panel.light(0.12), panel.dark(0.1));
        s.c.rect((-1300.0, -96.0), (2600.0, 220.0), 0.0, &ink);
        s.c.rect((-1300.0, -106.0), (2600.0, 14.0), 0.0, panel.light(0.45));
        if s.dice.chance(0.5) {
            for i in 0..26 {
                s.c.rect(
                    (-1300.0 + i as f32 * 100.0, -90.0),
                    (3.0, 200.0),
                    0.0,
                    panel.dark(0.18).fade(0.5),
                );
            }
        }
    }
}

fn floor(s: &mut Stage) {
    let planks = s.dice.chance(0.6);
    let wood = if planks {
        let stain = s.dice.pick(&[rgb(0xB8_7F56), rgb(0xE6_C9A0), rgb(0xCF_BFB2), rgb(0x9A_6B4C)]);
        s.palette.wood.mix(stain, 0.6).light(0.14)
    } else {
        let tint = s.palette.any(&mut s.dice);
        s.dice
            .pick(&[rgb(0xB9_C7CC), rgb(0xC5_CFBE), rgb(0xD8_CDBF), rgb(0xBF_B6C9)])
            .mix(tint, 0.16)
    };
    let ink = s.c.linear(
        (0.0, FLOOR),
        (0.0, 800.0),
        &[(0.0, wood.dark(0.08)), (0.3, wood), (1.0, wood.light(0.2))],
    );
    s.c.rect((-1400.0, FLOOR), (2800.0, 1400.0), 0.0, &ink);
    if planks {
        for i in -16..=16 {
            let top = i as f32 * 90.0;
            s.c.line(format!("M{top},{FLOOR}L{},1100", top * 2.6), 2.5, wood.dark(0.22).fade(0.45));
        }
        for _ in 0..46 {
            let (x, y) = (s.dice.sway(1200.0), s.dice.range(FLOOR + 20.0, 640.0));
            let length = s.dice.range(30.0, 120.0);
            let lean = x * 0.0016;
            s.c.line(
                format!(
                    "M{x},{y}q{},{} {},{}",
                    lean * length * 0.5 + 3.0,
                    length * 0.25,
                    lean * length * 0.8,
                    length * 0.5
                ),
                2.0,
                wood.dark(0.2).fade(0.28),
            );
        }
    } else {
        for _ in 0..90 {
            let at = (s.dice.sway(1250.0), s.dice.range(FLOOR + 10.0, 760.0));
            let fleck = s.palette.any(&mut s.dice).fade(0.25);
            let size = s.dice.range(2.0, 6.0);
            s.c.ellipse(at, (size * 1.6, size), fleck);
        }
    }
    let under = s.c.fall(PLUM.fade(0.2), PLUM.fade(0.0));
    s.c.rect((-1300.0, FLOOR), (2600.0, 60.0), 0.0, &under);
    let skirting = s.palette.wall.light(0.6);
    s.c.rect((-1300.0, FLOOR - 16.0), (2600.0, 18.0), 0.0, skirting);
    s.c.rect((-1300.0, FLOOR + 1.0), (2600.0, 3.0), 0.0, wood.dark(0.4).fade(0.5));
}

/// A rug under the play.
pub(crate) fn rug(s: &mut Stage, at: Place, radii: Place) {
    let base = s.palette.textile;
    s.c.shadow((at.0, at.1 + 14.0), (radii.0 * 1.06, radii.1 * 1.12), 0.3);
    let ink = s.c.slant(base.light(0.25), base.dark(0.05));
    let accent = s.palette.any(&mut s.dice).light(0.3);
    match s.dice.below(4) {
        0 => {
            s.c.ellipse(at, radii, &ink);
            for (i, share) in [0.88_f32, 0.7, 0.5, 0.28].into_iter().enumerate() {
                let ring = if i % 2 == 0 { accent } else { base.light(0.3) };
                s.c.ellipse(at, (radii.0 * share, radii.1 * share), ring.fade(0.75));
            }
        }
        1 => {
            let (x, y) = (at.0 - radii.0, at.1 - radii.1 * 0.8);
            let (w, h) = (radii.0 * 2.0, radii.1 * 1.6);
            s.c.fill(
                format!("M{},{y}H{}L{},{}H{}Z", x + w * 0.08, x + w * 0.92, x + w, y + h, x),
                &ink,
            );
            for i in 0..7 {
                let t = i as f32 / 7.0 + 0.04;
                let (inset, yy) = (w * 0.08 * (1.0 - t), y + h * t);
                s.c.fill(
                    format!(
                        "M{},{yy}H{}L{},{}H{}Z",
                        x + inset,
                        x + w - inset,
                        x + w - inset + 6.0,
                        yy + h * 0.06,
                        x + inset - 6.0
                    ),
                    accent.fade(0.7),
                );
            }
        }
        2 => {
            s.c.ellipse(at, radii, &ink);
            let edge = accent.fade(0.9);
            for i in 0..40 {
                let angle = (i as f32 * 9.0_f32).to_radians();
                s.c.circle(
                    (at.0 + angle.cos() * radii.0 * 0.97, at.1 + angle.sin() * radii.1 * 0.95),
                    13.0,
                    edge,
                );
            }
            s.c.ellipse(at, (radii.0 * 0.86, radii.1 * 0.84), base.light(0.36));
        }
        _ => {
            s.c.ellipse(at, radii, &ink);
            for _ in 0..26 {
                let (angle, reach) =
                    (s.dice.range(0.0, std::f32::consts::TAU), s.dice.range(0.1, 0.9));
                let spot =
                    (at.0 + angle.cos() * radii.0 * reach, at.1 + angle.sin() * radii.1 * reach);
                let colour = s.palette.any(&mut s.dice).light(0.2);
                s.c.ellipse(spot, (15.0, 8.0), colour.fade(0.8));
            }
        }
    }
}
