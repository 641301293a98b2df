//! A window on the season.

use crate::{
    canvas::Place,
    colour::{PLUM, WHITE, rgb},
    nature,
    stage::{Season, Stage},
    things,
};

pub(crate) fn window(s: &mut Stage, at: Place) {
    let (x, y) = at;
    let (w, h) = (s.dice.range(300.0, 360.0), s.dice.range(330.0, 400.0));
    let (left, top) = (x - w / 2.0, y - h / 2.0 - 40.0);
    let (sky_top, sky_low) = nature::sky(s.season, s.light);
    let arched = s.dice.chance(0.3);
    let r = if arched { w / 2.0 } else { 14.0 };
    let pane = format!(
        "M{left},{b}V{t}A{r},{r} 0 0 1 {m},{top}H{n}A{r},{r} 0 0 1 {e},{t}V{b}Z",
        b = top + h,
        t = top + r,
        m = left + r,
        n = left + w - r,
        e = left + w
    );
    let sky = s.c.fall(sky_top, sky_low);
    let frame = WHITE.mix(s.palette.wood, 0.1);
    s.c.line(&pane, 34.0, frame.dark(0.1));
    s.c.fill(&pane, &sky);
    let green = nature::leaf(s.season);
    let (hill_y, hill) = (top + h * 0.72, nature::grass(s.season).light(0.15));
    s.c.fill(
        format!(
            "M{left},{}V{hill_y}Q{x},{} {},{}V{}Z",
            top + h,
            hill_y - 50.0,
            left + w,
            hill_y + 10.0,
            top + h
        ),
        hill,
    );
    for _ in 0..3 {
        let (tx, size) = (left + s.dice.range(0.16, 0.84) * w, s.dice.range(24.0, 44.0));
        s.c.rect((tx - 4.0, hill_y - 50.0), (8.0, 60.0), 3.0, rgb(0x8A_6248));
        if s.season == Season::Winter {
            s.c.line(
                format!(
                    "M{tx},{}l-16,-26M{tx},{}l18,-24M{tx},{}v-30",
                    hill_y - 40.0,
                    hill_y - 48.0,
                    hill_y - 46.0
                ),
                4.0,
                rgb(0x8A_6248),
            );
        } else {
            let ink = s.c.round(green);
            s.c.circle((tx, hill_y - 66.0), size, &ink);
        }
    }
    if s.season == Season::Winter {
        for _ in 0..14 {
            let flake = (left + s.dice.unit() * w, top + h * 0.15 + s.dice.unit() * h * 0.8);
            s.c.circle(flake, 4.0, WHITE.fade(0.9));
        }
    }
    let glare = s.c.slant(WHITE.fade(0.32), WHITE.fade(0.0));
    s.c.fill(
        format!(
            "M{},{}L{},{top}H{}L{},{}Z",
            left + 10.0,
            top + h - 10.0,
            left + w * 0.5,
            left + w * 0.72,
            left + w * 0.26,
            top + h - 10.0
        ),
        &glare,
    );
    s.c.line(&pane, 20.0, frame);
    s.c.rect((x - 6.0, top), (12.0, h), 0.0, frame);
    s.c.rect((left, top + h * 0.42), (w, 12.0), 0.0, frame);
    s.c.rect((left - 26.0, top + h + 6.0), (w + 52.0, 24.0), 8.0, frame.light(0.2));
    s.c.rect((left - 20.0, top + h + 30.0), (w + 40.0, 8.0), 0.0, PLUM.fade(0.14));
    if s.dice.chance(0.65) {
        curtains(s, (left, top), (w, h));
    }
    let pots = 1 + s.dice.below(3);
    for _ in 0..pots {
        let px = left + s.dice.range(0.1, 0.9) * w;
        things::pot_plant(s, (px, top + h + 8.0), 0.5);
    }
}

fn curtains(s: &mut Stage, at: Place, size: Place) {
    let ((left, top), (w, h)) = (at, size);
    let cloth = s.palette.textile.light(0.2);
    for side in [-1.0, 1.0] {
        let edge = if side < 0.0 { left - 40.0 } else { left + w + 40.0 };
        let ink = s.c.across(
            (0.0, 0.0),
            (1.0, 0.0),
            &[
                (0.0, cloth.light(0.2)),
                (0.4, cloth),
                (0.6, cloth.light(0.15)),
                (1.0, cloth.dark(0.12)),
            ],
        );
        s.c.fill(
            format!(
                "M{edge},{}H{}Q{},{} {},{}H{edge}Z",
                top - 26.0,
                edge - side * 104.0,
                edge - side * 96.0,
                top + h * 0.62,
                edge - side * 56.0,
                top + h + 70.0
            ),
            &ink,
        );
        for k in [0.3, 0.6] {
            s.c.line(
                format!(
                    "M{},{}Q{},{} {},{}",
                    edge - side * 104.0 * k,
                    top - 20.0,
                    edge - side * 90.0 * k,
                    top + h * 0.6,
                    edge - side * 56.0 * k,
                    top + h + 60.0
                ),
                4.0,
                cloth.dark(0.25).fade(0.3),
            );
        }
    }
    let rod = s.palette.wood.dark(0.2);
    s.c.line(format!("M{},{}H{}", left - 66.0, top - 28.0, left + w + 66.0), 9.0, rod);
    s.c.circle((left - 70.0, top - 28.0), 10.0, rod);
    s.c.circle((left + w + 70.0, top - 28.0), 10.0, rod);
}
