//! One picture of a screen in every language, theme and size, to be looked at beside each other.

use crate::screens::SIZES;
use anyhow::{Context, Result};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, overlay, resize};
use image::{DynamicImage, Rgb, RgbImage};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

/// How much smaller than on the screen.
const SCALE: u32 = 2;
/// Between pictures, in pixels.
const GAP: u32 = 16;
const PAPER: Rgb<u8> = Rgb([128, 128, 128]);
const QUALITY: u8 = 72;

/// Puts the pictures of a tour in `shots` on sheets in `sheets`, one a screen: languages and themes
/// below each other, sizes side by side.
///
/// # Errors
/// When a picture is missing or cannot be read, or a sheet cannot be written.
pub fn sheets(shots: &Path, sheets: &Path, languages: &[String]) -> Result<()> {
    fs::create_dir_all(sheets)?;
    let mut screens = BTreeSet::new();
    for entry in fs::read_dir(shots)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let first = languages.first().context("no language")?;
        if let Some((screen, _)) = name.split_once(&format!("-{first}-light-")) {
            screens.insert(screen.to_owned());
        }
    }
    for screen in screens {
        let sheet = sheet(shots, &screen, languages)?;
        let file = BufWriter::new(File::create(sheets.join(format!("{screen}.jpg")))?);
        sheet.write_with_encoder(JpegEncoder::new_with_quality(file, QUALITY))?;
    }
    Ok(())
}

fn sheet(shots: &Path, screen: &str, languages: &[String]) -> Result<RgbImage> {
    let width = SIZES.iter().map(|size| size.0 / SCALE + GAP).sum::<u32>() + GAP;
    let tallest = SIZES.iter().map(|size| size.1 / SCALE).max().unwrap_or_default();
    let rows = u32::try_from(languages.len() * 2)?;
    let mut sheet = RgbImage::from_pixel(width, rows * (tallest + GAP) + GAP, PAPER);
    let mut top = GAP;
    for language in languages {
        for theme in ["light", "dark"] {
            let mut left = GAP;
            for (width, height) in SIZES {
                let name = format!("{screen}-{language}-{theme}-{width}x{height}.png");
                let picture: DynamicImage =
                    image::open(shots.join(&name)).with_context(|| format!("no {name}"))?;
                let (width, height) = (width / SCALE, height / SCALE);
                let small = resize(&picture.to_rgb8(), width, height, FilterType::Lanczos3);
                overlay(&mut sheet, &small, i64::from(left), i64::from(top));
                left += width + GAP;
            }
            top += tallest + GAP;
        }
    }
    Ok(sheet)
}
