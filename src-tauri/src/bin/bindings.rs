//! Writes the TypeScript description of the commands to `ui/src/lib/bindings.ts`.

use schriftje_shell::bindings;
use std::process::ExitCode;

fn main() -> ExitCode {
    match bindings::write(&bindings::path()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
