//! Playing with water on a warm day.

use crate::{
    canvas::Place,
    colour::{WHITE, rgb},
    figure::Pose,
    nature::{self, Ground},
    person::Wear,
    stage::Stage,
    things,
};

pub(super) fn draw(s: &mut Stage) {
    nature::outdoors(s, Ground::Grass);
    let pool = s.dice.chance(0.6);
    let count = s.crowd(2, 4);
    let cast = s.children(count, Wear::Summer);
    let half = s.span() + 110.0;
    let places = s.row(count, s.span() * 0.92, 20.0);
    let rim = s.palette.any(&mut s.dice);
    if pool {
        pool_back(s, half, rim);
    }
    if s.dice.chance(0.5) {
        sprinkler(s);
    }
    for (i, (who, x)) in cast.iter().zip(&places).enumerate() {
        let splash = s.shot.chance(0.5);
        let lift = s.wave(i as f32 * 0.4, 22.0);
        let (left, right) = if splash {
            ((-104.0, -130.0 + lift), (104.0, -130.0 - lift))
        } else {
            ((-66.0, -8.0 + lift * 0.4), (70.0, -20.0 - lift * 0.4))
        };
        let scale = s.dice.range(1.24, 1.36);
        let mood = s.watching((*x, 120.0), (s.shot.clone().sway(260.0), 330.0));
        let marks = if pool {
            let pose = Pose::sitting(&mut s.shot, left, right);
            s.person(who, (*x, 372.0), scale, &pose, &mood)
        } else {
            let pose = Pose::standing(&mut s.shot, left, right);
            s.c.shadow((*x, 372.0), (110.0, 26.0), 0.4);
            s.person(who, (*x, 368.0), scale, &pose, &mood)
        };
        if splash {
            drops(s, marks.hands[0]);
            drops(s, marks.hands[1]);
        } else {
            let colour = s.palette.any(&mut s.dice);
            can(s, marks.hands[1], colour);
        }
    }
    if pool {
        pool_front(s, half, rim);
    } else {
        water_table(s, half);
    }
    for i in 0..3 {
        let x = s.dice.sway(half);
        let at = (x, s.dice.range(500.0, 540.0));
        let colour = s.palette.cloth[i * 2 % 6];
        if i == 0 {
            things::bucket(s, at, 0.8, colour);
        } else {
            duck(s, at);
        }
    }
}

fn pool_back(s: &mut Stage, half: f32, rim: crate::colour::Colour) {
    s.c.shadow((0.0, 440.0), (half * 1.14, 110.0), 0.4);
    let back = s.c.fall(rim.light(0.35), rim.light(0.1));
    s.c.ellipse((0.0, 372.0), (half + 30.0, 128.0), &back);
    let water = s.c.fall(rgb(0x8F_D6E2), rgb(0xBF_ECEE));
    s.c.ellipse((0.0, 376.0), (half - 24.0, 100.0), &water);
    for _ in 0..22 {
        let (x, y) = (s.dice.sway(half * 0.8), 376.0 + s.dice.sway(60.0));
        let w = s.dice.range(16.0, 54.0);
        s.c.line(format!("M{x},{y}q{},-8 {w},0", w / 2.0), 4.0, WHITE.fade(0.65));
    }
}

fn pool_front(s: &mut Stage, half: f32, rim: crate::colour::Colour) {
    let water = rgb(0xA6_DFE8).fade(0.62);
    let y = 384.0 + s.wave(0.2, 4.0);
    s.c.fill(
        format!(
            "M{},{y}Q{},{} 0,{y}T{},{y}Q{},476 0,480Q{},476 {},{y}Z",
            -half + 40.0,
            -half * 0.5,
            y - 16.0,
            half - 40.0,
            half * 0.8,
            -half * 0.8,
            -half + 40.0
        ),
        water,
    );
    for _ in 0..14 {
        let (x, y) = (s.dice.sway(half * 0.75), s.dice.range(404.0, 452.0));
        let w = s.dice.range(20.0, 60.0);
        s.c.line(format!("M{x},{y}q{},-9 {w},0", w / 2.0), 4.0, WHITE.fade(0.75));
    }
    let other = s.palette.any(&mut s.dice);
    for (i, drop) in [0.0_f32, 34.0].into_iter().enumerate() {
        let colour = if i == 0 { rim } else { other };
        let ink = s.c.fall(colour.light(0.4), colour.dark(0.1));
        s.c.fill(
            format!(
                "M{},{}Q{},{} 0,{}Q{},{} {},{}Q{},{} 0,{}Q{},{} {},{}Z",
                -half - 30.0,
                384.0 + drop,
                -half * 0.94,
                470.0 + drop,
                474.0 + drop,
                half * 0.94,
                470.0 + drop,
                half + 30.0,
                384.0 + drop,
                half * 1.0,
                516.0 + drop,
                522.0 + drop,
                -half,
                516.0 + drop,
                -half - 30.0,
                384.0 + drop
            ),
            &ink,
        );
    }
}

fn water_table(s: &mut Stage, half: f32) {
    let wood = s.palette.wood;
    let reach = half * 0.92;
    for x in [-reach + 60.0, reach - 60.0] {
        s.c.rect((x - 18.0, 330.0), (36.0, 190.0), 8.0, wood.dark(0.15));
    }
    let tub = s.palette.any(&mut s.dice);
    let ink = s.c.fall(tub.light(0.2), tub.dark(0.14));
    s.c.fill(
        format!(
            "M{},250H{}L{},300V380Q{},400 {},400H{}Q{},400 {},380V300Z",
            -reach + 50.0,
            reach - 50.0,
            reach,
            reach,
            reach - 30.0,
            -reach + 30.0,
            -reach,
            -reach
        ),
        &ink,
    );
    let water = s.c.fall(rgb(0x8F_D6E2), rgb(0xC8_F0F0));
    s.c.fill(
        format!("M{},262H{}L{},306H{}Z", -reach + 66.0, reach - 66.0, reach - 26.0, -reach + 26.0),
        &water,
    );
    for _ in 0..4 {
        let at = (s.dice.sway(reach * 0.7), s.dice.range(284.0, 296.0));
        if s.dice.chance(0.5) {
            duck(s, at);
        } else {
            boat(s, at);
        }
    }
}

fn duck(s: &mut Stage, at: Place) {
    let bob = s.wave(at.0 * 0.01, 4.0);
    s.c.placed((at.0, at.1 + bob), 0.8, bob, |c| {
        let ink = c.orb((0.35, 0.3), &[(0.0, rgb(0xFF_E98C)), (1.0, rgb(0xF0_B93A))]);
        c.fill("M-46,-26C-50,6 -20,16 4,16C36,16 48,-4 46,-30C34,-20 22,-20 12,-26Z", &ink);
        c.circle((-22.0, -46.0), 26.0, &ink);
        c.fill("M-46,-48C-64,-50 -66,-38 -44,-38Z", rgb(0xEE_8A3A));
        c.circle((-30.0, -52.0), 4.0, rgb(0x3A_2328));
        c.line("M2,-8Q20,6 34,-12", 5.0, rgb(0xD9_9A2E));
    });
}

fn boat(s: &mut Stage, at: Place) {
    let (hull, sail) = (s.palette.any(&mut s.dice), s.palette.any(&mut s.dice));
    let tilt = s.wave(at.0 * 0.01, 5.0);
    s.c.placed(at, 0.9, tilt, |c| {
        c.line("M0,-6V-84", 5.0, rgb(0x9A_6338));
        c.fill("M6,-82L52,-20H6Z", WHITE);
        c.fill("M-6,-70L-36,-20H-6Z", sail);
        let ink = c.fall(hull.light(0.15), hull.dark(0.15));
        c.fill("M-60,-12H60Q44,20 20,20H-22Q-48,20 -60,-12Z", &ink);
    });
}

fn can(s: &mut Stage, at: Place, colour: crate::colour::Colour) {
    let pour = s.wave(0.0, 6.0);
    s.c.placed((at.0 + 8.0, at.1 + 26.0), 0.9, 16.0 + pour, |c| {
        let ink = c.round(colour);
        c.line("M-26,-34Q0,-84 30,-30", 8.0, colour.dark(0.16));
        c.rect((-36.0, -34.0), (68.0, 64.0), 12.0, &ink);
        c.line("M28,14L76,-22", 12.0, &ink);
        c.circle((80.0, -24.0), 13.0, colour.dark(0.1));
    });
    for i in 0..7 {
        let x = at.0 + 76.0 + i as f32 * 5.0;
        let y = at.1 + 34.0;
        s.c.line(
            format!("M{x},{y}q8,40 10,{}", 70.0 + (i % 3) as f32 * 14.0),
            3.0,
            rgb(0xBF_E9F2).fade(0.85),
        );
    }
}

fn drops(s: &mut Stage, at: Place) {
    for _ in 0..12 {
        let rise = s.shot.unit();
        let spot = (at.0 + s.shot.sway(84.0), at.1 - 10.0 - rise * 90.0 + s.wave(rise, 16.0));
        let r = s.shot.range(3.5, 10.0);
        s.c.fill(
            format!(
                "M{x},{}C{},{y} {},{} {x},{}C{},{} {},{y} {x},{}Z",
                spot.1 - r * 1.6,
                spot.0 + r * 0.4,
                spot.0 + r,
                spot.1 + r,
                spot.1 + r,
                spot.0 - r,
                spot.1 + r,
                spot.0 - r * 0.4,
                spot.1 - r * 1.6,
                x = spot.0,
                y = spot.1
            ),
            rgb(0xB4_E4F0).fade(0.9),
        );
        s.c.circle((spot.0 - r * 0.3, spot.1), r * 0.25, WHITE);
    }
}

fn sprinkler(s: &mut Stage) {
    let x = s.dice.sway(300.0);
    for i in 0..18 {
        let reach = (i as f32 - 8.5) * 46.0 + s.wave(0.0, 30.0);
        let lift = 420.0 - reach.abs() * 0.5;
        s.c.line(
            format!("M{x},240Q{},{} {},260", x + reach * 0.5, 240.0 - lift, x + reach),
            2.6,
            WHITE.fade(0.45),
        );
    }
}
