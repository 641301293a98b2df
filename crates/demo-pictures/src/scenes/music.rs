//! Making music in a circle.

use crate::{
    canvas::Place,
    colour::{CREAM, Colour, PLUM, rgb},
    figure::{Marks, Pose},
    person::{Person, Wear},
    room,
    stage::Stage,
};

pub(super) fn draw(s: &mut Stage) {
    room::room(s, false);
    let half = s.span() + 180.0;
    room::rug(s, (0.0, 390.0), (half, 160.0));
    if s.dice.chance(0.6) {
        let player = Person::adult(&mut s.dice, &s.palette.clone(), Wear::Indoors);
        let x = s.dice.sway(80.0);
        let strum = s.wave(0.0, 16.0);
        let mut pose = Pose::sitting(&mut s.shot, (-20.0, -30.0 + strum), (120.0, -96.0));
        pose.lean = s.shot.sway(3.0);
        let mood = s.watching((x, 0.0), (0.0, 300.0));
        s.c.shadow((x, 300.0), (170.0, 30.0), 0.4);
        let marks = s.person(&player, (x, 290.0), 1.06, &pose, &mood);
        guitar(s, (x + 10.0, 228.0), &marks);
    }
    let count = s.crowd(2, 4);
    let cast = s.children(count, Wear::Indoors);
    let places = s.row(count, s.span() * 1.1, 18.0);
    for (i, (who, x)) in cast.iter().zip(places).enumerate() {
        let y = 400.0 + (1.0 - (x / half).abs()) * 40.0;
        let instrument = s.dice.below(4);
        let beat = s.wave(i as f32 * 0.31, 18.0);
        let (left, right) = match instrument {
            0 => ((-48.0, -56.0 + beat), (48.0, -56.0 - beat)),
            1 => ((-60.0, -10.0), (92.0, -150.0 + beat)),
            2 => ((-86.0, -110.0 + beat), (86.0, -110.0 - beat)),
            _ => ((-26.0 + beat * 0.5, -70.0), (26.0 - beat * 0.5, -70.0)),
        };
        let pose = Pose::sitting(&mut s.shot, left, right);
        let mood = s.watching((x, y - 200.0), (s.shot.clone().sway(300.0), 200.0));
        let scale = s.dice.range(1.26, 1.38);
        s.c.shadow((x, y + 6.0), (140.0, 30.0), 0.4);
        let marks = s.person(who, (x, y), scale, &pose, &mood);
        let colour = s.palette.any(&mut s.dice);
        match instrument {
            0 => drum(s, (x, y + 40.0), colour, &marks),
            1 => tambourine(s, marks.hands[1], colour),
            2 => maracas(s, &marks, colour),
            _ => triangle(s, &marks),
        }
    }
    for i in 0..6 {
        let t = i as f32 / 6.0;
        let rise = (s.phase + t).fract();
        let at = (s.dice.sway(s.span()), -60.0 - rise * 320.0);
        let colour = s.palette.any(&mut s.dice);
        note(s, at, colour.fade(0.9 - rise * 0.6));
    }
}

fn note(s: &mut Stage, at: Place, colour: Colour) {
    let turn = s.dice.sway(18.0);
    s.c.placed(at, s.dice.range(0.8, 1.3), turn, |c| {
        c.ellipse((0.0, 0.0), (14.0, 10.0), colour);
        c.line("M12,-2V-56Q22,-44 34,-40", 6.0, colour);
    });
}

fn drum(s: &mut Stage, at: Place, colour: Colour, marks: &Marks) {
    s.c.shadow((at.0, at.1 + 50.0), (100.0, 20.0), 0.4);
    let trim = s.palette.any(&mut s.dice);
    s.c.placed(at, 1.0, 0.0, |c| {
        let ink = c.across(
            (0.0, 0.0),
            (1.0, 0.0),
            &[(0.0, colour.light(0.3)), (0.5, colour), (1.0, colour.dark(0.22))],
        );
        c.fill("M-84,-50V40Q0,72 84,40V-50Z", &ink);
        c.line("M-82,-34L-50,50L-18,-20L16,58L50,-22L80,40", 5.0, CREAM);
        c.line("M-84,42Q0,74 84,42", 10.0, trim);
        c.ellipse((0.0, -50.0), (86.0, 25.0), trim);
        c.ellipse((0.0, -52.0), (76.0, 20.0), CREAM);
    });
    for hand in marks.hands {
        let toward = at.0 - hand.0;
        s.c.line(
            format!(
                "M{},{}L{},{}",
                hand.0 - toward * 0.2,
                hand.1 - 12.0,
                hand.0 + toward * 0.6,
                hand.1 + 46.0
            ),
            8.0,
            rgb(0xC9_925C),
        );
        s.c.circle((hand.0 + toward * 0.6, hand.1 + 46.0), 9.0, rgb(0xE3_B47C));
    }
}

fn tambourine(s: &mut Stage, at: Place, colour: Colour) {
    s.c.placed((at.0, at.1 - 34.0), 1.0, 10.0, |c| {
        c.ellipse((0.0, 0.0), (60.0, 54.0), colour);
        c.ellipse((0.0, 0.0), (50.0, 44.0), CREAM);
        for i in 0..6 {
            let angle = (i as f32 * 60.0 + 20.0_f32).to_radians();
            c.circle((angle.cos() * 55.0, angle.sin() * 49.0), 9.0, rgb(0xF3_C653));
        }
    });
}

fn maracas(s: &mut Stage, marks: &Marks, colour: Colour) {
    for (hand, turn) in marks.hands.into_iter().zip([-20.0, 20.0]) {
        s.c.placed(hand, 1.0, turn, |c| {
            c.line("M0,24V-30", 11.0, rgb(0xB9_7C48));
            let ink = c.orb((0.35, 0.3), &[(0.0, colour.light(0.4)), (1.0, colour.dark(0.1))]);
            c.ellipse((0.0, -58.0), (29.0, 36.0), &ink);
            c.line("M-26,-62Q0,-52 26,-62", 6.0, CREAM);
        });
    }
}

fn triangle(s: &mut Stage, marks: &Marks) {
    let (a, b) = (marks.hands[0], marks.hands[1]);
    s.c.line(format!("M{},{}l-44,74h88Z", a.0, a.1 + 8.0), 8.0, rgb(0xA9_B4BC));
    s.c.line(format!("M{},{}L{},{}", b.0, b.1, a.0 + 24.0, a.1 + 62.0), 6.0, rgb(0x8E_9AA2));
}

fn guitar(s: &mut Stage, at: Place, marks: &Marks) {
    let neck = marks.hands[1];
    let wood = rgb(0xD9_9A54);
    s.c.line(
        format!("M{},{}L{},{}", at.0, at.1, neck.0 + 26.0, neck.1 - 14.0),
        20.0,
        rgb(0x8A_5A38),
    );
    s.c.placed(at, 1.0, -24.0, |c| {
        let ink = c.orb((0.35, 0.3), &[(0.0, wood.light(0.35)), (0.6, wood), (1.0, wood.dark(0.25))]);
        c.fill("M-96,0C-100,-56 -40,-66 -8,-44C20,-62 64,-46 64,0C64,46 20,62 -8,44C-40,66 -100,56 -96,0Z", &ink);
        c.circle((4.0, 0.0), 20.0, PLUM.mix(wood, 0.2));
        c.rect((-66.0, -18.0), (10.0, 36.0), 3.0, rgb(0x6A_4530));
        c.line("M-60,-8H60M-60,0H60M-60,8H60", 1.6, CREAM.fade(0.9));
    });
}
