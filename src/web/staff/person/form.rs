//! The fields that inviting somebody and changing them have in common.

use serde::Deserialize;

use crate::domain::person::Role;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::store::body::{self, BodyName};
use crate::store::{self, Reader};
use crate::web::form::{Choice, ChoiceField, Field};

/// More bodies than any register holds; a list to choose from would be the wrong thing before.
const BODIES: i64 = 2_000;

/// What is sent.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Form {
    #[serde(default)]
    pub(super) email: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) role: String,
    #[serde(default)]
    pub(super) body: String,
    #[serde(default)]
    pub(super) version: i64,
    #[serde(default)]
    pub(super) key: String,
}

/// The fields as the page prints them.
pub(super) struct Fields {
    pub(super) email: Field,
    pub(super) name: Field,
    pub(super) role: ChoiceField,
    pub(super) body: ChoiceField,
}

impl Fields {
    pub(super) fn new(form: &Form, bodies: &[BodyName], problems: &Problems) -> Self {
        let roles =
            Role::ALL.iter().map(|role| Choice::new(role.as_str(), words::role(*role)).hint(words::role_means(*role)));
        let nobody = Choice::new("", "None");
        let bodies = bodies.iter().map(|body| Choice::new(body.slug.as_str().to_owned(), body.name.clone()));
        Self {
            email: Field::new("email", "Email address")
                .hint("The invitation goes there, and they sign in with it.")
                .private()
                .value(form.email.clone())
                .checked(problems),
            name: Field::new("name", "Name").private().value(form.name.clone()).checked(problems),
            role: ChoiceField::new("role", "Role", roles).value(&form.role).checked(problems),
            body: ChoiceField::new("body", "Body they belong to", std::iter::once(nobody).chain(bodies))
                .hint("A contributor needs one. Nobody assesses their own body.")
                .value(&form.body)
                .checked(problems),
        }
    }
}

/// The bodies to choose from.
pub(super) async fn bodies(reader: &Reader) -> Result<Vec<BodyName>, store::Error> {
    reader.read(|tx| body::choices(tx, BODIES)).await
}
