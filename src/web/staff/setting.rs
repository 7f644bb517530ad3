//! `/staff/settings`: who runs this register, and whether it takes two to publish a finding. Both are public.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::domain::access::{About, Deed};
use crate::domain::licence::DataLicence;
use crate::domain::operator::{Operator, OperatorTyped};
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
#[template(path = "staff/setting/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    name: Field,
    right: Field,
    contact: Field,
    data_protection: Field,
    complaints: Field,
    /// Whether nobody has taken responsibility yet.
    unserved: bool,
    /// The operator that stands now, where it is another than the form showed.
    meanwhile: Option<Operator>,
    second_key: bool,
    second_key_says: &'static str,
    licence_says: String,
    licence: ChoiceField,
    keys: Keys,
}

/// What is sent about the operator.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct OperatorForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    right: String,
    #[serde(default)]
    contact: String,
    #[serde(default)]
    data_protection: String,
    #[serde(default)]
    complaints: String,
    #[serde(default)]
    version: i64,
    #[serde(default)]
    key: String,
}

impl OperatorForm {
    fn of(operator: &Operator) -> Self {
        let operator = operator.clone();
        Self {
            name: operator.name,
            right: operator.right,
            contact: operator.contact.to_string(),
            data_protection: operator.data_protection,
            complaints: operator.complaints,
            ..Self::default()
        }
    }

    fn parse(&self) -> Result<Operator, Problems> {
        let typed = OperatorTyped {
            name: &self.name,
            right: &self.right,
            contact: &self.contact,
            data_protection: &self.data_protection,
            complaints: &self.complaints,
        };
        typed.parse()
    }
}

/// What stands now.
async fn standing(state: &State) -> Result<setting::Service, Error> {
    Ok(state.reader.read(setting::in_service).await?)
}

/// The version of the operator that a form shows.
fn version(operator: Option<&Operator>) -> i64 {
    operator.map_or(0, Operator::fingerprint)
}

impl EditPage {
    fn new(shell: Shell, keys: Keys, stands: &setting::Service, form: &OperatorForm, problems: Problems) -> Self {
        let field = |id, label: &'static str, hint: &'static str, value: &str| {
            Field::new(id, label).hint(hint).value(value).checked(&problems)
        };
        Self {
            name: field("name", "Who runs this register", "As it will stand at the foot of every page.", &form.name),
            right: field(
                "right",
                "By what right",
                "A resolution, a law, an agreement, or your own decision, with its date.",
                &form.right,
            ),
            contact: field(
                "contact",
                "Email address for the public",
                "Whoever finds something wrong writes there.",
                &form.contact,
            ),
            data_protection: field(
                "data_protection",
                "Data protection contact",
                "Whom to ask about data held on oneself. A post, not a person.",
                &form.data_protection,
            ),
            complaints: field("complaints", "Complaints", "Where to complain about this register.", &form.complaints),
            shell: shell.titled("Settings").crumb("/staff", "Your work").faulty(!problems.is_empty()),
            problems,
            unserved: stands.operator.is_none(),
            meanwhile: None,
            second_key: stands.second_key,
            second_key_says: if stands.second_key { words::SECOND_KEY_ON } else { words::SECOND_KEY_OFF },
            licence_says: stands.licence.map_or_else(|| words::NO_DATA_LICENCE.to_owned(), words::data_licence_is),
            licence: licence_field(stands.licence),
            keys: keys.of_version(version(stands.operator.as_ref())),
        }
    }
}

/// The page.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn edit(state: web::Data<State>, staff: Staff, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let stands = standing(&state).await?;
    let form = stands.operator.as_ref().map(OperatorForm::of).unwrap_or_default();
    page(&EditPage::new(shell, keys, &stands, &form, Problems::none()))
}

/// Enters or changes the operator.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn save_operator(
    state: web::Data<State>,
    staff: Staff,
    Protected(form): Protected<OperatorForm>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let operator = match form.parse() {
        Ok(operator) => operator,
        Err(problems) => {
            let stands = standing(&state).await?;
            let mut again = EditPage::new(shell, keys, &stands, &form, problems);
            again.keys.version = Some(form.version);
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
        }
    };
    match state.service.set_operator(staff.act(&form.key), operator, form.version).await {
        Ok(done) => notice::after(&state, &done, "Saved, and published"),
        Err(service::Error::Stale) => {
            let stands = standing(&state).await?;
            let mut both = EditPage::new(shell, keys, &stands, &form, Problems::none());
            both.meanwhile = stands.operator;
            page_with(StatusCode::CONFLICT, &both)
        }
        Err(fault) => Err(fault.into()),
    }
}

fn licence_field(stands: Option<DataLicence>) -> ChoiceField {
    let choices = DataLicence::ALL.iter().map(|one| Choice::new(one.as_str(), words::data_licence(*one)));
    let stands = stands.unwrap_or(DataLicence::OpenGovernment);
    ChoiceField::new("licence", "Under which licence is the data given?", choices).value(stands.as_str())
}

/// What is sent about the licence of the data.
#[derive(Debug, Deserialize)]
pub struct LicenceForm {
    #[serde(default)]
    licence: String,
    #[serde(default)]
    key: String,
}

/// Says under which licence the data is given.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn save_licence(
    state: web::Data<State>,
    staff: Staff,
    Protected(form): Protected<LicenceForm>,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let licence = form.licence.parse().map_err(|_| Error::Unreadable)?;
    let done = state.service.set_data_licence(staff.act(&form.key), licence).await?;
    notice::after(&state, &done, "Saved, and published")
}

/// What is sent about the check by a second person.
#[derive(Debug, Deserialize)]
pub struct SecondKeyForm {
    #[serde(default)]
    second_key: String,
    #[serde(default)]
    key: String,
}

/// Switches the check by a second person.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn save_second_key(
    state: web::Data<State>,
    staff: Staff,
    Protected(form): Protected<SecondKeyForm>,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let on = match form.second_key.as_str() {
        "on" => true,
        "off" => false,
        _ => return Err(Error::Unreadable),
    };
    let done = state.service.set_second_key(staff.act(&form.key), on).await?;
    notice::after(&state, &done, words::second_key_switched(on))
}
