//! A birthday with cake.

use super::table::{TOP, chair, under_the_table};
use crate::{
    canvas::Place,
    colour::{CREAM, PLUM, WHITE, rgb},
    figure::Pose,
    person::{Hat, Wear},
    room,
    stage::Stage,
    things,
};

/// A birthday with cake.
pub(super) fn draw(s: &mut Stage) {
    room::room(s, false);
    for _ in 0..7 {
        let at = (s.dice.sway(760.0), s.dice.range(-520.0, -250.0));
        balloon(s, at);
    }
    let half = s.span() + 190.0;
    let count = s.crowd(2, 4);
    let mut cast = s.children(count, Wear::Indoors);
    let star = s.dice.below(count);
    cast[star].hat = Hat::Crown;
    let places = s.row(count, s.span() * 0.95, 20.0);
    let cake_x = places[star] + if places[star] > 0.0 { -20.0 } else { 20.0 };
    for (i, who) in cast.iter().enumerate() {
        let x = places[i];
        let cheer = i != star && s.shot.chance(0.6);
        let lift = if cheer { -176.0 } else { -30.0 } + s.wave(x, 16.0);
        let mut pose = Pose::behind_table(&mut s.shot, (-80.0, lift), (80.0, lift));
        pose.lean = s.shot.sway(6.0);
        chair(s, (x, TOP));
        let mood = s.watching((x, -60.0), (cake_x, 140.0));
        let scale = s.dice.range(1.34, 1.46);
        s.person(who, (x, TOP + 24.0), scale, &pose, &mood);
        under_the_table(s, who, x);
    }
    things::table(s, TOP, half);
    cake(s, (cake_x, TOP + 90.0));
    for x in places {
        let colour = s.palette.any(&mut s.dice);
        if (x - cake_x).abs() > 120.0 {
            things::plate(s, (x, TOP + 92.0), 70.0, colour);
            things::fruit(s, (x, TOP + 84.0), 0.6, 4);
        }
        let colour = s.palette.any(&mut s.dice);
        things::cup(s, (x + 122.0, TOP + 96.0), 0.85, colour);
    }
    for _ in 0..40 {
        let at = (s.dice.sway(half), s.dice.range(-400.0, 480.0));
        let (colour, turn) = (s.palette.any(&mut s.dice), s.dice.range(0.0, 180.0));
        s.c.placed(at, 1.0, turn, |c| c.rect((-9.0, -4.0), (18.0, 8.0), 3.0, colour.fade(0.9)));
    }
}

fn balloon(s: &mut Stage, at: Place) {
    let colour = s.palette.any(&mut s.dice);
    let sway = s.wave(at.0, 8.0);
    s.c.placed((at.0 + sway, at.1), 1.0, sway, |c| {
        let ink = c.orb((0.34, 0.28), &[(0.0, colour.light(0.5)), (0.5, colour), (1.0, colour.dark(0.18))]);
        c.line("M0,70q-16,70 6,130q14,60 -4,110", 2.5, PLUM.fade(0.4));
        c.fill("M0,66C-34,46 -56,12 -56,-16C-56,-50 -30,-72 0,-72C30,-72 56,-50 56,-16C56,12 34,46 0,66Z", &ink);
        c.fill("M-9,74L0,62L9,74Z", colour.dark(0.1));
        c.ellipse((-22.0, -34.0), (9.0, 16.0), WHITE.fade(0.4));
    });
}

fn cake(s: &mut Stage, at: Place) {
    let (icing, sponge) = (s.palette.any(&mut s.dice).light(0.3), rgb(0xE9_BC84));
    let candles = 1 + s.dice.below(4);
    let flicker = s.wave(0.1, 3.0);
    things::plate(s, at, 150.0, CREAM);
    s.c.placed((at.0, at.1 - 6.0), 1.0, 0.0, |c| {
        let side = c.across((0.0, 0.0), (1.0, 0.0), &[(0.0, sponge.light(0.3)), (0.5, sponge), (1.0, sponge.dark(0.18))]);
        c.fill("M-104,-92V-8Q0,26 104,-8V-92Z", &side);
        c.line("M-102,-44Q0,-14 102,-44", 9.0, CREAM);
        let top = c.fall(icing.light(0.35), icing);
        c.fill("M-108,-98Q0,-132 108,-98V-78Q100,-54 86,-74Q72,-40 52,-66Q30,-34 8,-62Q-18,-32 -40,-64Q-62,-42 -80,-72Q-100,-56 -108,-78Z", &top);
        c.ellipse((0.0, -98.0), (108.0, 25.0), icing.light(0.4));
        for i in 0..9 {
            let angle = (i as f32 * 40.0_f32).to_radians();
            c.circle((angle.cos() * 88.0, -98.0 + angle.sin() * 18.0), 8.0, rgb(0xE2_4B50));
        }
        for i in 0..candles {
            let x = (i as f32 - (candles as f32 - 1.0) / 2.0) * 40.0;
            c.rect((x - 5.0, -160.0), (10.0, 62.0), 3.0, WHITE);
            c.line(format!("M{},-146l9,-8M{},-128l9,-8M{},-110l9,-8", x - 4.0, x - 4.0, x - 4.0), 3.5, rgb(0xE9_7B62));
            let halo = c.glow(rgb(0xFF_E09A).fade(0.8));
            c.circle((x, -178.0), 46.0, &halo);
            c.fill(format!("M{x},-164C{},-172 {},-184 {},-200C{},-184 {},-172 {x},-164Z", x - 12.0, x - 8.0, x + flicker, x + 9.0, x + 12.0), rgb(0xFF_B53C));
        }
    });
}
