//! A visit to the animals.

use crate::{
    canvas::Place,
    colour::{CREAM, Colour, PLUM, WHITE, rgb},
    figure::Pose,
    nature::{self, Ground},
    person::Wear,
    stage::{Season, Stage},
};

pub(super) fn draw(s: &mut Stage) {
    let ground = if s.season == Season::Winter { Ground::Snow } else { Ground::Grass };
    nature::outdoors(s, ground);
    barn(s);
    let wear = if s.season == Season::Winter { Wear::Winter } else { Wear::Mild };
    let count = s.crowd(1, 3);
    let cast = s.children(count, wear);
    let slots = count * 2;
    let places = s.row(slots, s.span() + 90.0, 16.0);
    for (i, who) in cast.iter().enumerate() {
        let (x, beast) = (places[i * 2], places[i * 2 + 1]);
        let kind = s.dice.below(4);
        let y = s.dice.range(390.0, 440.0);
        let stroke = s.wave(i as f32 * 0.4, 12.0);
        let size = if s.portrait { 1.1 } else { 1.35 };
        animal(s, (beast, y + 6.0), kind, size);
        s.remember((beast, y - 150.0), 0.9);
        let low = kind > 1;
        let (left, right) = ((-60.0, -16.0), (106.0, if low { 10.0 } else { -62.0 } + stroke));
        let pose = if low {
            Pose::kneeling(&mut s.shot, left, right)
        } else {
            Pose::standing(&mut s.shot, left, right)
        };
        let mood = s.watching((x, y - 200.0), (beast, y - 60.0));
        s.c.shadow((x, y + 2.0), (116.0, 26.0), 0.42);
        let scale = s.dice.range(1.22, 1.34);
        let marks = s.person(who, (x, y), scale, &pose, &mood);
        if s.dice.chance(0.4) {
            let hand = marks.hands[1];
            s.c.line(
                format!("M{},{}q20,-26 30,-40m-22,22l26,-6m-18,-4l2,-24", hand.0, hand.1),
                5.0,
                rgb(0x7C_B565),
            );
        }
    }
    for _ in 0..3 {
        let at = (s.dice.sway(s.span() + 160.0), s.dice.range(478.0, 540.0));
        animal(s, at, 2, 0.8);
    }
    fence(s);
}

fn barn(s: &mut Stage) {
    let x = s.dice.pick(&[-330.0, 300.0]) + s.dice.sway(60.0);
    let wall = s.dice.pick(&[rgb(0xC4_5A48), rgb(0x8A_6A58), rgb(0x5F_7F78)]);
    s.c.placed((x, 110.0), 1.0, 0.0, |c| {
        let ink = c.slant(wall.light(0.2), wall.dark(0.14));
        c.fill("M-210,10V-170L-120,-290H120L210,-170V10Z", &ink);
        for i in 0..10 {
            c.line(format!("M{},4V-160", -190.0 + i as f32 * 42.0), 2.5, wall.dark(0.3).fade(0.5));
        }
        c.line("M-226,-158L-124,-296H124L226,-158", 18.0, CREAM.mix(wall, 0.2));
        c.rect((-76.0, -130.0), (152.0, 140.0), 4.0, PLUM.mix(wall, 0.35));
        c.line("M-76,-130H76V8M-76,8V-130", 9.0, CREAM);
        c.rect((-30.0, -236.0), (60.0, 54.0), 6.0, PLUM.mix(wall, 0.3));
        c.line("M-30,-236h60v54h-60Z", 7.0, CREAM);
        c.fill("M-70,8Q-50,-50 0,-44Q50,-52 70,8Z", rgb(0xE8_C46A));
    });
}

fn animal(s: &mut Stage, at: Place, kind: usize, size: f32) {
    s.c.shadow((at.0, at.1), (120.0 * size, 22.0 * size), 0.4);
    let flip = if s.dice.chance(0.92) { -1.0 } else { 1.0 };
    let nod = s.wave(at.0 * 0.01, 5.0);
    let coat = match kind {
        0 => s.dice.pick(&[rgb(0xF3_E9DA), rgb(0xC9_A27E), rgb(0x8A_7468)]),
        1 => rgb(0xFB_F3E6),
        2 => s.dice.pick(&[rgb(0xF6_EAD6), rgb(0xC4_7A48), rgb(0x8F_5A40)]),
        _ => s.dice.pick(&[rgb(0xF3_E6D6), rgb(0xB9_A594), rgb(0xA9_7A5A)]),
    };
    s.c.under(format!("translate({:.1} {:.1}) scale({} {size})", at.0, at.1, size * flip), |c| {
        match kind {
            0 => goat(c, coat, nod),
            1 => sheep(c, coat, nod),
            2 => hen(c, coat, nod),
            _ => rabbit(c, coat, nod),
        }
    });
}

type Sheet = crate::canvas::Canvas;

fn eye(c: &mut Sheet, at: Place) {
    c.circle(at, 6.0, rgb(0x33_2328));
    c.circle((at.0 + 2.0, at.1 - 2.0), 2.0, WHITE);
}

fn goat(c: &mut Sheet, coat: Colour, nod: f32) {
    let ink = c.orb((0.35, 0.25), &[(0.0, coat.light(0.35)), (0.7, coat), (1.0, coat.dark(0.16))]);
    for x in [-72.0, -44.0, 44.0, 72.0] {
        c.rect((x - 11.0, -90.0), (22.0, 90.0), 9.0, coat.dark(0.1));
        c.rect((x - 11.0, -16.0), (22.0, 16.0), 5.0, rgb(0x5A_443E));
    }
    c.fill("M-98,-120C-104,-176 -50,-184 0,-180C60,-184 100,-170 98,-120C96,-76 60,-70 0,-72C-60,-70 -96,-78 -98,-120Z", &ink);
    c.line("M-96,-150q-26,-14 -22,-38", 15.0, coat.dark(0.08));
    c.placed((92.0, -166.0), 1.0, nod, |c| {
        c.line("M-14,20L12,-40", 48.0, coat);
        c.line("M8,-92Q-6,-132 -34,-140M32,-94Q34,-134 12,-152", 11.0, rgb(0x9A_846E));
        c.fill("M-18,-74C-50,-86 -66,-66 -62,-54C-44,-50 -28,-56 -16,-62Z", coat.dark(0.12));
        c.fill("M-18,-86C0,-110 44,-104 52,-78C62,-50 72,-30 62,-16C48,-4 22,-10 10,-24C-12,-40 -28,-66 -18,-86Z", &ink);
        c.ellipse((54.0, -20.0), (16.0, 12.0), coat.mix(rgb(0xE9_A694), 0.5));
        c.fill("M34,-8q4,34 -8,44q-14,-14 -8,-44Z", coat.light(0.3));
        eye(c, (20.0, -66.0));
    });
}

fn sheep(c: &mut Sheet, coat: Colour, nod: f32) {
    for x in [-58.0, -30.0, 34.0, 60.0] {
        c.rect((x - 10.0, -70.0), (20.0, 70.0), 8.0, rgb(0x5A_4A48));
    }
    let ink = c.orb((0.36, 0.28), &[(0.0, WHITE), (0.7, coat), (1.0, coat.dark(0.14))]);
    for (x, y, r) in [
        (-70.0, -110.0, 44.0),
        (-40.0, -150.0, 46.0),
        (10.0, -162.0, 48.0),
        (58.0, -140.0, 44.0),
        (70.0, -100.0, 42.0),
        (30.0, -80.0, 44.0),
        (-30.0, -78.0, 46.0),
        (0.0, -118.0, 58.0),
    ] {
        c.circle((x, y), r, &ink);
    }
    c.placed((92.0, -156.0), 1.0, nod, |c| {
        let face = c.round(rgb(0x6A_5854));
        c.ellipse((-26.0, -6.0), (24.0, 11.0), rgb(0x5A_4A48));
        c.fill("M-20,-32C6,-50 40,-34 44,-6C48,24 34,42 18,42C-6,42 -30,-10 -20,-32Z", &face);
        for (x, y) in [(-14.0, -38.0), (6.0, -46.0), (24.0, -40.0)] {
            c.circle((x, y), 18.0, &ink);
        }
        c.circle((18.0, -8.0), 7.0, WHITE);
        c.circle((19.0, -7.0), 4.5, rgb(0x2A_2028));
        c.line("M22,30q8,4 14,-2", 3.0, rgb(0x3A_2A2C));
    });
}

fn hen(c: &mut Sheet, coat: Colour, nod: f32) {
    c.line("M-12,-30V0M14,-30V0M-22,0H0M6,0H26", 6.0, rgb(0xE8_A23C));
    let ink = c.orb((0.35, 0.3), &[(0.0, coat.light(0.35)), (0.7, coat), (1.0, coat.dark(0.16))]);
    c.fill("M-96,-112C-74,-100 -50,-96 -30,-96C-4,-96 20,-96 34,-122C58,-104 66,-60 40,-34C14,-10 -40,-14 -62,-44C-76,-62 -92,-84 -96,-112Z", &ink);
    c.fill("M-46,-74Q-10,-92 14,-66Q-6,-34 -40,-48Z", coat.dark(0.14));
    c.placed((36.0, -110.0), 1.0, nod * 2.0, |c| {
        for (x, y) in [(-10.0, -38.0), (2.0, -44.0), (14.0, -38.0)] {
            c.circle((x, y), 9.0, rgb(0xD9_4038));
        }
        c.circle((2.0, -14.0), 26.0, &ink);
        c.fill("M24,-20L50,-10L24,-2Z", rgb(0xF0_A93C));
        c.fill("M20,0q14,14 2,24q-12,-6 -8,-22Z", rgb(0xD9_4038));
        eye(c, (10.0, -18.0));
    });
}

fn rabbit(c: &mut Sheet, coat: Colour, nod: f32) {
    let ink = c.orb((0.36, 0.28), &[(0.0, coat.light(0.4)), (0.7, coat), (1.0, coat.dark(0.16))]);
    c.circle((-82.0, -30.0), 20.0, WHITE);
    c.fill("M-86,-6C-96,-70 -40,-112 14,-96C56,-84 70,-40 60,-6Z", &ink);
    c.ellipse((-44.0, -8.0), (36.0, 14.0), coat.light(0.15));
    c.ellipse((44.0, -8.0), (24.0, 11.0), coat.light(0.25));
    c.placed((52.0, -92.0), 1.0, nod, |c| {
        for turn in [-26.0, 2.0] {
            c.placed((-8.0, -26.0), 1.0, turn, |c| {
                c.ellipse((0.0, -44.0), (15.0, 48.0), &ink);
                c.ellipse((1.0, -42.0), (7.0, 36.0), rgb(0xF0_B4A8));
            });
        }
        c.ellipse((0.0, 0.0), (42.0, 36.0), &ink);
        let blush = c.glow(rgb(0xF0_8A80).fade(0.7));
        c.circle((10.0, 14.0), 16.0, &blush);
        c.ellipse((38.0, 2.0), (7.0, 5.0), rgb(0xE0_8A88));
        c.line("M36,8q-4,8 -12,8M40,8q4,6 8,4", 3.0, rgb(0x5A_4040));
        eye(c, (16.0, -6.0));
    });
}

fn fence(s: &mut Stage) {
    if s.dice.chance(0.45) {
        let wood = s.palette.wood.light(0.12);
        for i in 0..8 {
            let x = -1050.0 + i as f32 * 300.0;
            let ink = s.c.across(
                (0.0, 0.0),
                (1.0, 0.0),
                &[(0.0, wood.light(0.2)), (1.0, wood.dark(0.2))],
            );
            s.c.rect((x, 470.0), (34.0, 200.0), 10.0, &ink);
        }
        let rail = s.c.fall(wood.light(0.15), wood.dark(0.15));
        s.c.rect((-1200.0, 520.0), (2400.0, 34.0), 12.0, &rail);
    }
}
