//! Whether the process is alive, and whether it can serve: for whatever watches over it.

use actix_web::{HttpResponse, HttpResponseBuilder, web};

use super::error::Complete;
use super::state::State;
use crate::store::{Error, migrate};

/// `/healthz`: alive. Asks nothing of anybody.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("alive\n")
}

/// `/readyz`: able to serve, and not about to end. The database answers, its schema has all that this program knows, and allows this
/// program.
pub async fn ready(state: web::Data<State>) -> HttpResponse {
    if state.ending.has_begun() {
        return said(HttpResponse::ServiceUnavailable(), "not ready: asked to end\n");
    }
    let asked = state.reader.read(|tx| Ok::<_, Error>((migrate::is_current(tx)?, migrate::is_allowed(tx)?))).await;
    let (answer, words) = match asked {
        Ok((true, true)) => (HttpResponse::Ok(), "ready\n"),
        Ok((true, false)) => {
            (HttpResponse::ServiceUnavailable(), "not ready: the schema asks for a newer version of this program\n")
        }
        Ok((false, _)) => (HttpResponse::ServiceUnavailable(), "not ready: the schema is not up to date\n"),
        Err(Error::Busy) => (HttpResponse::ServiceUnavailable(), "not ready: the database is busy\n"),
        Err(fault) => {
            tracing::error!(source = %fault, "the database cannot be asked");
            (HttpResponse::ServiceUnavailable(), "not ready: the database cannot be reached\n")
        }
    };
    said(answer, words)
}

fn said(mut answer: HttpResponseBuilder, words: &'static str) -> HttpResponse {
    let mut answer = answer.content_type("text/plain; charset=utf-8").body(words);
    answer.extensions_mut().insert(Complete);
    answer
}
