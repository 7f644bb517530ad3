//! The document that says what the API answers (OpenAPI 3.1), made from the handlers and from the structs they answer with.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::openapi::LicenseBuilder;
use utoipa::openapi::server::Server;
use utoipa::{OpenApi, ToSchema};

use super::{body, change, inquiry, recommendation};
use crate::domain::words;
use crate::store::setting;
use crate::web::cache::FRESH;
use crate::web::error::Error;
use crate::web::public::pack::open_licence;
use crate::web::state::{DOWNLOADS, State};

/// What is wrong with a question, as in RFC 9457.
#[derive(Serialize, ToSchema)]
pub(super) struct Problem {
    /// `about:blank`: the status says what kind of fault it is.
    r#type: String,
    /// What is wrong, in short.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What is wrong with this very question.
    detail: String,
    /// The number of the request, for whoever looks into it.
    request_id: String,
}

/// The API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "A public register of what became of recommendations",
        version = "1",
        description = "Read-only. Every list is {items, total, next}: go on with `next` until it is null. Every answer has an \
                       ETag; send it back as If-None-Match and an unchanged answer is a 304. Anybody's page may read it.",
    ),
    paths(
        inquiry::list,
        inquiry::show,
        recommendation::list,
        recommendation::show,
        body::list,
        body::show,
        change::list,
        change::show,
    ),
    components(schemas(Problem))
)]
struct Document;

/// Shows it.
///
/// # Errors
/// When it cannot be written.
pub async fn show(state: web::Data<State>) -> Result<HttpResponse, Error> {
    let mut document = Document::openapi();
    document.servers = Some(vec![Server::new(state.site.base_url.clone())]);
    document.info.title = format!("{}: {}", state.site.name, document.info.title);
    let service = state.reader.read_or_again(setting::in_service).await?;
    let licence = service.licence.map_or_else(|| words::NO_DATA_LICENCE.to_owned(), words::data_licence_is);
    let limits = words::limits(DOWNLOADS as u64);
    document.info.description = document.info.description.map(|what| format!("{what} {limits} {licence}"));
    document.info.license = service
        .licence
        .and_then(open_licence)
        .map(|(name, address)| LicenseBuilder::new().name(name).url(Some(address)).build());
    let text = document.to_pretty_json().map_err(|fault| Error::Failed(fault.to_string()))?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header(("x-robots-tag", "noindex")).insert_header(("cache-control", FRESH));
    answer.content_type("application/json");
    Ok(answer.body(text))
}
