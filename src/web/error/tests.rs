use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, HttpResponse, web};
use tracing_actix_web::TracingLogger;

use super::{Error, pages};
use crate::web::{headers, log};

async fn panics() -> HttpResponse {
    panic!("on purpose");
}

async fn panics_later() -> HttpResponse {
    actix_web::rt::task::yield_now().await;
    panic!("on purpose");
}

async fn fails() -> Result<HttpResponse, Error> {
    Err(Error::Failed("a password of the database".to_owned()))
}

async fn refuses() -> Result<HttpResponse, Error> {
    Err(Error::Forbidden("Your role does not allow this.".to_owned()))
}

async fn is_busy() -> Result<HttpResponse, Error> {
    Err(Error::Busy)
}

async fn answers() -> &'static str {
    "fine"
}

/// Status, the header of one protection, and the body.
async fn asked(path: &str) -> (StatusCode, bool, String) {
    let app = App::new()
        .route("/panics", web::get().to(panics))
        .route("/panics-later", web::get().to(panics_later))
        .route("/fails", web::get().to(fails))
        .route("/fails.json", web::get().to(fails))
        .route("/refuses", web::get().to(refuses))
        .route("/busy", web::get().to(is_busy))
        .route("/answers", web::get().to(answers))
        .wrap(from_fn(pages))
        .wrap(from_fn(headers::add))
        .wrap(TracingLogger::<log::Line>::new());
    let app = init_service(app).await;
    let mut status = StatusCode::OK;
    let (mut protected, mut body) = (false, String::new());
    // Twice: what one request did to the application, the next one would feel.
    for _ in 0..2 {
        let request = TestRequest::get().uri(path).to_request();
        let answer = match actix_web::dev::Service::call(&app, request).await {
            Ok(answer) => answer.into_parts().1.map_into_boxed_body(),
            Err(fault) => fault.error_response(),
        };
        status = answer.status();
        protected = answer.headers().contains_key("content-security-policy");
        body = String::from_utf8(actix_web::body::to_bytes(answer.into_body()).await.unwrap().to_vec()).unwrap();
    }
    let other = call_service(&app, TestRequest::get().uri("/answers").to_request()).await;
    assert_eq!(read_body(other).await, "fine");
    (status, protected, body)
}

#[actix_web::test]
async fn a_panic_is_an_error_of_one_request() {
    for path in ["/panics", "/panics-later"] {
        let (status, protected, body) = asked(path).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(protected, "{path}: an error has every header too");
        assert!(body.contains("Something failed here") && body.contains("<code>"), "{path}: {body}");
        assert!(!body.contains("on purpose"), "{path}: {body}");
    }
}

#[actix_web::test]
async fn what_failed_inside_is_not_told() {
    let (status, protected, body) = asked("/fails").await;
    assert_eq!((status, protected), (StatusCode::INTERNAL_SERVER_ERROR, true));
    assert!(body.contains("Something failed here") && !body.contains("password"), "{body}");
    let (_, _, data) = asked("/fails.json").await;
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    assert_eq!(data["error"], "Something failed here");
    assert!(data["request_id"].as_str().is_some_and(|id| id.len() == 36), "{data}");
}

#[actix_web::test]
async fn each_error_has_a_page_with_a_way_on() {
    for (path, status, words) in [
        ("/refuses", StatusCode::FORBIDDEN, "Your role does not allow this."),
        ("/busy", StatusCode::SERVICE_UNAVAILABLE, "Busy at the moment"),
        ("/nowhere", StatusCode::NOT_FOUND, "Page not found"),
    ] {
        let (found, _, body) = asked(path).await;
        assert_eq!(found, status, "{path}");
        assert!(body.contains(words) && body.contains("href=\"/recommendations\""), "{path}: {body}");
    }
}
