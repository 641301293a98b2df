//! The stage a scene is set on: chance, colours, season, light, and the camera that looks at it.

use crate::{
    canvas::{Canvas, Place},
    colour::{Colour, rgb},
    dice::Dice,
    face::Mood,
    figure::{Marks, Pose, figure},
    paint::{Drawing, Wash},
    palette::Palette,
    person::{Person, Wear},
};

/// Time of year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Time of day and weather, as light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Light {
    Morning,
    Noon,
    Golden,
    Overcast,
    Dusk,
}

/// Everything a scene draws with. World units: the camera looks at (0, 0), a landscape picture
/// shows 1600 × 1200 of them, a portrait one 1200 × 1600; people stand at y from 240 to 430.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) c: Canvas,
    /// Chance of the event: the place, the people, the things.
    pub(crate) dice: Dice,
    /// Chance of the single shot: poses, faces, camera.
    pub(crate) shot: Dice,
    pub(crate) palette: Palette,
    pub(crate) season: Season,
    pub(crate) light: Light,
    pub(crate) portrait: bool,
    /// Where in a movement the picture is taken, in turns.
    pub(crate) phase: f32,
    marks: Vec<Marks>,
    /// Other things that should be in the picture.
    things: Vec<Marks>,
}

impl Stage {
    pub(crate) fn new(
        (mut dice, shot): (Dice, Dice),
        season: Season,
        light: Light,
        portrait: bool,
        phase: f32,
    ) -> Self {
        let palette = Palette::throw(&mut dice);
        let c = Canvas::default();
        Self {
            c,
            dice,
            shot,
            palette,
            season,
            light,
            portrait,
            phase,
            marks: Vec::new(),
            things: Vec::new(),
        }
    }

    /// Half the width people may spread over.
    pub(crate) fn span(&self) -> f32 {
        if self.portrait { 330.0 } else { 520.0 }
    }

    /// How many people fit, within `least..=most`.
    pub(crate) fn crowd(&mut self, least: usize, most: usize) -> usize {
        let most = if self.portrait { most.min(least.max(2)) } else { most };
        least + self.dice.below(most - least + 1)
    }

    /// `count` children in different clothes.
    pub(crate) fn children(&mut self, count: usize, wear: Wear) -> Vec<Person> {
        let mut all: Vec<Person> = Vec::with_capacity(count);
        while all.len() < count {
            let child = Person::child(&mut self.dice, &self.palette, wear);
            let twin = |other: &Person| {
                other.top == child.top
                    || (other.hair == child.hair && other.hair_colour == child.hair_colour)
            };
            // A crowd may outgrow the colours; then look-alikes are fine.
            if !all.iter().any(twin) || self.dice.chance(0.12) {
                all.push(child);
            }
        }
        all
    }

    /// Evenly spread places from left to right, a little shaken.
    pub(crate) fn row(&mut self, count: usize, half: f32, shake: f32) -> Vec<f32> {
        let step = half * 2.0 / count.max(1) as f32;
        (0..count).map(|i| -half + step * (i as f32 + 0.5) + self.dice.sway(shake)).collect()
    }

    /// Draws a person with a shadow, and remembers it for the camera.
    pub(crate) fn person(
        &mut self,
        who: &Person,
        at: Place,
        scale: f32,
        pose: &Pose,
        mood: &Mood,
    ) -> Marks {
        let marks = figure(&mut self.c, who, at, scale, pose, mood);
        self.marks.push(marks);
        marks
    }

    /// Remembers something other than a person that the camera should show.
    pub(crate) fn remember(&mut self, head: Place, scale: f32) {
        self.things.push(Marks { head, hands: [head, head], scale, below: 150.0 });
    }

    /// A mood looking at a place in the world from `from`.
    pub(crate) fn watching(&mut self, from: Place, target: Place) -> Mood {
        let (dx, dy) = (target.0 - from.0, target.1 - from.1);
        let length = dx.hypot(dy).max(120.0);
        let away = self.shot.chance(0.18);
        let look = if away { (0.0, 0.0) } else { (dx / length * 0.85, dy / length * 0.8) };
        Mood::throw(&mut self.shot, look)
    }

    /// A wave of `reach` with the movement; `offset` in turns.
    pub(crate) fn wave(&self, offset: f32, reach: f32) -> f32 {
        ((self.phase + offset) * std::f32::consts::TAU).sin() * reach
    }

    /// The colour light has now.
    pub(crate) fn glow(&self) -> Colour {
        match self.light {
            Light::Morning => rgb(0xFF_F1D0),
            Light::Noon => rgb(0xFF_FBEA),
            Light::Golden => rgb(0xFF_CE8A),
            Light::Overcast => rgb(0xDD_E6EE),
            Light::Dusk => rgb(0xFF_B98A),
        }
    }

    /// The finished drawing for a frame of `view` units.
    /// A film holds its camera still: it gives the one of its poster.
    pub(crate) fn drawing(mut self, view: Place, camera: Option<String>) -> Drawing {
        let mut overlay = self.c.overlay();
        let wash = self.light_up(&mut overlay, view);
        let camera = camera.unwrap_or_else(|| self.camera(view));
        Drawing { svg: self.c.document(view, &camera, &overlay), view, wash: Some(wash) }
    }

    /// The camera alone, for [`Stage::drawing`] of other moments.
    pub(crate) fn still_camera(mut self, view: Place) -> String {
        let mut overlay = self.c.overlay();
        self.light_up(&mut overlay, view);
        self.camera(view)
    }

    fn camera(&mut self, view: Place) -> String {
        let fit = if self.portrait { view.1 / 1600.0 } else { view.0 / 1600.0 };
        let mirror = if self.shot.chance(0.5) { -1.0 } else { 1.0 };
        let tilt = self.shot.sway(2.4);
        let close = self.marks.len() > 1 && self.shot.chance(0.2);
        let (zoom, focus) = if close {
            let near = self.marks[self.shot.below(self.marks.len())];
            let zoom = self.shot.range(1.55, 1.95) * (1.25 / near.scale.max(1.0));
            let aim = self.shot.sway(50.0);
            (zoom, (near.head.0 + aim, near.head.1 + 100.0))
        } else {
            self.framed(view, fit)
        };
        // The world is 2400 wide: the camera never looks past its edge.
        let half = view.0 / fit / 2.0 / zoom + 40.0;
        let x = focus.0.clamp(half - 1200.0, 1200.0 - half);
        format!(
            "translate({:.1} {:.1}) rotate({tilt:.2}) scale({:.4} {:.4}) translate({:.1} {:.1})",
            view.0 / 2.0,
            view.1 / 2.0,
            zoom * fit * mirror,
            zoom * fit,
            -x,
            -focus.1
        )
    }

    /// A zoom and a place to look at that show everybody.
    fn framed(&mut self, view: Place, fit: f32) -> (f32, Place) {
        let (mut low, mut high) = ((9e9_f32, 9e9_f32), (-9e9_f32, -9e9_f32));
        for Marks { head, scale, below, .. } in self.marks.iter().chain(&self.things) {
            low = (low.0.min(head.0 - 120.0 * scale), low.1.min(head.1 - 110.0 * scale));
            high = (high.0.max(head.0 + 120.0 * scale), high.1.max(head.1 + below * scale));
        }
        let roomy = self.shot.range(0.76, 1.0);
        let across = view.0 / fit / (high.0 - low.0 + 120.0);
        let down = view.1 / fit / (high.1 - low.1 + 150.0);
        let zoom = (across.min(down) * roomy).clamp(1.04, 1.7);
        let spare = ((view.0 / fit / zoom - (high.0 - low.0)) * 0.22).max(0.0);
        let x = f32::midpoint(low.0, high.0) + self.shot.sway(spare.min(110.0));
        let y = f32::midpoint(low.1, high.1) - 10.0 + self.shot.sway(24.0);
        (zoom, (x, y))
    }

    fn light_up(&mut self, over: &mut Canvas, view: Place) -> Wash {
        let (w, h) = view;
        let glow = self.glow();
        let left = self.shot.chance(0.5);
        let near = if left { (0.0, 0.0) } else { (w, 0.0) };
        let (bright, dim) = match self.light {
            Light::Morning => (0.22, 0.08),
            Light::Noon => (0.12, 0.05),
            Light::Golden => (0.32, 0.18),
            Light::Overcast => (0.10, 0.08),
            Light::Dusk => (0.20, 0.28),
        };
        if matches!(self.light, Light::Golden | Light::Morning) && self.shot.chance(0.6) {
            let side = if left { 1.0 } else { -1.0 };
            let origin = if left { 0.0 } else { w };
            for i in 0..3 {
                let start = origin + side * (self.shot.range(-0.1, 0.1) + i as f32 * 0.2) * w;
                let width = self.shot.range(0.05, 0.13) * w * side;
                let slope = side * h * 0.62;
                let beam = over.linear(
                    (start, 0.0),
                    (start + slope, h),
                    &[(0.0, glow.fade(0.22)), (0.8, glow.fade(0.03)), (1.0, glow.fade(0.0))],
                );
                over.fill(
                    format!(
                        "M{start},0H{}L{},{h}H{}Z",
                        start + width,
                        start + width * 1.7 + slope,
                        start + slope
                    ),
                    &beam,
                );
            }
        }
        if self.light == Light::Golden {
            let flare = over.glow(glow.fade(0.5));
            over.ellipse(near, (w * 0.6, h * 0.6), &flare);
        }
        Wash { from_left: left, glow, bright, dim }
    }
}
