//! The program's own server, started within this process: the one file of the stories that knows how that is done.

use std::path::Path;
use std::sync::{Arc, Mutex};

use followthrough::clock::{Chance, Clock};
use followthrough::config::Config;
use followthrough::domain::token::Token;
use followthrough::server::{self, FirstRegister, Options, Running};
use followthrough::service::{Invite, Invited};

use super::app::{PASSWORD, Person};
use super::place::Place;
use super::visitor::Visitor;

/// A running server.
pub struct Engine {
    address: String,
    running: Option<Running>,
    place: Place,
}

impl Engine {
    /// Starts it on a free port, with the fictional inquiry or the place's own register; the jobs run only when a story says so.
    pub fn start(place: &Place, clock: &Clock) -> Self {
        let config = Config::read(|name| place.setting(name)).unwrap_or_else(|faults| panic!("{faults}"));
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let register = match place.register() {
            _ if place.is_empty() => FirstRegister::Empty,
            file => FirstRegister::File(file.unwrap_or_else(|| here.join("tests/app/ashgrove.toml"))),
        };
        let options = Options { register, jobs: false, demo: place.is_a_demo() };
        let running = server::start(config, &options, clock.clone(), Chance::system())
            .unwrap_or_else(|fault| panic!("the server did not start: {fault}"));
        let watch = Mutex::new(running.jobs.reader.watch().expect("a register that goes on"));
        place.serves(Some(Arc::new(move || {
            // A story may have broken the database; then there is nothing to be heard.
            let _heard = watch.lock().expect("the watch").ask();
        })));
        Engine { address: format!("http://{}", running.address), running: Some(running), place: place.clone() }
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where the counts are given, if they are.
    pub fn metrics(&self) -> Option<String> {
        self.running.as_ref().expect("a running server").metrics.map(|address| format!("http://{address}"))
    }

    /// How many pages are kept in memory, and how many bytes they take.
    pub fn kept(&self) -> followthrough::web::cache::Held {
        self.running.as_ref().expect("a running server").pages.held()
    }

    /// Runs every job that is due.
    pub fn run_jobs_once(&self) -> String {
        let running = self.running.as_ref().expect("a running server");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(running.jobs.once()).unwrap_or_else(|fault| panic!("the jobs failed: {fault}")).to_string()
    }

    /// The deeds themselves, for what a story needs and has no page of its own to show.
    pub fn service(&self) -> &followthrough::service::Service {
        &self.running.as_ref().expect("a running server").jobs.service
    }

    /// Invites somebody and leads them through the invitation, until they are signed in.
    pub fn admit(&self, person: &Person, visitor: &Visitor, clock: &Clock) {
        let running = self.running.as_ref().expect("a running server");
        let chance = Chance::system();
        let token = Token::new(chance.bytes());
        let reference = || chance.bytes::<10>().iter().map(|byte| format!("{byte:02x}")).collect();
        let invite = Invite {
            email: person.email.clone(),
            name: person.name.clone(),
            role: person.role.clone(),
            body: person.body.clone().unwrap_or_default(),
            chance: Invited { person: reference(), mail: reference(), token: token.clone() },
        };
        let invited = running.jobs.service.invite_by_hand(&invite, clock.now());
        invited.unwrap_or_else(|fault| panic!("{person:?} cannot be invited: {fault}"));
        let page = visitor.open(&format!("/invitations/{token}"));
        page.form("Make the account").fill("password", PASSWORD).send();
    }

    /// The link that makes the first administrator, as the program prints it when it starts.
    pub fn first_administrator(&self) -> String {
        let running = self.running.as_ref().expect("a running server");
        running.first_administrator.clone().expect("a link, for nobody administers this register")
    }

    /// Stops it.
    pub fn stop(&mut self) {
        self.place.serves(None);
        if let Some(running) = self.running.take() {
            running.stop_at_once();
        }
    }
}
