//! Bodies end, duties do not: names, successions, who answers now, and that nothing is counted twice.

mod contacts;
mod disclosed;
mod duties;
mod elsewhere;
mod found;
mod grouped;
mod names;
mod refused;
mod splitting;
mod succeeding;

use crate::deeds_record::confirmed;
use crate::support::TestApp;
use crate::support::form::Form;
use crate::support::page::Page;

/// The stories of this folder.
pub fn stories() -> Vec<crate::story::Story> {
    let all = [contacts::stories(), disclosed::stories(), duties::stories(), elsewhere::stories(), found::stories()];
    let more = [grouped::stories(), names::stories(), refused::stories(), splitting::stories(), succeeding::stories()];
    all.into_iter().chain(more).flatten().collect()
}

const AGENCY: &str = "coastal-agency";
const COUNCIL_SLUG: &str = "ashgrove-council";
const HARBOUR: &str = "Ashgrove Harbour Authority";
const COAST: &str = "Coastal Transport Agency";

/// The form that records what became of a body, filled as far as most stories need; the date is not known.
fn became(app: &TestApp, body: &str, kind: &str, to: &[&str]) -> Form {
    let form = app.person("overseer").open(&format!("/staff/bodies/{body}/succession"));
    let form = form.form("Publish what became of it").choose_in("What happened to it?", kind);
    let asked = ["Which body took its place?", "which other body?", "which third one?"];
    let form = to.iter().zip(asked).fold(form, |form, (body, asked)| form.select(asked, body));
    let form = form
        .fill("What is known of it?", "An order of the ministry.")
        .fill("Where can it be read?", "https://ministry.example/order")
        .choose_in("How far did you compare it?", "Compared with the source")
        .set("happened_precision", "not_known");
    confirmed(form)
}

/// The same with its day.
fn became_on(app: &TestApp, body: &str, kind: &str, to: &[&str], on: &str) -> Form {
    became(app, body, kind, to).set("happened_precision", "on").date("When?", on)
}

const REPLACED: &str = "Another body took its place";
const MERGED: &str = "It became part of another body";
const SPLIT: &str = "It was split";

/// A body that nobody has asked anything.
fn founded(app: &TestApp, name: &str) {
    let page = app.person("overseer").open("/staff/register").follow("Add a body");
    let form = page.form("Publish the body").fill("Its full name", name).fill("What is it?", "partnership");
    confirmed(form).send().sees("Body added");
}

/// How many answers each body is said to have, by its part of the address, and all of them together.
fn counted(app: &TestApp) -> (serde_json::Map<String, serde_json::Value>, u64) {
    let list = app.public().open("/api/v1/bodies?limit=100").json();
    let items = list["items"].as_array().expect("a list");
    let each = items.iter().map(|one| (one["body"].as_str().expect("a slug").to_owned(), one["answers"].clone()));
    let each: serde_json::Map<String, serde_json::Value> = each.collect();
    let all = each.values().map(|number| number.as_u64().expect("a number")).sum();
    (each, all)
}

/// What the register holds and what follows from it are the same.
fn verified(app: &TestApp) {
    app.place().run(&["verify"]).succeeds();
}

/// What a page says in its main part.
fn said(page: &Page) -> String {
    page.texts("main").join(" ")
}
