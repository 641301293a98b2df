//! Small illustrations for the interface, in the style of the pictures, on no ground of their own.

use crate::{
    canvas::{Canvas, Place},
    colour::{CREAM, Colour, PLUM, WHITE, rgb},
    dice::Dice,
    face::{Eyes, Mood, Mouth},
    figure::{Pose, figure},
    palette::Palette,
    person::{Hair, Hat, Outfit, Person, Print, Wear},
    stage::{Light, Season, Stage},
    things,
};

const CORAL: Colour = rgb(0xEE_7B62);
const SUN: Colour = rgb(0xF6_C14B);
const MINT: Colour = rgb(0x7C_C3A8);
const SEA: Colour = rgb(0x4C_8DB5);

fn stage() -> Stage {
    let dice = (Dice::new(3, 1), Dice::new(3, 2));
    let mut stage = Stage::new(dice, Season::Summer, Light::Noon, false, 0.0);
    stage.palette = Palette {
        wall: CREAM,
        panel: MINT,
        wood: rgb(0xD9_A876),
        textile: SUN,
        cloth: [CORAL, SUN, MINT, SEA, rgb(0xFB_EBD3), rgb(0xA2_7FB4)],
    };
    stage
}

/// A soft patch that carries the drawing on light and on dark ground.
fn ground(s: &mut Stage, at: Place, size: f32) {
    let ink = s.c.across((0.0, 0.0), (0.4, 1.0), &[(0.0, rgb(0xFF_E6BF)), (1.0, rgb(0xF9_C9AE))]);
    s.c.placed(at, size, 0.0, |c| {
        c.fill(
            "M-190,20C-200,-80 -110,-130 -30,-112C40,-150 170,-120 186,-20C206,70 140,118 40,110C-60,132 -180,120 -190,20Z",
            &ink,
        );
    });
}

fn leaves(s: &mut Stage, at: Place, size: f32, turn: f32) {
    s.c.placed(at, size, turn, |c| {
        c.line("M0,0Q-6,-60 0,-120", 4.0, rgb(0x5E_9B6A));
        for (y, side) in [(-26.0, -1.0), (-46.0, 1.0), (-66.0, -1.0), (-86.0, 1.0), (-118.0, 0.0)] {
            let ink = c.round(rgb(0x7B_B583));
            c.placed((0.0, y), 1.0, side * 58.0, |c| {
                c.fill("M0,4C-16,-12 -14,-34 0,-46C14,-34 16,-12 0,4Z", &ink);
            });
        }
    });
}

fn heart(c: &mut Canvas, at: Place, size: f32, colour: Colour) {
    let ink = c.round(colour);
    c.placed(at, size, 0.0, |c| {
        c.fill("M0,30C-12,12 -42,4 -42,-20C-42,-42 -14,-46 0,-24C14,-46 42,-42 42,-20C42,4 12,12 0,30Z", &ink);
    });
}

/// A notebook, `half` as wide as its cover from the middle.
fn notebook(c: &mut Canvas, at: Place, size: f32, turn: f32, half: f32) {
    let w = half * 2.0;
    c.placed(at, size, turn, |c| {
        c.rect((8.0 - half, -104.0), (w, 220.0), 18.0, PLUM.fade(0.16));
        c.rect((12.0 - half, -108.0), (w - 4.0, 216.0), 14.0, CREAM);
        for x in [-4.0, 0.0, 4.0] {
            c.rect((half + x, -98.0), (1.6, 196.0), 0.0, rgb(0xD8_C2A4));
        }
        let cover = c.slant(CORAL.light(0.18), CORAL.dark(0.1));
        c.rect((-half, -112.0), (w - 6.0, 224.0), 18.0, &cover);
        c.rect((-half, -112.0), (30.0, 224.0), 14.0, CORAL.dark(0.2));
        let ribbon = c.fall(SUN.light(0.1), SUN.dark(0.08));
        c.placed((half - 42.0, -114.0), 1.0, 0.0, |c| {
            c.fill("M0,0h26v92l-13,-14l-13,14Z", &ribbon);
        });
        heart(c, (8.0, 22.0), half / 88.0, CREAM);
    });
}

fn child(dice: &mut Dice, palette: &Palette, hair: Hair, hair_colour: u32, skin: u32) -> Person {
    let who = Person::child(dice, palette, Wear::Indoors);
    Person {
        hair,
        hair_colour: rgb(hair_colour),
        skin: rgb(skin),
        hat: Hat::None,
        glasses: false,
        freckles: false,
        bare_feet: false,
        face_width: 1.0,
        ..who
    }
}

/// Nothing yet: a bear, a bag and a closed notebook wait for the first day.
fn empty_timeline() -> String {
    let mut s = stage();
    ground(&mut s, (200.0, 158.0), 0.98);
    for (i, x) in [58.0_f32, 105.0, 152.0, 199.0, 246.0, 293.0, 340.0].into_iter().enumerate() {
        let t = (i as f32 + 0.5) / 7.0;
        let y = 26.0 + 150.0 * t * (1.0 - t);
        let flag = s.palette.cloth[[0, 1, 2, 3, 0, 1, 2][i]];
        let ink = s.c.fall(flag.light(0.12), flag.dark(0.05));
        s.c.placed((x, y), 0.5, (t - 0.5) * 26.0, |c| c.fill("M-32,0H32L0,66Z", &ink));
    }
    s.c.line("M34,20Q200,104 366,20", 3.0, rgb(0xA8_7C58));
    leaves(&mut s, (70.0, 262.0), 1.0, -16.0);
    leaves(&mut s, (88.0, 264.0), 0.74, 12.0);
    s.c.shadow((200.0, 264.0), (170.0, 18.0), 0.45);
    // The bag.
    let bag = s.c.round(SEA);
    s.c.line("M258,160Q282,110 306,160", 9.0, SEA.dark(0.16));
    s.c.rect((236.0, 150.0), (92.0, 112.0), 34.0, &bag);
    s.c.rect((248.0, 204.0), (68.0, 50.0), 16.0, SEA.light(0.34));
    s.c.line("M250,178H314", 4.0, SEA.dark(0.28));
    s.c.circle((282.0, 178.0), 6.0, SUN);
    heart(&mut s.c, (282.0, 230.0), 0.3, CORAL);
    things::teddy(&mut s, (188.0, 264.0), 1.12, rgb(0xC9_9466));
    notebook(&mut s.c, (126.0, 214.0), 0.46, -9.0, 86.0);
    s.c.document((400.0, 300.0), "", &Canvas::default())
}

/// No connection: a tin-can telephone with a loose string, and a child that does not mind.
fn offline() -> String {
    let mut s = stage();
    ground(&mut s, (200.0, 160.0), 0.98);
    for (x, y, size) in [(98.0, 104.0, 0.3), (322.0, 92.0, 0.24)] {
        s.c.placed((x, y), size, 0.0, |c| {
            c.fill("M-130,34C-176,34 -176,-14 -128,-16C-124,-58 -66,-66 -44,-38C-26,-84 54,-80 62,-30C102,-52 138,-20 124,6C160,8 158,34 124,34Z", WHITE.fade(0.92));
        });
    }
    s.c.shadow((200.0, 268.0), (150.0, 16.0), 0.45);
    leaves(&mut s, (318.0, 266.0), 0.8, 14.0);
    let mut dice = Dice::new(9, 9);
    let palette = s.palette.clone();
    let who = child(&mut dice, &palette, Hair::Bunches, 0x7A_4A2B, 0xF8_CDAE);
    let who = Person {
        outfit: Outfit::Dungarees,
        print: Print::Stripes,
        top: CORAL,
        trim: SUN,
        bottom: SEA,
        shoes: CORAL,
        ..who
    };
    let mut pose = Pose::sitting(&mut dice, (-60.0, -8.0), (92.0, -150.0));
    (pose.lean, pose.nod) = (0.0, 7.0);
    let mood = Mood { look: (-0.35, -0.25), eyes: Eyes::Open, mouth: Mouth::Content };
    let marks = figure(&mut s.c, &who, (200.0, 260.0), 0.84, &pose, &mood);
    let hand = marks.hands[1];
    s.c.line(
        format!(
            "M{},{}C{},{} 376,168 334,206C306,232 362,246 342,264C330,274 308,264 290,271",
            hand.0 + 16.0,
            hand.1,
            hand.0 + 62.0,
            hand.1 - 26.0
        ),
        3.0,
        rgb(0xA8_7C58),
    );
    s.c.placed((hand.0 + 2.0, hand.1 - 2.0), 1.0, 12.0, |c| {
        let tin = c.fall(rgb(0xE9_EEF0), rgb(0xA9_B8C0));
        c.rect((-22.0, -15.0), (42.0, 30.0), 5.0, &tin);
        c.line("M-10,-15V15M2,-15V15", 2.0, rgb(0x93_A5AE));
        c.ellipse((20.0, 0.0), (5.0, 15.0), rgb(0x93_A5AE));
    });
    let palm = s.c.round(who.skin);
    s.c.circle((hand.0 - 2.0, hand.1 + 11.0), 11.0, &palm);
    s.c.document((400.0, 300.0), "", &Canvas::default())
}

/// Welcome: children peep over a big notebook.
fn sign_in() -> String {
    let mut s = stage();
    ground(&mut s, (240.0, 196.0), 1.22);
    leaves(&mut s, (84.0, 326.0), 1.25, -18.0);
    leaves(&mut s, (106.0, 330.0), 0.9, 10.0);
    leaves(&mut s, (398.0, 326.0), 1.15, 16.0);
    leaves(&mut s, (376.0, 330.0), 0.8, -12.0);
    s.c.shadow((240.0, 330.0), (180.0, 18.0), 0.45);
    let mut dice = Dice::new(12, 9);
    let palette = s.palette.clone();
    let left = child(&mut dice, &palette, Hair::SideSwept, 0xC9_7B3A, 0xFB_DCC4);
    let left = Person {
        outfit: Outfit::Jumper,
        print: Print::Stripes,
        top: SEA,
        trim: CREAM,
        freckles: true,
        ..left
    };
    let right = child(&mut dice, &palette, Hair::Puffs, 0x2B_2226, 0xA9_6E46);
    let right =
        Person { outfit: Outfit::Jumper, print: Print::Dots, top: SUN, trim: CORAL, ..right };
    let mut pose = Pose::behind_table(&mut dice, (-84.0, -176.0), (60.0, -20.0));
    (pose.lean, pose.nod) = (-4.0, -6.0);
    let mood = Mood { look: (0.2, 0.05), eyes: Eyes::Open, mouth: Mouth::Laugh };
    figure(&mut s.c, &left, (184.0, 232.0), 0.8, &pose, &mood);
    let mut pose = Pose::behind_table(&mut dice, (-60.0, -20.0), (60.0, -20.0));
    (pose.lean, pose.nod) = (4.0, 6.0);
    let mood = Mood { look: (-0.25, 0.1), eyes: Eyes::Laughing, mouth: Mouth::Smile };
    figure(&mut s.c, &right, (302.0, 236.0), 0.8, &pose, &mood);
    notebook(&mut s.c, (240.0, 246.0), 0.8, 0.0, 142.0);
    s.c.document((480.0, 360.0), "", &Canvas::default())
}

/// Every spot illustration: its name and its SVG.
pub fn spots() -> Vec<(&'static str, String)> {
    let named = |name: &'static str, svg: String| {
        // Two of them on one page must not share gradients.
        let mark = format!("{name}-");
        let svg = svg
            .replace("id=\"i", &format!("id=\"{mark}"))
            .replace("url(#i", &format!("url(#{mark}"))
            .replace(" transform=\"\"", "");
        (name, svg)
    };
    vec![
        named("empty-timeline", empty_timeline()),
        named("offline", offline()),
        named("sign-in", sign_in()),
    ]
}
