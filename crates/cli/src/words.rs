//! What is said, in Dutch and English.

use chrono::Local;
use schriftje_app::api::{AppError, ErrorCode};

/// Texts of one language.
pub struct Words {
    pub password: &'static str,
    pub pin: &'static str,
    pub signed_in: &'static str,
    pub signed_out: &'static str,
    pub nobody: &'static str,
    pub stopping: &'static str,
    pub stopped: &'static str,
    pub never: &'static str,
    pub cards: &'static str,
    pub photos: &'static str,
    pub pictures: &'static str,
    pub fresh: &'static str,
    pub complete: &'static str,
    pub not_complete: &'static str,
    pub no_longer_here: &'static str,
    pub saved: &'static str,
    pub reduced: &'static str,
    pub already: &'static str,
    pub refused: &'static str,
    pub failed: &'static str,
    pub expired: &'static str,
    pub ended: &'static str,
    pub unsupported: &'static str,
    pub until: &'static str,
    pub queued: &'static str,
    pub sending: &'static str,
    pub sent: &'static str,
    pub write_refused: &'static str,
    pub no_reason: &'static str,
    pub file_not_taken: &'static str,
    pub unconfirmed: &'static str,
    pub waits: &'static str,
    pub diary: &'static str,
    pub message: &'static str,
    pub caption: &'static str,
    pub news: &'static str,
    pub newsletter: &'static str,
    pub absence: &'static str,
    pub extra: &'static str,
    pub swap: &'static str,
    pub asked: &'static str,
    pub approved: &'static str,
    pub rejected: &'static str,
    pub cancelled: &'static str,
    pub lapsed: &'static str,
    pub registered: &'static str,
    pub not_known_status: &'static str,
    pub expected: &'static str,
    pub absent: &'static str,
    pub tentative: &'static str,
    pub to_confirm: &'static str,
    pub closed: &'static str,
    pub nothing_planned: &'static str,
    pub days_unknown: &'static str,
    pub slots: &'static str,
    pub no_documents: &'static str,
    pub invoice: &'static str,
    pub annual_statement: &'static str,
    pub document: &'static str,
    pub no_file: &'static str,
    pub kept_as_wish: &'static str,
    pub by_invoice: &'static str,
    pub by_credit: &'static str,
    english: bool,
}

const DUTCH: Words = Words {
    password: "Wachtwoord: ",
    pin: "Pincode van Schriftje: ",
    signed_in: "Aangemeld.",
    signed_out: "Uitgelogd. Bewaarde foto's blijven staan.",
    nobody: "Niemand is aangemeld.",
    stopping: "Stoppen… (nog eens Ctrl-C: meteen)",
    stopped: "Gestopt. De volgende keer gaat het verder waar het was.",
    never: "nooit",
    cards: "kaarten",
    photos: "foto's en video's",
    pictures: "voorbeelden",
    fresh: "bijgewerkt",
    complete: "alles is er",
    not_complete: "nog niet alles is er",
    no_longer_here: "komt niet meer",
    saved: "bewaard",
    reduced: "alleen nog middelgroot",
    already: "stonden er al",
    refused: "mogen niet bewaard worden",
    failed: "niet gelukt",
    expired: "meld opnieuw aan",
    ended: "account beëindigd",
    unsupported: "niet ondersteund",
    until: "tot",
    queued: "wacht",
    sending: "wordt verstuurd",
    sent: "verstuurd",
    write_refused: "geweigerd",
    no_reason: "telkens, zonder uitleg",
    file_not_taken: "een foto of video telkens, zonder uitleg",
    unconfirmed: "onzeker of het is aangekomen",
    waits: "Het wacht op verbinding; sync verstuurt het.",
    diary: "dagboek",
    message: "bericht",
    caption: "bijschrift",
    news: "nieuws",
    newsletter: "nieuwsbrief",
    absence: "afwezig",
    extra: "extra dag",
    swap: "ruildag",
    asked: "in aanvraag",
    approved: "goedgekeurd",
    rejected: "afgekeurd",
    cancelled: "geannuleerd",
    lapsed: "vervallen",
    registered: "geregistreerd",
    not_known_status: "onbekend",
    expected: "verwacht",
    absent: "afwezig",
    tentative: "optie extra",
    to_confirm: "nog te bevestigen",
    closed: "gesloten",
    nothing_planned: "Er is niets gepland.",
    days_unknown: "Van deze dagen is nog niet alles gelezen; sync haalt de planning op.",
    slots: "opvangmomenten",
    no_documents: "Hier zijn geen documenten",
    invoice: "factuur",
    annual_statement: "jaaropgave",
    document: "document",
    no_file: "zonder bestand",
    kept_as_wish: "Geen verbinding: het is bewaard als wens, en wordt niet vanzelf verstuurd.",
    by_invoice: "op de factuur",
    by_credit: "met tegoed",
    english: false,
};

const ENGLISH: Words = Words {
    password: "Password: ",
    pin: "PIN of Schriftje: ",
    signed_in: "Signed in.",
    signed_out: "Signed out. Saved photos stay.",
    nobody: "Nobody is signed in.",
    stopping: "Stopping… (Ctrl-C again: at once)",
    stopped: "Stopped. Next time it goes on where it was.",
    never: "never",
    cards: "cards",
    photos: "photos and videos",
    pictures: "thumbnails",
    fresh: "updated",
    complete: "everything is here",
    not_complete: "not everything is here yet",
    no_longer_here: "no longer attends",
    saved: "saved",
    reduced: "in medium size only",
    already: "already there",
    refused: "may not be saved",
    failed: "failed",
    expired: "sign in again",
    ended: "account ended",
    unsupported: "not supported",
    until: "until",
    queued: "waiting",
    sending: "being sent",
    sent: "sent",
    write_refused: "refused",
    no_reason: "each time, without a reason",
    file_not_taken: "a photo or video each time, without a reason",
    unconfirmed: "it cannot be told whether it arrived",
    waits: "It waits for a connection; sync sends it.",
    diary: "diary",
    message: "message",
    caption: "caption",
    news: "news",
    newsletter: "newsletter",
    absence: "absence",
    extra: "extra day",
    swap: "swap",
    asked: "asked",
    approved: "approved",
    rejected: "refused",
    cancelled: "cancelled",
    lapsed: "expired",
    registered: "registered",
    not_known_status: "unknown",
    expected: "expected",
    absent: "absent",
    tentative: "not decided yet",
    to_confirm: "to be confirmed",
    closed: "closed",
    nothing_planned: "Nothing is planned.",
    days_unknown: "Not all of these days were read yet; sync reads the planning.",
    slots: "care slots",
    no_documents: "There are no documents here",
    invoice: "invoice",
    annual_statement: "annual statement",
    document: "document",
    no_file: "without a file",
    kept_as_wish: "No connection: it is kept as a wish, and does not go out by itself.",
    by_invoice: "on the invoice",
    by_credit: "with credit",
    english: true,
};

impl Words {
    /// English where the environment says so, else Dutch.
    pub fn of_environment() -> &'static Self {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let language = names
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|language| !language.is_empty())
            .unwrap_or_default();
        if language.to_lowercase().starts_with("en") { &ENGLISH } else { &DUTCH }
    }
}

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
            "Er is geen sleutelbos; gebruik --key-file",
            "There is no credential store; use --key-file",
        ),
        ErrorCode::KeyMissing => ("De sleutel is weg: meld opnieuw aan", "The key is gone"),
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
            "Bij dit portaal kan dat alleen in het webportaal",
            "At this portal that can be done in the web portal only",
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
