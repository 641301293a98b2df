//! Bodies in clothes, with the hip at the origin and the shoulders 104 units above it.

use crate::{
    canvas::{Canvas, Ink},
    colour::{CREAM, Colour, WHITE},
    person::{Outfit, Person, Print},
};

const TORSO: &str = "M-34,-108C-52,-104 -55,-62 -58,-20C-60,8 -50,20 0,20C50,20 60,8 58,-20C55,-62 52,-104 34,-108C20,-114 -20,-114 -34,-108Z";
const COAT: &str = "M-36,-108C-56,-102 -60,-60 -68,-6C-74,30 -66,40 0,42C66,40 74,30 68,-6C60,-60 56,-102 36,-108C20,-115 -20,-115 -36,-108Z";
const DRESS: &str = "M-34,-108C-50,-104 -48,-78 -52,-52C-62,-14 -78,22 -88,52Q-62,66 -40,58Q-20,68 0,60Q20,68 40,58Q62,66 88,52C78,22 62,-14 52,-52C48,-78 50,-104 34,-108C20,-114 -20,-114 -34,-108Z";

/// The cloth colour of sleeves.
pub(crate) fn sleeve(who: &Person) -> Colour {
    match who.outfit {
        Outfit::Swimsuit => who.skin,
        Outfit::Dungarees => who.trim,
        _ => who.top,
    }
}

/// The cloth colour of trouser legs.
pub(crate) fn legs(who: &Person) -> Colour {
    match who.outfit {
        Outfit::Swimsuit => who.skin,
        Outfit::Pyjamas => who.top,
        Outfit::Dress => who.bottom.mix(CREAM, 0.35),
        _ => who.bottom,
    }
}

fn print(c: &mut Canvas, who: &Person) -> Option<Ink> {
    let trim = who.trim.mix(CREAM, 0.2);
    Some(match who.print {
        Print::Stripes => c.tile((40.0, 26.0), 0.0, |c| {
            c.rect((0.0, 0.0), (40.0, 10.0), 0.0, trim.fade(0.85));
        }),
        Print::Dots => c.tile((30.0, 30.0), 18.0, |c| {
            c.circle((8.0, 8.0), 5.0, trim.fade(0.9));
            c.circle((23.0, 23.0), 5.0, trim.fade(0.9));
        }),
        Print::Checks => c.tile((36.0, 36.0), 0.0, |c| {
            c.rect((0.0, 0.0), (14.0, 36.0), 0.0, trim.fade(0.4));
            c.rect((0.0, 0.0), (36.0, 14.0), 0.0, trim.fade(0.4));
        }),
        _ => return None,
    })
}

/// The print on sleeves of the same cloth as the body.
pub(crate) fn sleeve_print(c: &mut Canvas, who: &Person) -> Option<Ink> {
    let same =
        matches!(who.outfit, Outfit::Jumper | Outfit::Pyjamas | Outfit::Dress | Outfit::Cape);
    if same { print(c, who) } else { None }
}

fn motif(c: &mut Canvas, who: &Person) {
    let trim = who.trim.mix(CREAM, 0.15);
    match who.print {
        Print::Heart => c.fill(
            "M0,-34C-8,-46 -28,-50 -28,-66C-28,-80 -10,-84 0,-70C10,-84 28,-80 28,-66C28,-50 8,-46 0,-34Z",
            trim,
        ),
        Print::Star => c.fill(
            "M0,-86L8,-69L27,-67L13,-54L17,-35L0,-45L-17,-35L-13,-54L-27,-67L-8,-69Z",
            trim,
        ),
        Print::Sun => {
            c.circle((0.0, -60.0), 14.0, trim);
            for i in 0..8 {
                let angle = (i as f32 * 45.0_f32).to_radians();
                c.line(
                    format!(
                        "M{:.1},{:.1}L{:.1},{:.1}",
                        angle.cos() * 19.0,
                        angle.sin() * 19.0 - 60.0,
                        angle.cos() * 27.0,
                        angle.sin() * 27.0 - 60.0
                    ),
                    4.5,
                    trim,
                );
            }
        }
        Print::Yoke => {
            c.fill("M-34,-108C-50,-104 -53,-74 -55,-60Q0,-36 55,-60C53,-74 50,-104 34,-108C20,-114 -20,-114 -34,-108Z", trim);
            for i in 0..6 {
                c.circle((-42.0 + i as f32 * 16.8, -58.0 + [0.0, 7.0, 10.0, 10.0, 7.0, 0.0][i]), 3.6, who.top.dark(0.1));
            }
        }
        _ => {}
    }
}

fn cloth(c: &mut Canvas, who: &Person, path: &str, colour: Colour) {
    let ink = c.round(colour);
    c.fill(path, &ink);
    if let Some(print) = print(c, who) {
        c.fill(path, &print);
        let fold = c.across(
            (0.2, 0.0),
            (0.9, 1.0),
            &[(0.3, colour.fade(0.0)), (1.0, colour.dark(0.5).fade(0.3))],
        );
        c.fill(path, &fold);
    }
}

/// The torso of `who`, dressed.
pub(crate) fn torso(c: &mut Canvas, who: &Person, from_behind: bool) {
    let (top, trim, bottom) = (who.top, who.trim, who.bottom);
    let neck = c.fall(who.skin.dark(0.16), who.skin.dark(0.05));
    c.ellipse((0.0, -108.0), (22.0, 15.0), &neck);
    match who.outfit {
        Outfit::Jumper | Outfit::Pyjamas => {
            cloth(c, who, TORSO, top);
            if !from_behind {
                motif(c, who);
            }
            c.line("M-24,-110Q0,-94 24,-110", 8.0, trim.mix(top, 0.35));
            if who.outfit == Outfit::Jumper {
                c.line("M-50,12Q0,24 50,12", 9.0, top.dark(0.16));
            } else {
                for y in [-80.0, -52.0, -24.0] {
                    c.circle((0.0, y), 4.5, CREAM);
                }
            }
        }
        Outfit::Dungarees => {
            cloth(c, who, TORSO, trim.mix(CREAM, 0.12));
            let denim = c.round(bottom);
            c.fill("M-57,-34Q-44,-36 -34,-44V-74Q0,-68 34,-74V-44Q44,-36 57,-34C61,10 50,20 0,20C-50,20 -61,10 -57,-34Z", &denim);
            for side in [-1.0, 1.0] {
                c.line(
                    format!("M{},-70Q{},-96 {},-108", side * 28.0, side * 34.0, side * 30.0),
                    12.0,
                    &denim,
                );
                c.circle((side * 28.0, -66.0), 5.5, CREAM);
            }
            if !from_behind {
                c.rect((-18.0, -50.0), (36.0, 30.0), 8.0, bottom.dark(0.12));
                c.line("M-18,-44H18", 3.0, bottom.light(0.3));
            }
        }
        Outfit::Dress => {
            cloth(c, who, DRESS, top);
            c.line("M-52,-50Q0,-38 52,-50", 6.0, trim);
            c.line("M-24,-110Q0,-92 24,-110", 10.0, CREAM);
            c.line(
                "M-84,46Q-62,58 -40,50Q-20,60 0,52Q20,60 40,50Q62,58 84,46",
                5.0,
                trim.fade(0.8),
            );
        }
        Outfit::Raincoat => {
            let shell = c.round(top);
            c.fill(COAT, &shell);
            c.line("M0,-100V38", 4.0, top.dark(0.22));
            for y in [-72.0, -36.0, 0.0] {
                c.circle((9.0, y), 5.5, trim);
            }
            c.line("M-46,-8h26M22,-8h26", 5.0, top.dark(0.2));
            c.line("M-50,-80Q-58,-40 -60,-4", 7.0, WHITE.fade(0.25));
        }
        Outfit::WinterCoat => {
            let puff = c.round(top);
            c.fill(COAT, &puff);
            for y in [-78.0, -48.0, -18.0, 12.0] {
                c.line(
                    format!("M-58,{}Q0,{} 58,{}", y + 4.0, y + 16.0, y + 4.0),
                    3.4,
                    top.dark(0.3).fade(0.5),
                );
                c.line(
                    format!("M-50,{}Q-20,{} 0,{}", y + 12.0, y + 20.0, y + 21.0),
                    3.0,
                    WHITE.fade(0.18),
                );
            }
            c.line("M0,-100V38", 4.0, top.dark(0.3));
            let shawl = c.round(trim);
            c.fill("M-46,-116Q0,-82 46,-116Q52,-98 40,-90Q0,-70 -40,-90Q-52,-98 -46,-116Z", &shawl);
            c.fill("M18,-92L36,-88L34,-46Q24,-40 14,-46Z", &shawl);
        }
        Outfit::Apron => {
            cloth(c, who, TORSO, top);
            let linen = c.fall(CREAM.mix(trim, 0.25).light(0.3), CREAM.mix(trim, 0.4));
            if from_behind {
                c.line("M-54,-26H54", 7.0, &linen);
                c.fill("M0,-26L-26,-8L-18,10L0,-20L18,10L26,-8Z", &linen);
            } else {
                c.fill("M-26,-96Q0,-84 26,-96L32,-50Q56,-44 60,-8Q64,34 44,42Q0,50 -44,42Q-64,34 -60,-8Q-56,-44 -32,-50Z", &linen);
                c.line("M-24,-8Q0,0 24,-8L22,18Q0,24 -22,18Z", 3.5, trim.dark(0.08).fade(0.6));
            }
        }
        Outfit::Swimsuit => {
            let skin = c.round(who.skin);
            c.fill(TORSO, &skin);
            cloth(
                c,
                who,
                "M-30,-106L-22,-80Q0,-70 22,-80L30,-106C40,-104 50,-74 56,-30C61,10 50,22 0,22C-50,22 -61,10 -56,-30C-50,-74 -40,-104 -30,-106Z",
                top,
            );
        }
        Outfit::Cape => {
            cloth(c, who, TORSO, top);
            if !from_behind {
                motif(c, who);
            }
            c.line("M-30,-106Q0,-88 30,-106", 9.0, trim);
            c.circle((0.0, -95.0), 8.0, CREAM);
        }
    }
}

/// What hangs behind the body.
pub(crate) fn cape(c: &mut Canvas, who: &Person) {
    if who.outfit == Outfit::Cape {
        let velvet = c.fall(who.trim, who.trim.dark(0.22));
        c.fill("M-32,-110C-60,-90 -84,0 -104,84Q-76,74 -56,90Q-30,76 0,92Q30,76 56,90Q76,74 104,84C84,0 60,-90 32,-110Z", &velvet);
    }
}
