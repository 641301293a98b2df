//! Draws the demo's short films and encodes them with `ffmpeg`: `films FOLDER [NUMBER WIDTH HEIGHT]`.
//!
//! With a number, only one frame of that picture is written, to choose from.

use std::{
    env,
    error::Error,
    io::Write,
    process::{Command, Stdio},
};

use schriftje_demo_pictures::{describe, frame};

struct Film {
    name: &'static str,
    picture: u64,
    size: (u32, u32),
    seconds: u32,
    turns: f32,
}

const FILMS: [Film; 3] = [
    Film { name: "swing", picture: 65, size: (640, 360), seconds: 5, turns: 2.0 },
    Film { name: "puddles", picture: 120, size: (640, 360), seconds: 4, turns: 4.0 },
    Film { name: "leaves", picture: 10, size: (360, 640), seconds: 4, turns: 2.0 },
];

const FRAMES_A_SECOND: u32 = 24;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.as_slice() {
        [folder] => FILMS.iter().try_for_each(|film| shoot(film, folder)),
        [folder, number, width, height] => {
            let (number, width, height) = (number.parse()?, width.parse()?, height.parse()?);
            let rgb = frame(number, 0.2, width, height)?;
            let head = format!("P6 {width} {height} 255\n");
            std::fs::write(format!("{folder}/{number:05}.ppm"), [head.into_bytes(), rgb].concat())?;
            eprintln!("{number}: {}", describe(number));
            Ok(())
        }
        _ => Err("use: films FOLDER [NUMBER WIDTH HEIGHT]".into()),
    }
}

fn shoot(film: &Film, folder: &str) -> Result<(), Box<dyn Error>> {
    let (width, height) = film.size;
    let path = format!("{folder}/{}.mp4", film.name);
    let mut encoder = Command::new("ffmpeg")
        .args(["-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"])
        .args(["-s", &format!("{width}x{height}"), "-r", &FRAMES_A_SECOND.to_string(), "-i", "-"])
        .args(["-c:v", "libx264", "-profile:v", "baseline", "-level", "3.1"])
        .args(["-pix_fmt", "yuv420p", "-crf", "25", "-preset", "slow", "-an"])
        .args(["-map_metadata", "-1", "-movflags", "+faststart", &path])
        .stdin(Stdio::piped())
        .spawn()?;
    let mut frames = encoder.stdin.take().ok_or("ffmpeg takes no frames")?;
    let count = film.seconds * FRAMES_A_SECOND;
    for i in 0..count {
        let phase = i as f32 / count as f32 * film.turns;
        frames.write_all(&frame(film.picture, phase, width, height)?)?;
    }
    drop(frames);
    if !encoder.wait()?.success() {
        return Err("ffmpeg failed".into());
    }
    eprintln!("{path}: {} bytes", std::fs::metadata(&path)?.len());
    Ok(())
}
