//! `/staff/settings/rules`: the rules of law by which answers are owed. Each is public with the days reckoned by it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::deadline_rule::{self, DeadlineRule, FROM_MADE, RuleTyped, Unit};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service;
use crate::store::setting;
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Field, Keys};
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/rule/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    rules: Vec<Line>,
    name: Field,
    length: Field,
    unit: ChoiceField,
    counts: ChoiceField,
    counted_from: Field,
    source_url: Field,
    keys: Keys,
}

/// One rule.
struct Line {
    slug: String,
    name: String,
    line: String,
    source: String,
    ended: bool,
    /// What the form that ends it carries; nothing where it cannot be ended.
    ends: Option<Keys>,
}

impl Line {
    fn new(rule: &DeadlineRule, keys: &Keys) -> Self {
        let comes_with = deadline_rule::built_in().iter().any(|known| known.slug == rule.slug);
        // Forms on one page at one address: what one came to must not answer the other.
        let own = || Keys { key: keys.key.as_ref().map(|key| format!("{key}-{}", rule.slug)), ..keys.clone() };
        Self {
            line: words::rule_choice(rule),
            slug: rule.slug.clone(),
            name: rule.name.clone(),
            source: rule.source_url.clone(),
            ended: rule.ended,
            ends: (!rule.ended && !comes_with).then(own),
        }
    }
}

impl EditPage {
    fn new(shell: Shell, keys: Keys, rules: &[DeadlineRule], sent: &Sent, problems: Problems) -> Self {
        let units = [Choice::new(Unit::Days.as_str(), "Days"), Choice::new(Unit::Months.as_str(), "Months")];
        let counts = [
            Choice::new("with", "Beginning with the day from which it counts: that day is the first"),
            Choice::new("after", "After the day from which it counts: the next day is the first"),
        ];
        Self {
            rules: rules.iter().map(|rule| Line::new(rule, &keys)).collect(),
            name: sent
                .field("name", "Which law, and which section?", &problems)
                .hint("As it is cited. Everybody will read it."),
            length: sent.field("length", "How many?", &problems),
            unit: sent.choices("unit", "Days or months?", units, &problems),
            counts: sent.choices("counts", "How does it count?", counts, &problems),
            counted_from: sent
                .field("counted_from", "What happened on the day from which it counts?", &problems)
                .hint("It follows \u{201c}28 days after\u{201d} or \u{201c}28 days beginning with\u{201d}."),
            source_url: sent
                .field("source_url", "Where can it be read?", &problems)
                .hint("The full web address of the section."),
            shell: shell
                .titled("Rules of law for the time to answer")
                .crumb(address::STAFF, "Your work")
                .crumb("/staff/settings", "Settings")
                .faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// The page.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn edit(state: web::Data<State>, staff: Staff, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let rules = state.reader.read(setting::rules).await?;
    let sent = Sent::default().filled("counted_from", FROM_MADE);
    page(&EditPage::new(shell, keys, &rules, &sent, Problems::none()))
}

/// Adds a rule.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let mut read = Reading::of(&sent);
    let rule = RuleTyped {
        name: read.line("name", "The name of the law"),
        length: read.number("length", "Enter a number in digits"),
        unit: read.chosen("unit"),
        first_day_counts: match sent.get("counts") {
            "with" => Some(true),
            "after" => Some(false),
            _ => None,
        },
        counted_from: read.line("counted_from", "What happened on that day"),
        source_url: read.link("source_url"),
    };
    match state.service.add_rule(read.told_to(staff.act(sent.key())), rule).await {
        Ok(done) => notice::after(&state, &done, "Added, and published"),
        Err(service::Error::Problems(problems)) => {
            let rules = state.reader.read(setting::rules).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::new(shell, keys, &rules, &sent, problems))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What is sent to end a rule.
#[derive(Debug, Deserialize)]
pub struct EndForm {
    #[serde(default)]
    rule: String,
    #[serde(default)]
    key: String,
}

/// Offers a rule no more.
///
/// # Errors
/// When the person may not, there is no such rule, it was ended already, or the database fails.
pub async fn end(
    state: web::Data<State>,
    staff: Staff,
    Protected(form): Protected<EndForm>,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let done = state.service.end_rule(staff.act(&form.key), form.rule).await?;
    notice::after(&state, &done, "It is offered no more, and that is published")
}
