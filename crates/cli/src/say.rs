//! Errors in words.

use crate::words::Words;
use chrono::Local;
use schriftje_app::api::{AppError, ErrorCode};

/// An error in words.
pub fn say(words: &Words, error: &AppError) -> String {
    let (dutch, english) = texts(error.code);
    let mut text = if words.english { english } else { dutch }.to_owned();
    if let Some(until) = error.blocked_until {
        let until = until.with_timezone(&Local).format("%Y-%m-%d %H:%M");
        text = format!("{text} ({} {until})", words.until);
    }
    if let Some(says) = error.portal_says.as_deref().filter(|says| !says.is_empty()) {
        // The portal's own words may hold anything, also what would steer a terminal.
        let says: String = says.chars().filter(|c| !c.is_control()).take(200).collect();
        text = format!("{text}: {says}");
    }
    if error.code == ErrorCode::Internal {
        text = format!("{text}: {}", error.message);
    }
    text
}

fn texts(code: ErrorCode) -> (&'static str, &'static str) {
    match code {
        ErrorCode::AddressInvalid => ("Dit is geen portaaladres", "That is no portal address"),
        ErrorCode::AddressUnknown => ("Dit adres bestaat niet", "No such address exists"),
        ErrorCode::NotAPortal => {
            ("Hier antwoordt geen ouderportaal", "What answers there is no parent portal")
        }
        ErrorCode::CertificateBad => {
            ("Het certificaat is niet te vertrouwen", "The certificate cannot be trusted")
        }
        ErrorCode::Offline => ("Geen verbinding met het portaal", "The portal cannot be reached"),
        ErrorCode::TimedOut => ("Het portaal antwoordt niet op tijd", "The portal took too long"),
        ErrorCode::PortalDown => ("Het portaal heeft een storing", "The portal is out of order"),
        ErrorCode::TooManyRequests => {
            ("Het portaal vraagt om rustiger aan te doen", "The portal asks to slow down")
        }
        ErrorCode::SignInIncomplete => {
            ("Vul een gebruikersnaam en een wachtwoord in", "Give a user name and a password")
        }
        ErrorCode::WrongPassword => {
            ("Gebruikersnaam of wachtwoord klopt niet", "Wrong user name or password")
        }
        ErrorCode::LockedOut => {
            ("Te veel pogingen: het portaal weigert even", "Too many tries: refused for now")
        }
        ErrorCode::MustResetPassword => (
            "Kies eerst een nieuw wachtwoord in het portaal",
            "Choose a new password at the portal first",
        ),
        ErrorCode::Refused => ("Het portaal weigert", "The portal refuses"),
        ErrorCode::SessionExpired => ("Meld opnieuw aan", "Sign in again"),
        ErrorCode::AccountEnded => {
            ("Het portaal laat dit account niet meer toe", "The portal refuses this account")
        }
        ErrorCode::PortalChanged => ("Het portaal is veranderd", "The portal has changed"),
        ErrorCode::AnswerBroken => ("Het antwoord kwam niet heel aan", "The answer was cut off"),
        ErrorCode::PictureBroken => ("De foto is beschadigd", "The picture is broken"),
        ErrorCode::NotADocument => (
            "Dit bestand is geen document dat geopend mag worden",
            "The file is no document that may be opened",
        ),
        ErrorCode::NotSaveable => ("Deze foto mag niet bewaard worden", "It may not be saved"),
        ErrorCode::NoCredentialStore => (
            "De beveiligde opslag van je computer is er niet; gebruik --key-file",
            "There is no credential store; use --key-file",
        ),
        ErrorCode::KeyMissing => ("De sleutel is weg: meld opnieuw aan", "The key is gone"),
        ErrorCode::KeyLeft => (
            "Afgemeld; alleen de sleutel ging nog niet uit de sleutelbos, dat gebeurt later",
            "Signed out; only the key did not leave the credential store yet, it will later",
        ),
        ErrorCode::DiskFull => ("De schijf is vol", "The disk is full"),
        ErrorCode::DataFolderReadOnly => {
            ("De gegevensmap is niet te beschrijven", "The data folder cannot be written")
        }
        ErrorCode::FolderNotWritable => {
            ("De map is niet te beschrijven", "The folder cannot be written")
        }
        ErrorCode::DatabaseNewer => {
            ("De gegevens zijn van een nieuwere versie", "A newer version wrote the data")
        }
        ErrorCode::DatabaseDamaged => (
            "De gegevens waren beschadigd en worden opnieuw opgehaald",
            "The data was damaged and is fetched again",
        ),
        ErrorCode::Locked => (
            "Schriftje is vergrendeld; geef de pincode, of gebruik --pin-stdin",
            "Schriftje is locked; give the PIN, or use --pin-stdin",
        ),
        ErrorCode::WrongPin => ("Die pincode klopt niet", "That is not the PIN"),
        ErrorCode::PinBlocked => {
            ("Te vaak een verkeerde pincode: wacht even", "Too many wrong PINs: wait a moment")
        }
        ErrorCode::PinTooSimple => {
            ("Die pincode is te makkelijk te raden", "That PIN is too easy to guess")
        }
        ErrorCode::NotSignedIn => ("Niemand is aangemeld", "Nobody is signed in"),
        ErrorCode::NotFound => ("Niet gevonden", "Not found"),
        ErrorCode::AlreadySignedIn => ("Al aangemeld", "Already signed in"),
        ErrorCode::Cancelled => ("Gestopt", "Stopped"),
        ErrorCode::Busy => ("Een ander programma is bezig", "Another program is busy"),
        ErrorCode::Unsent => (
            "Er is nog iets niet verstuurd of half geschreven; --discard-unsent gooit het weg",
            "Something is not sent yet or half written; --discard-unsent throws it away",
        ),
        ErrorCode::TextEmpty => ("Er staat niets in", "Nothing was written"),
        ErrorCode::TextTooLong => ("De tekst is te lang", "The text is too long"),
        ErrorCode::SubjectEmpty => ("Geef een onderwerp", "Give a subject"),
        ErrorCode::SubjectTooLong => ("Het onderwerp is te lang", "The subject is too long"),
        ErrorCode::ChildMissing => {
            ("Kies een kind dat op de opvang zit", "Choose a child that attends")
        }
        ErrorCode::GroupMissing => (
            "Kies met --group een groep van het kind",
            "Choose one of the child's groups with --group",
        ),
        ErrorCode::DayNotAllowed => ("Voor die dag kan dat niet", "Not for that day"),
        ErrorCode::WritingNotOffered | ErrorCode::AgendaNotOffered => (
            "Bij dit portaal kan dat alleen in het ouderportaal zelf",
            "At this portal that can be done in the parent portal itself only",
        ),
        ErrorCode::TooLate => ("Het is al verstuurd", "It was sent already"),
        ErrorCode::FileNotTaken => ("Dat bestand kan niet mee", "That file cannot go along"),
        ErrorCode::TooManyFiles => {
            ("Zoveel bestanden tegelijk kan niet", "So many files at once cannot go along")
        }
        ErrorCode::PeriodNotAllowed => {
            ("Voor die dag of periode kan dat niet", "Not for that day or period")
        }
        ErrorCode::NothingChosen => ("Er is niets gekozen", "Nothing was chosen"),
        ErrorCode::DayBegun => (
            "De dag is al begonnen; het gaat alleen als je het nog eens zegt",
            "Its day has begun; it goes only when you say so once more",
        ),
        ErrorCode::ChangedMeanwhile => (
            "Iemand anders was je voor; er is niets veranderd",
            "Somebody else changed it first; nothing was changed",
        ),
        ErrorCode::ValueNotAllowed => {
            ("Dat neemt het portaal niet aan", "The portal does not take that")
        }
        ErrorCode::PasswordTooWeak => (
            "Het nieuwe wachtwoord voldoet niet aan de regels",
            "The new password does not meet the rules",
        ),
        ErrorCode::NotCancellable => ("Annuleren kan niet meer", "It can no longer be cancelled"),
        ErrorCode::Internal => ("Er ging iets mis", "Something went wrong"),
    }
}
