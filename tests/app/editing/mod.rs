//! Writing the register in the browser: by hand from nothing, and amended in the open.

mod amending;
mod by_hand;
mod kept_back;
mod numbers;
mod withheld;

use crate::support::form::Form;
use crate::support::visitor::Visitor;

/// The stories of this folder.
pub fn stories() -> Vec<crate::story::Story> {
    let all = [amending::stories(), by_hand::stories(), kept_back::stories(), numbers::stories(), withheld::stories()];
    all.into_iter().flatten().collect()
}

/// Where everything begins.
const REGISTER: &str = "/staff/register";
/// The fictional inquiry.
const ASHGROVE: &str = "/staff/inquiries/ashgrove";

/// A body, ready to be sent.
fn body(visitor: &Visitor, name: &str, kind: &str) -> Form {
    let page = visitor.open(REGISTER).follow("Add a body");
    page.form("Publish the body").fill("Its full name", name).fill("What is it?", kind)
}

/// An event of this inquiry, filled as far as most stories need.
fn event(visitor: &Visitor, of: &str, kind: &str, on: &str, words: &str) -> Form {
    let form = visitor.open(of).follow("Add an event").form("Publish the event");
    form.choose_in("What kind of event?", kind)
        .date("When?", on)
        .fill("What happened?", words)
        .choose_in("How far did you compare it?", "Compared with the source")
}

/// A recommendation of this inquiry in our own words, filled as far as most stories need.
fn recommendation(visitor: &Visitor, of: &str, number: &str, title: &str) -> Form {
    let form = visitor.open(of).follow("Add a recommendation").form("Publish the recommendation");
    form.fill("Its number", number)
        .fill("A short title", title)
        .fill("The words", "The landing stage should be lit at night.")
        .choose_in("Whose words are these?", "Summary in our own words")
        .choose_in("How far were they compared?", "Compared with a secondary source")
        .fill("Where can they be read?", "https://ashgrove.example/report#page=50")
        .fill("Why is it added?", "It was left out.")
}
