//! `/staff/held`: everything held about a person, an item or a body, as a file to take away. Nothing changes by it; it is asked
//! for with a form that posts, so that no address and no log names whom it is about.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::disclosure::{Asked, Between, Held, LeftOut, NotAsked, Subject};
use crate::domain::problem::Problems;
use crate::store;
use crate::store::disclosure::{LEFT_OUT, gather};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, DateField, Field, Keys};
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/held/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    kind: ChoiceField,
    id: Field,
    from: DateField,
    to: DateField,
    left_out: &'static [LeftOut],
    keys: Keys,
}

impl NewPage {
    fn new(shell: Shell, keys: Keys, sent: &Sent, problems: Problems) -> Self {
        let kinds = [
            Choice::new(Subject::Person.as_str(), "A person")
                .hint("By their email address, whether they have an account, wrote to us or are kept as somebody of a body; or by the last part of their page\u{2019}s address."),
            Choice::new(Subject::Item.as_str(), "A recommendation").hint("As inquiry and number, such as ashgrove/2."),
            Choice::new(Subject::Body.as_str(), "A body").hint("By the last part of its page\u{2019}s address."),
        ];
        Self {
            kind: sent.choices("kind", "What is asked about?", kinds, &problems),
            id: sent.field("id", "Which?", &problems),
            from: sent.date("from", "From which day? (optional)", &problems).hint("For example, 27 3 2024."),
            to: sent.date("to", "Until which day? (optional)", &problems).hint("For example, 27 3 2028."),
            left_out: LEFT_OUT,
            shell: shell
                .titled("Everything held about somebody or something")
                .crumb(address::STAFF, "Your work")
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// What an address may ask of the form.
#[derive(Debug, Default, Deserialize)]
pub struct Asking {
    /// Of what kind.
    kind: Option<String>,
    /// Which: a random name, a slug or a number, never an address of mail.
    id: Option<String>,
}

/// The form.
///
/// # Errors
/// When the person may not.
pub async fn new(staff: Staff, asking: web::Query<Asking>, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadHeld, About::default())?;
    let Asking { kind, id } = asking.into_inner();
    let sent = Sent::default()
        .filled("kind", kind.unwrap_or_else(|| Subject::Person.as_str().to_owned()))
        .filled("id", id.unwrap_or_default());
    page(&NewPage::new(shell, keys, &sent, Problems::none()))
}

fn asked(sent: &Sent) -> Result<(Asked, Between), Problems> {
    let mut read = Reading::of(sent);
    let kind = read.choice::<Subject>("kind", "Choose what is asked about");
    let (from, to) = (read.day("from"), read.day("to"));
    let asked = Asked::new(kind.unwrap_or(Subject::Person), sent.get("id"));
    if let Err(fault) = asked
        && (kind.is_some() || fault == NotAsked::Empty)
    {
        read.problems.add("id", fault.to_string());
    }
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        read.problems.add("to", "The last day must not be before the first");
    }
    match asked {
        Ok(asked) if read.problems.is_empty() => Ok((asked, Between { from, to })),
        _ => Err(read.problems),
    }
}

/// The file.
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
    staff.may(Deed::ReadHeld, About::default())?;
    let again = |problems| page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::new(shell, keys, &sent, problems));
    let (about, between) = match asked(&sent) {
        Ok(asked) => asked,
        Err(problems) => return again(problems),
    };
    let (wanted, zone) = (about.clone(), state.site.zone.clone());
    let records = match state.reader.read(move |tx| gather(tx, &wanted, between, &zone)).await {
        Ok(records) => records,
        Err(store::Error::NotFound) => return again(Problems::one("id", "Nothing is held under this name")),
        Err(fault) => return Err(fault.into()),
    };
    let held = Held::new(&about, between, records, LEFT_OUT, (&state.site.name, staff.now));
    let bytes = held.to_json().map_err(|fault| Error::Failed(fault.to_string()))?;
    Ok(HttpResponse::Ok()
        .content_type("application/json; charset=utf-8")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"held-{}-{}.json\"", held.kind, staff.today),
        ))
        .body(bytes))
}
