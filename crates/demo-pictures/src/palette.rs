//! Families of colours that go together.

use crate::{
    colour::{Colour, rgb},
    dice::Dice,
};

/// The colours of one picture.
#[derive(Debug, Clone)]
pub(crate) struct Palette {
    /// Walls.
    pub(crate) wall: Colour,
    /// The lower part of walls, and big furniture.
    pub(crate) panel: Colour,
    /// Wood of the floor and furniture.
    pub(crate) wood: Colour,
    /// Rugs and curtains.
    pub(crate) textile: Colour,
    /// Clothes and toys: six that differ.
    pub(crate) cloth: [Colour; 6],
}

const fn family(wall: u32, panel: u32, wood: u32, textile: u32, cloth: [u32; 6]) -> Palette {
    Palette {
        wall: rgb(wall),
        panel: rgb(panel),
        wood: rgb(wood),
        textile: rgb(textile),
        cloth: [
            rgb(cloth[0]),
            rgb(cloth[1]),
            rgb(cloth[2]),
            rgb(cloth[3]),
            rgb(cloth[4]),
            rgb(cloth[5]),
        ],
    }
}

const FAMILIES: [Palette; 10] = [
    // Meadow
    family(
        0xFB_EEDB,
        0xB9_CDA3,
        0xD9_A876,
        0xE9_B44C,
        [0xE9_B44C, 0xD8_734F, 0x7F_A36B, 0x3F_7D7A, 0xF4_E3C4, 0x2F_4858],
    ),
    // Coral
    family(
        0xFD_E9DD,
        0xF3_B8A0,
        0xDD_B083,
        0x8F_CFB6,
        [0xF2_7D6B, 0xF8_C660, 0x7C_C3A8, 0x5E_9FC9, 0xFD_EEDC, 0x8A_6FA8],
    ),
    // Sea
    family(
        0xE5_F0EC,
        0x8E_BFC0,
        0xE0_BD92,
        0xF0_9A7A,
        [0x2F_8F9D, 0xF0_9A7A, 0xF5_D7A1, 0x29_4C60, 0xA8_D5C2, 0xD9_5D5D],
    ),
    // Berry
    family(
        0xF8_E4E6,
        0xD9_A0AF,
        0xC9_9470,
        0xA9_5C7C,
        [0xB5_446E, 0xF3_B391, 0x6B_5B8C, 0xE8_C170, 0x7F_9B75, 0xF7_E1D3],
    ),
    // Harvest
    family(
        0xF6_E7CE,
        0xD6_A866,
        0xB9_8255,
        0x7B_8A55,
        [0xC5_5B36, 0xE3_A23B, 0x74_7F4B, 0x5F_7F95, 0xF3_DFBC, 0x7A_3F3A],
    ),
    // Nordic
    family(
        0xF1_EEE8,
        0xC3_CFD2,
        0xE1_C29B,
        0xD4_9A8C,
        [0xD4_9A8C, 0x6F_8FA6, 0x9C_AE93, 0xE2_BE7E, 0xF3_EADC, 0x47_5A70],
    ),
    // Mint
    family(
        0xE6_F3E6,
        0x9F_D0B4,
        0xD8_AE80,
        0xF6_B95C,
        [0x4E_A58A, 0xF6_B95C, 0xEE_7F61, 0xF9_E9C9, 0x5D_7EAE, 0xD6_85A4],
    ),
    // Sunday
    family(
        0xFF_F1CF,
        0xF5_CE7E,
        0xD3_9A63,
        0x6F_A9C9,
        [0x4C_8DB5, 0xEB_6A4E, 0xF6_C14B, 0x5F_A776, 0xFB_EBD3, 0xA2_6AA0],
    ),
    // Lavender
    family(
        0xEE_E8F4,
        0xBC_AED6,
        0xDA_B48D,
        0xF2_A58B,
        [0x86_73B8, 0xF2_A58B, 0xF4_D07C, 0x6A_B0A5, 0xF6_E9E4, 0xC8_5B7C],
    ),
    // Woodland
    family(
        0xEF_EBD8,
        0x86_A08A,
        0xB8_8860,
        0xD9_7F4E,
        [0x3F_6B55, 0xD9_7F4E, 0xE8_BD5F, 0x8F_B3B0, 0xF2_E6CF, 0x8C_4A4A],
    ),
];

impl Palette {
    /// One family, its colours moved a little so that no two pictures share them.
    pub(crate) fn throw(dice: &mut Dice) -> Self {
        let mut palette = FAMILIES[dice.below(FAMILIES.len())].clone();
        let other = &FAMILIES[dice.below(FAMILIES.len())];
        let share = dice.range(0.0, 0.3);
        palette.wall = palette.wall.mix(other.wall, share * 2.0);
        palette.wall = palette.wall.mix(palette.panel, dice.pick(&[0.0, 0.0, 0.15, 0.3, 0.45]));
        palette.panel = palette.panel.mix(other.panel, share);
        palette.wood = palette.wood.mix(other.wood, dice.unit());
        palette.textile = palette.textile.mix(other.textile, share);
        for (mine, theirs) in palette.cloth.iter_mut().zip(&other.cloth) {
            *mine = mine.mix(*theirs, share * 0.6);
        }
        palette
    }

    /// One of the cloth colours.
    pub(crate) fn any(&self, dice: &mut Dice) -> Colour {
        dice.pick(&self.cloth)
    }
}
