//! Where things are: the same places the window uses.

use crate::arguments::Arguments;
use directories::{BaseDirs, UserDirs};
use schriftje_app::api::AppError;
use std::path::{Path, PathBuf};

/// The name the window's data folder has.
const IDENTIFIER: &str = "nl.schriftje.app";

/// The data folder.
pub fn data_dir() -> Result<PathBuf, AppError> {
    let base = BaseDirs::new().ok_or_else(no_home)?;
    Ok(base.data_local_dir().join(IDENTIFIER))
}

/// The folder photos are saved to unless another is chosen.
pub fn picture_dir() -> Result<PathBuf, AppError> {
    let user = UserDirs::new().ok_or_else(no_home)?;
    let pictures = user.picture_dir().map(Path::to_owned);
    Ok(pictures.unwrap_or_else(|| user.home_dir().join("Pictures")).join("Schriftje"))
}

/// A path that holds wherever the app works.
pub fn absolute(path: &Path) -> Result<PathBuf, AppError> {
    std::path::absolute(path).map_err(|_| AppError::internal("there is no current folder"))
}

/// The certificate authority of `--ca-file`; a release trusts the system's alone.
#[cfg(debug_assertions)]
pub fn ca_pem(arguments: &Arguments) -> Result<Option<Vec<u8>>, AppError> {
    let read = arguments.ca_file.as_ref().map(std::fs::read).transpose();
    read.map_err(|_| AppError::internal("the certificate authority cannot be read"))
}

/// The certificate authority of `--ca-file`; a release trusts the system's alone.
#[cfg(not(debug_assertions))]
pub fn ca_pem(_: &Arguments) -> Result<Option<Vec<u8>>, AppError> {
    Ok(None)
}

fn no_home() -> AppError {
    AppError::internal("this user has no home folder")
}
