//! On the swing.

use crate::{
    canvas::Place,
    colour::{PLUM, rgb},
    figure::Pose,
    nature::{self, Ground},
    person::{Person, Wear},
    stage::{Season, Stage},
};

const PIVOT: f32 = -430.0;

pub(super) fn draw(s: &mut Stage) {
    let ground = if s.season == Season::Winter { Ground::Snow } else { Ground::Grass };
    nature::outdoors(s, ground);
    let wear = if s.season == Season::Winter { Wear::Winter } else { Wear::Mild };
    let seats = if s.portrait { 1 } else { s.crowd(1, 2) };
    let far = if s.portrait { 300.0 } else { 440.0 };
    s.c.shadow((0.0, 430.0), (far * 1.1, 70.0), 0.35);
    frame(s, far);
    let places: Vec<f32> =
        if seats == 1 { vec![s.dice.sway(50.0)] } else { vec![-far * 0.44, far * 0.44] };
    let cast = s.children(seats + 1, wear);
    for (i, (who, x)) in cast.iter().zip(&places).enumerate() {
        let angle = s.wave(i as f32 * 0.37, 15.0);
        on_swing(s, who, *x, angle);
    }
    if s.dice.chance(0.5) {
        let x = s.dice.pick(&[-1.0, 1.0]) * (far + 90.0);
        let grown = s.dice.chance(0.5);
        let who =
            if grown { Person::adult(&mut s.dice, &s.palette.clone(), wear) } else { cast[seats] };
        let inward = -x.signum();
        let near = (inward * 96.0, -70.0);
        let rest = (-inward * 64.0, 0.0);
        let (left, right) = if inward > 0.0 { (rest, near) } else { (near, rest) };
        let pose = Pose::standing(&mut s.shot, left, right);
        let mood = s.watching((x, 0.0), (0.0, 60.0));
        s.c.shadow((x, 440.0), (110.0, 26.0), 0.4);
        let scale = if grown { 1.12 } else { 1.24 };
        s.person(&who, (x, 440.0), scale, &pose, &mood);
    }
}

fn frame(s: &mut Stage, far: f32) {
    let wood = s.palette.wood.mix(rgb(0xB9_7C48), 0.3);
    for side in [-1.0, 1.0] {
        let x = side * far;
        let leg =
            s.c.across((0.0, 0.0), (1.0, 0.0), &[(0.0, wood.light(0.15)), (1.0, wood.dark(0.22))]);
        s.c.line(format!("M{x},{PIVOT}L{},410", x + side * 96.0), 30.0, &leg);
        s.c.line(format!("M{x},{PIVOT}L{},350", x - side * 46.0), 26.0, wood.dark(0.16));
        s.c.line(format!("M{},80L{},110", x - side * 18.0, x + side * 54.0), 16.0, wood.dark(0.1));
    }
    let bar = s.c.fall(wood.light(0.25), wood.dark(0.2));
    s.c.rect((-far - 70.0, PIVOT - 22.0), (far * 2.0 + 140.0, 42.0), 18.0, &bar);
}

fn on_swing(s: &mut Stage, who: &Person, x: f32, angle: f32) {
    let rope = 640.0;
    let mood = s.watching((x, 0.0), (x + angle * 12.0, -60.0));
    let scale = 1.26;
    let turn = angle * 0.9;
    let (sin, cos) = turn.to_radians().sin_cos();
    let seat: Place = (x - sin * rope, PIVOT + cos * rope);
    s.c.shadow((seat.0, 430.0), (130.0, 26.0), 0.4);
    let inner = 70.0;
    for side in [-1.0, 1.0] {
        s.c.line(
            format!(
                "M{},{PIVOT}L{},{}",
                x + side * 64.0,
                seat.0 + side * inner * cos,
                seat.1 + side * inner * sin
            ),
            6.0,
            rgb(0x8A_7A70),
        );
    }
    let board = s.palette.any(&mut s.dice);
    let ink = s.c.fall(board.light(0.2), board.dark(0.2));
    s.c.placed(seat, 1.0, turn, |c| {
        c.rect((-86.0, -8.0), (172.0, 26.0), 11.0, &ink);
        c.rect((-80.0, 18.0), (160.0, 8.0), 4.0, PLUM.fade(0.2));
    });
    let mut pose = Pose::sitting(&mut s.shot, (-56.0, -96.0), (56.0, -96.0));
    pose.lean = turn;
    pose.nod = s.shot.sway(5.0) - turn * 0.4;
    let kick = 44.0 + angle.abs() * 0.6;
    pose.feet = [(-34.0, kick), (34.0, kick + 6.0)];
    let marks = s.person(who, (seat.0, seat.1 + pose.hip(who) * scale - 14.0), scale, &pose, &mood);
    // Ropes pass in front of the hands that hold them.
    for (side, hand) in [-1.0_f32, 1.0].into_iter().zip(marks.hands) {
        s.c.line(
            format!("M{},{PIVOT}L{},{}", x + side * 64.0, hand.0, hand.1),
            6.0,
            rgb(0x8A_7A70),
        );
        let palm = s.c.round(who.mittens.unwrap_or(who.skin));
        s.c.circle((hand.0, hand.1), 17.0, &palm);
    }
}
