//! Colours that shade towards warm light and plum shadow, never towards plain white and black.

use std::fmt;

/// A colour with its opacity, each part in `0.0..=1.0`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Colour {
    r: f32,
    g: f32,
    b: f32,
    /// Opacity.
    pub(crate) a: f32,
}

/// The colour of sunlit paper.
pub(crate) const CREAM: Colour = rgb(0xFF_F9EE);
/// What shadows are mixed with.
pub(crate) const PLUM: Colour = rgb(0x3A_2A4C);
/// Pure white, for snow, teeth and glints.
pub(crate) const WHITE: Colour = rgb(0xFF_FFFF);

/// A colour from `0xRRGGBB`.
pub(crate) const fn rgb(hex: u32) -> Colour {
    Colour {
        r: ((hex >> 16) & 0xFF) as f32 / 255.0,
        g: ((hex >> 8) & 0xFF) as f32 / 255.0,
        b: (hex & 0xFF) as f32 / 255.0,
        a: 1.0,
    }
}

impl Colour {
    /// This colour with `share` of `other` in it.
    pub(crate) fn mix(self, other: Self, share: f32) -> Self {
        let blend = |from: f32, to: f32| from + (to - from) * share;
        Self {
            r: blend(self.r, other.r),
            g: blend(self.g, other.g),
            b: blend(self.b, other.b),
            a: blend(self.a, other.a),
        }
    }

    /// Towards the light.
    pub(crate) fn light(self, share: f32) -> Self {
        self.mix(Self { a: self.a, ..CREAM }, share)
    }

    /// Towards the shadow.
    pub(crate) fn dark(self, share: f32) -> Self {
        self.mix(Self { a: self.a, ..PLUM }, share)
    }

    /// Red, green and blue from 0 to 255.
    pub(crate) fn bytes(self) -> [f32; 3] {
        [self.r * 255.0, self.g * 255.0, self.b * 255.0]
    }

    /// The same colour, `opacity` visible.
    pub(crate) fn fade(self, opacity: f32) -> Self {
        Self { a: opacity, ..self }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
        write!(f, "#{:02x}{:02x}{:02x}", byte(self.r), byte(self.g), byte(self.b))
    }
}
