//! What still shows some of the words that a click withheld: a person ticks what goes out of sight too.

use actix_web::{HttpResponse, web};

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::Subject;
use crate::domain::id::Seq;
use crate::domain::words;
use crate::service::{self, WithholdOthers};
use crate::web::actor::Staff;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{ChoiceField, Keys};
use crate::web::notice;
use crate::web::public::change::numbered;
use crate::web::staff::form_sent::Sent;
use crate::web::staff::redaction::others::{self, Other};
use crate::web::state::State;

/// The form.
pub(super) struct Others {
    /// Where it goes.
    pub action: String,
    /// Its ticks.
    pub ticks: ChoiceField,
    /// What it carries: a key of its own.
    pub keys: Keys,
}

impl Others {
    /// The form; none where nothing shows any of the words.
    pub(super) fn new(all: &[Other], subject: Subject, withholding: Seq, keys: &Keys) -> Option<Self> {
        let mut keys = keys.clone();
        keys.key = keys.key.map(|key| format!("{key}-others"));
        let action = format!("{}/others", address::withholding(withholding));
        Some(Self { action, ticks: others::field(all, subject, "Which of them are withheld too?")?, keys })
    }
}

/// Withholds those that were ticked; none is nothing.
///
/// # Errors
/// 404 when that change withheld nothing, 403 when the person may not.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    seq: web::Path<String>,
    Protected(sent): Protected<Sent>,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Withhold, About::default())?;
    let withholding = numbered(&seq)?;
    let command = WithholdOthers { withholding, rows: others::ticked(&sent.all(others::ALSO)) };
    match state.service.withhold_others(staff.act(sent.key()), command).await {
        Ok(done) => notice::after(&state, &done, words::WITHHELD_NOW),
        Err(service::Error::Stale) => {
            notice::see_other_unchanged(&state, &address::withholding(withholding), words::DONE_ALREADY)
        }
        Err(fault) => Err(fault.into()),
    }
}
