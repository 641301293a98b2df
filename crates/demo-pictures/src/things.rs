//! Toys, plants, crockery: small things that stand, lie or hang in many scenes.

use crate::{
    canvas::Place,
    colour::{CREAM, Colour, PLUM, WHITE, rgb},
    stage::Stage,
};

/// A potted plant standing at `at`, about 220 units high at size 1.
pub(crate) fn pot_plant(s: &mut Stage, at: Place, size: f32) {
    let pot = s.palette.any(&mut s.dice);
    let green =
        rgb(s.dice.pick(&[0x5E_9B6A, 0x7B_AE72, 0x4E_8577, 0x8F_B56A])).mix(s.palette.panel, 0.15);
    let kind = s.dice.below(3);
    let turns: Vec<f32> = (0..9).map(|_| s.dice.sway(9.0)).collect();
    s.c.placed(at, size, 0.0, |c| {
        for (i, turn) in turns.iter().enumerate() {
            let angle = -68.0 + i as f32 * 17.0 + turn;
            let colour = if i % 2 == 0 { green.dark(0.1) } else { green.light(0.12) };
            let ink = c.fall(colour.light(0.15), colour.dark(0.15));
            c.placed((0.0, -60.0), 1.0, angle, |c| match kind {
                0 => {
                    c.fill("M-3,0C-30,-60 -26,-110 0,-150C26,-110 30,-60 3,0Z", &ink);
                    c.line("M0,-6V-136", 2.4, colour.light(0.4).fade(0.7));
                }
                1 => {
                    c.line("M0,0V-96", 4.0, colour.dark(0.1));
                    c.ellipse((0.0, -112.0), (26.0, 32.0), &ink);
                }
                _ => c.fill("M-7,0C-12,-80 -6,-150 4,-176C10,-140 12,-70 7,0Z", &ink),
            });
        }
        let clay = c.across(
            (0.0, 0.0),
            (1.0, 0.0),
            &[(0.0, pot.light(0.2)), (0.5, pot), (1.0, pot.dark(0.2))],
        );
        c.fill("M-46,-72H46L36,-6Q0,4 -36,-6Z", &clay);
        c.rect((-52.0, -84.0), (104.0, 20.0), 8.0, &clay);
        c.line("M-40,-44Q0,-36 40,-44", 6.0, CREAM.fade(0.5));
    });
}

/// What is in one compartment of a cupboard; `at` is the middle of its floor.
pub(crate) fn shelf_filling(s: &mut Stage, at: Place) {
    let (x, y) = at;
    match s.dice.below(4) {
        0 => {
            let weave = s.palette.wood.mix(CREAM, 0.25);
            let ink = s.c.fall(weave.light(0.12), weave.dark(0.15));
            s.c.rect((x - 44.0, y - 64.0), (88.0, 62.0), 10.0, &ink);
            for dy in [-50.0, -36.0, -22.0, -8.0] {
                s.c.line(format!("M{},{}h76", x - 38.0, y + dy), 3.0, weave.dark(0.25).fade(0.6));
            }
            s.c.rect((x - 14.0, y - 58.0), (28.0, 8.0), 4.0, weave.dark(0.4));
        }
        1 => books(s, (x - 42.0, y - 2.0), 84.0, 62.0),
        2 => {
            for (dx, dy) in [(-28.0, 0.0), (0.0, 0.0), (28.0, 0.0), (-14.0, -27.0), (14.0, -27.0)] {
                let colour = s.palette.any(&mut s.dice);
                let ink = s.c.round(colour);
                s.c.rect((x + dx - 13.0, y + dy - 28.0), (26.0, 26.0), 4.0, &ink);
            }
        }
        _ => {
            let fur = s.palette.wood.dark(0.05);
            teddy(s, (x, y - 2.0), 0.52, fur);
        }
    }
}

/// A row of books from `at` to the right, `w` wide and up to `h` high.
pub(crate) fn books(s: &mut Stage, at: Place, w: f32, h: f32) {
    let mut x = at.0;
    while x < at.0 + w - 10.0 {
        let (bw, bh) = (s.dice.range(10.0, 22.0), h * s.dice.range(0.7, 1.0));
        let colour = s.palette.any(&mut s.dice);
        let ink = s.c.across(
            (0.0, 0.0),
            (1.0, 0.0),
            &[(0.0, colour.light(0.2)), (1.0, colour.dark(0.15))],
        );
        s.c.rect((x, at.1 - bh), (bw - 1.5, bh), 2.5, &ink);
        s.c.rect((x + 2.0, at.1 - bh * 0.78), (bw - 5.5, 4.0), 1.0, CREAM.fade(0.8));
        x += bw;
    }
}

/// A decoration on a shelf.
pub(crate) fn on_top(s: &mut Stage, at: Place) {
    let (x, y) = at;
    let colour = s.palette.any(&mut s.dice);
    match s.dice.below(7) {
        0 => pot_plant(s, at, 0.55),
        1 => {
            let fur = s.palette.wood.mix(colour, 0.25);
            teddy(s, at, 0.62, fur);
        }
        2 => {
            let ink = s.c.round(colour);
            s.c.fill(format!("M{},{y}q-14,-50 4,-70v-18h28v18q18,20 4,70Z", x - 18.0), &ink);
            for (dx, dy) in [(-16.0, -132.0), (4.0, -150.0), (22.0, -128.0)] {
                s.c.line(format!("M{x},{}L{},{}", y - 80.0, x + dx, y + dy), 3.0, rgb(0x7A_A36B));
                let petal = s.palette.any(&mut s.dice);
                s.c.circle((x + dx, y + dy), 12.0, petal);
                s.c.circle((x + dx, y + dy), 5.0, CREAM);
            }
        }
        3 => {
            for (i, r) in [30.0_f32, 25.0, 20.0, 14.0].into_iter().enumerate() {
                let ring = s.palette.cloth[(i * 2 + 1) % 6];
                let ink = s.c.fall(ring.light(0.2), ring.dark(0.1));
                s.c.rect((x - r, y - 20.0 - i as f32 * 19.0), (r * 2.0, 20.0), 10.0, &ink);
            }
            s.c.circle((x, y - 86.0), 11.0, colour);
        }
        4 => books(s, (x - 36.0, y), 72.0, 76.0),
        5 => {
            // A little wooden house.
            let ink = s.c.round(colour);
            s.c.rect((x - 26.0, y - 46.0), (52.0, 46.0), 3.0, CREAM.mix(colour, 0.25));
            s.c.fill(
                format!("M{},{}L{x},{}L{},{}Z", x - 34.0, y - 44.0, y - 84.0, x + 34.0, y - 44.0),
                &ink,
            );
            s.c.rect((x - 9.0, y - 26.0), (18.0, 26.0), 3.0, colour.dark(0.2));
        }
        _ => {
            let ink = s.c.orb(
                (0.35, 0.3),
                &[(0.0, colour.light(0.4)), (0.6, colour), (1.0, colour.dark(0.2))],
            );
            s.c.circle((x, y - 30.0), 30.0, &ink);
            s.c.line(format!("M{},{}q28,16 56,-2", x - 28.0, y - 34.0), 5.0, CREAM.fade(0.8));
        }
    }
}

/// A sitting bear.
pub(crate) fn teddy(s: &mut Stage, at: Place, size: f32, fur: Colour) {
    let turn = s.dice.sway(8.0);
    s.c.placed(at, size, turn, |c| {
        let ink = c.orb((0.36, 0.3), &[(0.0, fur.light(0.25)), (0.6, fur), (1.0, fur.dark(0.2))]);
        c.ellipse((0.0, -34.0), (36.0, 38.0), &ink);
        for side in [-1.0, 1.0] {
            c.ellipse((side * 36.0, -12.0), (20.0, 15.0), &ink);
            c.ellipse((side * 38.0, -44.0), (13.0, 22.0), &ink);
            c.circle((side * 25.0, -114.0), 14.0, &ink);
            c.circle((side * 25.0, -114.0), 7.0, fur.light(0.4));
        }
        c.ellipse((0.0, -90.0), (36.0, 32.0), &ink);
        c.ellipse((0.0, -28.0), (20.0, 22.0), fur.light(0.35).fade(0.8));
        c.ellipse((0.0, -80.0), (16.0, 12.0), fur.light(0.45));
        c.ellipse((0.0, -85.0), (6.0, 4.5), rgb(0x4A_3030));
        c.circle((-13.0, -95.0), 3.6, rgb(0x3A_2328));
        c.circle((13.0, -95.0), 3.6, rgb(0x3A_2328));
    });
}

/// A sheet with a child's drawing, 180 × 220 at size 1.
pub(crate) fn child_drawing(s: &mut Stage, at: Place, size: f32, turn: f32) {
    let ink: Vec<Colour> = s.dice.shuffled(&s.palette.cloth.clone());
    let kind = s.dice.below(6);
    let paper = CREAM.light(0.6);
    s.c.placed(at, size, turn, |c| {
        c.rect((-86.0, -104.0), (180.0, 220.0), 3.0, PLUM.fade(0.16));
        c.rect((-90.0, -110.0), (180.0, 220.0), 3.0, paper);
        match kind {
            0 => {
                c.circle((50.0, -66.0), 22.0, ink[1]);
                c.rect((-50.0, -10.0), (86.0, 76.0), 2.0, ink[0]);
                c.fill("M-64,-8L-8,-62L50,-8Z", ink[2]);
                c.rect((-18.0, 26.0), (26.0, 40.0), 2.0, ink[3]);
                c.line("M-80,70Q-20,60 80,72", 9.0, rgb(0x7F_B069));
            }
            1 => {
                for (i, colour) in ink.iter().take(5).enumerate() {
                    let r = 76.0 - i as f32 * 13.0;
                    c.line(format!("M{},60A{r},{r} 0 0 1 {r},60", -r), 11.0, *colour);
                }
            }
            2 => {
                c.circle((0.0, -24.0), 38.0, CREAM.mix(ink[0], 0.5));
                c.line("M0,14V66M0,30L-46,44M0,30L46,40M0,66L-26,100M0,66L26,100", 8.0, ink[2]);
                c.circle((-13.0, -30.0), 5.0, PLUM);
                c.circle((13.0, -30.0), 5.0, PLUM);
                c.line("M-15,-14Q0,0 15,-14", 5.0, PLUM);
                c.line("M-34,-52q8,-26 18,-8q6,-24 16,-4q10,-22 16,2q14,-12 16,14", 6.0, ink[3]);
            }
            3 => {
                for (i, (x, y)) in
                    [(-44.0, 24.0), (6.0, -26.0), (48.0, 34.0)].into_iter().enumerate()
                {
                    c.line(format!("M{x},100Q{},60 {x},{y}", x + 8.0), 6.0, rgb(0x7F_B069));
                    for k in 0..6 {
                        let angle = (k as f32 * 60.0_f32).to_radians();
                        c.circle((x + angle.cos() * 17.0, y + angle.sin() * 17.0), 11.0, ink[i]);
                    }
                    c.circle((x, y), 10.0, rgb(0xF5_C84B));
                }
            }
            4 => {
                for (i, (x, y, r)) in
                    [(-30.0, -40.0, 40.0), (34.0, -10.0, 46.0), (-20.0, 50.0, 36.0)]
                        .into_iter()
                        .enumerate()
                {
                    c.line(
                        format!(
                            "M{x},{y}m-{r},0q{r},-{r} {r},0t-{r},10q{},-20 {r},6t-20,18",
                            r * 1.4
                        ),
                        8.0,
                        ink[i].fade(0.9),
                    );
                }
            }
            _ => {
                c.ellipse((0.0, 20.0), (56.0, 36.0), ink[0]);
                c.circle((-50.0, -14.0), 26.0, ink[0]);
                c.line("M-30,50V86M-8,54V88M18,54V88M36,48V84M54,14Q76,0 70,-24", 9.0, ink[0]);
                c.fill("M-70,-30L-66,-62L-50,-40ZM-48,-40L-34,-62L-30,-28Z", ink[0]);
                c.circle((-58.0, -16.0), 4.0, PLUM);
                c.circle((-42.0, -16.0), 4.0, PLUM);
                c.line("M-84,92Q0,82 84,94", 8.0, rgb(0x7F_B069));
            }
        }
    });
}

/// A wooden block with a lit top, `at` its lower middle.
pub(crate) fn block(s: &mut Stage, at: Place, size: Place, turn: f32, colour: Colour) {
    let (w, h) = size;
    s.c.placed(at, 1.0, turn, |c| {
        let ink = c.slant(colour.light(0.2), colour.dark(0.14));
        c.rect((-w / 2.0, -h), (w, h), 6.0, &ink);
        c.fill(
            format!("M{},-{h}l12,-11H{}l-10,11Z", -w / 2.0 + 3.0, w / 2.0 + 8.0),
            colour.light(0.42),
        );
        c.fill(
            format!("M{},-{}l11,-11v{}l-11,9Z", w / 2.0 - 2.0, h - 2.0, h - 10.0),
            colour.dark(0.26),
        );
    });
}

/// A lidless cup.
pub(crate) fn cup(s: &mut Stage, at: Place, size: f32, colour: Colour) {
    s.c.placed(at, size, 0.0, |c| {
        let ink = c.across(
            (0.0, 0.0),
            (1.0, 0.0),
            &[(0.0, colour.light(0.3)), (0.5, colour), (1.0, colour.dark(0.2))],
        );
        c.line("M26,-44q26,2 18,26q-8,14 -22,10", 8.0, colour.dark(0.1));
        c.fill("M-30,-62H30L24,-4Q0,6 -24,-4Z", &ink);
        c.ellipse((0.0, -62.0), (30.0, 8.0), colour.dark(0.35));
        c.ellipse((0.0, -60.0), (25.0, 5.5), CREAM);
    });
}

/// A piece of fruit of kind 0 to 5, about 60 units wide.
pub(crate) fn fruit(s: &mut Stage, at: Place, size: f32, kind: usize) {
    let turn = s.dice.sway(16.0);
    s.c.placed(at, size, turn, |c| match kind % 6 {
        0 => {
            let ink = c.orb((0.32, 0.28), &[(0.0, rgb(0xFF_9C82)), (0.5, rgb(0xE2_4B40)), (1.0, rgb(0xA9_2E3A))]);
            c.fill("M0,-40C20,-52 38,-36 34,-12C30,8 14,16 0,10C-14,16 -30,8 -34,-12C-38,-36 -20,-52 0,-40Z", &ink);
            c.line("M0,-40q2,-12 8,-16", 4.0, rgb(0x6A_4530));
            c.fill("M6,-50q14,-14 26,-4q-12,12 -26,4Z", rgb(0x7F_B069));
        }
        1 => {
            let ink = c.fall(rgb(0xFB_DD6A), rgb(0xE8_B43A));
            c.fill("M-44,-30C-40,4 10,22 46,-4C50,-8 48,-14 44,-14C14,-4 -18,-12 -30,-38C-36,-44 -46,-40 -44,-30Z", &ink);
            c.line("M-38,-22C-22,4 14,10 42,-8", 3.0, rgb(0xC9_932A).fade(0.6));
        }
        2 => {
            let ink = c.orb((0.35, 0.3), &[(0.0, rgb(0xFF_C86E)), (0.6, rgb(0xF2_913A)), (1.0, rgb(0xC9_6A24))]);
            c.circle((0.0, -16.0), 28.0, &ink);
            c.ellipse((4.0, -42.0), (10.0, 4.0), rgb(0x6F_A05C));
        }
        3 => {
            for (x, y) in [(-16.0, -26.0), (0.0, -30.0), (16.0, -26.0), (-8.0, -12.0), (8.0, -12.0), (0.0, 2.0)] {
                let ink = c.orb((0.35, 0.3), &[(0.0, rgb(0xB9_8CC8)), (1.0, rgb(0x6E_4488))]);
                c.circle((x, y), 10.5, &ink);
            }
            c.line("M0,-38v-14", 4.0, rgb(0x6A_4530));
        }
        4 => {
            let ink = c.fall(rgb(0xF2_6A62), rgb(0xD0_3A48));
            c.fill("M0,12C-24,0 -32,-24 -20,-34Q0,-42 20,-34C32,-24 24,0 0,12Z", &ink);
            c.fill("M-20,-36q10,-8 20,-2q10,-6 20,2q-10,10 -20,2q-10,8 -20,-2Z", rgb(0x6F_A05C));
            for (x, y) in [(-10.0, -22.0), (8.0, -22.0), (-2.0, -10.0), (10.0, -8.0)] {
                c.ellipse((x, y), (1.6, 2.4), rgb(0xFD_E7A0));
            }
        }
        _ => {
            let ink = c.orb((0.35, 0.4), &[(0.0, rgb(0xD8_E59A)), (0.7, rgb(0xB0_C85C)), (1.0, rgb(0x83_9E3E))]);
            c.fill("M0,-58C12,-56 14,-36 22,-22C36,2 22,14 0,14C-22,14 -36,2 -22,-22C-14,-36 -12,-56 0,-58Z", &ink);
            c.line("M0,-56q2,-8 6,-12", 4.0, rgb(0x6A_4530));
        }
    });
}

/// A plate or bowl seen at an angle.
pub(crate) fn plate(s: &mut Stage, at: Place, half: f32, colour: Colour) {
    s.c.ellipse((at.0 + 4.0, at.1 + 7.0), (half, half * 0.36), PLUM.fade(0.16));
    let ink = s.c.fall(colour.light(0.5), colour.light(0.2));
    s.c.ellipse(at, (half, half * 0.36), &ink);
    s.c.ellipse((at.0, at.1 + 1.0), (half * 0.7, half * 0.24), colour.light(0.65));
}

/// A table seen from the front: its top edge at `y`, its front edge 130 lower, `half` wide.
pub(crate) fn table(s: &mut Stage, y: f32, half: f32) {
    let wood = s.palette.wood.light(0.22);
    s.c.shadow((0.0, y + 430.0), (half * 1.05, 60.0), 0.4);
    let under = s.c.fall(PLUM.fade(0.3), PLUM.fade(0.0));
    for side in [-1.0, 1.0] {
        let x = side * (half - 50.0);
        let leg =
            s.c.across((0.0, 0.0), (1.0, 0.0), &[(0.0, wood.light(0.1)), (1.0, wood.dark(0.22))]);
        s.c.fill(format!("M{},{}h44l-6,290h-30Z", x - 22.0, y + 150.0), &leg);
    }
    s.c.rect((-half + 70.0, y + 160.0), (half * 2.0 - 140.0, 120.0), 0.0, &under);
    let top = s.c.fall(wood.light(0.25), wood);
    s.c.fill(
        format!(
            "M{},{y}H{}Q{},{} {},{b}H{}Q{},{} {},{y}Z",
            -half + 60.0,
            half - 60.0,
            half - 30.0,
            y + 60.0,
            half,
            -half,
            -half + 30.0,
            y + 60.0,
            -half + 60.0,
            b = y + 140.0
        ),
        &top,
    );
    let edge = s.c.fall(wood.dark(0.1), wood.dark(0.24));
    s.c.rect((-half - 4.0, y + 138.0), (half * 2.0 + 8.0, 32.0), 14.0, &edge);
    s.c.line(
        format!("M{},{}H{}", -half + 8.0, y + 142.0, half - 8.0),
        4.0,
        wood.light(0.5).fade(0.8),
    );
    for _ in 0..9 {
        let (x, gy) = (s.dice.sway(half - 160.0), y + s.dice.range(16.0, 124.0));
        let w = s.dice.range(50.0, 150.0);
        s.c.line(format!("M{x},{gy}q{},4 {w},0", w / 2.0), 2.4, wood.dark(0.2).fade(0.3));
    }
}

/// A bucket of `size`, standing at `at`.
pub(crate) fn bucket(s: &mut Stage, at: Place, size: f32, colour: Colour) {
    s.c.shadow((at.0, at.1), (56.0 * size, 13.0 * size), 0.4);
    s.c.placed(at, size, 0.0, |c| {
        let ink = c.across(
            (0.0, 0.0),
            (1.0, 0.0),
            &[(0.0, colour.light(0.3)), (0.5, colour), (1.0, colour.dark(0.2))],
        );
        c.line("M-44,-74Q0,-150 44,-74", 6.0, WHITE.mix(colour, 0.3));
        c.fill("M-46,-78H46L34,-2Q0,8 -34,-2Z", &ink);
        c.ellipse((0.0, -78.0), (46.0, 11.0), colour.dark(0.3));
        c.line("M-40,-54Q0,-44 40,-54", 5.0, colour.light(0.4).fade(0.8));
    });
}
