//! "Informatiepagina's", where the organisation has them.

use crate::attachment::{File, attach};
use crate::day::at_ms;
use crate::pdf::pdf;
use crate::portal::Secret;
use chrono::{Days, NaiveDate, NaiveTime};
use rusqlite::{Transaction, params};

struct Page {
    title: &'static str,
    summary: &'static str,
    html: &'static str,
    /// The name of a PDF with it, and the days since it was changed.
    attachment: Option<&'static str>,
    changed: u64,
}

const PAGES: &[Page] = &[
    Page {
        title: "Wennen op de groep",
        summary: "Hoe de eerste weken gaan, en wat je meeneemt.",
        html: "<p>Iedereen went op een eigen manier, ouders ook. We beginnen met een <strong>kort \
               bezoek samen</strong>, daarna blijft je kind een ochtend zonder jou.</p>\
               <h2>Wat neem je mee?</h2><ul><li>een knuffel of doekje dat naar thuis ruikt</li>\
               <li>reservekleren, met naam</li><li>een foto van jullie voor de familiemuur</li></ul>\
               <p>Bellen mag altijd. Ook drie keer op een ochtend.</p>",
        attachment: Some("Welkom op de groep.pdf"),
        changed: 40,
    },
    Page {
        title: "Ziek, wat nu?",
        summary: "Wanneer je kind thuisblijft, en wat wij doen als het hier ziek wordt.",
        html: "<p>Een snotneus is geen reden om thuis te blijven. Heeft je kind koorts en is het \
               hangerig, dan is het thuis beter af.</p><table><tr><th>Wat</th><th>Naar de groep?</th>\
               </tr><tr><td>Waterpokken</td><td>Ja, als je kind zich goed voelt</td></tr><tr><td>\
               Buikgriep</td><td>Pas na een dag zonder klachten</td></tr></table><p>Geven we \
               medicijnen, dan hebben we daarvoor je toestemming nodig.</p>",
        attachment: None,
        changed: 120,
    },
    Page {
        title: "Eten en drinken",
        summary: "Wat er op tafel komt, ook bij een allergie of een dieet.",
        html: "<p>We eten samen aan tafel en nemen er de tijd voor. Tussen de middag is er warm eten, \
               <em>vers gekookt</em> en zonder varkensvlees.</p><p>Trakteren? Graag klein en \
               vrolijk. Een zelf gemaakte slinger is ook een traktatie.</p>",
        attachment: Some("Weekmenu.pdf"),
        changed: 9,
    },
    Page {
        title: "De oudercommissie",
        summary: "Vijf ouders die meedenken. Er is nog een plek vrij.",
        html: "<p>De oudercommissie praat mee over openingstijden, prijzen en alles wat de kinderen \
               aangaat. Ze schrijft je graag: <a href=\"mailto:oc@debosrand.example\">\
               oc@debosrand.example</a>.</p>",
        attachment: None,
        changed: 200,
    },
];

/// Writes the pages.
pub fn write(tx: &Transaction<'_>, secret: &Secret, today: NaiveDate) -> rusqlite::Result<()> {
    let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
    for (position, page) in (0_i64..).zip(PAGES) {
        let id = secret.id(&["page", page.title]);
        let changed = at_ms(today - Days::new(page.changed), nine);
        tx.execute(
            "INSERT INTO page (id, position, title, summary, html, changed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![id, position, page.title, page.summary, page.html, changed],
        )?;
        if let Some(name) = page.attachment {
            let content = pdf(&[page.title, page.summary]);
            attach(
                tx,
                secret,
                &id,
                &File { name, media_type: "application/pdf", content: &content },
            )?;
        }
    }
    Ok(())
}
