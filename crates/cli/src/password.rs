//! The password: asked for, or read from standard input. Never an argument, which others can see.

use crate::output::Output;
use schriftje_app::api::{AppError, ErrorCode};
use secrecy::SecretString;

/// Reads the password.
pub fn read(stdin: bool, output: &Output) -> Result<SecretString, AppError> {
    let password = if stdin {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map(|_| line)
    } else {
        rpassword::prompt_password(output.words.password)
    };
    let password = password.map_err(|_| {
        AppError::new(
            ErrorCode::SignInIncomplete,
            "no password could be read; use --password-stdin",
        )
    })?;
    Ok(SecretString::from(password.trim_end_matches(['\r', '\n']).to_owned()))
}
