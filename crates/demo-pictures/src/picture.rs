//! What a number stands for: scene, season, light, format.

use crate::{
    dice::Dice,
    paint::Drawing,
    scenes::Scene,
    stage::{Light, Season, Stage},
};

/// The choices behind one picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Picture {
    number: u64,
    pub(crate) scene: Scene,
    pub(crate) season: Season,
    light: Light,
    pub(crate) portrait: bool,
}

impl Picture {
    /// The picture of `number`.
    pub(crate) fn of(number: u64) -> Self {
        // Neighbouring numbers get different scenes: each block of numbers is a shuffle of all.
        let scenes = Scene::ALL.len() as u64;
        let order = Dice::new(number / scenes, 1).shuffled(&Scene::ALL);
        let scene = order[usize::try_from(number % scenes).unwrap_or(0)];
        let mut dice = Dice::new(number, 2);
        let season = dice.pick(scene.seasons());
        let light = scene.light(&mut dice);
        Self { number, scene, season, light, portrait: dice.chance(0.34) }
    }

    /// The drawing at `phase` of its movement, for a frame of `view` units.
    pub(crate) fn drawing(&self, view: (f32, f32), phase: Option<f32>) -> Drawing {
        let mut shot = Dice::new(self.number, 4);
        let still = shot.unit();
        let set = |phase: f32| {
            let dice = (Dice::new(self.number, 5), shot.clone());
            let upright = view.1 > view.0;
            let mut stage = Stage::new(dice, self.season, self.light, upright, phase);
            self.scene.draw(&mut stage);
            stage
        };
        match phase {
            None => set(still).drawing(view, None),
            Some(phase) => set(phase).drawing(view, Some(set(still).still_camera(view))),
        }
    }
}
