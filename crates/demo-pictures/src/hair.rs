//! Hair: a part behind the head and a part over the forehead.

use crate::{
    canvas::Canvas,
    colour::{Colour, WHITE},
    person::{Hair, Hat, Person},
};

fn lock(c: &mut Canvas, at: (f32, f32), radius: f32, colour: Colour) {
    let ink = c.orb((0.35, 0.3), &[(0.0, colour.light(0.16)), (1.0, colour.dark(0.1))]);
    c.circle(at, radius, &ink);
}

/// Covered hair stays under hoods and scarves.
fn covered(who: &Person) -> bool {
    matches!(who.hat, Hat::Hood | Hat::Scarf)
}

/// What hangs behind the head, centred on the head.
pub(crate) fn behind(c: &mut Canvas, who: &Person) {
    if covered(who) {
        return;
    }
    let colour = who.hair_colour;
    let deep = c.fall(colour.dark(0.08), colour.dark(0.24));
    let tie = who.trim;
    match who.hair {
        Hair::Bob => c.fill(
            "M-76,0C-82,-60 -46,-84 0,-84C46,-84 82,-60 76,0C82,28 82,52 72,66Q48,74 30,66H-30Q-48,74 -72,66C-82,52 -82,28 -76,0Z",
            &deep,
        ),
        Hair::Long => c.fill(
            "M-74,0C-82,-60 -46,-84 0,-84C46,-84 82,-60 74,0C84,40 74,70 86,118Q62,134 44,120H-44Q-62,134 -86,118C-74,70 -84,40 -74,0Z",
            &deep,
        ),
        Hair::Bunches => {
            for side in [-1.0, 1.0] {
                c.fill(
                    format!(
                        "M{},-8C{},-34 {},-18 {},20C{},52 {},56 {},40C{},20 {},8 {},-8Z",
                        side * 62.0,
                        side * 92.0,
                        side * 116.0,
                        side * 112.0,
                        side * 108.0,
                        side * 84.0,
                        side * 84.0,
                        side * 84.0,
                        side * 70.0,
                        side * 62.0
                    ),
                    &deep,
                );
                c.circle((side * 72.0, -12.0), 10.0, tie);
            }
        }
        Hair::Braids => {
            for side in [-1.0, 1.0] {
                for (i, radius) in [18.0, 17.0, 15.5, 14.0, 12.0].into_iter().enumerate() {
                    let step = i as f32;
                    lock(c, (side * (66.0 + step * 2.0), 26.0 + step * 19.0), radius, colour);
                }
                c.rect((side * 75.0 - 9.0, 108.0), (18.0, 9.0), 4.0, tie);
                lock(c, (side * 76.0, 124.0), 9.0, colour);
            }
        }
        Hair::Ponytail => {
            c.fill("M28,-66C70,-108 126,-80 122,-22C120,16 100,26 92,12C104,-16 84,-44 40,-44Z", &deep);
            c.circle((46.0, -62.0), 11.0, tie);
        }
        Hair::Bun => {
            lock(c, (0.0, -88.0), 27.0, colour);
            c.line("M-16,-70Q0,-62 16,-70", 8.0, tie);
        }
        Hair::Puffs => {
            for side in [-1.0, 1.0] {
                for (x, y, r) in [
                    (62.0, -58.0, 26.0),
                    (84.0, -66.0, 20.0),
                    (56.0, -84.0, 20.0),
                    (76.0, -86.0, 20.0),
                    (90.0, -48.0, 17.0),
                ] {
                    lock(c, (side * x, y), r, colour);
                }
                c.circle((side * 50.0, -48.0), 10.0, tie);
            }
        }
        Hair::Curls => {
            for i in 0..13 {
                let angle = (i as f32 / 12.0 * 220.0 - 200.0).to_radians();
                lock(c, (angle.cos() * 70.0, angle.sin() * 68.0 - 10.0), 24.0, colour);
            }
        }
        Hair::CurlyBob => {
            for i in 0..17 {
                let angle = (i as f32 / 16.0 * 280.0 - 230.0).to_radians();
                lock(c, (angle.cos() * 76.0, angle.sin() * 70.0 - 2.0), 27.0, colour);
            }
        }
        Hair::Short | Hair::Tousled | Hair::Tuft | Hair::SideSwept => {}
    }
}

/// What lies over the forehead; `lean` follows the look.
pub(crate) fn front(c: &mut Canvas, who: &Person, lean: f32) {
    if covered(who) {
        return;
    }
    let colour = who.hair_colour;
    let ink = c.linear(
        (-30.0, -80.0),
        (40.0, 10.0),
        &[(0.0, colour.light(0.2)), (0.5, colour), (1.0, colour.dark(0.16))],
    );
    let w = who.face_width;
    let under_hat = matches!(who.hat, Hat::Wool | Hat::Sun | Hat::Chef | Hat::Pirate);
    let cap = "M-71,6C-78,-50 -44,-80 0,-80C44,-80 78,-50 71,6";
    c.under(format!("scale({w} 1)"), |c| match who.hair {
        Hair::Short => c.fill(format!("{cap}C68,-16 62,-28 50,-40C20,-36 -14,-40 -40,-46C-58,-32 -66,-16 -71,6Z"), &ink),
        Hair::SideSwept => c.fill(
            format!("{cap}C70,-10 64,-22 56,-32C{a},-20 -10,-30 -30,-54C-40,-32 -58,-18 -71,6Z", a = 24.0 + lean * 6.0),
            &ink,
        ),
        Hair::Tousled => c.fill(
            "M-70,4C-82,-30 -76,-56 -54,-70L-58,-84L-34,-78L-26,-94L-4,-80L12,-96L26,-78L48,-86L52,-68C76,-54 80,-28 70,4C66,-12 62,-22 54,-30L44,-20L34,-36L18,-22L4,-38L-10,-22L-26,-36L-36,-18L-50,-30C-60,-20 -66,-10 -70,4Z",
            &ink,
        ),
        Hair::Bob | Hair::Bunches => c.fill(
            format!("{cap}C70,-2 66,-12 60,-20Q{a},-30 0,-26Q-30,-30 -60,-20C-66,-12 -70,-2 -71,6Z", a = 30.0 + lean * 8.0),
            &ink,
        ),
        Hair::Long | Hair::Braids => c.fill(
            format!("{cap}C66,-22 44,-40 {a},-62C-40,-42 -64,-22 -71,6Z", a = 4.0 + lean * 10.0),
            &ink,
        ),
        Hair::Ponytail | Hair::Bun => c.fill(
            format!("{cap}C64,-28 38,-46 0,-46C-38,-46 -64,-28 -71,6Z"),
            &ink,
        ),
        Hair::Puffs => c.fill(
            format!("{cap}C66,-26 40,-46 6,-48L0,-63L-6,-48C-40,-46 -66,-26 -71,6Z"),
            &ink,
        ),
        Hair::Curls | Hair::CurlyBob => {
            c.fill(format!("{cap}C66,-22 40,-44 0,-44C-40,-44 -66,-22 -71,6Z"), &ink);
            for (x, y, r) in [
                (-58.0, -24.0, 16.0),
                (-40.0, -42.0, 18.0),
                (-16.0, -48.0, 18.0),
                (10.0, -46.0, 18.0),
                (34.0, -42.0, 18.0),
                (56.0, -26.0, 16.0),
            ] {
                lock(c, (x + lean * 5.0, y), r, colour);
            }
        }
        Hair::Tuft => {
            c.fill("M-66,-16C-66,-58 -36,-74 0,-74C36,-74 66,-58 66,-16C58,-44 36,-60 0,-60C-36,-60 -58,-44 -66,-16Z", colour.fade(0.85));
            if !under_hat {
                c.line("M-2,-72C-14,-92 6,-100 12,-88C16,-78 2,-76 4,-86", 5.0, &ink);
                c.line("M-8,-72C-18,-84 -14,-92 -6,-92", 4.0, &ink);
            }
        }
    });
    if !matches!(who.hair, Hair::Curls | Hair::CurlyBob | Hair::Tuft) && !under_hat {
        c.line("M-44,-50Q-24,-70 6,-70", 7.0, WHITE.fade(0.16));
    }
}

/// A head seen from behind: nothing but hair.
pub(crate) fn back_of_head(c: &mut Canvas, who: &Person) {
    let colour = who.hair_colour;
    let ink = c.orb((0.38, 0.25), &[(0.0, colour.light(0.18)), (1.0, colour.dark(0.2))]);
    if who.hair == Hair::Tuft {
        c.fill("M0,-66C40,-66 66,-38 66,-4C66,20 40,40 0,40C-40,40 -66,20 -66,-4C-66,-38 -40,-66 0,-66Z", &ink);
    } else {
        c.fill(
            "M0,-80C46,-80 74,-46 72,0C70,40 46,60 0,60C-46,60 -70,40 -72,0C-74,-46 -46,-80 0,-80Z",
            &ink,
        );
        for (x, reach) in [(-40.0, 46.0), (-14.0, 56.0), (16.0, 56.0), (42.0, 44.0)] {
            c.line(format!("M0,-66Q{},-20 {x},{reach}", x * 1.3), 3.0, colour.dark(0.3).fade(0.35));
        }
    }
}
