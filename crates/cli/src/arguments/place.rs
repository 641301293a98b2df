//! What can be typed about the place.

use clap::Subcommand;

/// What to do with news or newsletters.
#[derive(Debug, Subcommand)]
pub enum Bulletins {
    /// Show them, the newest first, from what is here
    List {
        /// How many at most
        #[arg(long, value_name = "COUNT", default_value_t = 20)]
        limit: u32,
    },
    /// Show one, read anew where the portal can be reached; that marks it read
    Show {
        /// Which, as `list` names it
        id: String,
    },
}

/// What to do with pages of information.
#[derive(Debug, Subcommand)]
pub enum Pages {
    /// Show their titles, from what is here
    List,
    /// Show one, from what is here
    Show {
        /// Which, as `list` names it
        id: String,
    },
}
