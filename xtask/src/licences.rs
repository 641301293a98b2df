//! The licence texts of what the app is made of, as they stand in its sources: each text once, with
//! the parts it is for.

use crate::parts::Source;
use anyhow::{Context, Result};
use serde::Serialize;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How the names of files with a licence begin, and of those with what must be told beside it.
const FILES: [&str; 5] = ["licen", "copying", "notice", "unlicense", "copyright"];
/// How files end that only bear such a name.
const CODE: [&str; 9] = [".rs", ".c", ".h", ".py", ".go", ".js", ".ts", ".html", ".toml"];
/// What is shorter only names a licence, and does not spell it out.
const SHORTEST: usize = 400;
/// What is shorter says nothing beside that.
const A_NAME: usize = 100;
/// How deep inside a part code of others may lie.
const DEEP: u32 = 4;

/// Licences whose text names nobody: where a part has none of its own, another's is its own.
const SAME_FOR_ALL: [(&str, &str); 3] = [
    ("BSL-1.0", "boost software license version 1 0"),
    ("Apache-2.0", "apache license version 2 0 january 2004"),
    ("MPL-2.0", "mozilla public license version 2 0"),
];
/// And those whose text begins with whose it is.
const NAMING: [(&str, &str); 4] = [
    ("MIT", include_str!("../licences/MIT.txt")),
    ("Zlib", include_str!("../licences/Zlib.txt")),
    ("BSD-2-Clause", include_str!("../licences/BSD-2-Clause.txt")),
    ("BSD-3-Clause", include_str!("../licences/BSD-3-Clause.txt")),
];

/// A text, and what it is for.
#[derive(Serialize)]
struct Told {
    parts: Vec<String>,
    text: String,
}

/// All of it, as the interface reads it.
#[derive(Serialize)]
pub struct Licences {
    own: String,
    texts: Vec<Told>,
}

/// The texts so far.
#[derive(Default)]
pub struct Texts {
    all: Vec<Told>,
    /// Where a text stands, by its words alone: spaces and signs make no other licence.
    places: HashMap<String, usize>,
    without: Vec<(String, String, String)>,
}

impl Texts {
    /// Takes in the texts of a part.
    pub fn take(&mut self, part: &str, licence: &str, source: &Source) -> Result<()> {
        let files = files(&source.folder, if source.links { DEEP } else { 0 })?;
        let mut whole = false;
        for file in files {
            let text = read(&file)?;
            whole |= text.len() >= SHORTEST;
            if text.len() >= A_NAME {
                self.add(part, text);
            }
        }
        if !whole {
            self.without.push((part.to_owned(), licence.to_owned(), source.holders.clone()));
        }
        Ok(())
    }

    fn add(&mut self, part: &str, text: String) {
        let place = *self.places.entry(words(&text)).or_insert_with(|| {
            self.all.push(Told { parts: Vec::new(), text });
            self.all.len() - 1
        });
        let parts = &mut self.all[place].parts;
        if parts.last().is_none_or(|last| last != part) {
            parts.push(part.to_owned());
        }
    }

    /// The texts, also of parts that brought none.
    pub fn told(mut self, own: String) -> Licences {
        for (part, licence, holders) in std::mem::take(&mut self.without) {
            let text = self.standard(&licence, &holders).unwrap_or_else(|| {
                format!("{part} names its licence and brings no text of it: {licence}\n")
            });
            self.add(&part, text);
        }
        Licences { own, texts: self.all }
    }

    /// The text of a licence by its name; of several, the first that is known.
    fn standard(&self, licence: &str, holders: &str) -> Option<String> {
        let names: Vec<&str> = licence.split(" OR ").flat_map(|one| one.split('/')).collect();
        let naming = NAMING.iter().find(|(name, _)| names.contains(name));
        if let Some((_, text)) = naming {
            return Some(text.replace("{holders}", holders));
        }
        let (_, begins) = SAME_FOR_ALL.iter().find(|(name, _)| names.contains(name))?;
        let whole = self.all.iter().find(|told| words(&told.text).starts_with(begins));
        whole.map(|told| told.text.clone())
    }
}

/// Files of a licence in a folder, in order of their names. Below it only licences count: code of
/// others that lies there may be there for building alone.
fn files(folder: &Path, deep: u32) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    look(folder, &FILES, &mut found)?;
    let mut folders = vec![folder.to_owned()];
    for _ in 0..deep {
        let mut below = Vec::new();
        for folder in &folders {
            below.extend(folders_in(folder)?);
        }
        for folder in &below {
            look(folder, &FILES[..1], &mut found)?;
        }
        folders = below;
    }
    Ok(found)
}

fn look(folder: &Path, begins: &[&str], found: &mut Vec<PathBuf>) -> Result<()> {
    let mut here: Vec<PathBuf> =
        entries(folder)?.into_iter().filter(|path| path.is_file()).collect();
    here.retain(|path| {
        let name = name_of(path);
        let is_text = !CODE.iter().any(|end| name.ends_with(end));
        is_text && begins.iter().any(|begin| name.starts_with(begin))
    });
    found.append(&mut here);
    Ok(())
}

/// What is not built in is left out.
fn folders_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut below = entries(folder)?;
    below.retain(|path| path.is_dir() && !["vendor", "target"].contains(&name_of(path).as_str()));
    Ok(below)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let shown = || format!("{} cannot be read", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(shown)? {
        paths.push(entry?.path());
    }
    // In an order that is the same on every system.
    paths.sort_by_key(|path| path.file_name().map(ToOwned::to_owned));
    Ok(paths)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// A text as it is shown: with the same ends of lines everywhere.
pub fn read(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    Ok(lines.join("\n").trim_matches('\n').to_owned() + "\n")
}

fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn source(folder: &Path) -> Source {
        Source {
            folder: folder.to_owned(),
            holders: "Noor <noor@example.org>".into(),
            links: false,
        }
    }

    #[test]
    fn a_text_stands_there_once_for_all_its_parts_and_a_part_without_one_gets_the_standard() {
        let dir = std::env::temp_dir().join(format!("schriftje-licences-{}", std::process::id()));
        let folder = |name: &str, files: &[(&str, &str)]| {
            let folder = dir.join(name);
            fs::create_dir_all(&folder).unwrap();
            for (file, text) in files {
                fs::write(folder.join(file), text).unwrap();
            }
            folder
        };
        let terms = "terms and conditions ".repeat(20).trim().to_owned();
        let apache = format!("Apache License\nVersion 2.0, January 2004\n{terms}\n");
        let spaced = format!("  Apache License,\r\n version 2.0 January 2004 {terms}\r\n");
        let one = folder(
            "one",
            &[
                ("LICENSE", "Apache-2.0"),
                ("LICENSE-APACHE", &apache),
                ("license.rs", "fn main() {}"),
            ],
        );
        let two = folder("two", &[("LICENSE", &spaced)]);
        let mit = folder("three", &[("LICENSE", "MIT OR Apache-2.0")]);
        let mut texts = Texts::default();
        texts.take("one 1", "Apache-2.0", &source(&one)).unwrap();
        texts.take("two 2", "Apache-2.0", &source(&two)).unwrap();
        texts.take("three 3", "Apache-2.0 OR MIT", &source(&mit)).unwrap();
        texts.take("four 4", "Apache-2.0", &source(&mit)).unwrap();
        let told = texts.told("own".into());
        fs::remove_dir_all(&dir).unwrap();
        let for_parts: Vec<_> = told.texts.iter().map(|told| told.parts.join(", ")).collect();
        assert_eq!(for_parts, ["one 1, two 2, four 4", "three 3"]);
        assert_eq!(told.texts[0].text, apache);
        assert!(told.texts[1].text.contains("Copyright (c) Noor <noor@example.org>"));
        assert!(told.texts[1].text.contains("WITHOUT WARRANTY OF ANY KIND"));
    }

    #[test]
    fn every_part_that_is_named_has_a_text() {
        let read = |file: &str| -> serde_json::Value {
            let folder = crate::shell::root().join("ui/src/lib/overig/over");
            serde_json::from_str(&fs::read_to_string(folder.join(file)).unwrap()).unwrap()
        };
        let (parts, licences) = (read("parts.json"), read("licences.json"));
        assert!(licences["own"].as_str().unwrap().contains("EUROPEAN UNION PUBLIC LICENCE"));
        let mut covered = BTreeSet::new();
        for told in licences["texts"].as_array().unwrap() {
            let text = told["text"].as_str().unwrap();
            assert!(text.len() >= A_NAME, "{text}");
            covered.extend(
                told["parts"].as_array().unwrap().iter().map(|part| part.as_str().unwrap()),
            );
        }
        for part in parts.as_array().unwrap() {
            let (name, version) = (part["name"].as_str(), part["version"].as_str());
            let name = format!("{} {}", name.unwrap(), version.unwrap());
            assert!(covered.contains(name.as_str()), "{name}");
        }
    }
}
