//! Trees, bushes, flowers and leaves.

use crate::{
    canvas::Place,
    colour::{Colour, WHITE, rgb},
    nature::{HORIZON, grass, leaf},
    stage::{Season, Stage},
};

pub(crate) fn bush(s: &mut Stage, at: Place, size: f32) {
    let green = if s.season == Season::Autumn {
        autumn(s).mix(rgb(0x7C_8A4A), 0.3)
    } else {
        leaf(s.season)
    }
    .dark(0.08);
    s.c.shadow(at, (110.0 * size, 18.0 * size), 0.4);
    let berry = s.palette.any(&mut s.dice);
    let spots: Vec<Place> =
        (0..9).map(|_| (s.dice.sway(74.0), -52.0 + s.dice.sway(38.0))).collect();
    s.c.placed(at, size, 0.0, |c| {
        for (x, y, r) in [
            (-56.0, -34.0, 44.0),
            (54.0, -36.0, 46.0),
            (-20.0, -70.0, 46.0),
            (28.0, -66.0, 42.0),
            (0.0, -34.0, 50.0),
        ] {
            let ink = c.orb(
                (0.36, 0.26),
                &[(0.0, green.light(0.3)), (0.6, green), (1.0, green.dark(0.2))],
            );
            c.circle((x, y), r, &ink);
        }
        for spot in spots {
            c.circle(spot, 6.0, berry.light(0.2).fade(0.9));
        }
    });
}

pub(crate) fn flower_clump(s: &mut Stage, at: Place, size: f32) {
    let petal = s.palette.any(&mut s.dice).light(0.15);
    let stems: Vec<(f32, f32)> =
        (0..6).map(|_| (s.dice.sway(46.0), s.dice.range(54.0, 110.0))).collect();
    let bloom = s.season != Season::Winter;
    s.c.placed(at, size, 0.0, |c| {
        for (x, tall) in stems {
            c.line(
                format!("M{},0Q{},{} {x},-{tall}", x * 0.4, x * 0.5, -tall * 0.6),
                4.0,
                rgb(0x6F_9A5C),
            );
            c.fill(
                format!("M{},-{}q{},-20 {},-4q-10,14 -22,4Z", x * 0.6, tall * 0.4, 14.0, 24.0),
                rgb(0x7F_AE68),
            );
            if bloom {
                for k in 0..5 {
                    let angle = (k as f32 * 72.0_f32).to_radians();
                    c.circle((x + angle.cos() * 9.0, -tall + angle.sin() * 9.0), 7.5, petal);
                }
                c.circle((x, -tall), 5.5, rgb(0xF6_C84A));
            }
        }
    });
}

/// Large, soft things at the very front, as a camera held low sees them.
pub(crate) fn foreground(s: &mut Stage) {
    if s.season == Season::Winter || s.dice.chance(0.45) {
        return;
    }
    let green = grass(s.season).dark(0.22);
    let left = s.dice.chance(0.5);
    for i in 0..16 {
        let side = if left { -1.0 } else { 1.0 };
        let x = side * (820.0 - i as f32 * 30.0) + s.dice.sway(30.0);
        let tall = s.dice.range(90.0, 210.0) * (1.0 - i as f32 * 0.03);
        let bend = s.dice.sway(50.0) + s.wave(i as f32 * 0.1, 8.0);
        let ink = s.c.fall(green.light(0.2).fade(0.9), green.dark(0.15).fade(0.9));
        s.c.fill(
            format!(
                "M{},700Q{},{} {},{}Q{},{} {},700Z",
                x - 14.0,
                x - 8.0,
                640.0 - tall * 0.4,
                x + bend,
                640.0 - tall,
                x + 12.0,
                640.0 - tall * 0.4,
                x + 14.0
            ),
            &ink,
        );
        if i % 4 == 1 && s.season != Season::Autumn {
            let petal = s.palette.cloth[i % 6].light(0.2);
            for k in 0..6 {
                let angle = (k as f32 * 60.0_f32).to_radians();
                s.c.circle(
                    (x + bend + angle.cos() * 20.0, 636.0 - tall + angle.sin() * 20.0),
                    15.0,
                    petal,
                );
            }
            s.c.circle((x + bend, 636.0 - tall), 13.0, rgb(0xF6_C84A));
        }
    }
}

/// Leaves on the ground.
pub(crate) fn fallen_leaves(s: &mut Stage, count: usize) {
    for _ in 0..count {
        let y = s.dice.range(HORIZON + 40.0, 680.0);
        let at = (s.dice.sway(1150.0), y);
        let size = 0.35 + (y - HORIZON) * 0.0011;
        let turn = s.dice.range(0.0, 360.0);
        let colour = autumn(s);
        one_leaf(s, at, size, turn, colour);
    }
}

/// One of the colours of autumn.
pub(crate) fn autumn(s: &mut Stage) -> Colour {
    rgb(s.dice.pick(&[0xD9_6B2B, 0xE8_A33A, 0xC2_4A2E, 0xE6_BF4C, 0x9E_5A2F, 0xB8_8A3A]))
}

/// A single leaf.
pub(crate) fn one_leaf(s: &mut Stage, at: Place, size: f32, turn: f32, colour: Colour) {
    let ink = s.c.round(colour);
    s.c.placed(at, size, turn, |c| {
        c.fill("M-30,0C-20,-22 8,-24 30,0C8,24 -20,22 -30,0Z", &ink);
        c.line("M-38,0H26M-10,0l10,-10M-4,0l10,10", 2.6, colour.dark(0.3).fade(0.8));
    });
}

/// A tree of the season.
pub(crate) fn tree(s: &mut Stage, at: Place, size: f32) {
    let bark = rgb(0x8B_6049).mix(s.palette.wood, 0.3);
    let (season, turn) = (s.season, s.dice.sway(3.0));
    s.c.shadow((at.0, at.1 + 4.0), (150.0 * size, 22.0 * size), 0.35);
    let trunk =
        s.c.across((0.0, 0.0), (1.0, 0.0), &[(0.0, bark.light(0.2)), (1.0, bark.dark(0.2))]);
    let crown = if season == Season::Autumn { autumn(s) } else { leaf(season) };
    let crown = crown.mix(s.palette.panel, 0.12);
    let mut blobs = Vec::new();
    for (x, y, r) in [
        (-84.0, -300.0, 84.0),
        (80.0, -306.0, 88.0),
        (0.0, -250.0, 92.0),
        (-50.0, -390.0, 86.0),
        (56.0, -396.0, 80.0),
        (0.0, -440.0, 70.0),
    ] {
        blobs.push((x + s.dice.sway(16.0), y + s.dice.sway(16.0), r * s.dice.range(0.88, 1.1)));
    }
    let specks: Vec<(f32, f32, f32)> =
        (0..34).map(|_| (s.dice.sway(140.0), -330.0 + s.dice.sway(140.0), s.dice.unit())).collect();
    s.c.placed(at, size, turn, |c| {
        c.fill("M-22,0C-14,-70 -18,-150 -20,-240L18,-240C16,-150 16,-70 26,0Q0,8 -22,0Z", &trunk);
        if season == Season::Winter {
            c.line("M0,-200C-10,-270 -70,-290 -96,-370M0,-210C4,-290 40,-320 60,-410M-4,-220C-10,-300 -20,-350 -16,-440M-50,-292L-110,-310M36,-318L96,-350M-14,-340L-60,-420", 13.0, &trunk);
            c.line("M-100,-376C-60,-300 -16,-280 -4,-226M-112,-318L-56,-300M94,-358L38,-326", 4.0, WHITE.fade(0.85));
            return;
        }
        for (x, y, r) in &blobs {
            let ink = c.orb((0.34, 0.26), &[(0.0, crown.light(0.3)), (0.55, crown), (1.0, crown.dark(0.2))]);
            c.ellipse((*x, *y), (*r, r * 0.94), &ink);
        }
        for (x, y, t) in &specks {
            let speck = if season == Season::Spring && *t < 0.55 {
                rgb(0xFB_D6DC)
            } else if *t > 0.5 {
                crown.light(0.4)
            } else {
                crown.dark(0.26)
            };
            c.ellipse((*x, *y), (9.0, 6.0), speck.fade(0.75));
        }
    });
}
