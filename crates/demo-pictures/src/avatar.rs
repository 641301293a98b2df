//! Portraits: one face on a soft ground, square.

use crate::{
    canvas::Canvas,
    colour::CREAM,
    dice::Dice,
    face::{Eyes, Mood, Mouth},
    figure::{Pose, figure},
    paint::Drawing,
    palette::Palette,
    person::{Person, Wear},
};

const EDGE: f32 = 400.0;

/// The portrait of person `number`.
pub(crate) fn drawing(number: u64, grown: bool) -> Drawing {
    let mut dice = Dice::new(number, if grown { 8 } else { 7 });
    let palette = Palette::throw(&mut dice);
    let who = if grown {
        Person::adult(&mut dice, &palette, Wear::Indoors)
    } else {
        Person::child(&mut dice, &palette, Wear::Indoors)
    };
    let mut c = Canvas::default();
    let ground = palette.panel.mix(palette.any(&mut dice), 0.5).light(0.3);
    let ink = c.orb((0.35, 0.25), &[(0.0, ground.light(0.55)), (1.0, ground.dark(0.06))]);
    c.rect((0.0, 0.0), (EDGE, EDGE), 0.0, &ink);
    for _ in 0..5 {
        let at = (dice.range(0.0, EDGE), dice.range(0.0, EDGE * 0.7));
        let radius = dice.range(24.0, 70.0);
        c.circle(at, radius, CREAM.fade(0.16));
    }
    let mut pose = Pose::standing(&mut dice, (-64.0, 10.0), (64.0, 10.0));
    pose.lean = dice.sway(2.0);
    pose.nod = dice.sway(7.0);
    let look = (dice.sway(0.35), dice.sway(0.2));
    let mouth = dice.pick(&[Mouth::Smile, Mouth::Smile, Mouth::Laugh, Mouth::Grin, Mouth::Content]);
    let eyes = if dice.chance(0.15) { Eyes::Laughing } else { Eyes::Open };
    let (scale, feet) = if grown { (1.62, 858.0) } else { (1.84, 706.0) };
    figure(&mut c, &who, (EDGE / 2.0, feet), scale, &pose, &Mood { look, eyes, mouth });
    Drawing {
        svg: c.document((EDGE, EDGE), "", &Canvas::default()),
        view: (EDGE, EDGE),
        wash: None,
    }
}
