//! Who is in the picture: skin, hair and clothes of an invented child or member of staff.

use crate::{
    colour::{Colour, rgb},
    dice::Dice,
    palette::Palette,
};

/// A way to wear one's hair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hair {
    Short,
    Tousled,
    Bob,
    Bunches,
    Curls,
    Ponytail,
    Bun,
    Tuft,
    Long,
    Braids,
    Puffs,
    CurlyBob,
    SideSwept,
}

/// What is on the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hat {
    None,
    Wool,
    Sun,
    Hood,
    Crown,
    Chef,
    Pirate,
    Wreath,
    Bow,
    Scarf,
}

/// What is worn on the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outfit {
    Jumper,
    Dungarees,
    Dress,
    Raincoat,
    WinterCoat,
    Apron,
    Swimsuit,
    Pyjamas,
    Cape,
}

/// The print on the cloth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Print {
    Plain,
    Stripes,
    Dots,
    Checks,
    Heart,
    Star,
    Sun,
    Yoke,
}

/// What a picture is dressed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wear {
    Indoors,
    Mild,
    Summer,
    Rain,
    Winter,
    Messy,
    Bed,
    Play,
    Kitchen,
}

/// One invented person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) skin: Colour,
    pub(crate) hair: Hair,
    pub(crate) hair_colour: Colour,
    pub(crate) hat: Hat,
    pub(crate) outfit: Outfit,
    pub(crate) print: Print,
    pub(crate) top: Colour,
    pub(crate) trim: Colour,
    pub(crate) bottom: Colour,
    pub(crate) shoes: Colour,
    pub(crate) bare_feet: bool,
    pub(crate) boots: bool,
    pub(crate) mittens: Option<Colour>,
    pub(crate) glasses: bool,
    pub(crate) freckles: bool,
    pub(crate) grown: bool,
    /// How wide the head is, about 1.
    pub(crate) face_width: f32,
}

const SKINS: [u32; 8] =
    [0xFB_DCC4, 0xF8_CDAE, 0xF2_BE99, 0xE3_A87E, 0xC9_8B5F, 0xA9_6E46, 0x86_5436, 0x6B_432C];
const FAIR_HAIR: [u32; 8] =
    [0xF0_CE7A, 0xDB_A850, 0xC9_7B3A, 0x9A_6338, 0x7A_4A2B, 0x54_3424, 0x3A_2A26, 0xB8_5A30];
const DARK_HAIR: [u32; 4] = [0x2B_2226, 0x3A_2822, 0x1F_1B22, 0x4A_2F22];

impl Person {
    /// A child of day care.
    pub(crate) fn child(dice: &mut Dice, palette: &Palette, wear: Wear) -> Self {
        let tone = dice.pick(&[0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7]);
        let skin = rgb(SKINS[tone]);
        let hair_colour =
            if tone < 3 { rgb(dice.pick(&FAIR_HAIR)) } else { rgb(dice.pick(&DARK_HAIR)) };
        let hair = if tone > 4 {
            dice.pick(&[Hair::Curls, Hair::Puffs, Hair::Short, Hair::Braids, Hair::CurlyBob])
        } else {
            dice.pick(&[
                Hair::Short,
                Hair::Tousled,
                Hair::Bob,
                Hair::Bunches,
                Hair::Curls,
                Hair::Ponytail,
                Hair::Bun,
                Hair::Tuft,
                Hair::Long,
                Hair::Braids,
                Hair::CurlyBob,
                Hair::SideSwept,
                Hair::SideSwept,
                Hair::Tousled,
            ])
        };
        let cloth = dice.shuffled(&palette.cloth);
        let mut who = Self {
            skin,
            hair,
            hair_colour,
            hat: if dice.chance(0.1) { Hat::Bow } else { Hat::None },
            outfit: dice.pick(&[
                Outfit::Jumper,
                Outfit::Jumper,
                Outfit::Jumper,
                Outfit::Dungarees,
                Outfit::Dungarees,
                Outfit::Dress,
            ]),
            print: dice.pick(&[
                Print::Plain,
                Print::Stripes,
                Print::Stripes,
                Print::Dots,
                Print::Checks,
                Print::Heart,
                Print::Star,
                Print::Sun,
                Print::Yoke,
            ]),
            top: cloth[0],
            trim: cloth[1],
            bottom: cloth[2],
            shoes: cloth[3],
            bare_feet: false,
            boots: false,
            mittens: None,
            glasses: dice.chance(0.09),
            freckles: tone < 3 && dice.chance(0.22),
            grown: false,
            face_width: dice.range(0.96, 1.06),
        };
        who.dress(dice, wear);
        who
    }

    /// A member of staff.
    pub(crate) fn adult(dice: &mut Dice, palette: &Palette, wear: Wear) -> Self {
        let mut who = Self::child(dice, palette, wear);
        who.grown = true;
        if dice.chance(0.14) {
            who.hat = Hat::Scarf;
        }
        if matches!(who.hair, Hair::Tuft | Hair::Bunches | Hair::Braids | Hair::Puffs) {
            who.hair = Hair::Bun;
        }
        if !matches!(who.outfit, Outfit::Raincoat | Outfit::WinterCoat | Outfit::Apron) {
            who.outfit = Outfit::Jumper;
        }
        who.face_width = dice.range(0.9, 0.98);
        who
    }

    fn dress(&mut self, dice: &mut Dice, wear: Wear) {
        match wear {
            Wear::Indoors => self.bare_feet = dice.chance(0.25),
            Wear::Mild => {
                if dice.chance(0.3) {
                    self.hat = Hat::Sun;
                }
            }
            Wear::Summer => {
                self.outfit = Outfit::Swimsuit;
                self.bare_feet = true;
                self.hat = if dice.chance(0.55) { Hat::Sun } else { self.hat };
            }
            Wear::Rain => {
                self.outfit = Outfit::Raincoat;
                self.hat = if dice.chance(0.75) { Hat::Hood } else { Hat::Wool };
                self.boots = true;
            }
            Wear::Winter => {
                self.outfit = Outfit::WinterCoat;
                self.hat = if dice.chance(0.85) { Hat::Wool } else { Hat::Hood };
                self.mittens = Some(self.trim);
                self.boots = true;
            }
            Wear::Messy => self.outfit = Outfit::Apron,
            Wear::Kitchen => {
                self.outfit = Outfit::Apron;
                if dice.chance(0.6) {
                    self.hat = Hat::Chef;
                }
            }
            Wear::Bed => {
                self.outfit = Outfit::Pyjamas;
                self.bare_feet = true;
                self.hat = Hat::None;
            }
            Wear::Play => {
                self.hat = dice.pick(&[Hat::Crown, Hat::Pirate, Hat::Wreath, Hat::Crown]);
                self.outfit = dice.pick(&[Outfit::Cape, Outfit::Dress, Outfit::Cape]);
            }
        }
    }
}
