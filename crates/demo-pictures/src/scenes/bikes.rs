//! Balance bikes and carts on the playground.

use crate::{
    canvas::Place,
    colour::{CREAM, Colour, PLUM, rgb},
    figure::Pose,
    nature::{self, Ground},
    person::Wear,
    stage::{Season, Stage},
};

pub(super) fn draw(s: &mut Stage) {
    nature::outdoors(s, Ground::Tiles);
    chalk(s);
    let wear = match s.season {
        Season::Winter => Wear::Winter,
        Season::Summer => Wear::Mild,
        _ => Wear::Indoors,
    };
    let count = s.crowd(1, 3);
    let cast = s.children(count, wear);
    let places = s.row(count, s.span() * 0.92, 24.0);
    for (i, (who, x)) in cast.iter().zip(places).enumerate() {
        let y = 400.0 + (i % 2) as f32 * 50.0 + s.dice.sway(14.0);
        let x = x + s.wave(i as f32 * 0.3, 14.0);
        let colour = s.palette.cloth[(i * 2 + 1) % 6];
        let scale = s.dice.range(1.08, 1.18);
        ride(s, who, (x, y), scale, colour);
    }
    cone(s, (s.dice.clone().sway(s.span() + 150.0), 520.0));
}

fn ride(s: &mut Stage, who: &crate::person::Person, at: Place, scale: f32, colour: Colour) {
    let (x, y) = at;
    let lean = s.shot.sway(4.0);
    let mood = s.watching((x, y - 300.0), (x + s.shot.clone().sway(160.0), y + 60.0));
    s.c.shadow((x, y + 6.0), (190.0, 30.0), 0.45);
    let spin = s.phase * 360.0;
    // The back wheel is behind the rider, the front wheel and bars before.
    wheel(s, (x - 104.0, y - 62.0), 62.0, spin, colour);
    let frame = s.c.round(colour);
    s.c.line(
        format!(
            "M{},{}L{},{}L{},{}",
            x - 104.0,
            y - 62.0,
            x - 30.0,
            y - 128.0,
            x + 70.0,
            y - 140.0
        ),
        17.0,
        &frame,
    );
    s.c.rect((x - 70.0, y - 152.0), (92.0, 26.0), 13.0, PLUM.mix(colour, 0.3));
    let step = s.wave(x * 0.01, 12.0);
    let hip_y = (y - 138.0 - y) / scale;
    let mut pose = Pose::standing(&mut s.shot, (44.0, -46.0), (74.0, -44.0));
    pose.lean = 4.0 + lean;
    pose.feet = [(-30.0 - step, -hip_y + 2.0), (34.0 + step, -hip_y - 4.0)];
    pose.knees = 8.0;
    let drop = pose.hip(who) * scale - 138.0;
    s.person(who, (x - 18.0, y + drop), scale, &pose, &mood);
    wheel(s, (x + 122.0, y - 62.0), 62.0, spin, colour);
    s.c.line(
        format!(
            "M{},{}L{},{}L{},{}",
            x + 122.0,
            y - 62.0,
            x + 84.0,
            y - 196.0,
            x + 60.0,
            y - 204.0
        ),
        15.0,
        &frame,
    );
    s.c.line(format!("M{},{}h44", x + 62.0, y - 206.0), 15.0, PLUM.mix(colour, 0.25));
    let skin = who.mittens.unwrap_or(who.skin);
    let palm = s.c.round(skin);
    s.c.circle((x + 76.0, y - 208.0), 17.0, &palm);
    let bell = s.palette.any(&mut s.dice);
    s.c.circle((x + 112.0, y - 216.0), 10.0, bell);
}

fn wheel(s: &mut Stage, at: Place, r: f32, spin: f32, hub: Colour) {
    s.c.placed(at, 1.0, spin, |c| {
        c.circle((0.0, 0.0), r, rgb(0x43_3B48));
        c.circle((0.0, 0.0), r - 14.0, CREAM.dark(0.06));
        for i in 0..6 {
            c.placed((0.0, 0.0), 1.0, i as f32 * 60.0, |c| {
                c.line("M0,-12V-46", 4.0, rgb(0xB9_B4BA));
            });
        }
        c.circle((0.0, 0.0), 15.0, hub.dark(0.1));
    });
}

fn chalk(s: &mut Stage) {
    for i in 0..6 {
        let at = (s.dice.sway(760.0), s.dice.range(210.0, 560.0));
        let colour = s.palette.cloth[i].light(0.35).fade(0.85);
        let kind = s.dice.below(4);
        s.c.under(format!("translate({:.1} {:.1}) scale(1.2 0.5)", at.0, at.1), |c| match kind {
            0 => {
                c.circle((0.0, 0.0), 34.0, colour.fade(0.0));
                c.line("M-36,0a36,36 0 1 0 72,0a36,36 0 1 0 -72,0M0,-52V-72M0,52V72M-52,0H-72M52,0H72M37,-37L50,-50M-37,37L-50,50M37,37L50,50M-37,-37L-50,-50", 8.0, colour);
            }
            1 => c.line("M0,40C-14,14 -54,8 -54,-24C-54,-52 -18,-56 0,-28C18,-56 54,-52 54,-24C54,8 14,14 0,40Z", 8.0, colour),
            2 => c.line("M-60,50V-10L0,-60L60,-10V50ZM-14,50V10H14V50", 8.0, colour),
            _ => c.line("M0,0m-10,0a10,10 0 1 1 20,0a22,22 0 1 1 -44,0a36,36 0 1 1 72,0", 8.0, colour),
        });
    }
    let road = CREAM.fade(0.75);
    let bend = s.dice.sway(120.0);
    s.c.line(
        format!(
            "M-1300,{}C-500,{} 300,{} 1300,{}",
            330.0 + bend * 0.3,
            250.0 + bend,
            420.0 - bend,
            350.0
        ),
        7.0,
        road,
    );
    s.c.line(
        format!(
            "M-1300,{}C-500,{} 300,{} 1300,{}",
            540.0 + bend * 0.3,
            470.0 + bend,
            620.0 - bend,
            560.0
        ),
        9.0,
        road,
    );
}

fn cone(s: &mut Stage, at: Place) {
    s.c.shadow((at.0, at.1 + 2.0), (70.0, 16.0), 0.4);
    s.c.placed(at, 1.0, 0.0, |c| {
        let ink = c.across((0.0, 0.0), (1.0, 0.0), &[(0.0, rgb(0xFF_A66A)), (1.0, rgb(0xD9_5A30))]);
        c.rect((-52.0, -12.0), (104.0, 18.0), 7.0, &ink);
        c.fill("M-32,-12L-9,-112Q0,-118 9,-112L32,-12Z", &ink);
        c.fill("M-22,-52L-16,-78H16L22,-52Z", CREAM);
    });
}
