//! `/staff/settings/holidays`: the days on which nobody works. Those of a part of the United Kingdom come and go together; a day can
//! be added and taken out by itself.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::holiday::{HolidayArea, ends_soon, kept};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service;
use crate::store::holiday;
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, DateField, Field, Keys};
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/holiday/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    /// That the list ends within a year, where it does.
    ends: Option<String>,
    areas: ChoiceField,
    day: DateField,
    name: Field,
    lines: Vec<Line>,
    keys: Keys,
}

/// One day to come.
struct Line {
    day: Day,
    on: String,
    name: String,
}

impl EditPage {
    fn new((shell, keys): (Shell, Keys), all: Vec<(Day, String)>, today: Day, sent: &Sent, problems: Problems) -> Self {
        let standing: BTreeSet<Day> = all.iter().map(|(day, _)| *day).collect();
        let last = standing.last().copied();
        let ticked: Vec<&str> =
            kept(&service::known_holidays(), &standing, today).iter().map(|area| area.as_str()).collect();
        let choices = HolidayArea::ALL.iter().map(|area| Choice::new(area.as_str(), words::holiday_area(*area)));
        Self {
            ends: ends_soon(last, today).then(|| words::holidays_end(last)),
            areas: ChoiceField::new("areas", "Whose bank holidays are kept?", choices)
                .hint("Days that were added by hand stay.")
                .values(&ticked)
                .checked(&problems),
            day: sent.date("day", "Which day?", &problems),
            name: sent.field("name", "What is it called?", &problems),
            lines: all
                .into_iter()
                .filter(|(day, _)| *day >= today)
                .map(|(day, name)| Line { on: words::day(day), day, name })
                .collect(),
            shell: shell
                .titled("Bank holidays")
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
    let all = state.reader.read(holiday::all).await?;
    page(&EditPage::new((shell, keys), all, staff.today, &Sent::default(), Problems::none()))
}

/// Keeps the holidays of other places, adds a day or takes one out.
///
/// # Errors
/// When the person may not, a day to be taken out is not there, or the database fails.
pub async fn save(
    state: web::Data<State>,
    staff: Staff,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let mut read = Reading::of(&sent);
    let (outcome, said) = match sent.get("what") {
        "add" => {
            let (day, name) = (read.day("day"), read.word("name", "The name of the day"));
            let act = read.told_to(staff.act(sent.key()));
            (state.service.add_holiday(act, day, name).await, "The day is added")
        }
        "remove" => {
            let day = sent.get("on").parse::<Day>().map_err(|_| Error::NotFound)?;
            (state.service.remove_holiday(staff.act(sent.key()), day).await, "The day is taken out")
        }
        "areas" => {
            let areas: Vec<Option<HolidayArea>> = sent.all("areas").into_iter().map(|area| area.parse().ok()).collect();
            if areas.iter().any(Option::is_none) {
                read.problems.add("areas", "Choose from the places of the list");
            }
            let act = read.told_to(staff.act(sent.key()));
            (state.service.keep_holidays_of(act, areas.into_iter().flatten().collect()).await, "The days are saved")
        }
        _ => (Err(Problems::one("areas", "Choose what to do").into()), ""),
    };
    match outcome {
        Ok(done) => notice::after(&state, &done, said),
        Err(service::Error::Problems(problems)) => {
            let all = state.reader.read(holiday::all).await?;
            let again = EditPage::new((shell, keys), all, staff.today, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}
