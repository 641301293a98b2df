//! A walk with the cart.

use crate::{
    canvas::Place,
    colour::{CREAM, PLUM, rgb},
    figure::Pose,
    nature::{self, Ground},
    person::{Person, Wear},
    stage::{Season, Stage},
};

pub(super) fn draw(s: &mut Stage) {
    let ground = if s.season == Season::Winter { Ground::Snow } else { Ground::Grass };
    nature::outdoors(s, ground);
    path(s);
    let wear = if s.season == Season::Winter { Wear::Winter } else { Wear::Mild };
    let riders = 2 + s.dice.below(if s.portrait { 1 } else { 2 });
    let cast = s.children(riders + 1, wear);
    let half = 110.0 * riders as f32 + 60.0;
    let cart_x = if s.portrait { -60.0 } else { -150.0 };
    let roll = s.wave(0.0, 4.0);
    let walker = Person::adult(&mut s.dice, &s.palette.clone(), wear);
    let walker_x = cart_x + half + 170.0;
    s.c.shadow((cart_x, 474.0), (half * 1.15, 40.0), 0.42);
    let places = s.row(riders, half - 40.0, 10.0);
    for (i, (who, x)) in cast.iter().zip(places).enumerate() {
        let lift = if s.shot.chance(0.35) { -170.0 } else { -30.0 } + s.wave(i as f32 * 0.4, 12.0);
        let pose = Pose::behind_table(&mut s.shot, (-58.0, -24.0), (70.0, lift));
        let mood = s.watching((x + cart_x, 60.0), (s.shot.clone().sway(600.0), 60.0));
        s.person(who, (x + cart_x, 330.0 + roll), 1.22, &pose, &mood);
    }
    cart(s, (cart_x, 330.0 + roll), half);
    s.c.line(format!("M{},400L{},330", cart_x + half - 6.0, walker_x - 20.0), 10.0, rgb(0x6A_5A54));
    let mut pose = Pose::standing(&mut s.shot, (-70.0, 0.0), (60.0, -16.0));
    let step = s.wave(0.25, 14.0);
    pose.feet = [(-30.0 - step, 112.0), (30.0 + step, 112.0)];
    let mood = s.watching((walker_x, -100.0), (cart_x, 100.0));
    s.c.shadow((walker_x, 462.0), (120.0, 28.0), 0.42);
    s.person(&walker, (walker_x, 460.0), 1.1, &pose, &mood);
    if s.dice.chance(0.5) && !s.portrait {
        let x = cart_x - half - 130.0;
        let pose = Pose::standing(&mut s.shot, (-60.0, 0.0), (84.0, -110.0));
        let mood = s.watching((x, 60.0), (cart_x, 200.0));
        s.c.shadow((x, 470.0), (110.0, 26.0), 0.42);
        s.person(&cast[riders], (x, 470.0), 1.22, &pose, &mood);
    }
}

fn path(s: &mut Stage) {
    let sand = rgb(0xE6_D2AC).mix(nature::grass(s.season), 0.2);
    let ink = s.c.fall(sand.dark(0.05), sand.light(0.2));
    s.c.fill("M-1300,380Q-300,330 200,380T1300,360V590Q400,640 -200,580T-1300,620Z", &ink);
    for _ in 0..40 {
        let at = (s.dice.sway(1150.0), s.dice.range(410.0, 570.0));
        let w = s.dice.range(5.0, 16.0);
        s.c.ellipse(at, (w, w * 0.4), sand.dark(0.16).fade(0.6));
    }
}

fn cart(s: &mut Stage, at: Place, half: f32) {
    let wood = s.palette.any(&mut s.dice);
    let (x, y) = at;
    let spin = s.phase * 360.0;
    let ink = s.c.fall(wood.light(0.18), wood.dark(0.16));
    s.c.rect((x - half, y - 20.0), (half * 2.0, 120.0), 22.0, &ink);
    for k in [18.0, 56.0] {
        s.c.line(
            format!("M{},{}H{}", x - half + 14.0, y + k, x + half - 14.0),
            4.0,
            wood.dark(0.28).fade(0.6),
        );
    }
    s.c.rect((x - half - 8.0, y - 30.0), (half * 2.0 + 16.0, 26.0), 13.0, wood.light(0.35));
    for side in [-1.0, 1.0] {
        s.c.placed((x + side * (half - 76.0), y + 96.0), 1.0, spin, |c| {
            c.circle((0.0, 0.0), 54.0, rgb(0x43_3B48));
            c.circle((0.0, 0.0), 40.0, CREAM);
            for i in 0..5 {
                c.placed((0.0, 0.0), 1.0, i as f32 * 72.0, |c| c.line("M0,-10V-36", 7.0, wood));
            }
            c.circle((0.0, 0.0), 12.0, PLUM.mix(wood, 0.4));
        });
    }
}
