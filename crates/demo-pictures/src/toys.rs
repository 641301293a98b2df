//! Toys left on the floor.

use crate::{
    canvas::Place,
    colour::{CREAM, Colour, rgb},
    stage::Stage,
    things,
};

/// Toys left on the floor in front.
pub(crate) fn floor_toys(s: &mut Stage) {
    for _ in 0..=s.dice.below(4) {
        let side = s.dice.pick(&[-1.0, 1.0]);
        let at = (side * s.dice.range(60.0, s.span() + 220.0), s.dice.range(540.0, 680.0));
        let colour = s.palette.any(&mut s.dice);
        match s.dice.below(5) {
            0 => {
                s.c.shadow((at.0 + 6.0, at.1), (60.0, 14.0), 0.45);
                let ink = s.c.orb(
                    (0.35, 0.3),
                    &[(0.0, colour.light(0.45)), (0.6, colour), (1.0, colour.dark(0.2))],
                );
                s.c.circle((at.0, at.1 - 48.0), 50.0, &ink);
                s.c.line(
                    format!("M{},{}q42,26 84,-4", at.0 - 42.0, at.1 - 58.0),
                    8.0,
                    CREAM.fade(0.85),
                );
            }
            1 => {
                s.c.shadow((at.0, at.1 + 2.0), (84.0, 16.0), 0.45);
                let fur = s.palette.wood.mix(colour, 0.2).dark(0.05);
                things::teddy(s, at, 1.1, fur);
            }
            2 => {
                for (dx, size, upper) in
                    [(-44.0, 64.0, false), (40.0, 54.0, false), (-4.0, 58.0, true)]
                {
                    let block = s.palette.any(&mut s.dice);
                    let turn = s.dice.sway(9.0);
                    let y = if upper { at.1 - 62.0 } else { at.1 };
                    if !upper {
                        s.c.shadow((at.0 + dx + 4.0, y), (size * 0.7, 12.0), 0.4);
                    }
                    things::block(s, (at.0 + dx, y), (size, size * 0.9), turn, block);
                }
            }
            3 => toy_car(s, at, colour),
            _ => {
                for dx in [-26.0, 26.0] {
                    s.c.shadow((at.0 + dx, at.1 + 4.0), (34.0, 12.0), 0.4);
                    let ink = s.c.round(colour);
                    s.c.ellipse((at.0 + dx, at.1 - 6.0), (22.0, 34.0), &ink);
                    s.c.ellipse((at.0 + dx, at.1 + 4.0), (15.0, 18.0), colour.dark(0.4));
                    s.c.circle((at.0 + dx, at.1 - 28.0), 6.0, CREAM);
                }
            }
        }
    }
}

fn toy_car(s: &mut Stage, at: Place, colour: Colour) {
    s.c.shadow((at.0, at.1 + 2.0), (90.0, 14.0), 0.45);
    let flip = s.dice.pick(&[-1.0, 1.0]);
    s.c.under(format!("translate({:.1} {:.1}) scale({flip} 1)", at.0, at.1), |c| {
        let ink = c.round(colour);
        c.fill(
            "M-84,-22C-88,-52 -70,-56 -46,-58C-34,-92 20,-94 36,-58C66,-56 88,-52 84,-22Z",
            &ink,
        );
        c.fill("M-30,-58C-22,-80 -4,-82 0,-82V-58Z", rgb(0xD8_EEF4));
        c.fill("M10,-82C22,-80 24,-70 26,-58H10Z", rgb(0xD8_EEF4));
        for x in [-46.0, 46.0] {
            c.circle((x, -18.0), 21.0, rgb(0x43_3B48));
            c.circle((x, -18.0), 9.0, CREAM);
        }
        c.circle((80.0, -38.0), 6.0, rgb(0xF8_DB7A));
    });
}
