//! What is worn on the head, drawn over the hair and centred on the head.

use crate::{
    canvas::Canvas,
    colour::{CREAM, rgb},
    person::{Hat, Person},
};

/// What lies behind the head.
pub(crate) fn behind(c: &mut Canvas, who: &Person) {
    match who.hat {
        Hat::Hood => {
            let ink = c.round(who.top);
            c.fill("M0,-92C60,-92 86,-44 84,4C82,46 60,72 0,76C-60,72 -82,46 -84,4C-86,-44 -60,-92 0,-92Z", &ink);
        }
        Hat::Scarf => {
            let ink = c.round(who.trim);
            c.fill("M0,-84C50,-84 78,-46 78,2C80,50 70,96 54,112H-54C-70,96 -80,50 -78,2C-78,-46 -50,-84 0,-84Z", &ink);
        }
        Hat::Sun => {
            let ink = c.fall(who.trim.dark(0.05), who.trim.dark(0.2));
            c.ellipse((0.0, -36.0), (104.0, 36.0), &ink);
        }
        _ => {}
    }
}

/// What lies on the head.
pub(crate) fn front(c: &mut Canvas, who: &Person) {
    let (main, trim) = (who.top, who.trim);
    match who.hat {
        Hat::None => {}
        Hat::Hood => {
            let edge = c.fall(main.light(0.18), main.dark(0.1));
            c.line("M-66,34C-84,-30 -50,-80 0,-80C50,-80 84,-30 66,34C58,58 30,70 0,70C-30,70 -58,58 -66,34Z", 17.0, &edge);
            c.line("M-58,-44C-40,-74 -20,-80 0,-80", 5.0, CREAM.fade(0.35));
        }
        Hat::Wool => {
            let wool = c.round(trim);
            c.fill("M-74,-18C-78,-66 -44,-98 0,-98C44,-98 78,-66 74,-18Z", &wool);
            for x in [-44.0, -22.0, 0.0, 22.0, 44.0] {
                c.line(
                    format!("M{x},-92Q{},-60 {},-30", x * 1.3, x * 1.4),
                    3.0,
                    trim.dark(0.2).fade(0.4),
                );
            }
            let band = c.round(main.mix(CREAM, 0.25));
            c.rect((-79.0, -36.0), (158.0, 30.0), 15.0, &band);
            for i in 0..10 {
                let x = -68.0 + i as f32 * 15.0;
                c.line(format!("M{x},-30V-13"), 2.6, main.dark(0.25).fade(0.35));
            }
            for (x, y, r) in [
                (0.0, -112.0, 19.0),
                (-13.0, -104.0, 12.0),
                (14.0, -104.0, 12.0),
                (2.0, -122.0, 12.0),
            ] {
                let pom = c.round(CREAM.mix(main, 0.2));
                c.circle((x, y), r, &pom);
            }
        }
        Hat::Sun => c.placed((0.0, -14.0), 1.0, 0.0, |c| {
            let dome = c.round(trim);
            c.fill("M-70,-26C-72,-70 -42,-96 0,-96C42,-96 72,-70 70,-26Q0,-8 -70,-26Z", &dome);
            c.fill("M-71,-38Q0,-20 71,-38L70,-24Q0,-6 -70,-24Z", main);
            let brim = c.fall(trim.light(0.2), trim);
            c.fill("M-108,-20C-80,-34 -72,-28 -70,-27Q0,-9 70,-27C72,-28 80,-34 108,-20C92,0 40,4 0,4C-40,4 -92,0 -108,-20Z", &brim);
        }),
        Hat::Crown => {
            let gold = c.fall(rgb(0xFF_DE7D), rgb(0xE3_A02E));
            c.fill("M-54,-50L-64,-100L-34,-78L0,-116L34,-78L64,-100L54,-50Q0,-36 -54,-50Z", &gold);
            for (x, y) in [(-64.0, -102.0), (0.0, -118.0), (64.0, -102.0)] {
                c.circle((x, y), 7.0, trim);
            }
            for (x, y) in [(-28.0, -56.0), (0.0, -53.0), (28.0, -56.0)] {
                c.circle((x, y), 6.0, main);
            }
        }
        Hat::Chef => {
            let white = c.fall(CREAM.light(0.8), CREAM.dark(0.08));
            for (x, y, r) in [(-38.0, -94.0, 30.0), (38.0, -94.0, 30.0), (0.0, -108.0, 38.0)] {
                c.circle((x, y), r, &white);
            }
            c.fill("M-56,-96L-54,-44Q0,-30 54,-44L56,-96Z", &white);
            c.line("M-54,-46Q0,-32 54,-46", 3.0, CREAM.dark(0.2));
        }
        Hat::Pirate => c.placed((0.0, -16.0), 1.0, -3.0, |c| {
            let felt = c.round(rgb(0x3B_4252));
            c.fill(
                "M-96,-36C-70,-40 -70,-104 0,-104C70,-104 70,-40 96,-36C70,-14 -70,-14 -96,-36Z",
                &felt,
            );
            c.line("M-94,-37C-64,-16 64,-16 94,-37", 6.0, trim);
            c.circle((0.0, -66.0), 15.0, CREAM);
            c.circle((-5.5, -67.0), 4.0, rgb(0x3B_4252));
            c.circle((5.5, -67.0), 4.0, rgb(0x3B_4252));
        }),
        Hat::Wreath => {
            for i in 0..9 {
                let angle = (180.0 + i as f32 * 22.5_f32).to_radians();
                let at = (angle.cos() * 66.0, angle.sin() * 34.0 - 34.0);
                c.ellipse((at.0 + 6.0, at.1 + 6.0), (13.0, 8.0), rgb(0x7A_A36B));
                c.circle(at, 11.5, [trim, CREAM, main][i % 3]);
                c.circle(at, 4.5, rgb(0xF3_C04E));
            }
        }
        Hat::Bow => {
            let bow = c.round(trim);
            c.fill("M44,-64C30,-92 8,-88 14,-66C10,-48 30,-46 44,-64Z", &bow);
            c.fill("M44,-64C58,-92 82,-86 76,-64C80,-44 58,-46 44,-64Z", &bow);
            c.circle((44.0, -64.0), 8.0, trim.dark(0.18));
        }
        Hat::Scarf => {
            let edge = c.fall(trim.light(0.16), trim.dark(0.08));
            c.line("M-60,38C-78,-22 -46,-70 0,-70C46,-70 78,-22 60,38C52,60 28,74 0,74C-28,74 -52,60 -60,38Z", 18.0, &edge);
        }
    }
}
