//! Around the table: painting, lunch.

use crate::{
    canvas::{Place, limb},
    clothes,
    colour::{CREAM, Colour, PLUM, WHITE, rgb},
    figure::{Marks, Pose},
    person::{Person, Wear},
    room,
    stage::Stage,
    things,
};

pub(super) const TOP: f32 = 190.0;

pub(super) fn around(
    s: &mut Stage,
    wear: Wear,
    hold: impl Fn(&mut Stage, usize, &Marks),
) -> (f32, Vec<f32>) {
    let half = s.span() + 190.0;
    let count = s.crowd(2, 4);
    let cast = s.children(count, wear);
    let places = s.row(count, s.span() * if count == 2 { 0.8 } else { 1.0 }, 20.0);
    let grown = s.dice.chance(0.28);
    if grown {
        let staff = Person::adult(&mut s.dice, &s.palette.clone(), wear);
        let x = f32::midpoint(places[0], places[1]);
        let pose = Pose::behind_table(&mut s.shot, (-90.0, -20.0), (90.0, -20.0));
        let mood = s.watching((x, -200.0), (x + s.shot.clone().sway(200.0), 200.0));
        s.person(&staff, (x, TOP - 20.0), 1.2, &pose, &mood);
    }
    for (i, (who, x)) in cast.iter().zip(&places).enumerate() {
        let scale = s.dice.range(1.32, 1.46);
        let high = s.shot.chance(0.22);
        let left = (-62.0, if s.shot.chance(0.12) { -150.0 } else { -14.0 });
        let right = (58.0, if high { -110.0 } else { -22.0 } + s.wave(i as f32 * 0.3, 12.0));
        let (left, right) = if s.shot.chance(0.5) {
            (left, right)
        } else {
            ((-right.0, right.1), (-left.0, left.1))
        };
        let mut pose = Pose::behind_table(&mut s.shot, left, right);
        pose.lean = s.shot.sway(6.0);
        let other = places[s.shot.below(places.len())];
        let target = if s.shot.chance(0.7) { (*x, TOP + 80.0) } else { (other, -40.0) };
        let mood = s.watching((*x, -40.0), target);
        chair(s, (*x, TOP));
        let y = TOP + s.dice.range(10.0, 40.0);
        let marks = s.person(who, (*x, y), scale, &pose, &mood);
        hold(s, i, &marks);
        under_the_table(s, who, *x);
    }
    things::table(s, TOP, half);
    (half, places)
}

pub(super) fn under_the_table(s: &mut Stage, who: &Person, x: f32) {
    let (cloth, shoe, seat) = (clothes::legs(who), who.shoes, s.palette.wood.dark(0.14));
    let swing = s.shot.sway(10.0) + s.wave(x * 0.01, 6.0);
    s.c.shadow((x, TOP + 424.0), (120.0, 26.0), 0.4);
    for side in [-1.0_f32, 1.0] {
        s.c.line(
            format!("M{},{}L{},{}", x + side * 66.0, TOP + 150.0, x + side * 80.0, TOP + 420.0),
            17.0,
            seat,
        );
    }
    s.c.rect((x - 84.0, TOP + 170.0), (168.0, 26.0), 12.0, seat.light(0.12));
    for side in [-1.0_f32, 1.0] {
        let foot = (x + side * 38.0 + swing * side, TOP + 330.0 + swing);
        let ink = s.c.fall(cloth.dark(0.3), cloth.dark(0.06));
        s.c.fill(
            limb(
                (x + side * 34.0, TOP + 180.0),
                (x + side * 40.0, TOP + 260.0),
                (foot.0, foot.1 - 16.0),
                34.0,
                25.0,
            ),
            &ink,
        );
        let leather = s.c.round(if who.bare_feet { who.skin } else { shoe });
        s.c.ellipse((foot.0 + side * 6.0, foot.1), (33.0, 22.0), &leather);
    }
}

pub(super) fn chair(s: &mut Stage, at: Place) {
    let wood = s.palette.panel.mix(s.palette.wood, 0.5);
    let ink = s.c.round(wood);
    s.c.rect((at.0 - 84.0, at.1 - 118.0), (168.0, 140.0), 34.0, &ink);
    s.c.rect((at.0 - 56.0, at.1 - 92.0), (112.0, 100.0), 22.0, wood.dark(0.28));
}

/// Painting at the big table.
pub(super) fn painting(s: &mut Stage) {
    room::room(s, false);
    let (half, places) = around(s, Wear::Messy, |s, _, marks| {
        let hand = marks.hands[s.shot.below(2)];
        let tip = s.palette.any(&mut s.dice);
        let turn = s.shot.sway(30.0);
        s.c.placed(hand, 1.1, turn, |c| {
            c.line("M0,30V-44", 8.0, rgb(0xC9_925C));
            c.rect((-6.0, -58.0), (12.0, 18.0), 2.0, rgb(0xB9_C2C8));
            c.fill("M-7,-58Q-8,-74 0,-88Q8,-74 7,-58Z", tip);
        });
        if s.shot.chance(0.3) {
            // Paint on the cheek.
            s.c.ellipse((marks.head.0 + 38.0, marks.head.1 + 36.0), (13.0, 7.0), tip.fade(0.85));
        }
    });
    for x in &places {
        let turn = s.dice.sway(10.0);
        flat_drawing(s, (*x, TOP + 74.0), turn);
    }
    let between = s.row(places.len() + 1, half * 0.92, 10.0);
    for (i, x) in between.iter().enumerate() {
        let colour = s.palette.cloth[i * 5 % 6];
        let y = TOP + 58.0 + s.dice.sway(26.0);
        paint_pot(s, (*x, y), colour);
        if s.dice.chance(0.4) {
            let colour = s.palette.any(&mut s.dice);
            splash(s, (*x + 46.0, TOP + 112.0), colour);
        }
    }
}

fn flat_drawing(s: &mut Stage, at: Place, turn: f32) {
    // Lying paper: the sheet is squeezed to the slope of the table.
    let mark = s.c.take();
    things::child_drawing(s, (0.0, 0.0), 0.82, turn);
    let sheet = s.c.swap(mark);
    s.c.under(format!("translate({:.1} {:.1}) scale(1.1 0.46)", at.0, at.1), |c| c.append(&sheet));
}

fn paint_pot(s: &mut Stage, at: Place, colour: Colour) {
    s.c.ellipse((at.0 + 5.0, at.1 + 2.0), (34.0, 10.0), PLUM.fade(0.18));
    s.c.placed(at, 1.0, 0.0, |c| {
        let glass = c.across(
            (0.0, 0.0),
            (1.0, 0.0),
            &[
                (0.0, WHITE.mix(colour, 0.2)),
                (0.5, WHITE.mix(colour, 0.4)),
                (1.0, colour.dark(0.1)),
            ],
        );
        c.rect((-28.0, -54.0), (56.0, 58.0), 12.0, &glass);
        c.rect((-24.0, -34.0), (48.0, 36.0), 10.0, colour);
        c.ellipse((0.0, -54.0), (28.0, 8.0), colour.light(0.2));
        c.line("M8,-54L26,-112", 6.0, rgb(0xC9_925C));
    });
}

fn splash(s: &mut Stage, at: Place, colour: Colour) {
    for _ in 0..5 {
        let spot = (at.0 + s.dice.sway(34.0), at.1 + s.dice.sway(11.0));
        let r = s.dice.range(3.0, 10.0);
        s.c.ellipse(spot, (r * 1.4, r * 0.7), colour.fade(0.9));
    }
}

/// Lunch or fruit.
pub(super) fn lunch(s: &mut Stage) {
    room::room(s, false);
    let (half, places) = around(s, Wear::Indoors, |s, i, marks| {
        if s.shot.chance(0.6) {
            let hand = marks.hands[s.shot.below(2)];
            let kind = s.dice.below(6) + i;
            things::fruit(s, (hand.0, hand.1 - 6.0), 0.75, kind);
        }
    });
    for x in &places {
        let colour = s.palette.any(&mut s.dice);
        let at = (*x, TOP + 86.0);
        things::plate(s, at, 88.0, colour);
        if s.dice.chance(0.45) {
            sandwich(s, at);
        } else {
            for k in 0..3 {
                let kind = s.dice.below(6);
                let spot = (at.0 - 34.0 + k as f32 * 34.0, at.1 + s.dice.sway(5.0));
                things::fruit(s, spot, 0.5, kind);
            }
        }
        let colour = s.palette.any(&mut s.dice);
        things::cup(s, (*x + 108.0, TOP + 70.0), 0.92, colour);
    }
    let bowl = s.palette.any(&mut s.dice);
    let x = f32::midpoint(places[0], places[1]);
    fruit_bowl(s, (x, TOP + 62.0), bowl);
    if half > 600.0 && s.dice.chance(0.7) {
        let x = f32::midpoint(places[places.len() - 1], places[places.len() - 2]);
        jug(s, (x, TOP + 66.0));
    }
}

fn sandwich(s: &mut Stage, at: Place) {
    let spread = s.palette.any(&mut s.dice);
    s.c.placed(at, 1.0, 0.0, |c| {
        for (dx, turn) in [(-26.0, -12.0), (28.0, 14.0)] {
            c.placed((dx, -6.0), 1.0, turn, |c| {
                c.rect((-27.0, -22.0), (54.0, 34.0), 10.0, rgb(0xB9_7C48));
                c.rect((-23.0, -19.0), (46.0, 26.0), 8.0, rgb(0xF6_DFB4));
                c.ellipse((0.0, -7.0), (16.0, 8.0), spread.light(0.1));
            });
        }
    });
}

fn fruit_bowl(s: &mut Stage, at: Place, colour: Colour) {
    s.c.ellipse((at.0 + 6.0, at.1 + 6.0), (110.0, 26.0), PLUM.fade(0.2));
    for (i, (dx, dy)) in
        [(-56.0, -52.0), (54.0, -54.0), (-20.0, -70.0), (22.0, -66.0), (0.0, -92.0)]
            .into_iter()
            .enumerate()
    {
        let kind = s.dice.below(5) + i;
        things::fruit(s, (at.0 + dx, at.1 + dy), 0.95, kind);
    }
    let ink = s.c.across(
        (0.0, 0.0),
        (1.0, 0.0),
        &[(0.0, colour.light(0.35)), (0.5, colour.light(0.1)), (1.0, colour.dark(0.16))],
    );
    s.c.fill(
        format!(
            "M{},{y}H{}Q{},{b} {},{b}H{}Q{},{b} {},{y}Z",
            at.0 - 112.0,
            at.0 + 112.0,
            at.0 + 96.0,
            at.0 + 44.0,
            at.0 - 44.0,
            at.0 - 96.0,
            at.0 - 112.0,
            y = at.1 - 60.0,
            b = at.1 + 8.0
        ),
        &ink,
    );
    s.c.line(
        format!(
            "M{},{}Q{},{} {},{}",
            at.0 - 100.0,
            at.1 - 40.0,
            at.0,
            at.1 - 24.0,
            at.0 + 100.0,
            at.1 - 40.0
        ),
        6.0,
        CREAM.fade(0.6),
    );
}

fn jug(s: &mut Stage, at: Place) {
    s.c.placed(at, 1.1, 0.0, |c| {
        let glass = c.across(
            (0.0, 0.0),
            (1.0, 0.0),
            &[
                (0.0, WHITE.fade(0.85)),
                (0.5, rgb(0xCF_E6EE).fade(0.7)),
                (1.0, rgb(0x9F_C4D4).fade(0.85)),
            ],
        );
        c.line("M34,-96q46,6 34,54q-8,24 -30,22", 9.0, rgb(0xBF_DAE4));
        c.fill("M-40,-120L-52,-132H40L36,-6Q0,6 -36,-6Z", &glass);
        c.fill("M-38,-78H37L34,-8Q0,4 -34,-8Z", WHITE.fade(0.9));
    });
}
