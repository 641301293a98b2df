//! From an SVG to a photograph-like JPEG: light fall-off, paper texture, grain.

use std::sync::OnceLock;

use image::{ExtendedColorType, codecs::jpeg::JpegEncoder};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg,
};

use crate::{
    PictureError,
    colour::{Colour, PLUM},
    dice::Dice,
};

/// How a rendering is finished.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finish {
    /// Which noise: the same number gives the same grain.
    pub(crate) seed: u64,
    /// Strength of the grain of single pixels, in steps of 0 to 255.
    pub(crate) grain: f32,
    /// JPEG quality, 1 to 100.
    pub(crate) quality: u8,
}

/// Daylight from one side: a bright corner above, a shaded one below on the other side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wash {
    pub(crate) from_left: bool,
    pub(crate) glow: Colour,
    /// How much light lies over the bright corner.
    pub(crate) bright: f32,
    /// How much shadow lies over the other.
    pub(crate) dim: f32,
}

impl Wash {
    /// What stays of a pixel and what is added to it, from the bright to the dim corner.
    fn steps(self) -> Vec<[f32; 4]> {
        (0..256)
            .map(|i| {
                let t = i as f32 / 255.0;
                let (colour, share) = if t < 0.55 {
                    (self.glow, self.bright + (0.03 - self.bright) * t / 0.55)
                } else {
                    let u = (t - 0.55) / 0.45;
                    (self.glow.mix(PLUM, u), 0.03 + (self.dim - 0.03) * u)
                };
                let [r, g, b] = colour.bytes().map(|part| part * share);
                [1.0 - share, r, g, b]
            })
            .collect()
    }
}

/// A drawing ready to be rendered.
#[derive(Debug)]
pub(crate) struct Drawing {
    pub(crate) svg: String,
    /// Its width and height in its own units.
    pub(crate) view: (f32, f32),
    pub(crate) wash: Option<Wash>,
}

/// Renders `drawing` at `width` × `height` pixels as a JPEG without metadata.
pub(crate) fn jpeg(
    drawing: &Drawing,
    width: u32,
    height: u32,
    finish: Finish,
) -> Result<Vec<u8>, PictureError> {
    let rgb = pixels(drawing, width, height, finish)?;
    let mut bytes = Vec::with_capacity(rgb.len() / 8);
    JpegEncoder::new_with_quality(&mut bytes, finish.quality).encode(
        &rgb,
        width,
        height,
        ExtendedColorType::Rgb8,
    )?;
    Ok(bytes)
}

/// Renders `drawing` as finished RGB pixels, row by row.
pub(crate) fn pixels(
    drawing: &Drawing,
    width: u32,
    height: u32,
    finish: Finish,
) -> Result<Vec<u8>, PictureError> {
    let tree = usvg::Tree::from_str(&drawing.svg, &usvg::Options::default())?;
    let mut pixmap = Pixmap::new(width, height).ok_or(PictureError::Size { width, height })?;
    let scale =
        Transform::from_scale(width as f32 / drawing.view.0, height as f32 / drawing.view.1);
    resvg::render(&tree, scale, &mut pixmap.as_mut());
    Ok(finished(&pixmap, drawing.wash, finish))
}

const TILE: usize = 512;

/// One tile of grain, roughly normal with a deviation of 64, a little correlated like film.
fn grain_tile() -> &'static [i8] {
    static GRAIN: OnceLock<Vec<i8>> = OnceLock::new();
    GRAIN.get_or_init(|| {
        let mut dice = Dice::new(7, 11);
        let raw: Vec<f32> = (0..TILE * TILE)
            .map(|_| dice.unit() + dice.unit() + dice.unit() + dice.unit() - 2.0)
            .collect();
        let at = |x: usize, y: usize| raw[(y % TILE) * TILE + x % TILE];
        (0..TILE * TILE)
            .map(|i| {
                let (x, y) = (i % TILE, i / TILE);
                let near = at(x + 1, y) + at(x, y + 1) + at(x + TILE - 1, y) + at(x, y + TILE - 1);
                ((at(x, y) * 0.8 + near * 0.3) * 100.0).clamp(-127.0, 127.0) as i8
            })
            .collect()
    })
}

const PAPER: usize = 256;

/// A tile of soft blotches and fibres, in `-1.0..=1.0`, repeating without a seam.
fn paper_tile() -> &'static [f32] {
    static TEXTURE: OnceLock<Vec<f32>> = OnceLock::new();
    TEXTURE.get_or_init(|| {
        let mut all = vec![0.0_f32; PAPER * PAPER];
        for (cells, strength) in [(8_usize, 0.30_f32), (24, 0.28), (64, 0.26), (128, 0.34)] {
            let mut dice = Dice::new(cells as u64, 5);
            let knots: Vec<f32> = (0..cells * cells).map(|_| dice.sway(1.0)).collect();
            for (i, value) in all.iter_mut().enumerate() {
                let x = (i % PAPER) as f32 * cells as f32 / PAPER as f32;
                let y = (i / PAPER) as f32 * cells as f32 / PAPER as f32;
                let (cx, cy) = (x as usize, y as usize);
                let ease = |t: f32| t * t * (3.0 - 2.0 * t);
                let (fx, fy) = (ease(x.fract()), ease(y.fract()));
                let knot = |x: usize, y: usize| knots[(y % cells) * cells + x % cells];
                let upper = knot(cx, cy) * (1.0 - fx) + knot(cx + 1, cy) * fx;
                let lower = knot(cx, cy + 1) * (1.0 - fx) + knot(cx + 1, cy + 1) * fx;
                *value += strength * (upper * (1.0 - fy) + lower * fy);
            }
        }
        all
    })
}

fn finished(pixmap: &Pixmap, wash: Option<Wash>, finish: Finish) -> Vec<u8> {
    let (width, height) = (pixmap.width() as usize, pixmap.height() as usize);
    let mut dice = Dice::new(finish.seed, 3);
    let (grain, paper) = (grain_tile(), paper_tile());
    let (grain_x, grain_y) = (dice.below(TILE), dice.below(TILE));
    let (paper_x, paper_y) = (dice.below(PAPER) as f32, dice.below(PAPER) as f32);
    // The texture belongs to the drawing, so it has the same size against it at every resolution.
    let paper_step = 620.0 / width.max(height) as f32;
    let strength = finish.grain / 64.0;
    let clear = Wash { from_left: true, glow: PLUM, bright: 0.0, dim: 0.0 };
    let wash = wash.unwrap_or(clear);
    let steps = wash.steps();
    let diagonal = (width * width + height * height) as f32 / 255.0;
    let (slope_x, slope_y) = (width as f32 / diagonal, height as f32 / diagonal);
    let mut rgb = Vec::with_capacity(width * height * 3);
    for (y, row) in pixmap.data().chunks_exact(width * 4).enumerate() {
        let grain_row = ((y + grain_y) % TILE) * TILE;
        let py = paper_y + y as f32 * paper_step;
        let (row_0, fy) = (py as usize % PAPER, py.fract());
        let row_1 = (row_0 + 1) % PAPER;
        let dy = y as f32 / height as f32 - 0.5;
        for (x, pixel) in row.chunks_exact(4).enumerate() {
            let px = paper_x + x as f32 * paper_step;
            let (column_0, fx) = (px as usize % PAPER, px.fract());
            let column_1 = (column_0 + 1) % PAPER;
            let upper =
                paper[row_0 * PAPER + column_0] * (1.0 - fx) + paper[row_0 * PAPER + column_1] * fx;
            let lower =
                paper[row_1 * PAPER + column_0] * (1.0 - fx) + paper[row_1 * PAPER + column_1] * fx;
            let texture = upper * (1.0 - fy) + lower * fy;
            let dx = x as f32 / width as f32 - 0.5;
            let fall_off = 1.0 - 0.22 * (dx * dx + dy * dy);
            let speck = f32::from(grain[grain_row + (x + grain_x) % TILE]) * strength;
            let gain = fall_off * (1.0 + 0.027 * texture);
            let along = if wash.from_left { x } else { width - 1 - x };
            let at = (along as f32 * slope_x + y as f32 * slope_y) as usize;
            let [keep, add_r, add_g, add_b] = steps[at.min(255)];
            let lit = |channel: u8, add: f32| (f32::from(channel) * keep + add) * gain;
            let (r, g, b) = (lit(pixel[0], add_r), lit(pixel[1], add_g), lit(pixel[2], add_b));
            // Washes of light make the drawing pale; a little colour and contrast bring it back.
            let grey = 0.3 * r + 0.59 * g + 0.11 * b;
            let deepen = (grey - 152.0) * 0.21 + speck + 0.5;
            let tone = |channel: f32| (channel + (channel - grey) * 0.2 + deepen) as u8;
            rgb.extend([tone(r), tone(g), tone(b)]);
        }
    }
    rgb
}
