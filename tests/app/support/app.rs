//! A served register, in this process.

use std::collections::BTreeMap;
use std::sync::Mutex;

use followthrough::clock::Clock;
use followthrough::domain::moment::Moment;

use super::browser::{Tab, Window};
use super::engine::Engine;
use super::mailbox::Mailbox;
use super::page::Page;
use super::place::{BASE_URL, DatabaseKind, Place};
use super::visitor::Visitor;

/// When every story begins: a Monday, nine in the morning.
pub const BEGINNING: &str = "2026-11-23T09:00:00Z";

/// Everybody's password.
pub const PASSWORD: &str = "the ferry leaves at a quarter past";

/// A served register with the fictional inquiry loaded and a clock that stands still.
pub struct TestApp {
    engine: Engine,
    clock: Clock,
    place: Place,
    /// With the moment at which each was last known to be signed in.
    people: Mutex<BTreeMap<String, (Visitor, Moment)>>,
}

impl TestApp {
    /// Used by `Place::app`.
    pub fn start(place: Place) -> Self {
        let clock = Clock::set_at(BEGINNING.parse().expect("a moment"));
        let engine = Engine::start(&place, &clock);
        TestApp { engine, clock, place, people: Mutex::default() }
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        self.engine.address()
    }

    /// Where the counts for Prometheus are given, if they are: `http://127.0.0.1:PORT`.
    pub fn metrics(&self) -> Option<String> {
        self.engine.metrics()
    }

    /// The link that makes the first administrator.
    pub fn first_administrator(&self) -> String {
        self.engine.first_administrator()
    }

    /// The clock of this register. It stands still: `app.clock().advance(days(14))`.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The folder, the database and the settings it runs on.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Somebody new, not signed in, with no cookies.
    pub fn public(&self) -> Visitor {
        Visitor::new(self.place.servers(), self.address(), BASE_URL)
    }

    /// Somebody signed in, the same visitor each time: "administrator", "overseer", "observer", or "contributor of
    /// SLUG"; with a number there are more of them, as in "overseer two" or "contributor two of SLUG". The address is
    /// `overseer-two@example.org`, the password `PASSWORD`. Whose session has ended is signed in again.
    pub fn person(&self, who: &str) -> Visitor {
        let person = Person::named(who);
        let mut people = self.people.lock().expect("the people");
        let now = self.clock.now();
        if let Some((known, seen)) = people.get_mut(who) {
            // A session ends by itself only with time.
            if *seen != now && known.get("/staff/account").status() == 303 {
                sign_in(known, &person.email, PASSWORD).is(303);
            }
            *seen = now;
            return known.clone();
        }
        let visitor = self.public();
        self.engine.admit(&person, &visitor, &self.clock);
        people.insert(who.to_owned(), (visitor.clone(), now));
        visitor
    }

    /// The same, signed in once more: a change of role or body has signed them out.
    pub fn signs_in_again(&self, who: &str) -> Visitor {
        let visitor = self.person(who);
        sign_in(&visitor, &Person::named(who).email, PASSWORD).is(303);
        visitor
    }

    /// How many pages are kept in memory, and how many bytes they take.
    pub fn kept(&self) -> followthrough::web::cache::Held {
        self.engine.kept()
    }

    /// The deeds themselves, for what a story needs before it begins.
    pub fn service(&self) -> &followthrough::service::Service {
        self.engine.service()
    }

    /// A window of the browser with this visitor's cookies. How a page looks does not depend on the database: the window is
    /// examined on one of them.
    pub fn window(&self, window: Window, visitor: &Visitor) -> Tab {
        let tab = self.place.servers().browser().window(window, self.address(), &visitor.cookies());
        tab.examined(self.place.database() == DatabaseKind::Sqlite)
    }

    /// Moves the clock to this moment and runs every job that is due then; answers the lines that the jobs print.
    pub fn jobs_at(&self, moment: &str) -> String {
        self.clock.set(moment.parse().expect("a moment such as 2026-12-01T08:30:00Z"));
        self.jobs()
    }

    /// Runs every job that is due now.
    pub fn jobs(&self) -> String {
        let report = self.engine.run_jobs_once();
        self.place.take_in_mail();
        report
    }

    /// Every mail sent so far, handed over before it is read: files under `var/mail/`, oldest first.
    pub fn mailbox(&self) -> Mailbox {
        self.place.mailbox()
    }
}

impl TestApp {
    /// Hands over what waits, and demands that nothing is left that nobody knows of. A mail that is to go later may stay.
    fn account_for_mail(&self) {
        let now = self.clock.now();
        let left =
            format!("outbox where state not in ('accepted', 'suppressed', 'cancelled') and not_before <= '{now}'");
        if self.place.value(&format!("select count(*) from {left}")) == "0" {
            return;
        }
        let report = self.jobs();
        let rows = self.place.rows(&format!("select state || ': ' || kind || ' to ' || email as value from {left}"));
        assert!(rows.is_empty(), "the story leaves mail behind: {rows:?}\n{report}");
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // A story that has failed already, or that broke the database, is not asked for more.
        if !std::thread::panicking() {
            self.account_for_mail();
            self.place.take_in_mail();
        }
        self.engine.stop();
    }
}

/// Fills the sign-in form and answers what comes back: a redirect, or the page with its fault.
pub fn sign_in(visitor: &Visitor, email: &str, password: &str) -> Page {
    visitor.open("/sign-in").form("Sign in").fill("email", email).fill("password", password).submit()
}

/// Somebody with a role, made from words such as "contributor two of ashgrove-harbour".
#[derive(Debug, PartialEq, Eq)]
pub struct Person {
    /// The role, as the command line has it.
    pub role: String,
    /// The address.
    pub email: String,
    /// The name: no invented people, only their role and number.
    pub name: String,
    /// The slug of the body, for a contributor.
    pub body: Option<String>,
}

impl Person {
    /// Reads the words.
    pub fn named(words: &str) -> Person {
        let (who, body) = match words.split_once(" of ") {
            Some((who, body)) => (who, Some(body.to_owned())),
            None => (words, None),
        };
        let (role, number) = who.split_once(' ').unwrap_or((who, "one"));
        let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
        let mailbox = if number == "one" { role.to_owned() } else { format!("{role}-{number}") };
        let mailbox = body.as_ref().map_or(mailbox.clone(), |body| format!("{mailbox}.{body}"));
        Person {
            role: role.to_owned(),
            email: format!("{mailbox}@example.org"),
            name: format!("{} {}", capital(role), capital(number)),
            body,
        }
    }
}

/// A span of so many days, for the clock.
pub fn days(count: i64) -> jiff::Span {
    jiff::Span::new().days(count)
}

/// A span of so many minutes, for the clock.
pub fn minutes(count: i64) -> jiff::Span {
    jiff::Span::new().minutes(count)
}
