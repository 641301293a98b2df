//! The sleeping room.

use crate::{
    canvas::Place,
    colour::{CREAM, PLUM, WHITE, rgb},
    face::{self, Mood},
    hair,
    person::Wear,
    room,
    stage::Stage,
    things,
};

pub(super) fn draw(s: &mut Stage) {
    room::room(s, true);
    let veil = s.c.fall(rgb(0x4A_4F86).fade(0.34), rgb(0x5A_4A7A).fade(0.24));
    s.c.rect((-1400.0, -1300.0), (2800.0, 3000.0), 0.0, &veil);
    string_of_lights(s);
    mobile(s);
    let count = if s.portrait { 1 + s.dice.below(2) } else { 1 + s.dice.below(3) };
    let cast = s.children(count, Wear::Bed);
    for (i, who) in cast.iter().enumerate() {
        // Upright pictures have the cots behind each other, wide ones beside each other.
        let step = if s.portrait { 0.0 } else { 540.0 };
        let x = (i as f32 - (count - 1) as f32 / 2.0) * step + s.dice.sway(22.0);
        let depth = if s.portrait { i as f32 * 330.0 + 200.0 } else { 350.0 };
        let y = depth + s.dice.sway(22.0);
        let scale = if s.portrait { 1.1 + i as f32 * 0.2 } else { 1.12 };
        let breath = s.wave(x * 0.003, 3.0);
        let turn = s.shot.sway(16.0);
        cot(s, (x, y), scale);
        let head = (x - 96.0 * scale, y - 74.0 * scale);
        s.c.placed(head, scale * 0.92, -68.0 + turn, |c| {
            hair::behind(c, who);
            face::face(c, who, &Mood::asleep());
            hair::front(c, who, 0.0);
        });
        blanket(s, (x, y), scale, breath);
        if s.dice.chance(0.75) {
            let fur = s.palette.wood.mix(s.palette.panel, 0.2);
            things::teddy(s, (x - 10.0 * scale, y - 40.0 * scale), 0.66 * scale, fur);
        }
        cot_front(s, (x, y), scale);
        s.remember((x, y - 110.0), scale * 1.9);
    }
}

fn cot(s: &mut Stage, at: Place, scale: f32) {
    let wood = s.palette.wood.light(0.3);
    s.c.shadow((at.0, at.1 + 120.0 * scale), (260.0 * scale, 40.0 * scale), 0.5);
    let pillow = s.palette.any(&mut s.dice).light(0.5);
    s.c.placed(at, scale, 0.0, |c| {
        let back = c.fall(wood.light(0.1), wood.dark(0.16));
        c.rect((-232.0, -150.0), (464.0, 34.0), 14.0, &back);
        for i in 0..9 {
            c.rect((-212.0 + i as f32 * 51.0, -130.0), (14.0, 130.0), 5.0, wood.dark(0.08));
        }
        let sheet = c.fall(CREAM.light(0.5), CREAM.dark(0.1));
        c.fill("M-222,-60H222L232,30H-232Z", &sheet);
        let ink = c.round(pillow);
        c.fill("M-214,-92C-180,-112 -60,-112 -30,-92C-14,-70 -20,-40 -34,-26C-80,-12 -180,-12 -208,-30C-222,-50 -226,-76 -214,-92Z", &ink);
    });
}

fn blanket(s: &mut Stage, at: Place, scale: f32, breath: f32) {
    let (cloth, trim) = (s.palette.any(&mut s.dice), s.palette.any(&mut s.dice));
    let kind = s.dice.below(3);
    s.c.placed(at, scale, 0.0, |c| {
        let ink = c.orb((0.35, 0.1), &[(0.0, cloth.light(0.32)), (0.6, cloth), (1.0, cloth.dark(0.18))]);
        let shape = format!(
            "M-64,-30C-66,-84 -30,{a} 30,{a}C90,{b} 150,-96 190,-80C226,-68 236,-20 234,34H-40C-54,10 -62,-8 -64,-30Z",
            a = -114.0 - breath,
            b = -118.0 - breath
        );
        c.fill(&shape, &ink);
        let pattern = match kind {
            0 => c.tile((48.0, 48.0), 30.0, |c| {
                c.fill("M16,6l3,7l8,1l-6,5l2,8l-7,-4l-7,4l2,-8l-6,-5l8,-1Z", trim.light(0.3).fade(0.8));
            }),
            1 => c.tile((60.0, 60.0), 8.0, |c| {
                c.rect((0.0, 0.0), (30.0, 30.0), 0.0, trim.light(0.2).fade(0.5));
                c.rect((30.0, 30.0), (30.0, 30.0), 0.0, trim.light(0.2).fade(0.5));
            }),
            _ => c.tile((44.0, 44.0), 20.0, |c| c.circle((14.0, 14.0), 7.0, trim.light(0.3).fade(0.7))),
        };
        c.fill(&shape, &pattern);
        c.line(format!("M-60,-24C-62,-80 -28,{a} 30,{a}", a = -108.0 - breath), 15.0, trim.light(0.35));
        c.line("M60,-96C40,-60 50,-20 70,20M150,-84C140,-50 150,-10 160,22", 5.0, cloth.dark(0.35).fade(0.3));
    });
}

fn cot_front(s: &mut Stage, at: Place, scale: f32) {
    let wood = s.palette.wood.light(0.36);
    s.c.placed(at, scale, 0.0, |c| {
        let rail = c.fall(wood.light(0.2), wood.dark(0.14));
        for x in [-238.0, 206.0] {
            c.rect((x, -176.0), (32.0, 310.0), 14.0, &rail);
        }
        c.rect((-236.0, 16.0), (472.0, 84.0), 14.0, &rail);
        c.line("M-214,34H214", 4.0, WHITE.fade(0.4));
        for i in 0..5 {
            c.fill(format!("M{},76c-5,-7 -16,-9 -16,-18c0,-8 10,-10 16,-2c6,-8 16,-6 16,2c0,9 -11,11 -16,18Z", -140.0 + i as f32 * 70.0), wood.dark(0.16));
        }
    });
}

fn string_of_lights(s: &mut Stage) {
    let y = s.dice.range(-420.0, -340.0);
    s.c.line(format!("M-1250,{y}Q-620,{} 0,{y}T1250,{y}", y + 120.0), 3.0, PLUM.fade(0.5));
    for i in 0..25 {
        let x = -1200.0 + i as f32 * 100.0;
        let t = ((x + 1250.0) / 1250.0).fract();
        let sign = if x < 0.0 { 1.0 } else { -1.0 };
        let at = (x, y + sign * 240.0 * t * (1.0 - t) + 10.0);
        let twinkle = 0.75 + s.wave(i as f32 * 0.37, 0.25);
        let halo = s.c.glow(rgb(0xFF_DB8E).fade(0.75 * twinkle));
        s.c.circle(at, 56.0, &halo);
        s.c.circle(at, 8.0, rgb(0xFF_F3CF));
    }
}

fn mobile(s: &mut Stage) {
    let x = s.dice.sway(260.0);
    let turn = s.wave(0.0, 5.0);
    let colours = s.palette.cloth;
    s.c.line(format!("M{x},-1200V-330"), 3.0, PLUM.fade(0.5));
    s.c.placed((x, -330.0), 1.0, turn, |c| {
        c.line("M-130,10Q0,-26 130,10", 7.0, rgb(0xB9_8A5C));
        for (i, (dx, drop)) in
            [(-124.0, 96.0), (-62.0, 134.0), (0.0, 90.0), (62.0, 138.0), (124.0, 100.0)]
                .into_iter()
                .enumerate()
        {
            c.line(format!("M{dx},0V{drop}"), 2.5, CREAM.fade(0.7));
            let colour = colours[i % 6].light(0.25);
            match i % 3 {
                0 => c.fill(
                    format!(
                        "M{dx},{}l9,20l21,2l-16,14l5,21l-19,-11l-19,11l5,-21l-16,-14l21,-2Z",
                        drop - 6.0
                    ),
                    rgb(0xFB_D77E),
                ),
                1 => {
                    for (ox, oy, r) in [(-18.0, 8.0, 15.0), (0.0, 2.0, 20.0), (20.0, 9.0, 14.0)] {
                        c.circle((dx + ox, drop + oy), r, colour);
                    }
                }
                _ => c.fill(
                    format!("M{},{}a28,28 0 1 0 18,48a24,24 0 1 1 -18,-48Z", dx + 4.0, drop - 8.0),
                    CREAM,
                ),
            }
        }
    });
}
