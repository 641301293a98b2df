//! Passwords and PINs: asked for, or read from standard input. Never an argument, which others can
//! see.

use crate::output::Output;
use schriftje_app::api::{AppError, ErrorCode};
use secrecy::SecretString;

/// Reads the password.
pub fn read(stdin: bool, output: &Output) -> Result<SecretString, AppError> {
    secret(stdin, output.words.password).map_err(|_| {
        AppError::new(
            ErrorCode::SignInIncomplete,
            "no password could be read; use --password-stdin",
        )
    })
}

/// Reads the PIN of an app that is locked.
pub fn read_pin(stdin: bool, output: &Output) -> Result<SecretString, AppError> {
    secret(stdin, output.words.pin)
        .map_err(|_| AppError::new(ErrorCode::Locked, "no PIN could be read; use --pin-stdin"))
}

fn secret(stdin: bool, prompt: &str) -> std::io::Result<SecretString> {
    let line = if stdin {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map(|_| line)?
    } else {
        rpassword::prompt_password(prompt)?
    };
    Ok(SecretString::from(line.trim_end_matches(['\r', '\n']).to_owned()))
}
