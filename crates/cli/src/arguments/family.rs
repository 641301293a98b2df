//! What can be typed about the family.

use clap::{Args, Subcommand, ValueEnum};
use schriftje_model::ConsentAnswer;

/// What to do with the children.
#[derive(Debug, Args)]
pub struct Children {
    /// What else to show
    #[command(subcommand)]
    pub command: Option<ChildrenDo>,
}

/// What else to show of the children.
#[derive(Debug, Subcommand)]
pub enum ChildrenDo {
    /// Show group, mentor, placements, allergies and notes, from what is here
    Show {
        /// Only this child, by first name or id; can be given more than once
        #[arg(long, value_name = "NAME")]
        child: Vec<String>,
    },
}

/// What to do with one's own details.
#[derive(Debug, Subcommand)]
pub enum Account {
    /// Show them, from what is here
    Show,
}

/// What to do with consents and declarations.
#[derive(Debug, Subcommand)]
pub enum Consents {
    /// Show them with what was answered last, from what is here
    List {
        /// Only of this child, by first name or id; can be given more than once
        #[arg(long, value_name = "NAME")]
        child: Vec<String>,
    },
    /// Answer one at the portal, after asking whether it is meant
    Answer(AnswerConsent),
}

/// An answer.
#[derive(Debug, Args)]
pub struct AnswerConsent {
    /// About this child, by first name or id
    #[arg(long, value_name = "NAME")]
    pub child: String,
    /// Which, by its title or as `list` names it
    #[arg(long, value_name = "NAME")]
    pub consent: String,
    /// What to answer
    #[arg(long)]
    pub answer: Answer,
    /// What is to be filled in, where something is
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
    /// Send it without asking
    #[arg(long)]
    pub yes: bool,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Answer {
    /// It is allowed, or it is so
    Yes,
    /// It is not
    No,
}

impl From<Answer> for ConsentAnswer {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Yes => Self::Given,
            Answer::No => Self::Refused,
        }
    }
}

/// What to do with observations.
#[derive(Debug, Subcommand)]
pub enum Observations {
    /// Show them, the newest first, from what is here
    List {
        /// Only of this child, by first name or id; can be given more than once
        #[arg(long, value_name = "NAME")]
        child: Vec<String>,
    },
    /// Show one with its questions and answers, from what is here
    Show {
        /// Which, as `list` names it
        id: String,
    },
}

/// What to do with what the organisation tells of.
#[derive(Debug, Subcommand)]
pub enum Notices {
    /// Show what it can tell of, and in which way it does
    List,
}
