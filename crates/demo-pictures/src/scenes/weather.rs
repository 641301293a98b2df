//! Out in every weather: leaves, snow, puddles.

use crate::{
    canvas::Place,
    colour::{Colour, PLUM, WHITE, rgb},
    figure::Pose,
    nature::{self, Ground},
    person::Wear,
    plants, precipitation,
    stage::Stage,
    things,
};

/// Throwing autumn leaves.
pub(super) fn leaves(s: &mut Stage) {
    nature::outdoors(s, Ground::Grass);
    plants::fallen_leaves(s, 120);
    let count = s.crowd(1, 4);
    let cast =
        s.children(count, if s.dice.clone().chance(0.5) { Wear::Winter } else { Wear::Mild });
    let places = s.row(count, s.span(), 26.0);
    let heap_x = s.dice.sway(120.0);
    for (i, (who, x)) in cast.iter().zip(places).enumerate() {
        let throwing = s.shot.chance(0.7);
        let lift = s.wave(i as f32 * 0.3, 18.0);
        let scale = s.dice.range(1.22, 1.36);
        let y = s.dice.range(370.0, 440.0);
        let mood = if throwing {
            s.watching((x, 0.0), (x, -400.0))
        } else {
            s.watching((x, 0.0), (heap_x, 420.0))
        };
        s.c.shadow((x, y), (120.0, 28.0), 0.42);
        let pose = if throwing {
            Pose::standing(&mut s.shot, (-88.0, -178.0 + lift), (88.0, -178.0 - lift))
        } else if s.shot.chance(0.5) {
            Pose::sitting(&mut s.shot, (-70.0, -20.0), (70.0, -20.0))
        } else {
            Pose::standing(&mut s.shot, (-74.0, -14.0), (74.0, -40.0))
        };
        let marks = s.person(who, (x, y), scale, &pose, &mood);
        if throwing {
            for _ in 0..16 {
                let fall = (s.shot.unit() + s.phase).fract();
                let aside = s.shot.sway(220.0);
                let height = marks.head.1 - 190.0 + fall * 330.0;
                // Leaves fall beside a face, not over it.
                let free: f32 = if height > marks.head.1 - 120.0 { 105.0 } else { 0.0 };
                let at = (x + aside + free.copysign(aside), height);
                let (size, turn) =
                    (s.shot.range(0.5, 0.9), s.shot.range(0.0, 360.0) + fall * 200.0);
                let colour = plants::autumn(s);
                plants::one_leaf(s, at, size, turn, colour);
            }
        } else {
            let colour = plants::autumn(s);
            let hand = marks.hands[1];
            plants::one_leaf(s, (hand.0 + 10.0, hand.1 - 22.0), 0.9, -60.0, colour);
        }
    }
    for layer in 0..90 {
        let spread = 1.0 - layer as f32 / 90.0;
        let at = (
            heap_x + s.dice.sway(330.0 * spread),
            506.0 - (1.0 - spread) * 76.0 + s.dice.sway(16.0),
        );
        let (size, turn) = (s.dice.range(0.7, 1.15), s.dice.range(0.0, 360.0));
        let colour = plants::autumn(s);
        plants::one_leaf(s, at, size, turn, colour);
    }
    for _ in 0..14 {
        let fall = (s.dice.unit() + s.phase).fract();
        let at = (s.dice.sway(900.0), -560.0 + fall * 900.0);
        let turn = s.dice.range(0.0, 360.0) + s.wave(fall, 40.0);
        let colour = plants::autumn(s);
        plants::one_leaf(s, at, 0.7, turn, colour);
    }
}

/// Building a snowman.
pub(super) fn snow(s: &mut Stage) {
    nature::outdoors(s, Ground::Snow);
    let man_x = s.dice.sway(90.0);
    let count = s.crowd(2, 4);
    let cast = s.children(count, Wear::Winter);
    let mut places = s.row(count, s.span() + 20.0, 20.0);
    for x in &mut places {
        if (*x - man_x).abs() < 190.0 {
            *x = man_x + if *x < man_x { -215.0 } else { 215.0 };
        }
    }
    snowman(s, (man_x, 400.0));
    s.remember((man_x, 0.0), 1.2);
    for (i, (who, x)) in cast.iter().zip(places).enumerate() {
        let y = s.dice.range(380.0, 452.0);
        let side = (man_x - x).signum();
        let lift = s.wave(i as f32 * 0.3, 14.0);
        let throwing = s.shot.chance(0.25);
        let near = (side * 108.0, if throwing { -170.0 } else { -60.0 } + lift);
        let far = (-side * 66.0, -8.0);
        let (left, right) = if side > 0.0 { (far, near) } else { (near, far) };
        let mood = s.watching((x, 60.0), (man_x, 160.0));
        s.c.shadow((x, y), (110.0, 26.0), 0.4);
        let pose = Pose::standing(&mut s.shot, left, right);
        let scale = s.dice.range(1.2, 1.34);
        let marks = s.person(who, (x, y), scale, &pose, &mood);
        if throwing || s.shot.chance(0.3) {
            ball(s, marks.hands[usize::from(side > 0.0)], 24.0);
        }
    }
    for _ in 0..4 {
        let at = (s.dice.sway(640.0), s.dice.range(480.0, 540.0));
        let r = s.dice.range(18.0, 44.0);
        ball(s, at, r);
    }
    precipitation::snowfall(s);
}

fn ball(s: &mut Stage, at: Place, r: f32) {
    let ink = s.c.orb((0.36, 0.3), &[(0.0, WHITE), (0.6, rgb(0xEC_F3F8)), (1.0, rgb(0xAE_C6DC))]);
    s.c.circle(at, r, &ink);
}

fn snowman(s: &mut Stage, at: Place) {
    let (scarf, hat) = (s.palette.any(&mut s.dice), s.palette.any(&mut s.dice));
    s.c.shadow((at.0, at.1 + 10.0), (210.0, 40.0), 0.35);
    ball(s, (at.0, at.1 - 100.0), 124.0);
    ball(s, (at.0, at.1 - 262.0), 92.0);
    s.c.line(
        format!("M{},{}l-90,-70m24,18l-24,8m24,-8l-2,-26", at.0 - 76.0, at.1 - 270.0),
        9.0,
        rgb(0x7A_5540),
    );
    s.c.line(
        format!("M{},{}l90,-62m-24,16l26,6m-26,-6l0,-26", at.0 + 76.0, at.1 - 270.0),
        9.0,
        rgb(0x7A_5540),
    );
    ball(s, (at.0, at.1 - 386.0), 74.0);
    let tilt = s.dice.sway(9.0);
    s.c.placed((at.0, at.1 - 386.0), 1.0, tilt, |c| {
        c.circle((-24.0, -12.0), 7.5, rgb(0x33_2B36));
        c.circle((24.0, -12.0), 7.5, rgb(0x33_2B36));
        c.fill("M-4,4Q44,2 74,20Q40,26 -2,20Z", rgb(0xEE_8A3A));
        for (x, y) in [(-30.0, 30.0), (-16.0, 40.0), (0.0, 43.0), (16.0, 40.0), (30.0, 30.0)] {
            c.circle((x, y), 4.5, rgb(0x33_2B36));
        }
        let ink = c.round(hat);
        c.fill("M-56,-52Q0,-28 56,-52L46,-150Q0,-166 -46,-150Z", &ink);
        c.fill("M-84,-50Q0,-18 84,-50Q60,-30 0,-26Q-60,-30 -84,-50Z", hat.dark(0.16));
        c.line("M-54,-72Q0,-50 54,-72", 12.0, scarf);
    });
    let wool = s.c.round(scarf);
    s.c.fill(
        format!(
            "M{},{}Q{},{} {},{}l8,26Q{},{} {},{}Z",
            at.0 - 62.0,
            at.1 - 340.0,
            at.0,
            at.1 - 296.0,
            at.0 + 62.0,
            at.1 - 340.0,
            at.0,
            at.1 - 262.0,
            at.0 - 70.0,
            at.1 - 314.0
        ),
        &wool,
    );
    s.c.fill(format!("M{},{}l30,-6l8,104l-34,4Z", at.0 + 20.0, at.1 - 310.0), &wool);
    for y in [-250.0, -216.0, -120.0] {
        s.c.circle((at.0, at.1 + y), 9.0, rgb(0x33_2B36));
    }
}

/// Jumping in puddles.
pub(super) fn rain(s: &mut Stage) {
    nature::outdoors(s, Ground::Wet);
    let sky = s.c.fall(rgb(0x8A_98A8).fade(0.35), rgb(0x8A_98A8).fade(0.0));
    s.c.rect((-1300.0, -1200.0), (2600.0, 1300.0), 0.0, &sky);
    for _ in 0..7 {
        let at = (s.dice.sway(900.0), s.dice.range(250.0, 560.0));
        let w = s.dice.range(90.0, 240.0);
        puddle(s, at, w);
    }
    let count = s.crowd(1, 4);
    let cast = s.children(count, Wear::Rain);
    let places = s.row(count, s.span(), 20.0);
    for (i, (who, x)) in cast.iter().zip(places).enumerate() {
        let jump = s.shot.chance(0.5);
        let bounce = if jump { 30.0 + s.wave(i as f32 * 0.29, 30.0) } else { 0.0 };
        let ground = s.dice.range(390.0, 450.0);
        let umbrella = s.dice.chance(0.45);
        let scale = s.dice.range(1.24, 1.36);
        puddle(s, (x, ground + 6.0), 190.0);
        let mirror = who.top.mix(rgb(0x8F_A9B8), 0.5);
        s.c.ellipse((x, ground + 22.0), (70.0, 20.0), mirror.fade(0.4));
        if jump {
            spray(s, (x, ground));
        }
        let (left, right) = if umbrella {
            ((-70.0, -20.0), (64.0, -110.0))
        } else if jump {
            ((-104.0, -128.0), (104.0, -128.0))
        } else {
            ((-84.0, -30.0), (84.0, -30.0))
        };
        let mut pose = Pose::standing(&mut s.shot, left, right);
        if jump {
            pose.feet = [(-40.0, 104.0), (40.0, 98.0)];
            pose.knees = 20.0;
        }
        let mood = s.watching((x, 60.0), (x + s.shot.clone().sway(200.0), 460.0));
        let marks = s.person(who, (x, ground - bounce), scale, &pose, &mood);
        if umbrella {
            let colour = s.palette.any(&mut s.dice);
            brolly(s, marks.hands[1], colour);
        }
    }
    precipitation::rainfall(s);
    let rainbow = s.dice.chance(0.2);
    if rainbow {
        for (i, hex) in
            [0xE8_7A6A, 0xF0_B45E, 0xF4_DE7A, 0x8F_C88A, 0x7F_B4D8].into_iter().enumerate()
        {
            let r = 760.0 - i as f32 * 30.0;
            s.c.line(format!("M{},40A{r},{r} 0 0 1 {r},40", -r), 30.0, rgb(hex).fade(0.28));
        }
    }
    if s.dice.chance(0.5) {
        let at = (s.dice.sway(s.span() + 100.0), 520.0);
        let colour = s.palette.any(&mut s.dice);
        things::bucket(s, at, 0.8, colour);
    }
}

fn puddle(s: &mut Stage, at: Place, w: f32) {
    let (top, low) = nature::sky(s.season, s.light);
    let h = w * 0.24;
    s.c.ellipse((at.0, at.1 + 3.0), (w, h), PLUM.fade(0.14));
    let ink = s.c.fall(low.mix(rgb(0x8F_B4CC), 0.4), top.dark(0.1));
    s.c.ellipse(at, (w * 0.98, h * 0.94), &ink);
    s.c.ellipse((at.0 - w * 0.3, at.1 - h * 0.35), (w * 0.34, h * 0.2), WHITE.fade(0.5));
    for ring in [0.3_f32, 0.55] {
        let spot = (at.0 + w * 0.35, at.1 + h * 0.1);
        s.c.line(
            format!(
                "M{},{y}a{r},{q} 0 1 0 {},0a{r},{q} 0 1 0 -{},0",
                spot.0 - w * ring * 0.4,
                w * ring * 0.8,
                w * ring * 0.8,
                y = spot.1,
                r = w * ring * 0.4,
                q = h * ring * 0.4
            ),
            2.5,
            WHITE.fade(0.5),
        );
    }
}

fn spray(s: &mut Stage, at: Place) {
    for i in 0..16 {
        let side = if i % 2 == 0 { 1.0 } else { -1.0 };
        let (out, up) =
            (s.shot.range(50.0, 190.0), s.shot.range(14.0, 130.0) + s.wave(i as f32 * 0.1, 14.0));
        let r = s.shot.range(4.0, 12.0);
        s.c.ellipse((at.0 + side * out, at.1 - up), (r * 0.8, r), rgb(0xD6_ECF4).fade(0.9));
    }
    for side in [-1.0, 1.0] {
        s.c.fill(
            format!(
                "M{},{}Q{},{} {},{}Q{},{} {},{}Z",
                at.0 + side * 30.0,
                at.1 + 8.0,
                at.0 + side * 90.0,
                at.1 - 20.0,
                at.0 + side * 140.0,
                at.1 - 90.0,
                at.0 + side * 120.0,
                at.1 - 6.0,
                at.0 + side * 90.0,
                at.1 + 14.0
            ),
            rgb(0xD6_ECF4).fade(0.8),
        );
    }
}

fn brolly(s: &mut Stage, at: Place, colour: Colour) {
    let other = s.palette.any(&mut s.dice).light(0.2);
    let tilt = s.shot.sway(8.0);
    s.c.placed(at, 1.0, 8.0 + tilt, |c| {
        c.line("M0,60V-270M0,60q0,22 -20,20", 8.0, rgb(0x6A_4A40));
        let ink = c.slant(colour.light(0.25), colour.dark(0.12));
        c.fill("M-190,-180C-180,-300 -90,-356 0,-360C90,-356 180,-300 190,-180Q160,-206 127,-180Q95,-208 63,-180Q32,-208 0,-180Q-32,-208 -63,-180Q-95,-208 -127,-180Q-160,-206 -190,-180Z", &ink);
        c.fill("M-63,-180C-60,-280 -30,-340 0,-360C30,-340 60,-280 63,-180Q32,-208 0,-180Q-32,-208 -63,-180Z", other.fade(0.85));
        c.fill("M-190,-180C-180,-300 -90,-356 0,-360C-90,-330 -124,-260 -127,-180Q-160,-206 -190,-180Z", other.fade(0.85));
        c.fill("M190,-180C180,-300 90,-356 0,-360C90,-330 124,-260 127,-180Q160,-206 190,-180Z", other.fade(0.6));
        c.circle((0.0, -364.0), 9.0, rgb(0x6A_4A40));
    });
}
