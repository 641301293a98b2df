//! Faces: a few strokes, kept kind.

use crate::{
    canvas::Canvas,
    colour::{Colour, PLUM, WHITE, rgb},
    dice::Dice,
    person::Person,
};

/// Where a face looks and how it feels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mood {
    /// Looking left/right and up/down, each in `-1.0..=1.0`.
    pub(crate) look: (f32, f32),
    pub(crate) eyes: Eyes,
    pub(crate) mouth: Mouth,
}

/// Eyes of a [`Mood`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Eyes {
    Open,
    Laughing,
    Asleep,
    Wink,
}

/// Mouth of a [`Mood`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mouth {
    Smile,
    Laugh,
    Surprise,
    Busy,
    Content,
    Grin,
}

impl Mood {
    /// A mood of play, looking about `look`.
    pub(crate) fn throw(dice: &mut Dice, look: (f32, f32)) -> Self {
        let eyes = dice.pick(&[Eyes::Open, Eyes::Open, Eyes::Open, Eyes::Open, Eyes::Laughing]);
        let eyes = if dice.chance(0.03) { Eyes::Wink } else { eyes };
        let mouth = if eyes == Eyes::Open {
            dice.pick(&[
                Mouth::Smile,
                Mouth::Smile,
                Mouth::Smile,
                Mouth::Laugh,
                Mouth::Laugh,
                Mouth::Surprise,
                Mouth::Busy,
                Mouth::Content,
                Mouth::Grin,
                Mouth::Grin,
            ])
        } else {
            dice.pick(&[Mouth::Smile, Mouth::Laugh, Mouth::Grin])
        };
        let look = (look.0 + dice.sway(0.2), look.1 + dice.sway(0.2));
        Self { look, eyes, mouth }
    }

    /// Asleep.
    pub(crate) const fn asleep() -> Self {
        Self { look: (0.0, 0.1), eyes: Eyes::Asleep, mouth: Mouth::Content }
    }
}

/// The bare head and what is in the face, centred on the head, 128 units high.
pub(crate) fn face(c: &mut Canvas, who: &Person, mood: &Mood) {
    let skin = who.skin;
    let shade = skin.mix(rgb(0xC8_5A3C), 0.22).dark(0.08);
    let (lx, ly) = (mood.look.0.clamp(-1.0, 1.0), mood.look.1.clamp(-1.0, 1.0));
    for side in [-1.0, 1.0] {
        let at = (side * 64.0 * who.face_width - lx * 5.0, 8.0 - ly * 4.0);
        let ear = c.round(skin.mix(shade, 0.18));
        c.ellipse(at, (13.0, 15.0), &ear);
        c.ellipse((at.0 - side * 2.0, at.1 + 1.0), (6.5, 8.5), shade.fade(0.45));
    }
    let head =
        c.orb((0.38, 0.32), &[(0.0, skin.light(0.22)), (0.62, skin), (1.0, skin.mix(shade, 0.55))]);
    let w = who.face_width;
    let chin = if who.grown { 66.0 } else { 58.0 };
    c.fill(
        format!(
            "M0,-65C{a},-65 {b},-38 {b},0C{b},{d} {e},{chin} 0,{chin}C-{e},{chin} -{b},{d} -{b},0C-{b},-38 -{a},-65 0,-65Z",
            a = 40.0 * w,
            b = 67.0 * w,
            d = if who.grown { 32.0 } else { 38.0 },
            e = if who.grown { 34.0 } else { 42.0 } * w
        ),
        &head,
    );
    let (fx, fy) = (lx * 15.0, ly * 9.0);
    c.under(format!("translate({fx:.1} {fy:.1})"), |c| features(c, who, mood, skin, lx));
}

fn features(c: &mut Canvas, who: &Person, mood: &Mood, skin: Colour, lx: f32) {
    let line = rgb(0x3A_2328);
    let blush = c.glow(skin.mix(rgb(0xF0_5A50), 0.62).fade(0.62));
    let squeeze = 1.0 - lx.abs() * 0.1;
    for side in [-1.0, 1.0] {
        c.ellipse((side * 39.0 * squeeze, 24.0), (20.0, 15.0), &blush);
    }
    if who.freckles {
        for (x, y) in [(-31.0, 17.0), (-22.0, 22.0), (-38.0, 24.0), (31.0, 17.0), (22.0, 22.0)] {
            c.circle((x, y), 1.7, skin.mix(rgb(0xA8_5A30), 0.55));
        }
    }
    for side in [-1.0_f32, 1.0] {
        let x = side * 25.0 * squeeze;
        let open = match mood.eyes {
            Eyes::Open => true,
            Eyes::Wink => side < 0.0,
            Eyes::Laughing | Eyes::Asleep => false,
        };
        if open {
            c.ellipse((x, 3.0), (6.6, 8.4), line);
            c.circle((x + 2.2, -0.4), 2.5, WHITE);
            c.circle((x - 2.0, 6.0), 1.2, WHITE.fade(0.7));
        } else if mood.eyes == Eyes::Asleep {
            c.line(format!("M{},2Q{x},12 {},2", x - 10.0, x + 10.0), 3.6, line);
            c.line(format!("M{},6l{},5", x + side * 7.0, side * 3.5), 2.4, line);
        } else {
            c.line(format!("M{},7Q{x},-7 {},7", x - 10.0, x + 10.0), 4.2, line);
        }
        let lift = match mood.mouth {
            Mouth::Surprise | Mouth::Laugh => -4.0,
            Mouth::Busy => 2.0,
            _ => 0.0,
        };
        if mood.eyes != Eyes::Asleep {
            let brow = who.hair_colour.dark(0.25).fade(0.75);
            let (y0, y1) = (-17.0 + lift, -21.0 + lift);
            c.line(
                format!("M{},{y0}Q{},{y1} {},{}", x - 8.0, x, x + 8.0, y0 + side * 0.5),
                3.2,
                brow,
            );
        }
    }
    let nose = skin.mix(rgb(0xD0_5A40), 0.34);
    c.ellipse((lx * 3.0, 15.0), (6.0, 4.4), nose.fade(0.75));
    mouth(c, mood.mouth, line);
    if who.glasses {
        let frame = who.trim.dark(0.25);
        for side in [-1.0, 1.0] {
            let glass = WHITE.fade(0.16);
            c.circle((side * 26.0, 4.0), 17.0, glass);
            c.line(
                format!("M{},4a17,17 0 1 0 34,0a17,17 0 1 0 -34,0", side * 26.0 - 17.0),
                3.4,
                frame,
            );
        }
        c.line("M-9,2Q0,-4 9,2", 3.4, frame);
    }
}

fn mouth(c: &mut Canvas, mouth: Mouth, line: Colour) {
    let inside = rgb(0x8E_2F3A);
    let tongue = rgb(0xF0_8A84);
    match mouth {
        Mouth::Smile => c.line("M-15,31Q0,44 15,31", 4.2, line),
        Mouth::Content => c.line("M-9,33Q0,39 9,33", 4.0, line),
        Mouth::Laugh => {
            c.fill("M-17,28Q0,33 17,28Q15,50 0,50Q-15,50 -17,28Z", inside);
            c.fill("M-10,44Q0,36 10,44Q5,50 0,50Q-5,50 -10,44Z", tongue);
            c.fill("M-13,29.6Q0,33.4 13,29.6L11.5,34Q0,37 -11.5,34Z", WHITE.fade(0.95));
        }
        Mouth::Grin => {
            c.fill("M-16,29Q0,34 16,29Q13,43 0,43Q-13,43 -16,29Z", PLUM.mix(inside, 0.6));
            c.fill("M-13.5,30.6Q0,35 13.5,30.6L11.5,36.5Q0,40 -11.5,36.5Z", WHITE);
        }
        Mouth::Surprise => {
            c.ellipse((0.0, 37.0), (7.5, 9.0), inside);
            c.ellipse((0.0, 41.5), (4.6, 4.0), tongue);
        }
        Mouth::Busy => {
            c.line("M-9,34Q0,38 10,32", 4.0, line);
            c.fill("M2,35.5Q10,34 10,33Q14,43 7,43.5Q1,43 2,35.5Z", tongue);
        }
    }
}
