//! What the stories of this folder share: one item, its forms, and what stands before a story begins.

use followthrough::domain::assessed::Assessed;
use followthrough::domain::filing::{Finding, Proposal};
use followthrough::domain::id::{AddresseeId, PersonId};
use followthrough::domain::moment::{Day, Happened};
use followthrough::domain::person::{Actor, Reach, Role};
use followthrough::domain::problem::Problems;
use followthrough::domain::publication::FourQuestions;
use followthrough::service::{Act, Propose, SetSchedule, Target};

use crate::support::TestApp;
use crate::support::app::Person;
use crate::support::form::Form;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// The council's answer to recommendation 2, in public.
pub const ITEM: &str = "/inquiries/ashgrove/recommendations/2/ashgrove-council";
/// Who files for it.
pub const COUNCIL: &str = "contributor of ashgrove-council";
/// The address of their mail.
pub const COUNCIL_MAIL: &str = "contributor.ashgrove-council@example.org";

/// The page on which its update is filed.
pub fn return_page(visitor: &Visitor) -> Page {
    visitor.open(&format!("/staff{ITEM}/return"))
}

/// The form of an update, filled.
pub fn update(page: &Page, words: &str) -> Form {
    let form = page.form("Send this update").choose("Under way").date("As of which date is that so?", "2026-11-20");
    form.fill("What was done", words)
}

/// Files an update and answers the page of the filing.
pub fn files(app: &TestApp, words: &str) -> Page {
    update(&return_page(&app.person(COUNCIL)), words).send()
}

/// Files an update on another item of the council, and answers the page of the filing.
pub fn files_elsewhere(app: &TestApp) -> Page {
    let page = app.person(COUNCIL).open("/staff/inquiries/ashgrove/recommendations/1/ashgrove-council/return");
    update(&page, "Elsewhere").send()
}

/// The form that publishes, all four questions answered.
pub fn publication(page: &Page) -> Form {
    FourQuestions::ASKED.iter().fold(page.form("Publish this"), |form, (_, statement)| form.tick(statement))
}

/// Somebody who acts without a page.
pub fn act(app: &TestApp, who: &str, role: Role, fresh: &str) -> Act {
    app.person(who);
    let email = Person::named(who).email;
    let person = app.place().value(&format!("select id from person where email = '{email}'"));
    let now = app.clock().now();
    Act {
        actor: Actor { person: PersonId(person.parse().expect("an id")), role, body: None, reach: Reach::EVERYWHERE },
        now,
        day: day(&now.to_string()[..10]),
        key: None,
        fresh: fresh.to_owned(),
        questions: FourQuestions::ALL_YES,
        faults: Problems::none(),
    }
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// The item's row and its version.
pub fn item(app: &TestApp) -> (AddresseeId, i64) {
    let of_item = "from addressee join recommendation on recommendation.id = addressee.recommendation_id \
        join inquiry on inquiry.id = addressee.inquiry_id join body on body.id = addressee.body_id \
        where inquiry.slug = 'ashgrove' and recommendation.number = '2' and body.slug = 'ashgrove-council'";
    let column = |name: &str| -> i64 {
        app.place().value(&format!("select addressee.{name} {of_item}")).parse().expect("a number")
    };
    (AddresseeId(column("id")), column("version"))
}

/// Runs a deed to its end.
pub fn done<T>(deed: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(deed)
}

/// Asks for updates on the item: the next by a day, then every so many months.
pub fn asks_for_updates(app: &TestApp, next: &str, months: i64) {
    asks(app, next, Some(months));
}

/// Asks for one update on the item.
pub fn asks_once(app: &TestApp, on: &str) {
    asks(app, on, None);
}

fn asks(app: &TestApp, next: &str, every_months: Option<i64>) {
    let (addressee, version) = item(app);
    let command = SetSchedule { addressee, version, next_on: Some(day(next)), every_months, reason: None };
    let set = app.service().set_schedule(act(app, "overseer", Role::Overseer, "schedule"), command);
    done(set).expect("a schedule");
}

/// Proposes a finding and answers the address of its page.
pub fn proposes_finding(app: &TestApp, who: &str, words: &str) -> String {
    let (addressee, version) = item(app);
    let finding = Finding {
        value: Assessed::OnCourse,
        happened: Happened::on(day("2026-11-20")),
        words: words.to_owned(),
        source_url: None,
        corrects: None,
        correction: None,
        decided: None,
    };
    let role = if who.starts_with("administrator") { Role::Administrator } else { Role::Overseer };
    let command = Propose { target: Target::Answer(addressee, version), proposal: Proposal::Assessment(finding) };
    let fresh = format!("finding-{version}");
    done(app.service().propose(act(app, who, role, &fresh), command)).expect("a proposal").location
}

/// Says who runs this register.
pub fn enters_operator(app: &TestApp) {
    let form = app.person("administrator").open("/staff/settings").form("Save and publish");
    form.fill("Who runs this register", "Ashgrove District Council")
        .fill("By what right", "A resolution of the council of 1 July 2026.")
        .fill("Email address for the public", "register@example.org")
        .fill("Data protection contact", "The data protection officer, register@example.org")
        .fill("Complaints", "Write to the monitoring officer, register@example.org")
        .send();
}
