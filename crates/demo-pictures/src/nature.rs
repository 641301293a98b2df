//! Outdoors: sky, land, trees, weather.

use crate::{
    colour::{CREAM, Colour, WHITE, rgb},
    plants, playground,
    stage::{Light, Season, Stage},
    things,
};

/// Where the land meets the sky.
pub(crate) const HORIZON: f32 = 20.0;

/// What the ground is covered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    Grass,
    Tiles,
    Snow,
    Wet,
}

/// The upper and lower colour of the sky.
pub(crate) fn sky(season: Season, light: Light) -> (Colour, Colour) {
    match (light, season) {
        (Light::Morning, _) => (rgb(0x9F_D0E6), rgb(0xFD_EBD2)),
        (Light::Noon, Season::Winter) => (rgb(0xB4_D6EA), rgb(0xF0_F4F4)),
        (Light::Noon, _) => (rgb(0x7F_C4E4), rgb(0xE3_F3EE)),
        (Light::Golden, Season::Winter) => (rgb(0xC3_C4DA), rgb(0xFF_E0C4)),
        (Light::Golden, Season::Autumn) => (rgb(0xEB_C29C), rgb(0xFF_EBC0)),
        (Light::Golden, _) => (rgb(0xA9_CFDC), rgb(0xFF_E8B8)),
        (Light::Overcast, _) => (rgb(0xA9_BAC6), rgb(0xE2_E6E4)),
        (Light::Dusk, _) => (rgb(0x6F_75A6), rgb(0xF5_B99C)),
    }
}

/// The colour of grass.
pub(crate) fn grass(season: Season) -> Colour {
    match season {
        Season::Spring => rgb(0xA6_CC78),
        Season::Summer => rgb(0x93_BE68),
        Season::Autumn => rgb(0xB9_B268),
        Season::Winter => rgb(0xEA_F1F5),
    }
}

/// The colour of leaves.
pub(crate) fn leaf(season: Season) -> Colour {
    match season {
        Season::Spring => rgb(0x94_C277),
        Season::Summer => rgb(0x5F_9E68),
        Season::Autumn => rgb(0xE0_8E3C),
        Season::Winter => rgb(0xC9_D6DE),
    }
}

/// Sky, land and what stands at the back.
pub(crate) fn outdoors(s: &mut Stage, ground: Ground) {
    let (top, low) = sky(s.season, s.light);
    let ink = s.c.linear((0.0, -800.0), (0.0, HORIZON), &[(0.0, top), (1.0, low)]);
    s.c.rect((-1400.0, -1300.0), (2800.0, 1500.0), 0.0, &ink);
    if s.light != Light::Overcast {
        let at = (s.dice.sway(620.0), s.dice.range(-560.0, -300.0));
        let halo = s.c.glow(s.glow().light(0.3).fade(0.85));
        s.c.circle(at, 300.0, &halo);
        s.c.circle(at, 54.0, s.glow().light(0.5));
    }
    clouds(s);
    hills(s);
    skyline(s);
    land(s, ground);
    boundary(s);
    for x in [-980.0, -560.0, 540.0, 960.0] {
        if s.dice.chance(0.62) {
            let at = (x + s.dice.sway(90.0), HORIZON + s.dice.range(40.0, 96.0));
            let size = s.dice.range(0.8, 1.25);
            plants::tree(s, at, size);
        }
    }
    if s.dice.chance(0.6) {
        let x = s.dice.pick(&[-360.0, 330.0, 380.0]);
        match s.dice.below(3) {
            0 => playground::slide(s, (x, HORIZON + 120.0)),
            1 => playground::playhouse(s, (x, HORIZON + 110.0)),
            _ => playground::climbing_hill(s, (x, HORIZON + 120.0)),
        }
    }
    middle_ground(s, ground);
}

/// Small things between the back and the people.
fn middle_ground(s: &mut Stage, ground: Ground) {
    for _ in 0..5 + s.dice.below(4) {
        let y = s.dice.range(HORIZON + 90.0, HORIZON + 210.0);
        let side = s.dice.pick(&[-1.0, 1.0]);
        let at = (side * s.dice.range(120.0, 1100.0), y);
        let size = 0.6 + (y - HORIZON) * 0.0022;
        match s.dice.below(if ground == Ground::Grass { 6 } else { 4 }) {
            0 => {
                let colour = s.palette.any(&mut s.dice);
                let ink = s.c.orb(
                    (0.35, 0.3),
                    &[(0.0, colour.light(0.45)), (0.6, colour), (1.0, colour.dark(0.2))],
                );
                s.c.shadow(at, (34.0 * size, 8.0), 0.4);
                s.c.circle((at.0, at.1 - 28.0 * size), 30.0 * size, &ink);
                s.c.line(
                    format!(
                        "M{},{}q{},{} {},{}",
                        at.0 - 26.0 * size,
                        at.1 - 34.0 * size,
                        26.0 * size,
                        14.0 * size,
                        52.0 * size,
                        -2.0 * size
                    ),
                    5.0 * size,
                    CREAM.fade(0.8),
                );
            }
            1 | 5 => plants::bush(s, at, size),
            2 => {
                let colour = s.palette.any(&mut s.dice);
                things::bucket(s, at, 0.6 * size, colour);
            }
            3 => {
                let bark = rgb(0x9A_7256);
                s.c.shadow(at, (64.0 * size, 14.0 * size), 0.4);
                s.c.placed(at, size, 0.0, |c| {
                    let ink = c.across((0.0, 0.0), (1.0, 0.0), &[(0.0, bark.light(0.2)), (1.0, bark.dark(0.25))]);
                    c.fill("M-50,-48L-58,0Q0,16 58,0L50,-48Z", &ink);
                    c.ellipse((0.0, -48.0), (50.0, 15.0), rgb(0xE6_C69A));
                    c.line("M-30,-48a30,8 0 1 0 60,0a30,8 0 1 0 -60,0M-14,-48a14,4 0 1 0 28,0a14,4 0 1 0 -28,0", 2.5, rgb(0xB9_8A5C));
                });
            }
            _ => plants::flower_clump(s, at, size),
        }
    }
}

fn clouds(s: &mut Stage) {
    let count = if s.light == Light::Overcast { 9 } else { 3 + s.dice.below(4) };
    for _ in 0..count {
        let at = (s.dice.sway(1150.0), s.dice.range(-700.0, -190.0));
        let size = s.dice.range(0.6, 1.5);
        let body =
            if s.light == Light::Overcast { rgb(0xC9_D2D9) } else { WHITE.mix(s.glow(), 0.3) };
        let ink = s.c.linear(
            (0.0, -60.0),
            (0.0, 50.0),
            &[(0.0, body.fade(0.92)), (1.0, body.fade(0.25))],
        );
        s.c.placed(at, size, 0.0, |c| {
            c.fill("M-130,34C-176,34 -176,-14 -128,-16C-124,-58 -66,-66 -44,-38C-26,-84 54,-80 62,-30C102,-52 138,-20 124,6C160,8 158,34 124,34Z", &ink);
        });
    }
}

fn hills(s: &mut Stage) {
    let (_, low) = sky(s.season, s.light);
    let green = leaf(s.season).mix(grass(s.season), 0.5);
    for (i, lift) in [150.0_f32, 70.0].into_iter().enumerate() {
        let colour = green.mix(low, 0.66 - i as f32 * 0.26);
        let base = HORIZON + 40.0;
        let mut path = format!("M-1400,{base}V{}", HORIZON - lift * 0.5);
        for k in 0..6 {
            let x = -1400.0 + k as f32 * 470.0;
            let peak = HORIZON - lift - s.dice.range(0.0, 120.0);
            path += &format!("Q{},{peak} {},{}", x + 235.0, x + 470.0, HORIZON - lift * 0.5);
        }
        let ink = s.c.fall(colour, colour.mix(low, 0.3));
        s.c.fill(path + &format!("V{base}Z"), &ink);
    }
}

fn skyline(s: &mut Stage) {
    let (_, low) = sky(s.season, s.light);
    match s.dice.below(3) {
        0 => {
            let mut x = -1250.0;
            while x < 1250.0 {
                let w = s.dice.range(90.0, 150.0);
                let h = s.dice.range(110.0, 190.0);
                let brick = s.dice.pick(&[0xC9_7A5C, 0xD9_A07C, 0xB8_6A58, 0xE3_C3A0, 0xA9_8A86]);
                let wall = rgb(brick).mix(low, 0.42);
                let y = HORIZON + 30.0;
                s.c.rect((x, y - h), (w, h), 0.0, wall);
                let roof = rgb(s.dice.pick(&[0x8E_4F45, 0x6A_5560, 0xA8_6248])).mix(low, 0.4);
                s.c.fill(
                    format!(
                        "M{},{}L{},{}L{},{}Z",
                        x - 8.0,
                        y - h,
                        x + w / 2.0,
                        y - h - 62.0,
                        x + w + 8.0,
                        y - h
                    ),
                    roof,
                );
                for (i, column) in [0.2_f32, 0.6].into_iter().enumerate() {
                    let pane =
                        if s.light == Light::Dusk { rgb(0xFF_DD96) } else { CREAM.mix(low, 0.2) };
                    s.c.rect(
                        (x + w * column, y - h + 28.0 + i as f32 * 4.0),
                        (w * 0.2, 32.0),
                        3.0,
                        pane,
                    );
                }
                x += w + s.dice.pick(&[0.0, 0.0, 60.0, 160.0]);
            }
        }
        1 => {
            for _ in 0..26 {
                let at = (s.dice.sway(1300.0), HORIZON - s.dice.range(0.0, 40.0));
                let size = s.dice.range(50.0, 110.0);
                let colour = leaf(s.season).mix(low, s.dice.range(0.3, 0.5)).dark(0.06);
                let ink = s.c.round(colour);
                s.c.ellipse(at, (size, size * 1.1), &ink);
            }
        }
        _ => {}
    }
}

fn land(s: &mut Stage, ground: Ground) {
    let turf = grass(s.season);
    let base = match ground {
        Ground::Grass => turf,
        Ground::Tiles => rgb(0xD9_CBB8),
        Ground::Snow => rgb(0xF1_F6FA),
        Ground::Wet => rgb(0x9F_A9AE),
    };
    let ink = s.c.linear(
        (0.0, HORIZON),
        (0.0, 760.0),
        &[(0.0, base.mix(s.glow(), 0.35)), (0.4, base), (1.0, base.dark(0.14))],
    );
    s.c.fill(
        format!(
            "M-1400,{h}Q-700,{} 0,{h}T1400,{h}V1500H-1400Z",
            HORIZON - 18.0,
            h = HORIZON + 16.0
        ),
        &ink,
    );
    match ground {
        Ground::Grass => meadow(s, turf),
        Ground::Snow => {
            for _ in 0..16 {
                let at = (s.dice.sway(1200.0), s.dice.range(HORIZON + 60.0, 640.0));
                let w = s.dice.range(80.0, 260.0);
                let drift = s.c.fall(WHITE.fade(0.9), rgb(0xC3_D6E6).fade(0.5));
                s.c.ellipse(at, (w, w * 0.14), &drift);
            }
        }
        Ground::Tiles | Ground::Wet => {
            s.c.rect((-1400.0, HORIZON + 20.0), (2800.0, 90.0), 40.0, turf.mix(base, 0.1));
            for i in -15..=15 {
                let top = i as f32 * 110.0;
                s.c.line(
                    format!("M{top},{}L{},1200", HORIZON + 108.0, top * 2.8),
                    3.0,
                    base.dark(0.25).fade(0.4),
                );
            }
            let mut y = HORIZON + 110.0;
            let mut step = 26.0;
            while y < 900.0 {
                s.c.rect((-1400.0, y), (2800.0, 3.0), 0.0, base.dark(0.25).fade(0.4));
                y += step;
                step *= 1.32;
            }
        }
    }
}

fn meadow(s: &mut Stage, turf: Colour) {
    for _ in 0..12 {
        let at = (s.dice.sway(1200.0), s.dice.range(HORIZON + 50.0, 650.0));
        let w = s.dice.range(120.0, 340.0);
        let shade = if s.dice.chance(0.5) { turf.light(0.3) } else { turf.dark(0.16) };
        let patch = s.c.glow(shade.fade(0.5));
        s.c.ellipse(at, (w, w * 0.22), &patch);
    }
    for _ in 0..110 {
        let y = s.dice.range(HORIZON + 36.0, 680.0);
        let x = s.dice.sway(1150.0);
        let h = 8.0 + (y - HORIZON) * 0.05;
        let blade = if s.dice.chance(0.5) { turf.dark(0.24) } else { turf.light(0.35) };
        s.c.line(
            format!(
                "M{x},{y}q-3,{} -7,{}M{x},{y}q1,{} 0,{}M{x},{y}q4,{} 9,{}",
                -h * 0.6,
                -h,
                -h * 0.7,
                -h * 1.2,
                -h * 0.5,
                -h * 0.9
            ),
            2.4,
            blade.fade(0.7),
        );
    }
    if matches!(s.season, Season::Spring | Season::Summer) {
        for _ in 0..44 {
            let y = s.dice.range(HORIZON + 50.0, 660.0);
            let x = s.dice.sway(1150.0);
            let r = 3.0 + (y - HORIZON) * 0.008;
            let petal = s.dice.pick(&[WHITE, rgb(0xF7_D154), rgb(0xF2_A3B3), rgb(0xC9_B3E6)]);
            for (dx, dy) in [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)] {
                s.c.circle((x + dx * r, y + dy * r * 0.8), r, petal);
            }
            s.c.circle((x, y), r * 0.8, rgb(0xF0_B23C));
        }
    }
    if s.season == Season::Autumn {
        plants::fallen_leaves(s, 90);
    }
}

fn boundary(s: &mut Stage) {
    let y = HORIZON + 40.0;
    match s.dice.below(4) {
        0 => {
            let wood =
                s.palette.wood.mix(CREAM, if s.season == Season::Winter { 0.3 } else { 0.1 });
            let tall = s.dice.range(80.0, 130.0);
            s.c.rect((-1350.0, y - tall * 0.75), (2700.0, 12.0), 0.0, wood.dark(0.2));
            s.c.rect((-1350.0, y - tall * 0.3), (2700.0, 12.0), 0.0, wood.dark(0.2));
            for i in 0..48 {
                let x = -1340.0 + i as f32 * 57.0;
                let plank = wood.mix(s.palette.cloth[i * 7 % 6], 0.22).dark((i % 3) as f32 * 0.03);
                s.c.fill(format!("M{x},{y}V{}l20,-16l20,16V{y}Z", y - tall), plank);
            }
        }
        1 => {
            for i in 0..44 {
                let at = (-1330.0 + i as f32 * 62.0 + s.dice.sway(14.0), y - 24.0);
                let size = s.dice.range(44.0, 66.0);
                let hedge =
                    leaf(if s.season == Season::Autumn { Season::Summer } else { s.season })
                        .dark(0.12);
                let ink = s.c.round(hedge);
                s.c.ellipse(at, (size, size * 0.86), &ink);
                if s.season == Season::Spring && s.dice.chance(0.5) {
                    s.c.circle((at.0 + 8.0, at.1 - 22.0), 7.0, rgb(0xF6_C1CC));
                }
            }
        }
        2 => {
            let wire = s.palette.wood.dark(0.15);
            for i in 0..15 {
                let x = -1330.0 + i as f32 * 190.0;
                s.c.rect((x, y - 90.0), (16.0, 96.0), 6.0, wire);
            }
            for dy in [-74.0, -44.0] {
                s.c.rect((-1350.0, y + dy), (2700.0, 10.0), 5.0, wire.light(0.1));
            }
        }
        _ => {}
    }
}
