//! The few web pages a parent may be sent to.

use crate::forgotten::ASK;
use crate::portal::Shared;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/", get(async || axum::response::Redirect::to("/parent/")))
        .route("/auth/login", get(login))
        .route("/parent/", get(async || parent()))
        .route("/privacyverklaring", get(async || privacy()))
        .route("/responsible-disclosure", get(async || disclosure()))
}

/// A web page of the portal.
pub fn page(title: &str, body: &str) -> Html<String> {
    Html(format!(
        "<!doctype html>\n<html lang=\"nl\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\
         <body><h1>{title}</h1>{body}</body></html>\n"
    ))
}

async fn login(State(portal): State<Shared>) -> Html<String> {
    page(
        portal.options.organisation.name,
        &format!(
            "<form><label>Gebruikersnaam <input name=\"username\"></label> \
             <label>Wachtwoord <input name=\"password\" type=\"password\"></label> \
             <button>Inloggen</button></form><p><a href=\"{ASK}\">Wachtwoord vergeten?</a></p>\
             <footer><a href=\"/privacyverklaring\">Privacyverklaring</a> \
             <a href=\"/responsible-disclosure\">Responsible disclosure</a></footer>"
        ),
    )
}

fn parent() -> Html<String> {
    page("Ouderportaal", "<p>Hier staat bij een echte organisatie het ouderportaal.</p>")
}

fn privacy() -> Html<String> {
    page(
        "Privacyverklaring",
        "<p>Dit is een voorbeeldorganisatie. Er bestaan hier geen echte kinderen, ouders of \
         medewerkers, en alle foto's zijn getekend.</p>",
    )
}

fn disclosure() -> Html<String> {
    page(
        "Responsible disclosure",
        "<p>Een lek gevonden? Vertel het ons voordat je het aan anderen vertelt, dan lossen we \
         het samen op.</p>",
    )
}
