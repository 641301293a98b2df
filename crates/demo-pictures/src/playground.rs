//! What stands in the playground.

use crate::{
    canvas::Place,
    colour::{CREAM, PLUM, WHITE, rgb},
    nature::grass,
    stage::{Season, Stage},
};

pub(crate) fn slide(s: &mut Stage, at: Place) {
    let (frame, chute) = (s.palette.any(&mut s.dice), s.palette.any(&mut s.dice));
    s.c.shadow((at.0 + 30.0, at.1 + 6.0), (220.0, 26.0), 0.35);
    s.c.placed(at, 1.0, 0.0, |c| {
        c.line(
            "M-110,0L-84,-230M-50,0L-60,-230M-104,-50H-56M-100,-100H-58M-95,-150H-60",
            12.0,
            frame.dark(0.08),
        );
        let ink = c.slant(chute.light(0.25), chute.dark(0.1));
        c.fill("M-100,-226H-40C20,-210 60,-40 190,-30V6H150C50,0 20,-150 -50,-186H-100Z", &ink);
        c.line("M-96,-232H-40C30,-214 70,-48 190,-38", 8.0, chute.dark(0.16));
        c.line("M-92,-230V-300M-46,-228V-300M-92,-296H-46", 9.0, frame);
    });
}

pub(crate) fn playhouse(s: &mut Stage, at: Place) {
    let (wall, roof) = (s.palette.wood.light(0.2), s.palette.any(&mut s.dice));
    s.c.shadow((at.0, at.1 + 6.0), (190.0, 24.0), 0.4);
    let snow = s.season == Season::Winter;
    s.c.placed(at, 1.0, 0.0, |c| {
        let ink = c.slant(wall.light(0.15), wall.dark(0.14));
        c.rect((-120.0, -170.0), (240.0, 174.0), 4.0, &ink);
        for y in [-130.0, -90.0, -50.0, -10.0] {
            c.rect((-120.0, y), (240.0, 3.0), 0.0, wall.dark(0.25).fade(0.5));
        }
        let ink = c.fall(roof.light(0.1), roof.dark(0.12));
        c.fill("M-150,-160L0,-280L150,-160Z", &ink);
        if snow {
            c.fill("M-150,-166L0,-292L150,-166L110,-176L0,-256L-100,-178Z", WHITE);
        }
        c.fill("M-30,4V-84A34,34 0 0 1 38,-84V4Z", wall.dark(0.5));
        c.rect((-98.0, -130.0), (54.0, 54.0), 6.0, rgb(0xFD_EFC6));
        c.line("M-71,-130V-76M-98,-103H-44", 5.0, CREAM);
        c.fill("M66,-104c-6,-14 -26,-12 -24,4c2,12 18,18 24,28c6,-10 22,-16 24,-28c2,-16 -18,-18 -24,-4Z", roof);
    });
}

pub(crate) fn climbing_hill(s: &mut Stage, at: Place) {
    let colour = grass(s.season).dark(0.08);
    let ink = s.c.fall(colour.light(0.25), colour);
    s.c.fill(
        format!(
            "M{},{y}C{},{} {},{} {},{y}Z",
            at.0 - 260.0,
            at.0 - 120.0,
            at.1 - 190.0,
            at.0 + 90.0,
            at.1 - 200.0,
            at.0 + 260.0,
            y = at.1
        ),
        &ink,
    );
    let pipe = s.palette.any(&mut s.dice);
    s.c.circle((at.0 - 10.0, at.1 - 50.0), 66.0, pipe);
    s.c.circle((at.0 - 10.0, at.1 - 46.0), 50.0, PLUM.mix(pipe, 0.2));
    s.c.rect((at.0 - 90.0, at.1 - 4.0), (180.0, 24.0), 12.0, colour.light(0.12));
}
