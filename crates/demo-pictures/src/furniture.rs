//! What stands along and hangs on the wall of a room.

use crate::{
    canvas::Place,
    colour::{CREAM, Colour, PLUM, WHITE, rgb},
    room::FLOOR,
    stage::{Light, Stage},
    things,
};

pub(crate) fn cupboard(s: &mut Stage, x: f32) {
    let wood = s.palette.wood.light(0.15);
    let tall = s.dice.chance(0.4);
    let (w, rows) = (360.0, if tall { 3 } else { 2 });
    let (cell, left) = (116.0, x - 180.0);
    let h = rows as f32 * cell + 12.0;
    let top = FLOOR + 22.0 - h;
    s.c.shadow((x, FLOOR + 26.0), (230.0, 26.0), 0.4);
    let ink = s.c.slant(wood.light(0.15), wood.dark(0.14));
    s.c.rect((left, top), (w, h), 10.0, &ink);
    for row in 0..rows {
        for column in 0..3 {
            let at = (left + 8.0 + column as f32 * 116.0, top + 8.0 + row as f32 * cell);
            let dark = s.c.fall(wood.dark(0.5), wood.dark(0.34));
            s.c.rect(at, (110.0, cell - 8.0), 5.0, &dark);
            things::shelf_filling(s, (at.0 + 55.0, at.1 + cell - 10.0));
        }
    }
    s.c.rect((left - 8.0, top - 12.0), (w + 16.0, 16.0), 6.0, wood.light(0.3));
    for place in [-110.0, 0.0, 110.0] {
        if s.dice.chance(0.7) {
            things::on_top(s, (x + place, top - 12.0));
        }
    }
}

pub(crate) fn drawings(s: &mut Stage, at: Place) {
    let (x, y) = at;
    let string = s.palette.wood.dark(0.25);
    s.c.line(
        format!("M{},{}Q{x},{} {},{}", x - 200.0, y - 70.0, y - 36.0, x + 200.0, y - 70.0),
        4.0,
        string,
    );
    for i in 0..3 {
        let px = x - 128.0 + i as f32 * 128.0;
        let turn = s.dice.sway(7.0);
        things::child_drawing(s, (px, y + 14.0), 0.5, turn);
        s.c.rect((px - 5.0, y - 58.0), (10.0, 26.0), 3.0, s.palette.wood);
    }
}

pub(crate) fn tipi(s: &mut Stage, x: f32) {
    let cloth = CREAM.mix(s.palette.textile, 0.18);
    let pole = s.palette.wood.dark(0.15);
    s.c.shadow((x, FLOOR + 34.0), (230.0, 34.0), 0.4);
    for (a, b) in [(-26.0, 160.0), (26.0, -160.0), (0.0, 20.0)] {
        s.c.line(format!("M{},{}L{},{}", x + a, -330.0, x + b, FLOOR + 20.0), 11.0, pole);
    }
    let ink = s.c.slant(cloth.light(0.3), cloth.dark(0.14));
    s.c.fill(
        format!(
            "M{x},-300L{},{f}Q{x},{} {},{f}Z",
            x + 170.0,
            FLOOR + 52.0,
            x - 170.0,
            f = FLOOR + 30.0
        ),
        &ink,
    );
    let dots = s.palette.any(&mut s.dice);
    for i in 0..16 {
        let t = s.dice.range(0.25, 1.0);
        let at = (x + s.dice.sway(140.0 * t), -290.0 + t * 400.0);
        s.c.circle(at, 6.0 + (i % 3) as f32, dots.fade(0.55));
    }
    let inside = s.c.fall(cloth.dark(0.45), cloth.dark(0.62));
    s.c.fill(
        format!(
            "M{x},-190Q{},-20 {},{f}Q{x},{} {},{f}Q{},-20 {x},-190Z",
            x + 40.0,
            x + 84.0,
            FLOOR + 48.0,
            x - 84.0,
            x - 40.0,
            f = FLOOR + 38.0
        ),
        &inside,
    );
    let bulb = s.c.glow(rgb(0xFF_DE93).fade(0.9));
    s.c.circle((x, -40.0), 66.0, &bulb);
    let pillow = s.palette.any(&mut s.dice);
    let pillow = s.c.round(pillow);
    s.c.ellipse((x - 14.0, FLOOR + 18.0), (56.0, 28.0), &pillow);
}

pub(crate) fn big_plant(s: &mut Stage, x: f32) {
    s.c.shadow((x, FLOOR + 30.0), (110.0, 20.0), 0.4);
    things::pot_plant(s, (x, FLOOR + 30.0), 1.7);
}

pub(crate) fn wall_shelves(s: &mut Stage, at: Place) {
    let wood = s.palette.wood;
    for (dx, dy) in [(-30.0, -90.0), (34.0, 40.0)] {
        let (x, y) = (at.0 + dx, at.1 + dy);
        for place in [-90.0, 0.0, 90.0] {
            things::on_top(s, (x + place, y));
        }
        let ink = s.c.fall(wood.light(0.3), wood.dark(0.1));
        s.c.rect((x - 140.0, y), (280.0, 16.0), 6.0, &ink);
        s.c.rect((x - 130.0, y + 16.0), (260.0, 10.0), 4.0, PLUM.fade(0.12));
    }
}

pub(crate) fn coats(s: &mut Stage, at: Place) {
    let (x, y) = at;
    let rail = s.palette.wood;
    s.c.rect((x - 180.0, y - 96.0), (360.0, 24.0), 10.0, rail);
    for i in 0..4 {
        let px = x - 132.0 + i as f32 * 88.0;
        let cloth = s.palette.any(&mut s.dice);
        s.c.circle((px, y - 76.0), 9.0, rail.dark(0.3));
        let ink = s.c.round(cloth);
        if s.dice.chance(0.6) {
            s.c.fill(format!("M{},{}q-20,-4 -34,14q-14,40 -10,86l18,4l4,-40l2,72q22,8 44,0l2,-72l4,40l18,-4q4,-46 -10,-86q-14,-18 -38,-14Z", px + 2.0, y - 72.0), &ink);
            s.c.line(format!("M{px},{}v80", y - 50.0), 3.0, cloth.dark(0.3));
        } else {
            s.c.rect((px - 30.0, y - 40.0), (60.0, 74.0), 20.0, &ink);
            s.c.line(
                format!("M{},{}Q{px},{} {},{}", px - 16.0, y - 38.0, y - 84.0, px + 16.0, y - 38.0),
                6.0,
                cloth.dark(0.2),
            );
            s.c.rect((px - 20.0, y - 6.0), (40.0, 30.0), 8.0, cloth.light(0.3));
        }
    }
}

pub(crate) fn rainbow(s: &mut Stage, at: Place) {
    let (x, y) = at;
    let colours: Vec<Colour> = s.dice.shuffled(&s.palette.cloth.clone());
    for (i, colour) in colours.iter().take(4).enumerate() {
        let r = 150.0 - i as f32 * 34.0;
        s.c.line(
            format!("M{},{y}A{r},{r} 0 0 1 {},{y}", x - r, x + r),
            26.0,
            colour.mix(s.palette.wall, 0.3),
        );
    }
    for side in [-1.0, 1.0] {
        let cloud = WHITE.mix(s.palette.wall, 0.2);
        for (dx, dy, r) in [(-30.0, 0.0, 26.0), (0.0, -10.0, 36.0), (34.0, 2.0, 24.0)] {
            s.c.circle((x + side * 104.0 + dx, y + dy), r, cloud);
        }
    }
}

pub(crate) fn bunting(s: &mut Stage) {
    let y = s.dice.range(-560.0, -470.0);
    let sag = s.dice.range(60.0, 110.0);
    let cord = s.palette.wood.dark(0.2);
    for (from, to) in [(-1250.0_f32, -420.0), (-420.0, 420.0), (420.0, 1250.0)] {
        s.c.line(
            format!("M{from},{y}Q{},{} {to},{y}", f32::midpoint(from, to), y + sag * 2.0),
            4.0,
            cord,
        );
        for i in 0..9 {
            let t = (i as f32 + 0.5) / 9.0;
            let x = from + (to - from) * t;
            let fy = y + 4.0 * sag * t * (1.0 - t);
            let flag = s.palette.cloth[(i * 5 + 1) % 6];
            let ink = s.c.fall(flag.light(0.1), flag.dark(0.06));
            let turn = (0.5 - t) * 22.0;
            s.c.placed((x, fy), 1.0, -turn, |c| c.fill("M-34,0H34L0,74Z", &ink));
        }
    }
}

pub(crate) fn lamps(s: &mut Stage) {
    let shade = s.palette.any(&mut s.dice);
    let lit = matches!(s.light, Light::Dusk | Light::Overcast);
    for x in [-640.0, 30.0, 700.0] {
        let x = x + s.dice.sway(40.0);
        let y = s.dice.range(-500.0, -440.0);
        s.c.line(format!("M{x},-1200V{y}"), 5.0, PLUM.fade(0.6));
        if lit {
            let glow = s.c.glow(rgb(0xFF_E2A6).fade(0.6));
            s.c.circle((x, y + 60.0), 240.0, &glow);
        }
        let ink = s.c.slant(shade.light(0.25), shade.dark(0.15));
        s.c.fill(format!("M{},{}q10,-96 80,-96t80,96q-80,16 -160,0Z", x - 80.0, y + 70.0), &ink);
        s.c.ellipse((x, y + 72.0), (76.0, 9.0), rgb(0xFF_EFC4));
    }
}
