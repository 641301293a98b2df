//! A dot on an icon: something is unread.

use tauri::image::Image;

/// Its colour, which stands out on light and on dark.
const COLOUR: [u8; 3] = [0xE8, 0x59, 0x0C];

/// An icon with the dot in its upper right corner, and a gap around it that lets the tray show
/// through.
pub fn on(icon: &Image<'_>) -> Image<'static> {
    let (width, height) = (icon.width(), icon.height());
    let mut pixels = icon.rgba().to_vec();
    let radius = width.min(height) as f32 * 0.26;
    let (x, y) = (width as f32 - radius, radius);
    let gap = radius * 1.35;
    for (at, pixel) in pixels.chunks_exact_mut(4).enumerate() {
        let distance = distance(at, width, x, y);
        let [_, _, _, alpha] = pixel else { continue };
        *alpha = blend(*alpha, 0, cover(distance, gap));
        paint(pixel, cover(distance, radius));
    }
    Image::new_owned(pixels, width, height)
}

/// The dot alone, to be laid over an icon.
#[cfg(any(windows, test))]
pub fn alone(size: u32) -> Image<'static> {
    let mut pixels = vec![0; (size * size * 4) as usize];
    let radius = size as f32 / 2.0;
    for (at, pixel) in pixels.chunks_exact_mut(4).enumerate() {
        paint(pixel, cover(distance(at, size, radius, radius), radius));
    }
    Image::new_owned(pixels, size, size)
}

/// From the middle of a pixel to a point.
fn distance(at: usize, width: u32, x: f32, y: f32) -> f32 {
    let across = (at % width as usize) as f32 + 0.5 - x;
    let down = (at / width as usize) as f32 + 0.5 - y;
    across.hypot(down)
}

/// How much of a pixel a disc covers: its edge is a pixel wide.
fn cover(distance: f32, radius: f32) -> f32 {
    (radius - distance + 0.5).clamp(0.0, 1.0)
}

fn paint(pixel: &mut [u8], cover: f32) {
    let colour = COLOUR.into_iter().chain([u8::MAX]);
    for (channel, wanted) in pixel.iter_mut().zip(colour) {
        *channel = blend(*channel, wanted, cover);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between two bytes lies a byte"
)]
fn blend(from: u8, to: u8, part: f32) -> u8 {
    (f32::from(from) + (f32::from(to) - f32::from(from)) * part).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixel(image: &Image<'_>, x: u32, y: u32) -> Vec<u8> {
        let at = ((y * image.width() + x) * 4) as usize;
        image.rgba()[at..at + 4].to_vec()
    }

    #[test]
    fn the_dot_is_in_its_corner_and_the_rest_of_the_icon_stays() {
        let icon = Image::new_owned([10, 20, 30, 255].repeat(32 * 32), 32, 32);
        let dotted = on(&icon);
        assert_eq!((dotted.width(), dotted.height()), (32, 32));
        assert_eq!(pixel(&dotted, 23, 8), [0xE8, 0x59, 0x0C, 255]);
        assert_eq!(pixel(&dotted, 2, 29), [10, 20, 30, 255]);
        // The gap.
        assert_eq!(pixel(&dotted, 14, 8)[3], 0);
    }

    #[test]
    fn a_dot_alone_is_round() {
        let dot = alone(16);
        assert_eq!(pixel(&dot, 8, 8), [0xE8, 0x59, 0x0C, 255]);
        assert_eq!(pixel(&dot, 0, 0)[3], 0);
    }
}
