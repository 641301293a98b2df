//! Answers on standard output, everything else on standard error.

use crate::say::say;
use crate::words::Words;
use indicatif::{ProgressBar, ProgressStyle};
use schriftje_app::api::AppError;
use serde::Serialize;
use std::io::{IsTerminal, Write};

/// Where answers, messages and progress go.
pub struct Output {
    json: bool,
    /// Messages and bars are for people; a script hears errors alone.
    chatty: bool,
    /// In the language of the terminal.
    pub words: &'static Words,
}

/// An error as a script reads it.
#[derive(Serialize)]
struct Failure<'a> {
    error: &'a AppError,
}

impl Output {
    /// For this terminal.
    pub fn new(json: bool) -> Self {
        Self { json, chatty: std::io::stderr().is_terminal(), words: Words::of_environment() }
    }

    /// An answer: as JSON, or as `text` for people.
    pub fn answer<T: Serialize>(&self, answer: &T, text: impl FnOnce(&T) -> String) {
        let text = if self.json {
            serde_json::to_string(answer).unwrap_or_else(|_| "null".to_owned())
        } else {
            text(answer)
        };
        if !text.is_empty() {
            // Nobody reads on, such as `head`: no reason to fail.
            let _ = writeln!(std::io::stdout(), "{}", text.trim_end());
        }
    }

    /// Something nice to know.
    pub fn message(&self, text: &str) {
        if self.chatty {
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }

    /// A question that is answered on standard input; asked also where nobody looks.
    pub fn ask(question: &str) {
        let _ = write!(std::io::stderr(), "{question} ");
    }

    /// What went wrong, in words.
    pub fn say(&self, error: &AppError) -> String {
        say(self.words, error)
    }

    /// What went wrong.
    pub fn error(&self, error: &AppError) {
        if self.json {
            let failure = serde_json::to_string(&Failure { error });
            let _ = writeln!(std::io::stderr(), "{}", failure.unwrap_or_default());
        } else {
            let _ = writeln!(std::io::stderr(), "{}", say(self.words, error));
        }
    }

    /// A progress bar, invisible where nobody looks.
    pub fn bar(&self) -> ProgressBar {
        if !self.chatty {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar
    }
}
