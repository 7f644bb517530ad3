//! What the stories of this folder share.

use crate::deeds_record::confirmed;
use crate::filing::arranged::{COUNCIL, return_page};
use crate::support::TestApp;
use crate::support::form::Form;
use crate::support::page::Page;

/// A second person who files for the council.
pub const COLLEAGUE: &str = "contributor two of ashgrove-council";
/// The address of their mail.
pub const COLLEAGUE_MAIL: &str = "contributor-two.ashgrove-council@example.org";
/// Where the council's contacts are kept.
pub const CONTACTS: &str = "/staff/bodies/ashgrove-council/contacts";
/// The staff's page of the item.
pub const STAFF_ITEM: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-council";

/// The second button of a form of an update.
pub fn later(form: Form) -> Form {
    form.set("later", "yes")
}

/// Keeps an unfinished update and answers its page.
pub fn saved(app: &TestApp, words: &str) -> Page {
    let form = return_page(&app.person(COUNCIL)).form("Send this update").fill("What was done", words);
    later(form).send()
}

/// Says who is asked about the council, and who signs off for it.
pub fn duties(app: &TestApp, choices: &[(&str, &str)]) -> Page {
    // Both have accounts.
    app.person(COUNCIL);
    app.person(COLLEAGUE);
    let form = app.person("overseer").open(CONTACTS).form("Save who is asked");
    choices.iter().fold(form, |form, (label, name)| form.select(label, name)).send()
}

/// What everybody reads about the item, and what the overseer does.
pub fn nothing_of_it(app: &TestApp, words: &str) {
    let public = app.public();
    let item = &STAFF_ITEM["/staff".len()..];
    public.open(item).does_not_see("Received");
    for path in [item, "/changes", "/bodies/ashgrove-council", "/inquiries/ashgrove/recommendations/2"] {
        public.open(path).does_not_see(words);
    }
    for who in ["overseer", "administrator", "observer"] {
        app.person(who).open(STAFF_ITEM).does_not_see(words);
    }
}

/// Disables somebody's account.
pub fn leaves(app: &TestApp, name: &str) {
    app.person("administrator").open("/staff/people").follow(name).form("Disable the account").send();
}

/// How many rows a query counts.
pub fn count(app: &TestApp, query: &str) -> u32 {
    app.place().value(&format!("select count(*) from {query}")).parse().expect("a number")
}

/// Asks the council for an update on another item by a day.
pub fn asks_elsewhere(app: &TestApp, by: &str, reason: Option<&str>) {
    let item = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council/schedule";
    let form = app.person("overseer").open(item).form("Publish the schedule").date("The next date", by);
    let form = reason.into_iter().fold(form, |form, reason| form.fill("Why?", reason));
    confirmed(form).send();
}
