//! What the demo portal relies on.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::HashSet;

use image::{GenericImageView, ImageFormat};
use schriftje_demo_pictures::{
    PictureSize, avatar, describe, dimensions, render, spots, staff_avatar, videos,
};

/// The kinds of the JPEG's header segments.
fn segments(jpeg: &[u8]) -> Vec<u8> {
    let mut kinds = Vec::new();
    let mut at = 2;
    while jpeg[at] == 0xFF && jpeg[at + 1] != 0xDA {
        kinds.push(jpeg[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    kinds
}

fn decoded_size(jpeg: &[u8]) -> (u32, u32) {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().dimensions()
}

#[test]
fn the_same_number_is_always_the_same_picture() {
    for picture in [0, 17, 599, u64::MAX] {
        for size in [PictureSize::Thumb, PictureSize::Medium] {
            assert!(render(picture, size).unwrap() == render(picture, size).unwrap());
        }
    }
    assert!(avatar(5, 96).unwrap() == avatar(5, 96).unwrap());
}

/// The picture in 16 × 16 colours: grain is gone, what it shows is left.
fn gist(jpeg: &[u8]) -> Vec<u8> {
    let picture = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap();
    picture.thumbnail_exact(16, 16).into_rgb8().into_raw()
}

#[test]
fn six_hundred_numbers_are_six_hundred_pictures() {
    let mut seen: Vec<Vec<u8>> = Vec::new();
    let mut portraits = 0;
    for picture in 0..600 {
        let (width, height) = dimensions(picture, PictureSize::Thumb);
        portraits += u32::from(height > width);
        let gist = gist(&render(picture, PictureSize::Thumb).unwrap());
        for (other, known) in seen.iter().enumerate() {
            let apart: u32 = gist.iter().zip(known).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
            let apart = apart / u32::try_from(gist.len()).unwrap();
            assert!(apart >= 4, "pictures {other} and {picture} look the same ({apart})");
        }
        seen.push(gist);
    }
    assert!((150..=260).contains(&portraits), "{portraits} of 600 stand upright");
}

#[test]
fn sizes_are_what_the_real_service_gives() {
    for picture in 0..12 {
        for (size, long) in [(PictureSize::Thumb, 320), (PictureSize::Medium, 1280)] {
            let jpeg = render(picture, size).unwrap();
            let (width, height) = decoded_size(&jpeg);
            assert_eq!((width, height), dimensions(picture, size));
            assert_eq!((width.max(height), width.min(height)), (long, long / 4 * 3));
        }
    }
}

#[test]
fn originals_have_twelve_megapixels_and_a_believable_weight() {
    // Every second scene of a block of twenty, which holds them all.
    for picture in (40..60).step_by(2) {
        let jpeg = render(picture, PictureSize::Full).unwrap();
        let weight = jpeg.len();
        assert!((1_500_000..=4_000_000).contains(&weight), "picture {picture}: {weight} bytes");
        if picture % 8 == 0 {
            let (width, height) = decoded_size(&jpeg);
            assert_eq!(width * height, 12_000_000);
        }
    }
}

#[test]
fn nothing_but_the_picture_is_in_the_file() {
    for jpeg in [
        render(3, PictureSize::Thumb).unwrap(),
        render(3, PictureSize::Medium).unwrap(),
        render(3, PictureSize::Full).unwrap(),
        avatar(3, 128).unwrap(),
        staff_avatar(3, 128).unwrap(),
    ] {
        let kinds = segments(&jpeg);
        // APP1 would be EXIF or XMP, APP13 IPTC, COM a comment.
        assert!(!kinds.iter().any(|kind| matches!(kind, 0xE1..=0xEF | 0xFE)), "{kinds:x?}");
    }
}

#[test]
fn avatars_are_square_and_differ() {
    let faces: HashSet<Vec<u8>> = (0..40).map(|child| avatar(child, 96).unwrap()).collect();
    assert_eq!(faces.len(), 40);
    assert_eq!(decoded_size(&staff_avatar(1, 256).unwrap()), (256, 256));
    assert!(avatar(1, 0).is_err());
}

#[test]
fn every_picture_has_a_caption_of_one_line() {
    for picture in 0..600 {
        let caption = describe(picture);
        assert!((5..80).contains(&caption.chars().count()) && !caption.contains('\n'));
    }
}

#[test]
fn films_start_playing_before_they_are_whole() {
    assert_eq!(videos().len(), 3);
    for film in videos() {
        assert!(film.bytes.len() < 400_000);
        assert!((3..=5).contains(&film.seconds));
        let place = |name: &[u8]| film.bytes.windows(4).position(|four| four == name).unwrap();
        assert_eq!(place(b"ftyp"), 4);
        assert!(place(b"moov") < place(b"mdat"), "the index comes first");
        assert!(film.bytes.windows(4).any(|four| four == b"avc1"), "H.264");
        render(film.poster, PictureSize::Thumb).unwrap();
    }
}

#[test]
fn the_interface_ships_the_illustrations_this_crate_draws() {
    for (name, svg) in spots() {
        let path = format!("{}/../../assets/ui/{name}.svg", env!("CARGO_MANIFEST_DIR"));
        let shipped = std::fs::read_to_string(path).unwrap();
        assert!(shipped == svg + "\n", "{name}: run `cargo run --example spots -- assets/ui`");
    }
}
