//! A person in a pose: limbs between joints, a dressed body, a head.

use crate::{
    canvas::{Canvas, Place, limb},
    clothes,
    colour::{CREAM, Colour},
    dice::Dice,
    face::{self, Mood},
    hair, hats,
    person::{Outfit, Person},
};

/// Where the joints are, in body units with the hip at the origin: the shoulders of a child lie
/// at (±42, −90), its feet when standing at (±24, 112).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pose {
    pub(crate) hands: [Place; 2],
    pub(crate) feet: [Place; 2],
    /// How far elbows and knees bend outwards.
    pub(crate) elbows: f32,
    pub(crate) knees: f32,
    /// Turn of the whole body in degrees.
    pub(crate) lean: f32,
    /// Turn of the head in degrees.
    pub(crate) nod: f32,
    pub(crate) legs: Legs,
    pub(crate) from_behind: bool,
}

/// How the legs are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Legs {
    Standing,
    /// On the floor, soles towards the viewer.
    Sitting,
    Kneeling,
    Hidden,
}

impl Pose {
    /// Standing, hands near `left` and `right`.
    pub(crate) fn standing(dice: &mut Dice, left: Place, right: Place) -> Self {
        let step = dice.sway(10.0);
        Self {
            hands: [
                (left.0 + dice.sway(10.0), left.1 + dice.sway(12.0)),
                (right.0 + dice.sway(10.0), right.1 + dice.sway(12.0)),
            ],
            feet: [(-27.0 - step, 112.0), (27.0 + step, 112.0 + dice.sway(4.0))],
            elbows: 16.0,
            knees: 3.0,
            lean: dice.sway(4.0),
            nod: dice.sway(9.0),
            legs: Legs::Standing,
            from_behind: false,
        }
    }

    /// Sitting on the floor.
    pub(crate) fn sitting(dice: &mut Dice, left: Place, right: Place) -> Self {
        let spread = dice.range(48.0, 70.0);
        Self {
            feet: [(-spread, 40.0 + dice.sway(6.0)), (spread, 40.0 + dice.sway(6.0))],
            knees: 16.0,
            legs: Legs::Sitting,
            ..Self::standing(dice, left, right)
        }
    }

    /// Kneeling or squatting.
    pub(crate) fn kneeling(dice: &mut Dice, left: Place, right: Place) -> Self {
        Self { legs: Legs::Kneeling, ..Self::standing(dice, left, right) }
    }

    /// Behind something that hides the legs.
    pub(crate) fn behind_table(dice: &mut Dice, left: Place, right: Place) -> Self {
        Self { legs: Legs::Hidden, ..Self::standing(dice, left, right) }
    }

    /// The height of the hip above the ground in body units.
    pub(crate) fn hip(&self, who: &Person) -> f32 {
        match self.legs {
            Legs::Standing if who.grown => 190.0,
            Legs::Standing => 112.0,
            Legs::Sitting => 22.0,
            Legs::Kneeling => 36.0,
            Legs::Hidden => 0.0,
        }
    }
}

/// Where a drawn person's head and hands ended up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marks {
    pub(crate) head: Place,
    pub(crate) hands: [Place; 2],
    pub(crate) scale: f32,
    /// How far the person reaches below the middle of the head, in body units.
    pub(crate) below: f32,
}

/// Draws `who` with the soles (or the hip when the legs are hidden) at `ground`.
pub(crate) fn figure(
    c: &mut Canvas,
    who: &Person,
    ground: Place,
    scale: f32,
    pose: &Pose,
    mood: &Mood,
) -> Marks {
    let hip = (ground.0, ground.1 - pose.hip(who) * scale);
    let (sin, cos) = pose.lean.to_radians().sin_cos();
    let world = |p: Place| {
        (hip.0 + (p.0 * cos - p.1 * sin) * scale, hip.1 + (p.0 * sin + p.1 * cos) * scale)
    };
    let stretch = if who.grown { 1.5 } else { 1.0 };
    let shoulder_y = -90.0 * stretch;
    let hands: Vec<Place> = [-1.0_f32, 1.0]
        .into_iter()
        .zip(pose.hands)
        .map(|(side, hand)| {
            let shoulder = (side * 42.0, shoulder_y);
            let reach = if who.grown { 165.0 } else { 112.0 };
            let (dx, dy) = (hand.0 - shoulder.0, hand.1 - shoulder.1);
            let part = (reach / dx.hypot(dy).max(1.0)).min(1.0);
            (shoulder.0 + dx * part, shoulder.1 + dy * part)
        })
        .collect();
    let head = (mood.look.0 * 5.0, if who.grown { -212.0 } else { -162.0 });
    c.placed(hip, scale, pose.lean, |c| {
        let head_size = if who.grown { 0.94 } else { 1.0 };
        if !pose.from_behind {
            clothes::cape(c, who);
            c.placed(head, head_size, pose.nod, |c| {
                hats::behind(c, who);
                hair::behind(c, who);
            });
        }
        let raised = [hands[0].1 < shoulder_y - 40.0, hands[1].1 < shoulder_y - 40.0];
        for side in 0..2 {
            if pose.from_behind || raised[side] {
                arm(c, who, side, shoulder_y, hands[side], pose.elbows);
            }
        }
        let legs_in_front = matches!(pose.legs, Legs::Sitting | Legs::Kneeling)
            && !(who.outfit == Outfit::Dress && pose.legs == Legs::Sitting);
        if !legs_in_front {
            legs(c, who, pose);
        }
        c.under(format!("scale(1 {stretch})"), |c| clothes::torso(c, who, pose.from_behind));
        if legs_in_front {
            legs(c, who, pose);
        }
        if pose.from_behind {
            clothes::cape(c, who);
        }
        c.ellipse((head.0, head.1 + 62.0), (36.0, 9.0), clothes::sleeve(who).dark(0.4).fade(0.25));
        c.placed(head, head_size, pose.nod, |c| {
            if pose.from_behind {
                hair::behind(c, who);
                hair::back_of_head(c, who);
            } else {
                face::face(c, who, mood);
                c.under(format!("translate({:.1} 0)", mood.look.0 * 5.0), |c| {
                    hair::front(c, who, mood.look.0);
                    // Brims rise with the eyes, so that they never hide them.
                    let lift = mood.look.1.min(0.0) * 11.0 - 5.0;
                    c.under(format!("translate(0 {lift:.1})"), |c| hats::front(c, who));
                });
            }
        });
        for side in 0..2 {
            if !(pose.from_behind || raised[side]) {
                arm(c, who, side, shoulder_y, hands[side], pose.elbows);
            }
        }
    });
    let below = match pose.legs {
        Legs::Standing => 290.0 * stretch,
        Legs::Sitting | Legs::Kneeling => 205.0,
        Legs::Hidden => 175.0,
    };
    Marks { head: world(head), hands: [world(hands[0]), world(hands[1])], scale, below }
}

fn arm(c: &mut Canvas, who: &Person, side: usize, shoulder_y: f32, hand: Place, elbow: f32) {
    let sign = if side == 0 { -1.0 } else { 1.0 };
    let shoulder = (sign * 42.0, shoulder_y);
    let (dx, dy) = (hand.0 - shoulder.0, hand.1 - shoulder.1);
    let length = dx.hypot(dy).max(1.0);
    let bend = (
        f32::midpoint(shoulder.0, hand.0) + sign * elbow * (dy / length).abs().max(0.3),
        f32::midpoint(shoulder.1, hand.1) + elbow * 0.8,
    );
    let skin = who.skin;
    let palm = c.round(who.mittens.unwrap_or(skin.mix(Colour::dark(skin, 0.1), 0.3)));
    let (wide, thin) = if who.grown { (20.0, 15.0) } else { (20.0, 14.5) };
    let wrist = (hand.0 - dx / length * 9.0, hand.1 - dy / length * 9.0);
    c.circle((hand.0 + dx / length * 2.0, hand.1 + dy / length * 2.0), 15.0, &palm);
    let colour = clothes::sleeve(who);
    let cloth = c.linear(
        (shoulder.0 - 20.0, shoulder.1),
        (hand.0 + 12.0, hand.1 + 8.0),
        &[(0.0, colour.light(0.1)), (1.0, colour.dark(0.16))],
    );
    // A thin shadow keeps the arm apart from the body of the same colour.
    c.fill(
        limb(
            (shoulder.0, shoulder.1 + 4.0),
            (bend.0, bend.1 + 5.0),
            (wrist.0, wrist.1 + 5.0),
            wide,
            thin,
        ),
        colour.dark(0.55).fade(0.16),
    );
    c.fill(limb(shoulder, bend, wrist, wide, thin), &cloth);
    if let Some(print) = clothes::sleeve_print(c, who) {
        c.fill(limb(shoulder, bend, wrist, wide, thin), &print);
        let fold = c.linear(
            (shoulder.0 - 20.0, shoulder.1),
            (hand.0 + 12.0, hand.1 + 8.0),
            &[(0.0, colour.light(0.3).fade(0.2)), (1.0, colour.dark(0.4).fade(0.32))],
        );
        c.fill(limb(shoulder, bend, wrist, wide, thin), &fold);
    }
    if who.outfit != Outfit::Swimsuit {
        let cuff = (wrist.0 - dx / length * 3.0, wrist.1 - dy / length * 3.0);
        let (nx, ny) = (-dy / length * 12.0, dx / length * 12.0);
        c.line(
            format!("M{:.1},{:.1}L{:.1},{:.1}", cuff.0 - nx, cuff.1 - ny, cuff.0 + nx, cuff.1 + ny),
            6.0,
            colour.mix(CREAM, 0.25).dark(0.08),
        );
    }
}

fn legs(c: &mut Canvas, who: &Person, pose: &Pose) {
    let colour = clothes::legs(who);
    for side in 0..2 {
        let sign = if side == 0 { -1.0 } else { 1.0 };
        let foot = pose.feet[side];
        let hip = (sign * 27.0, if pose.legs == Legs::Standing { 0.0 } else { -2.0 });
        match pose.legs {
            Legs::Hidden => {}
            Legs::Standing => {
                let foot = if who.grown { (foot.0, foot.1 + 78.0) } else { foot };
                let bend = (
                    f32::midpoint(hip.0, foot.0) + sign * pose.knees,
                    f32::midpoint(hip.1, foot.1),
                );
                let cloth = c.fall(colour.dark(0.1), colour.light(0.04));
                c.fill(limb(hip, bend, (foot.0, foot.1 - 16.0), 27.0, 20.0), &cloth);
                shoe(c, who, foot, sign);
            }
            Legs::Sitting => {
                let bend = (foot.0 * 0.8 + sign * pose.knees, -6.0);
                let cloth = c.linear(
                    hip,
                    foot,
                    &[(0.0, colour.dark(0.12)), (0.6, colour), (1.0, colour.light(0.1))],
                );
                c.fill(limb(hip, bend, (foot.0, foot.1 - 16.0), 26.0, 22.0), &cloth);
                sole(c, who, (foot.0, foot.1 - 16.0), sign);
            }
            Legs::Kneeling => {
                let knee = (sign * 44.0, 18.0);
                let cloth =
                    c.orb((0.4, 0.25), &[(0.0, colour.light(0.14)), (1.0, colour.dark(0.14))]);
                c.fill(limb((sign * 24.0, -4.0), (sign * 44.0, -8.0), knee, 26.0, 24.0), &cloth);
            }
        }
    }
}

fn shoe(c: &mut Canvas, who: &Person, foot: Place, sign: f32) {
    let (x, y) = (foot.0 + sign * 5.0, foot.1);
    if who.bare_feet {
        let skin = c.round(who.skin);
        c.fill(
            format!(
                "M{},{}c0,-26 44,-26 46,-6c2,10 -6,14 -23,14s-24,-2 -23,-8Z",
                x - 23.0,
                y - 6.0
            ),
            &skin,
        );
        return;
    }
    let leather = c.round(who.shoes);
    if who.boots {
        c.rect((foot.0 - 22.0, y - 48.0), (44.0, 50.0), 12.0, &leather);
        c.line(format!("M{},{}h34", foot.0 - 17.0, y - 44.0), 7.0, who.shoes.light(0.3));
    }
    c.fill(
        format!("M{},{y}c-2,-30 18,-32 30,-28c16,2 28,10 28,28q-29,5 -58,0Z", x - 29.0),
        &leather,
    );
    c.line(format!("M{},{}q28,5 56,0", x - 28.0, y), 5.0, CREAM.mix(who.shoes, 0.25));
}

fn sole(c: &mut Canvas, who: &Person, foot: Place, sign: f32) {
    let (x, y) = foot;
    if who.bare_feet {
        let skin = c.round(who.skin.mix(CREAM, 0.15));
        c.ellipse((x + sign * 4.0, y), (17.0, 23.0), &skin);
        for i in 0..4 {
            c.circle(
                (x + sign * (4.0 - 12.0 + i as f32 * 8.0), y - 21.0 + (i as f32 - 1.5).abs() * 2.0),
                5.2,
                &skin,
            );
        }
        return;
    }
    let leather = c.round(who.shoes);
    c.ellipse((x + sign * 4.0, y), (22.0, 27.0), &leather);
    c.ellipse((x + sign * 5.0, y + 2.0), (15.0, 20.0), who.shoes.light(0.45).fade(0.8));
}
