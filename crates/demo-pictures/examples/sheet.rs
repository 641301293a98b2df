//! Writes pictures to a folder to look at: `sheet FOLDER FIRST COUNT [thumb|medium|full|avatar|staff]`.

use std::{env, error::Error, fs, time::Instant};

use schriftje_demo_pictures::{PictureSize, avatar, render, staff_avatar};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, first, count, kind @ ..] = arguments.as_slice() else {
        return Err("use: sheet FOLDER FIRST COUNT [thumb|medium|full|avatar|staff]".into());
    };
    let (first, count): (u64, u64) = (first.parse()?, count.parse()?);
    fs::create_dir_all(folder)?;
    let started = Instant::now();
    for number in first..first + count {
        let bytes = match kind.first().map(String::as_str) {
            Some("medium") => render(number, PictureSize::Medium)?,
            Some("full") => render(number, PictureSize::Full)?,
            Some("avatar") => avatar(number, 256)?,
            Some("staff") => staff_avatar(number, 256)?,
            _ => render(number, PictureSize::Thumb)?,
        };
        fs::write(format!("{folder}/{number:05}.jpg"), bytes)?;
    }
    eprintln!("{count} pictures in {:?}", started.elapsed());
    Ok(())
}
