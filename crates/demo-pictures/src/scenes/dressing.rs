//! Dressing up in front of the mirror.

use crate::{
    canvas::Place,
    colour::{CREAM, PLUM, WHITE, rgb},
    figure::Pose,
    person::Wear,
    room,
    stage::Stage,
};

pub(super) fn draw(s: &mut Stage) {
    room::room(s, false);
    let side = s.dice.pick(&[-1.0, 1.0]);
    let far = if s.portrait { 260.0 } else { 470.0 };
    mirror(s, (side * far, 150.0));
    rack(s, (-side * far, 180.0));
    let half = s.span() + 100.0;
    room::rug(s, (0.0, 420.0), (half, 110.0));
    let count = s.crowd(2, 4);
    let cast = s.children(count, Wear::Play);
    let places = s.row(count, s.span() * 0.86, 18.0);
    for (i, (who, x)) in cast.iter().zip(places).enumerate() {
        let twirl = s.wave(i as f32 * 0.35, 16.0);
        let (left, right) = match s.shot.below(4) {
            0 => ((-90.0, -170.0 + twirl), (90.0, -170.0 - twirl)),
            1 => ((-70.0, 4.0), (96.0, -150.0 + twirl)),
            2 => ((-46.0, -10.0), (46.0, -10.0)),
            _ => ((-106.0, -60.0 + twirl), (106.0, -60.0 - twirl)),
        };
        let mut pose = Pose::standing(&mut s.shot, left, right);
        pose.lean += twirl * 0.2;
        let y = s.dice.range(400.0, 450.0);
        let mood = s.watching((x, 20.0), (side * far, 20.0));
        s.c.shadow((x, y), (116.0, 26.0), 0.42);
        let scale = s.dice.range(1.22, 1.36);
        let marks = s.person(who, (x, y), scale, &pose, &mood);
        if s.dice.chance(0.4) {
            wand(s, marks.hands[1]);
        }
    }
    chest(s, (-side * (s.span() + 40.0), 470.0));
}

fn mirror(s: &mut Stage, at: Place) {
    let frame = s.palette.wood;
    s.c.shadow((at.0, at.1 + 6.0), (150.0, 22.0), 0.4);
    s.c.placed(at, 1.0, -2.0, |c| {
        c.line("M-90,0L-60,-60M90,0L60,-60", 14.0, frame.dark(0.15));
        let wood = c.slant(frame.light(0.25), frame.dark(0.15));
        c.fill("M-110,-20V-330A110,110 0 0 1 110,-330V-20Z", &wood);
        let glass = c.slant(rgb(0xE9_F4F6), rgb(0xA9_C8D2));
        c.fill("M-88,-40V-326A88,88 0 0 1 88,-326V-40Z", &glass);
        c.fill("M-60,-40L60,-380L84,-340L0,-40Z", WHITE.fade(0.35));
        c.fill("M20,-40L86,-230V-160L44,-40Z", WHITE.fade(0.28));
    });
}

fn rack(s: &mut Stage, at: Place) {
    let pole = s.palette.wood.dark(0.1);
    s.c.shadow((at.0, at.1 + 4.0), (210.0, 22.0), 0.4);
    s.c.line(
        format!("M{},{}V{t}H{}V{}", at.0 - 180.0, at.1, at.0 + 180.0, at.1, t = at.1 - 370.0),
        13.0,
        pole,
    );
    for i in 0..6 {
        let x = at.0 - 140.0 + i as f32 * 56.0;
        let top = at.1 - 366.0;
        let cloth = s.palette.cloth[(i * 5 + 2) % 6];
        let (wide, long) = (s.dice.range(34.0, 52.0), s.dice.range(170.0, 270.0));
        s.c.line(format!("M{x},{top}v16l-24,18M{x},{}l24,18", top + 16.0), 4.0, pole.dark(0.2));
        let ink = s.c.across(
            (0.0, 0.0),
            (1.0, 0.0),
            &[(0.0, cloth.light(0.25)), (0.5, cloth), (1.0, cloth.dark(0.18))],
        );
        s.c.fill(
            format!(
                "M{},{}Q{x},{} {},{}L{},{b}Q{},{} {x},{b}T{},{b}Z",
                x - 26.0,
                top + 30.0,
                top + 16.0,
                x + 26.0,
                top + 30.0,
                x + wide,
                x + wide * 0.5,
                top + long + 16.0,
                x - wide,
                b = top + long
            ),
            &ink,
        );
        for k in 0..4 {
            s.c.circle((x + s.dice.sway(20.0), top + 70.0 + k as f32 * 34.0), 5.0, CREAM.fade(0.8));
        }
    }
}

fn chest(s: &mut Stage, at: Place) {
    let wood = s.palette.wood.dark(0.08);
    s.c.shadow((at.0, at.1 + 8.0), (170.0, 26.0), 0.42);
    let inside: Vec<_> = (0..5).map(|i| s.palette.cloth[(i * 2 + 1) % 6]).collect();
    s.c.placed(at, 0.95, 0.0, |c| {
        let lid = c.fall(wood.light(0.2), wood.dark(0.1));
        c.fill("M-136,-110L-146,-190Q-140,-226 -100,-226H100Q140,-226 146,-190L136,-110Z", &lid);
        c.fill(
            "M-124,-112L-130,-180Q-126,-206 -98,-206H98Q126,-206 130,-180L124,-112Z",
            PLUM.mix(wood, 0.4),
        );
        for (i, colour) in inside.iter().enumerate() {
            let x = -92.0 + i as f32 * 46.0;
            let ink = c.round(*colour);
            c.fill(
                format!(
                    "M{},-90Q{},-160 {x},-150Q{},-172 {},-90Z",
                    x - 44.0,
                    x - 36.0,
                    x + 40.0,
                    x + 44.0
                ),
                &ink,
            );
        }
        let front = c.fall(wood.light(0.12), wood.dark(0.2));
        c.rect((-140.0, -104.0), (280.0, 112.0), 12.0, &front);
        c.line("M-136,-66H136", 4.0, wood.dark(0.35).fade(0.6));
        c.rect((-16.0, -92.0), (32.0, 36.0), 6.0, rgb(0xF0_C055));
    });
}

fn wand(s: &mut Stage, at: Place) {
    let turn = s.shot.sway(30.0);
    let twinkle = s.wave(0.4, 6.0);
    s.c.placed(at, 1.0, turn, |c| {
        c.line("M0,24V-70", 8.0, rgb(0xF3_E3C8));
        let halo = c.glow(rgb(0xFF_EDAE).fade(0.9));
        c.circle((0.0, -92.0), 60.0 + twinkle, &halo);
        c.fill(
            "M0,-124L9,-103L32,-101L14,-86L20,-63L0,-76L-20,-63L-14,-86L-32,-101L-9,-103Z",
            rgb(0xF8_C63E),
        );
    });
}
