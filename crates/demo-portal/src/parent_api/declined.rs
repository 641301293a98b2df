//! Why something about the location, the family or its settings is refused.

use axum::http::StatusCode;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Why it is refused; as text, a sentence for the parent in Dutch.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Declined {
    #[error("De app zei niet waarop deze wijziging berust.")]
    IfMatchMissing,
    #[error("Dit is ondertussen al veranderd. Kijk even wat er nu staat.")]
    ChangedMeanwhile { current: Value, sent: Value },
    #[error("Deze pagina bestaat niet meer.")]
    PageUnknown,
    #[error("Dit nieuwsbericht bestaat niet meer.")]
    NewsUnknown,
    #[error("Dit gegeven kun je hier niet veranderen. Geef het door aan de organisatie.")]
    FieldNotChangeable(String),
    #[error("{1}")]
    ValueNotAllowed(String, &'static str),
    #[error("Je huidige wachtwoord klopt niet.")]
    PasswordWrong,
    #[error("Dit wachtwoord is niet sterk genoeg.")]
    PasswordTooWeak(Vec<String>),
    #[error("Er is te vaak een verkeerd wachtwoord gegeven. Probeer het later opnieuw.")]
    PasswordLocked {
        /// Seconds until it may be tried again.
        wait: i64,
    },
    #[error("Deze toestemming of verklaring bestaat niet meer.")]
    ConsentUnknown,
    #[error("{0}")]
    ConsentNotChangeable(String),
    #[error("Kies of je toestemming geeft of niet.")]
    AnswerNotAllowed,
    #[error("Vul in wat er gevraagd wordt, in hoogstens 500 tekens.")]
    WordsNotAllowed,
    #[error("Deze observatie bestaat niet meer.")]
    ObservationUnknown,
    #[error("Deze melding kennen wij niet.")]
    ItemUnknown(String),
    #[error("Op deze manier kun je deze melding niet krijgen.")]
    WayNotOffered(String),
}

/// What a problem tells besides.
#[derive(Default, Serialize, ToSchema)]
#[schema(as = ProblemDetails)]
pub struct More {
    /// What it is about, of several things that were sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// The rules a password does not meet.
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<Vec<String>>,
    /// The thing as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<Value>,
    /// The change that was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    sent: Option<Value>,
}

impl Declined {
    pub fn code(&self) -> &'static str {
        match self {
            Self::IfMatchMissing => "if-match-missing",
            Self::ChangedMeanwhile { .. } => "changed-meanwhile",
            Self::PageUnknown => "page-unknown",
            Self::NewsUnknown => "news-unknown",
            Self::FieldNotChangeable(_) => "field-not-changeable",
            Self::ValueNotAllowed(..) => "value-not-allowed",
            Self::PasswordWrong => "password-wrong",
            Self::PasswordTooWeak(_) => "password-too-weak",
            Self::PasswordLocked { .. } => "password-locked",
            Self::ConsentUnknown => "consent-unknown",
            Self::ConsentNotChangeable(_) => "consent-not-changeable",
            Self::AnswerNotAllowed => "answer-not-allowed",
            Self::WordsNotAllowed => "words-not-allowed",
            Self::ObservationUnknown => "observation-unknown",
            Self::ItemUnknown(_) => "item-unknown",
            Self::WayNotOffered(_) => "way-not-offered",
        }
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Self::IfMatchMissing => StatusCode::PRECONDITION_REQUIRED,
            Self::ChangedMeanwhile { .. } => StatusCode::PRECONDITION_FAILED,
            Self::PageUnknown
            | Self::NewsUnknown
            | Self::ConsentUnknown
            | Self::ObservationUnknown => StatusCode::NOT_FOUND,
            Self::ConsentNotChangeable(_) => StatusCode::CONFLICT,
            Self::PasswordLocked { .. } => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// Seconds after which it may be tried again.
    pub fn retry_after(&self) -> Option<i64> {
        if let Self::PasswordLocked { wait } = self { Some(*wait) } else { None }
    }

    pub fn more(&self) -> More {
        match self.clone() {
            Self::FieldNotChangeable(field)
            | Self::ValueNotAllowed(field, _)
            | Self::ItemUnknown(field)
            | Self::WayNotOffered(field) => More { field: Some(field), ..More::default() },
            Self::PasswordTooWeak(rules) => More { rules: Some(rules), ..More::default() },
            Self::ChangedMeanwhile { current, sent } => {
                More { current: Some(current), sent: Some(sent), ..More::default() }
            }
            _ => More::default(),
        }
    }
}
