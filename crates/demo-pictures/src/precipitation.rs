//! Snow and rain in the air.

use crate::{colour::WHITE, stage::Stage};

/// Falling snow in front of everything.
pub(crate) fn snowfall(s: &mut Stage) {
    for _ in 0..150 {
        let (x, y, speed) = (s.dice.sway(1150.0), s.dice.unit(), s.dice.pick(&[1.0, 2.0]));
        let fallen = (y + s.phase * speed).fract() * 1700.0 - 850.0;
        let drift = s.wave(y, 14.0);
        let r = s.dice.range(2.5, 8.5);
        s.c.circle((x + drift, fallen), r, WHITE.fade(0.85));
    }
}

/// Rain in front of everything.
pub(crate) fn rainfall(s: &mut Stage) {
    for _ in 0..120 {
        let (x, y) = (s.dice.sway(1150.0), s.dice.unit());
        let fallen = (y + s.phase * 3.0).fract() * 1700.0 - 850.0;
        let length = s.dice.range(26.0, 60.0);
        s.c.line(format!("M{x},{fallen}l{},{length}", -length * 0.18), 3.0, WHITE.fade(0.45));
    }
}
