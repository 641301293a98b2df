//! The sheet a scene is drawn on: shapes in, one SVG out.

use std::fmt::{Display, Write as _};

use crate::colour::Colour;

/// A place in drawing units.
pub(crate) type Place = (f32, f32);

/// What a shape is filled or drawn with.
#[derive(Debug, Clone)]
pub(crate) enum Ink {
    /// One colour.
    Flat(Colour),
    /// A gradient or pattern defined on the same canvas.
    Defined(u32),
}

impl From<Colour> for Ink {
    fn from(colour: Colour) -> Self {
        Self::Flat(colour)
    }
}

impl From<&Ink> for Ink {
    fn from(ink: &Ink) -> Self {
        ink.clone()
    }
}

/// A growing drawing.
#[derive(Debug, Default)]
pub(crate) struct Canvas {
    defs: String,
    body: String,
    inks: u32,
}

impl Canvas {
    /// The whole drawing as an SVG document of `view` units, its body under `transform`, with
    /// `overlay` (already SVG) on top, outside the transform.
    pub(crate) fn document(&self, view: Place, transform: &str, overlay: &Self) -> String {
        let (width, height) = view;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\"><defs>{}{}</defs><g transform=\"{transform}\">{}</g>\
             {}</svg>",
            self.defs, overlay.defs, self.body, overlay.body
        )
    }

    /// A canvas whose inks do not clash with those of `self`, for [`Canvas::document`].
    pub(crate) fn overlay(&self) -> Self {
        Self { inks: self.inks + 10_000, ..Self::default() }
    }

    fn ink(&mut self, definition: impl FnOnce(u32) -> String) -> Ink {
        self.inks += 1;
        let id = self.inks;
        self.defs.push_str(&definition(id));
        Ink::Defined(id)
    }

    fn stops(stops: &[(f32, Colour)]) -> String {
        stops.iter().fold(String::new(), |mut all, (at, colour)| {
            let _ = write!(
                all,
                "<stop offset=\"{at}\" stop-color=\"{colour}\" stop-opacity=\"{:.3}\"/>",
                colour.a
            );
            all
        })
    }

    /// A gradient from the top to the bottom of what it fills.
    pub(crate) fn fall(&mut self, top: Colour, bottom: Colour) -> Ink {
        self.across((0.0, 0.0), (0.0, 1.0), &[(0.0, top), (1.0, bottom)])
    }

    /// A gradient from the upper left to the lower right of what it fills.
    pub(crate) fn slant(&mut self, lit: Colour, shaded: Colour) -> Ink {
        self.across((0.1, 0.0), (0.9, 1.0), &[(0.0, lit), (1.0, shaded)])
    }

    /// The usual body shading of a thing with this colour.
    pub(crate) fn round(&mut self, colour: Colour) -> Ink {
        self.slant(colour.light(0.16), colour.dark(0.13))
    }

    /// A gradient in shares of what it fills.
    pub(crate) fn across(&mut self, from: Place, to: Place, stops: &[(f32, Colour)]) -> Ink {
        self.ink(|id| {
            format!(
                "<linearGradient id=\"i{id}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\">{}\
                 </linearGradient>",
                from.0,
                from.1,
                to.0,
                to.1,
                Self::stops(stops)
            )
        })
    }

    /// A gradient between two places of the drawing.
    pub(crate) fn linear(&mut self, from: Place, to: Place, stops: &[(f32, Colour)]) -> Ink {
        self.ink(|id| {
            format!(
                "<linearGradient id=\"i{id}\" gradientUnits=\"userSpaceOnUse\" x1=\"{}\" y1=\"{}\" \
                 x2=\"{}\" y2=\"{}\">{}</linearGradient>",
                from.0,
                from.1,
                to.0,
                to.1,
                Self::stops(stops)
            )
        })
    }

    /// Light that fades out from the middle of what it fills.
    pub(crate) fn glow(&mut self, colour: Colour) -> Ink {
        let stops = [
            (0.0, colour),
            (0.35, colour.fade(colour.a * 0.72)),
            (0.7, colour.fade(colour.a * 0.2)),
            (1.0, colour.fade(0.0)),
        ];
        self.orb((0.5, 0.5), &stops)
    }

    /// A round gradient with its bright spot at `focus`, in shares of what it fills.
    pub(crate) fn orb(&mut self, focus: Place, stops: &[(f32, Colour)]) -> Ink {
        self.ink(|id| {
            format!(
                "<radialGradient id=\"i{id}\" fx=\"{}\" fy=\"{}\">{}</radialGradient>",
                focus.0,
                focus.1,
                Self::stops(stops)
            )
        })
    }

    /// A repeating tile of `size` units, drawn by `draw` and turned by `turn` degrees.
    pub(crate) fn tile(&mut self, size: Place, turn: f32, draw: impl FnOnce(&mut Self)) -> Ink {
        let mut tile = Self { inks: self.inks, ..Self::default() };
        draw(&mut tile);
        self.inks = tile.inks;
        self.defs.push_str(&tile.defs);
        self.ink(|id| {
            format!(
                "<pattern id=\"i{id}\" patternUnits=\"userSpaceOnUse\" width=\"{}\" height=\"{}\" \
                 patternTransform=\"rotate({turn})\">{}</pattern>",
                size.0, size.1, tile.body
            )
        })
    }

    fn paint(&mut self, attribute: &str, ink: &Ink) {
        let _ = match ink {
            Ink::Flat(colour) if colour.a >= 0.999 => {
                write!(self.body, " {attribute}=\"{colour}\"")
            }
            Ink::Flat(colour) => write!(
                self.body,
                " {attribute}=\"{colour}\" {attribute}-opacity=\"{:.3}\"",
                colour.a
            ),
            Ink::Defined(id) => write!(self.body, " {attribute}=\"url(#i{id})\""),
        };
    }

    /// A filled path.
    pub(crate) fn fill(&mut self, path: impl Display, ink: impl Into<Ink>) {
        let _ = write!(self.body, "<path d=\"{path}\"");
        self.paint("fill", &ink.into());
        self.body.push_str("/>");
    }

    /// A drawn line with round ends.
    pub(crate) fn line(&mut self, path: impl Display, width: f32, ink: impl Into<Ink>) {
        let _ = write!(
            self.body,
            "<path fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\" \
             stroke-width=\"{width}\" d=\"{path}\""
        );
        self.paint("stroke", &ink.into());
        self.body.push_str("/>");
    }

    /// A filled ellipse.
    pub(crate) fn ellipse(&mut self, at: Place, radii: Place, ink: impl Into<Ink>) {
        let _ = write!(
            self.body,
            "<ellipse cx=\"{:.2}\" cy=\"{:.2}\" rx=\"{:.2}\" ry=\"{:.2}\"",
            at.0, at.1, radii.0, radii.1
        );
        self.paint("fill", &ink.into());
        self.body.push_str("/>");
    }

    /// A filled circle.
    pub(crate) fn circle(&mut self, at: Place, radius: f32, ink: impl Into<Ink>) {
        self.ellipse(at, (radius, radius), ink);
    }

    /// A filled rectangle with rounded corners, `at` its upper left corner.
    pub(crate) fn rect(&mut self, at: Place, size: Place, corner: f32, ink: impl Into<Ink>) {
        let _ = write!(
            self.body,
            "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" rx=\"{corner}\"",
            at.0, at.1, size.0, size.1
        );
        self.paint("fill", &ink.into());
        self.body.push_str("/>");
    }

    /// A soft shadow on the floor.
    pub(crate) fn shadow(&mut self, at: Place, radii: Place, strength: f32) {
        let dark = crate::colour::PLUM.fade(strength * 0.86);
        // Two stops: there are many shadows, and two are drawn much faster than four.
        let ink = self.orb((0.5, 0.5), &[(0.0, dark), (1.0, dark.fade(0.0))]);
        self.ellipse(at, radii, &ink);
    }

    /// Draws `content` under an SVG transform.
    pub(crate) fn under(&mut self, transform: impl Display, content: impl FnOnce(&mut Self)) {
        let _ = write!(self.body, "<g transform=\"{transform}\">");
        content(self);
        self.body.push_str("</g>");
    }

    /// Draws `content` moved, scaled and turned (degrees).
    pub(crate) fn placed(
        &mut self,
        at: Place,
        scale: f32,
        turn: f32,
        content: impl FnOnce(&mut Self),
    ) {
        let transform =
            format!("translate({:.2} {:.2}) rotate({turn:.2}) scale({scale:.4})", at.0, at.1);
        self.under(transform, content);
    }
}

/// The outline of a limb from `from` to `to`, bending through `bend`, with a half width at each end.
pub(crate) fn limb(from: Place, bend: Place, to: Place, from_half: f32, to_half: f32) -> String {
    let normal = |a: Place, b: Place| {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = dx.hypot(dy).max(0.01);
        (-dy / length, dx / length)
    };
    let (n0, n1, nm) = (normal(from, bend), normal(bend, to), normal(from, to));
    let middle = f32::midpoint(from_half, to_half);
    let side = |p: Place, n: Place, by: f32| (p.0 + n.0 * by, p.1 + n.1 * by);
    let (a, b) = (side(from, n0, from_half), side(from, n0, -from_half));
    let (c, d) = (side(to, n1, to_half), side(to, n1, -to_half));
    let (p, q) = (side(bend, nm, middle), side(bend, nm, -middle));
    format!(
        "M{:.1},{:.1}Q{:.1},{:.1} {:.1},{:.1}A{to_half:.1},{to_half:.1} 0 0 0 {:.1},{:.1}\
         Q{:.1},{:.1} {:.1},{:.1}A{from_half:.1},{from_half:.1} 0 0 0 {:.1},{:.1}Z",
        a.0, a.1, p.0, p.1, c.0, c.1, d.0, d.1, q.0, q.1, b.0, b.1, a.0, a.1
    )
}

impl Canvas {
    /// Takes the body out, leaving an empty sheet with the same inks; [`Canvas::swap`] puts it back.
    pub(crate) fn take(&mut self) -> String {
        std::mem::take(&mut self.body)
    }

    /// Puts a body back and gives the one drawn since.
    pub(crate) fn swap(&mut self, body: String) -> String {
        std::mem::replace(&mut self.body, body)
    }

    /// Adds what was drawn earlier.
    pub(crate) fn append(&mut self, body: &str) {
        self.body.push_str(body);
    }
}
