//! Writes the interface's spot illustrations to `assets/ui`: `spots FOLDER`.

use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("use: spots FOLDER")?;
    for (name, svg) in schriftje_demo_pictures::spots() {
        fs::write(format!("{folder}/{name}.svg"), svg + "\n")?;
    }
    Ok(())
}
