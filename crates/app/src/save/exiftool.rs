//! Saved files as another program reads them: `exiftool` is what many a parent and photo program
//! relies on.

use super::{FileName, FolderIndex, Held, Identity, Place, Placed, Stamp, StampError, stamp};
use image::{DynamicImage, ImageFormat, RgbImage};
use img_parts::jpeg::Jpeg;
use img_parts::{Bytes, ImageEXIF, ImageICC};
use serde_json::Value;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

fn picture(format: ImageFormat) -> Vec<u8> {
    let shade = |value: u32| u8::try_from(value % 256).unwrap();
    let picture = RgbImage::from_fn(64, 48, |x, y| image::Rgb([shade(x * 4), shade(y * 5), 90]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn words(day: &str) -> Stamp {
    Stamp {
        identity: Identity::of(&"photo-1".into()),
        day: day.parse().unwrap(),
        caption: Some("Zoë & Ties in de zandbak – ‘mooi’ <3".to_owned()),
        people: vec!["Noortje".to_owned(), "Zoë".to_owned()],
        reduced: false,
    }
}

fn save(folder: &Path, original: &[u8], words: &Stamp) -> PathBuf {
    let mut place = Place::new(folder).unwrap();
    place.file().write_all(original).unwrap();
    let stamped = stamp(place.file(), words).unwrap();
    let name = FileName::new(words.day, &words.people);
    match place.finish(&name, stamped.extension, 1, 1, !stamped.marked).unwrap() {
        Placed::New(name) => folder.join(name),
        Placed::Already => panic!("nothing was there"),
    }
}

/// What exiftool reads, with the group of every tag, and what its validation finds.
fn exiftool(path: &Path) -> Value {
    let output = Command::new("exiftool")
        .args(["-json", "-G1", "-validate", "-warning", "-error", "-a", "-all"])
        .args(["-api", "struct=0"])
        .arg(path)
        .output()
        .expect("exiftool (libimage-exiftool-perl) must be installed");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    answer[0].clone()
}

#[test]
fn a_jpeg_says_when_who_and_what_in_summer_and_winter() {
    let dir = tempfile::tempdir().unwrap();
    for (day, offset) in [("2026-01-14", "+01:00"), ("2026-07-14", "+02:00")] {
        let words = words(day);
        let path = save(dir.path(), &picture(ImageFormat::Jpeg), &words);
        assert_eq!(
            path.file_name().unwrap().to_str().unwrap(),
            format!("{day} Noortje & Zoë 01.jpg")
        );
        let read = exiftool(&path);
        let noon = format!("{} 12:00:00", day.replace('-', ":"));
        assert_eq!(read["ExifTool:Validate"], "OK", "{read:#}");
        assert_eq!(read["ExifIFD:DateTimeOriginal"], noon);
        assert_eq!(read["ExifIFD:CreateDate"], noon);
        assert_eq!(read["ExifIFD:OffsetTimeOriginal"], offset);
        assert_eq!(read["IFD0:ImageDescription"], words.caption.as_deref().unwrap());
        assert_eq!(read["XMP-dc:Description"], words.caption.as_deref().unwrap());
        assert_eq!(read["XMP-iptcExt:PersonInImage"], serde_json::json!(["Noortje", "Zoë"]));
        assert_eq!(read["XMP-dc:Subject"], serde_json::json!(["Noortje", "Zoë"]));
        assert_eq!(read["IFD0:XPKeywords"], "Noortje;Zoë");
        assert_eq!(
            read["XMP-exif:UserComment"],
            "Only the day is known; the time was not recorded."
        );
        assert_eq!(
            read["XMP-exif:UserComment-nl"],
            "Alleen de dag is bekend; de tijd is niet vastgelegd."
        );
        let modified = std::fs::metadata(&path).unwrap().modified().unwrap();
        let modified = chrono::DateTime::<chrono::Utc>::from(modified).to_rfc3339();
        let hour = if offset == "+01:00" { 11 } else { 10 };
        assert_eq!(modified, format!("{day}T{hour}:00:00+00:00"));
    }
}

#[test]
fn the_picture_itself_is_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let original = picture(ImageFormat::Jpeg);
    let path = save(dir.path(), &original, &words("2026-01-14"));
    let scan = |bytes: &[u8]| {
        let jpeg = Jpeg::from_bytes(Bytes::copy_from_slice(bytes)).unwrap();
        let kept = |marker: u8| !(0xE0..=0xEF).contains(&marker);
        let segments = jpeg.segments().iter().filter(|segment| kept(segment.marker()));
        segments.map(|segment| segment.clone().encoder().bytes()).collect::<Vec<_>>()
    };
    assert_eq!(scan(&std::fs::read(path).unwrap()), scan(&original));
}

#[test]
fn what_the_original_says_stays_and_its_clock_time_counts() {
    let dir = tempfile::tempdir().unwrap();
    let camera = dir.path().join("camera.jpg");
    std::fs::write(&camera, picture(ImageFormat::Jpeg)).unwrap();
    let done = Command::new("exiftool")
        .args(["-q", "-overwrite_original", "-DateTimeOriginal=2026:07:14 09:41:07"])
        .args(["-Orientation#=6", "-Make=Camera", "-Artist=De Bosrand", "-XMP-dc:Rights=Bosrand"])
        .args(["-XMP-iptcExt:PersonInImage=Another child", "-XMP-dc:Subject=Another child"])
        .args(["-IPTC:Keywords=Another child", "-SubSecTimeOriginal=12"])
        .args(["-XPKeywords=Another child", "-XPComment=Another child", "-XPTitle=Another child"])
        .args(["-XPSubject=Another child", "-XPAuthor=Another child"])
        .args(["-ImageDescription=Another child", "-ExifIFD:UserComment=Another child"])
        .args(["-XMP-exif:UserComment=Another child"])
        .arg(&camera)
        .status()
        .unwrap();
    assert!(done.success());
    let mut original = Jpeg::from_bytes(std::fs::read(&camera).unwrap().into()).unwrap();
    original.set_icc_profile(Some(Bytes::from_static(b"a profile of colours")));
    let path = save(dir.path(), &original.encoder().bytes(), &words("2026-07-14"));
    let saved = std::fs::read(&path).unwrap();
    let read = exiftool(&path);
    assert_eq!(read["ExifIFD:DateTimeOriginal"], "2026:07:14 09:41:07");
    assert_eq!(read["ExifIFD:SubSecTimeOriginal"], 12);
    assert_eq!(read["ExifIFD:OffsetTimeOriginal"], "+02:00");
    assert_eq!(read["IFD0:Orientation"], "Rotate 90 CW");
    assert_eq!(read["IFD0:Make"], "Camera");
    assert_eq!(read["IFD0:Artist"], "De Bosrand");
    assert_eq!(read["XMP-dc:Rights"], "Bosrand");
    assert_eq!(read["XMP-exif:UserComment"], Value::Null);
    assert_eq!(read["IFD0:XPKeywords"], "Noortje;Zoë");
    assert!(!read.to_string().contains("Another child"), "{read:#}");
    // Nor do the bytes lie there still, in the one way of writing or the other.
    let wide: Vec<u8> = "Another child".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for name in [b"Another child".as_slice(), &wide] {
        assert!(!saved.windows(name.len()).any(|window| window == name));
    }
    let jpeg = Jpeg::from_bytes(saved.into()).unwrap();
    assert_eq!(jpeg.icc_profile().unwrap(), Bytes::from_static(b"a profile of colours"));
    assert!(jpeg.exif().is_some());
}

#[test]
fn other_formats_carry_the_same_words_where_they_can() {
    let dir = tempfile::tempdir().unwrap();
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let path = save(dir.path(), &picture(format), &words("2026-07-14"));
        let read = exiftool(&path);
        assert_eq!(read["ExifIFD:DateTimeOriginal"], "2026:07:14 12:00:00", "{read:#}");
        assert_eq!(read["XMP-dc:Description"], words("2026-07-14").caption.unwrap());
        assert_eq!(read["ExifTool:Error"], Value::Null);
        image::open(&path).unwrap();
    }
    let gif = save(dir.path(), &picture(ImageFormat::Gif), &words("2026-07-14"));
    assert_eq!(std::fs::read(gif).unwrap(), picture(ImageFormat::Gif));
}

#[test]
fn a_real_film_gets_its_time_and_plays_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let original = dir.path().join("original.mp4");
    let made = Command::new("ffmpeg")
        .args([
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc=s=64x48:d=1:r=5",
            "-pix_fmt",
            "yuv420p",
        ])
        .arg(&original)
        .status()
        .expect("ffmpeg must be installed");
    assert!(made.success());
    let folder = dir.path().join("saved");
    std::fs::create_dir(&folder).unwrap();
    let path = save(&folder, &std::fs::read(&original).unwrap(), &words("2026-07-14"));
    let read = exiftool(&path);
    assert_eq!(path.extension().unwrap(), "mp4");
    // Times in a film are UTC.
    assert_eq!(read["QuickTime:CreateDate"], "2026:07:14 10:00:00");
    assert_eq!(read["Track1:TrackCreateDate"], "2026:07:14 10:00:00");
    assert_eq!(read["XMP-dc:Description"], words("2026-07-14").caption.unwrap());
    let frames = |path: &Path| {
        let output = Command::new("ffmpeg")
            .args(["-v", "error", "-i"])
            .arg(path)
            .args(["-f", "framemd5", "-"])
            .output()
            .unwrap();
        assert!(output.status.success());
        output.stdout
    };
    assert_eq!(frames(&path), frames(&original));
    let index = FolderIndex::read(&folder).unwrap();
    assert_eq!(index.holds(&words("2026-07-14").identity), Some(Held::Original));
}

#[test]
fn a_photo_is_known_again_whatever_it_is_called_and_whoever_wrote_to_it() {
    let dir = tempfile::tempdir().unwrap();
    let identity = words("2026-07-14").identity;
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let folder = tempfile::tempdir_in(&dir).unwrap();
        assert_eq!(FolderIndex::read(folder.path()).unwrap().holds(&identity), None);
        let path = save(folder.path(), &picture(format), &words("2026-07-14"));
        let renamed = path.with_file_name("Onze mooiste").with_extension(path.extension().unwrap());
        std::fs::rename(&path, &renamed).unwrap();
        assert!(FolderIndex::read(folder.path()).unwrap().holds(&identity).is_some());
        let rated = Command::new("exiftool")
            .args(["-q", "-overwrite_original", "-XMP-xmp:Rating=5"])
            .arg(&renamed)
            .status()
            .unwrap();
        assert!(rated.success());
        let held = FolderIndex::read(folder.path()).unwrap().holds(&identity);
        assert!(held.is_some(), "{format:?}");
    }
}

#[test]
fn a_medium_size_is_told_from_the_original_and_the_original_is_worth_more() {
    let dir = tempfile::tempdir().unwrap();
    let reduced = Stamp { reduced: true, ..words("2026-07-14") };
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let folder = tempfile::tempdir_in(&dir).unwrap();
        let held = || FolderIndex::read(folder.path()).unwrap().holds(&reduced.identity);
        let path = save(folder.path(), &picture(format), &reduced);
        assert_eq!(held(), Some(Held::Medium), "{format:?}");
        let note = exiftool(&path)["XMP-exif:UserComment-nl"].to_string();
        assert!(note.contains("Alleen de middelgrote versie was nog beschikbaar."), "{note}");
        save(folder.path(), &picture(format), &words("2026-07-14"));
        assert_eq!(held(), Some(Held::Original), "{format:?}");
    }
}

#[test]
fn a_broken_original_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let whole = picture(ImageFormat::Jpeg);
    for broken in [&b""[..], b"<html>", &whole[..200], b"\xFF\xD8\xFF\xD9"] {
        let mut place = Place::new(dir.path()).unwrap();
        place.file().write_all(broken).unwrap();
        let failed = stamp(place.file(), &words("2026-07-14"));
        assert!(matches!(failed, Err(StampError::Broken)), "{failed:?}");
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}
