//! What a register file knows of a body's answer: that it was asked, its response, its target.

use super::Loading;
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, InquiryId, RecommendationId};
use crate::domain::loaded::Loadable;
use crate::domain::record::FactValue;
use crate::domain::register_file::{Answer, InquiryFile, TargetFile};
use crate::domain::response::Response;
use crate::domain::words;
use crate::service::Error;
use crate::store::ledger::{NewDeadline, NewUpdate, insert_deadline, insert_update};
use crate::store::present::{NewAddressee, find_addressee, insert_addressee, refresh_addressee};
use crate::store::{entry, held};

pub(super) fn one(
    loading: &mut Loading<'_, '_>,
    inquiry: InquiryId,
    recommendation: RecommendationId,
    of: &InquiryFile,
    file: &Answer<'_>,
) -> Result<(), Error> {
    let body = loading.body(&file.addressee.body)?;
    let held = held::answer(loading.tx, recommendation, body)?;
    let id = match held {
        Some(id) => id,
        // Nothing new is said of what should never have been entered, as by hand.
        None if entry::is_in_error(loading.tx, recommendation)? => {
            let sentence = words::ITSELF_IN_ERROR;
            let thing =
                format!("recommendation {} of {}, put to {}", file.recommendation.number, of.slug, file.addressee.body);
            loading.done.differs.push(format!("{thing}: not loaded. {sentence}"));
            return Ok(());
        }
        None => {
            let new = NewAddressee {
                recommendation,
                inquiry,
                body,
                taken_in_on: loading.load.day,
                checked: file.addressee.checked,
            };
            let seq = loading.seq(Some(inquiry), Some(recommendation))?;
            loading.added(Loadable::Asked);
            insert_addressee(loading.tx, seq, &new)?.addressee
        }
    };
    let row = find_addressee(loading.tx, id)?;
    let thing = format!("recommendation {} of {}, put to {}", file.recommendation.number, of.slug, file.addressee.body);
    loading.compare(&thing, &[("how far it was checked", row.checked == file.addressee.checked)]);

    if row.response == Response::NotRecorded {
        responses(loading, (inquiry, recommendation), id, &thing, file)?;
    } else if held.is_some() {
        let last = file.responses.iter().max_by_key(|response| response.happened.day);
        let alike = last.is_none_or(|last| last.value == row.response && last.happened.day == row.response_on);
        loading.compare(&thing, &[("its answer", alike)]);
    }
    match (&file.addressee.target, row.target_deadline_id) {
        (Some(target), None) => set_target(loading, (inquiry, recommendation), id, target)?,
        (Some(target), Some(_)) => {
            loading.compare(&thing, &[("its first target", row.first_target_on == Some(target.on))]);
        }
        (None, _) => {}
    }
    Ok(())
}

/// Publishes the answer that the file gives last; one load says one thing of each answer.
fn responses(
    loading: &mut Loading<'_, '_>,
    (inquiry, recommendation): (InquiryId, RecommendationId),
    id: AddresseeId,
    thing: &str,
    file: &Answer<'_>,
) -> Result<(), Error> {
    let Some(response) = file.responses.iter().max_by_key(|response| response.happened.day) else { return Ok(()) };
    if file.responses.len() > 1 {
        loading.done.differs.push(format!("{thing}: the file has several answers; only the last was loaded"));
    }
    let seq = loading.seq(Some(inquiry), Some(recommendation))?;
    let update = NewUpdate {
        words: Some(response.words.clone()),
        basis: Some(response.basis),
        source_url: response.source_url.clone(),
        checked: Some(response.checked),
        decide_by: response.decide_by,
        ..NewUpdate::of(FactValue::Response(response.value), response.happened)
    };
    insert_update(loading.tx, seq, id, &update)?;
    if response.decide_by.is_some() {
        let deadline = NewDeadline {
            due_on: response.decide_by,
            set_by_body: Some(loading.body(&file.addressee.body)?),
            source_url: response.source_url.clone(),
            checked: response.checked,
            ..NewDeadline::of(id, DeadlineKind::Decision)
        };
        insert_deadline(loading.tx, seq, &deadline)?;
    }
    loading.added(Loadable::Response);
    Ok(refresh_addressee(loading.tx, seq, id)?)
}

fn set_target(
    loading: &mut Loading<'_, '_>,
    (inquiry, recommendation): (InquiryId, RecommendationId),
    id: AddresseeId,
    target: &TargetFile,
) -> Result<(), Error> {
    let seq = loading.seq(Some(inquiry), Some(recommendation))?;
    let deadline = NewDeadline {
        due_on: Some(target.on),
        set_by_body: Some(loading.body(&target.set_by)?),
        source_url: target.source_url.clone(),
        checked: target.checked,
        ..NewDeadline::of(id, DeadlineKind::Target)
    };
    insert_deadline(loading.tx, seq, &deadline)?;
    loading.added(Loadable::Target);
    refresh_addressee(loading.tx, seq, id)?;
    Ok(())
}
