//! "Wachtwoord vergeten?": an e-mail with a link that is good for one new password.

use crate::bearer::next_number;
use crate::pages::page;
use crate::portal::{Portal, Shared};
use crate::store::StoreError;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use chrono::TimeDelta;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;

/// Where one asks for a link.
pub const ASK: &str = "/auth/wachtwoord-vergeten";
/// Where the link leads.
const SET: &str = "/auth/nieuw-wachtwoord";
/// How long a link is good for.
const LIVES_MINUTES: i64 = 60;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route(ASK, get(async || asking()).post(ask))
        .route(SET, get(async |Query(link): Query<Link>| setting(&link.key, &[])).post(set))
}

#[derive(Deserialize)]
struct Link {
    #[serde(default)]
    key: String,
}

fn asking() -> Html<String> {
    page(
        "Wachtwoord vergeten?",
        "<p>Vul je gebruikersnaam of e-mailadres in. Dan sturen we je een e-mail, waarmee je een \
         nieuw wachtwoord instelt.</p><form method=\"post\"><label>Gebruikersnaam of e-mailadres \
         <input name=\"who\" autocomplete=\"username\" required></label> \
         <button>Versturen</button></form>",
    )
}

/// Says the same whether or not anybody is called that.
async fn ask(State(portal): State<Shared>, body: String) -> Result<Html<String>, NotNow> {
    let who = field(&body, "who").trim().to_lowercase();
    let here = portal.clone();
    portal.store.run(move |db| send_links(db, &here, &who)).await?;
    Ok(page(
        "Kijk in je e-mail",
        "<p>Als we je kennen, krijg je binnen enkele minuten een e-mail. De link daarin werkt een \
         uur en één keer. Niets gekregen? Neem contact op met je kinderopvangorganisatie.</p>",
    ))
}

/// An older link of the same parent is good for nothing from then on.
fn send_links(db: &mut Connection, portal: &Portal, who: &str) -> rusqlite::Result<()> {
    let tx = db.transaction()?;
    let known: Vec<(String, String)> = tx
        .prepare(
            "SELECT username, email FROM account
             WHERE (username = ?1 OR lower(email) = ?1) AND state <> 'ended' ORDER BY number",
        )?
        .query_map([who], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let now = portal.clock.now();
    let expires = (now + TimeDelta::minutes(LIVES_MINUTES)).timestamp_millis();
    for (username, address) in known {
        let number = next_number(&tx)?.to_string();
        let key = hex::encode(portal.secret.bytes(&["new password", &username, &number]));
        tx.execute(
            "INSERT OR REPLACE INTO new_password (username, key, expires) VALUES (?1, ?2, ?3)",
            params![username, key, expires],
        )?;
        let link = portal.here.join(&format!("{SET}?key={key}"));
        tx.execute(
            "INSERT INTO email (account, address, item, subject, link, at)
             VALUES (?1, ?2, 'password', 'Stel een nieuw wachtwoord in', ?3, ?4)",
            params![username, address, link.map(String::from).ok(), now.timestamp_millis()],
        )?;
    }
    tx.commit()
}

/// The form of a link, with what the password that was sent lacked.
fn setting(key: &str, unmet: &[String]) -> Response {
    // What is written into the page is a key of ours, and no words of somebody else.
    if key.is_empty() || !key.bytes().all(|b| b.is_ascii_hexdigit()) {
        return used_up();
    }
    let unmet = unmet.join("</li><li>");
    let unmet =
        if unmet.is_empty() { unmet } else { format!("<ul role=\"alert\"><li>{unmet}</li></ul>") };
    let form = format!(
        "{unmet}<form method=\"post\" action=\"{SET}\">\
         <input type=\"hidden\" name=\"key\" value=\"{key}\">\
         <label>Nieuw wachtwoord <input name=\"new\" type=\"password\" \
         autocomplete=\"new-password\" required></label> \
         <label>Nog een keer <input name=\"again\" type=\"password\" \
         autocomplete=\"new-password\" required></label> <button>Opslaan</button></form>"
    );
    page("Nieuw wachtwoord", &form).into_response()
}

fn used_up() -> Response {
    let told = format!(
        "<p>Een link werkt een uur en één keer. <a href=\"{ASK}\">Vraag een nieuwe aan</a>.</p>"
    );
    (StatusCode::GONE, page("Deze link werkt niet meer", &told)).into_response()
}

enum Outcome {
    Set,
    Unmet(Vec<String>),
    UsedUp,
}

async fn set(State(portal): State<Shared>, body: String) -> Result<Response, NotNow> {
    let [key, new, again] = ["key", "new", "again"].map(|name| field(&body, name));
    if new != again {
        let unmet = ["Twee keer hetzelfde wachtwoord.".to_owned()];
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, setting(&key, &unmet)).into_response());
    }
    let here = portal.clone();
    let outcome = portal.store.run({
        let key = key.clone();
        move |db| set_once(db, &here, &key, &new)
    });
    Ok(match outcome.await? {
        Outcome::Set => page(
            "Je nieuwe wachtwoord is ingesteld",
            "<p>Log ermee in, hier of in de app.</p><p><a href=\"/auth/login\">Inloggen</a></p>",
        )
        .into_response(),
        Outcome::Unmet(unmet) => {
            (StatusCode::UNPROCESSABLE_ENTITY, setting(&key, &unmet)).into_response()
        }
        Outcome::UsedUp => used_up(),
    })
}

/// Sets the password by the rules for changing it, and uses up the link. Whoever knew only the old
/// one is signed out.
fn set_once(
    db: &mut Connection,
    portal: &Portal,
    key: &str,
    new: &str,
) -> rusqlite::Result<Outcome> {
    let tx = db.transaction()?;
    let known: Option<(String, String)> = tx
        .query_row(
            "SELECT username, password FROM new_password JOIN account USING (username)
             WHERE key = ?1 AND expires > ?2 AND state <> 'ended'",
            params![key, portal.clock.now().timestamp_millis()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((username, current)) = known else { return Ok(Outcome::UsedUp) };
    let unmet = portal.options.organisation.rules.password.unmet(&username, &current, new);
    if !unmet.is_empty() {
        return Ok(Outcome::Unmet(unmet));
    }
    tx.execute(
        "UPDATE account SET password = ?2,
                state = CASE state WHEN 'must_reset' THEN 'open' ELSE state END
         WHERE username = ?1",
        [&username, new],
    )?;
    tx.execute("DELETE FROM new_password WHERE username = ?1", [&username])?;
    tx.execute("DELETE FROM session WHERE username = ?1", [&username])?;
    tx.commit()?;
    Ok(Outcome::Set)
}

/// A field of a form that was sent.
fn field(body: &str, name: &str) -> String {
    let mut fields = url::form_urlencoded::parse(body.as_bytes());
    fields.find(|(known, _)| known == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// The portal's own memory fails.
struct NotNow;

impl From<StoreError> for NotNow {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "no new password");
        Self
    }
}

impl IntoResponse for NotNow {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, page("Dat lukt nu niet", "<p>Probeer het straks.</p>"))
            .into_response()
    }
}
