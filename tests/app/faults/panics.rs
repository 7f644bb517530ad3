//! A panic in a handler, while it reads and while it writes: an answer of this one request. The program has no address at which one
//! could be had, so it is served here with three more.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::mpsc;

use actix_web::{HttpResponse, HttpServer, web};
use followthrough::clock::{Chance, Clock};
use followthrough::config::Config;
use followthrough::domain::change::ChangeKind;
use followthrough::domain::moment::Moment;
use followthrough::server;
use followthrough::store::ledger::{self, NewChange};
use followthrough::store::{self, Writer};
use followthrough::web::Error;
use followthrough::web::state::{Site, State};
use jiff::tz::TimeZone;

use crate::stories;
use crate::support::TestApp;
use crate::support::app::BEGINNING;
use crate::support::place::BASE_URL;
use crate::support::visitor::Visitor;

stories![a_panic_is_an_answer_of_one_request_and_everything_else_goes_on];

const INQUIRY: &str = "/inquiries/ashgrove";
/// More often than there are connections of a kind: one that was lost would be missed.
const TIMES: usize = 10;

fn beginning() -> Moment {
    BEGINNING.parse().expect("a moment")
}

async fn at_once() -> HttpResponse {
    panic!("on purpose");
}

async fn while_reading(state: web::Data<State>) -> Result<HttpResponse, Error> {
    state.reader.read(|_| -> Result<(), Error> { panic!("on purpose") }).await?;
    Ok(HttpResponse::Ok().finish())
}

async fn while_writing(writer: web::Data<Writer>) -> Result<HttpResponse, Error> {
    let written = writer.write(|tx| -> Result<(), Error> {
        let now = beginning();
        let change = NewChange::of(ChangeKind::Notice, now, now.day_in(&TimeZone::UTC));
        ledger::open_whatever_is_held(tx, &change)?;
        panic!("on purpose")
    });
    written.await?;
    Ok(HttpResponse::Ok().finish())
}

fn a_panic_is_an_answer_of_one_request_and_everything_else_goes_on(app: &TestApp) {
    let place = app.place();
    let config = Config::read(|name| place.setting(name)).unwrap_or_else(|faults| panic!("{faults}"));
    let address = server::prepare(&config).expect("where the register is");
    let (_, writer) = store::open(&address).expect("the register");
    let clock = Clock::set_at(beginning());
    let opened = server::open(&config, &clock, &Chance::system()).expect("the register");
    let site = Site {
        demo: false,
        name: config.site_name.clone(),
        base_url: config.base_url.as_str().to_owned(),
        secure: false,
        zone: TimeZone::UTC,
        sender: server::sender(&config),
        trusts: Box::new(|_| false),
    };
    let state = State::new(opened.reader, opened.service, clock, Chance::system(), site);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let (tell, hear) = mpsc::channel();
    let serving = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let (state, writer) = (web::Data::new(state), web::Data::new(writer));
            let all = move || {
                followthrough::web::app(state.clone())
                    .app_data(writer.clone())
                    .route("/panics/at-once", web::get().to(at_once))
                    .route("/panics/while-reading", web::get().to(while_reading))
                    .route("/panics/while-writing", web::get().to(while_writing))
            };
            let server = HttpServer::new(all).workers(1).disable_signals().listen(listener).expect("a server").run();
            tell.send(server.handle()).expect("somebody waits");
            server.await
        })
    });
    let handle = hear.recv().expect("it serves");

    let visitor = Visitor::new(place.servers(), &address, BASE_URL);
    let published = || ["select count(*) from change", "select seq from counter"].map(|query| place.value(query));
    let (before, known) = (visitor.open(INQUIRY), published());
    let mut numbers = BTreeSet::new();
    for path in ["/panics/at-once", "/panics/while-reading", "/panics/while-writing"] {
        for _ in 0..TIMES {
            let page = visitor.get(path);
            page.is(500).sees("Something failed here").does_not_see("on purpose");
            assert!(page.header("content-security-policy").is_some(), "{path}");
            numbers.extend(page.texts("code"));
            assert!(visitor.open(INQUIRY).bytes() == before.bytes(), "{path}");
        }
    }
    assert_eq!(numbers.len(), 3 * TIMES, "each has a number of its own");
    assert_eq!(published(), known, "nothing was half-written");
    visitor.get("/readyz").is(200);
    // Whoever writes next finds no lock that was left behind.
    let form = visitor.open("/wrong?page=/inquiries/ashgrove").form("Send");
    form.fill("What is wrong", "The date.").send();
    assert_eq!(place.value("select count(*) from complaint"), "1");
    // The order is given at once; what it returns would only wait, which joining the thread does.
    drop(handle.stop(false));
    serving.join().expect("its thread").expect("it ends");
}
