//! "Observaties": filled-in forms, where the organisation shows them.

use super::declined::Declined;
use super::problem::{Problem, Told};
use crate::bearer::Parent;
use crate::media::signed;
use crate::observation::{self, Observation, Scale};
use crate::portal::{Portal, Shared};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(observations)).routes(routes!(form))
}

#[derive(Serialize, ToSchema)]
struct Observations {
    /// The newest first.
    observations: Vec<Listed>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ObservationListed)]
struct Listed {
    id: String,
    child_id: String,
    title: String,
    #[schema(format = Date)]
    day: String,
    /// Who filled it in.
    by: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Observation)]
struct Form {
    #[serde(flatten)]
    about: Listed,
    sections: Vec<Section>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ObservationSection)]
struct Section {
    title: String,
    /// Plain text.
    text: Option<String>,
    questions: Vec<Question>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ObservationQuestion)]
#[expect(clippy::struct_field_names, reason = "these are the names on the wire")]
struct Question {
    /// Within the form.
    id: String,
    /// `text`, `scale`, `choice`, `choices`, `date`, `picture`, or another word.
    #[serde(rename = "type")]
    kind: String,
    question: String,
    /// By the type.
    answer: Value,
    remark: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<Scale>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Vec<String>>,
    /// To be shown where the type is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_text: Option<String>,
}

impl Listed {
    fn of(kept: &Observation) -> Self {
        Self {
            id: kept.id.clone(),
            child_id: kept.child.clone(),
            title: kept.title.clone(),
            day: kept.day.clone(),
            by: kept.by.clone(),
        }
    }
}

impl Question {
    fn of(portal: &Portal, id: String, kept: observation::Question) -> Self {
        let answer = match (kept.kind.as_str(), kept.answer.as_u64()) {
            ("picture", Some(number)) => picture(portal, number),
            _ => kept.answer,
        };
        Self {
            id,
            kind: kept.kind,
            question: kept.question,
            answer,
            remark: kept.remark,
            scale: kept.scale,
            options: kept.options,
            as_text: kept.as_text,
        }
    }
}

fn picture(portal: &Portal, number: u64) -> Value {
    let url = |size: &str| signed(portal, &format!("/observations/{number}-{size}.jpg"));
    json!({
        "id": portal.secret.id(&["observation picture", &number.to_string()]),
        "thumbUrl": url("thumb"),
        "mediumUrl": url("medium"),
        "fullSizeUrl": url("full"),
    })
}

fn check_used(portal: &Portal) -> Result<(), Problem> {
    if portal.options.organisation.rules.observations {
        return Ok(());
    }
    Err(Problem::Malformed(StatusCode::NOT_FOUND, "hier zijn geen observaties"))
}

/// The filled-in forms of every child. Part of the feature `observations`.
#[utoipa::path(
    get, path = "/parent-api/v1/observations", security(("bearer" = [])),
    responses(
        (status = 200, body = Observations),
        (status = 404, description = "An organisation that shows no observations."),
    ),
)]
async fn observations(
    State(portal): State<Shared>,
    parent: Parent,
) -> Result<Json<Observations>, Problem> {
    check_used(&portal)?;
    let kept = portal.store.run(move |db| observation::of_family(db, parent.family)).await?;
    Ok(Json(Observations { observations: kept.iter().map(Listed::of).collect() }))
}

/// A whole filled-in form. Part of the feature `observations`.
#[utoipa::path(
    get, path = "/parent-api/v1/observations/{id}", security(("bearer" = [])),
    params(("id" = String, Path)),
    responses(
        (status = 200, body = Form),
        (status = 404, body = Told, content_type = "application/problem+json"),
    ),
)]
async fn form(
    State(portal): State<Shared>,
    parent: Parent,
    Path(id): Path<String>,
) -> Result<Json<Form>, Problem> {
    check_used(&portal)?;
    let kept = portal.store.run(move |db| observation::find(db, parent.family, &id)).await?;
    let kept = kept.ok_or(Declined::ObservationUnknown)?;
    let about = Listed::of(&kept);
    let sections = (1..).zip(kept.sections).map(|(section, kept)| Section {
        title: kept.title,
        text: kept.text,
        questions: (1..)
            .zip(kept.questions)
            .map(|(number, kept)| Question::of(&portal, format!("{section}.{number}"), kept))
            .collect(),
    });
    Ok(Json(Form { about, sections: sections.collect() }))
}
