//! What a register file knows of a body's answer: that it was asked, its response, its target.

use super::{Loaded, Loading};
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, BodyId, InquiryId, RecommendationId};
use crate::domain::loaded::Loadable;
use crate::domain::record::FactValue;
use crate::domain::register_file::{Answer, InquiryFile, ResponseFile, TargetFile};
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
            loading.done.differs.push(format!("{}: not loaded. {sentence}", thing(of, file)));
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
    let thing = thing(of, file);
    loading.compare(&thing, &[("how far it was checked", row.checked == file.addressee.checked)]);

    if row.response == Response::NotRecorded {
        responses(loading, (inquiry, recommendation), id, of, file)?;
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

/// What an answer is called in what is said of a file.
fn thing(of: &InquiryFile, file: &Answer<'_>) -> String {
    format!("recommendation {} of {}, put to {}", file.recommendation.number, of.slug, file.addressee.body)
}

/// The answer that the file gives last; one load says one thing of each answer.
pub(super) fn last<'f>(done: &mut Loaded, of: &InquiryFile, file: &Answer<'f>) -> Option<&'f ResponseFile> {
    let last = file.responses.iter().copied().max_by_key(|response| response.happened.day)?;
    if file.responses.len() > 1 {
        let thing = thing(of, file);
        done.differs.push(format!("{thing}: the file has several answers; only the last was loaded"));
    }
    Some(last)
}

/// What a body answered.
pub(super) fn update(response: &ResponseFile) -> NewUpdate {
    NewUpdate {
        words: Some(response.words.clone()),
        basis: Some(response.basis),
        source_url: response.source_url.clone(),
        checked: Some(response.checked),
        decide_by: response.decide_by,
        ..NewUpdate::of(FactValue::Response(response.value), response.happened)
    }
}

/// The day by which it will decide, where it said one.
pub(super) fn decision(id: AddresseeId, by: BodyId, response: &ResponseFile) -> Option<NewDeadline> {
    response.decide_by.map(|day| NewDeadline {
        due_on: Some(day),
        set_by_body: Some(by),
        source_url: response.source_url.clone(),
        checked: response.checked,
        ..NewDeadline::of(id, DeadlineKind::Decision)
    })
}

/// The day by which it is to be done.
pub(super) fn target(id: AddresseeId, set_by: BodyId, target: &TargetFile) -> NewDeadline {
    NewDeadline {
        due_on: Some(target.on),
        set_by_body: Some(set_by),
        source_url: target.source_url.clone(),
        checked: target.checked,
        ..NewDeadline::of(id, DeadlineKind::Target)
    }
}

fn responses(
    loading: &mut Loading<'_, '_>,
    (inquiry, recommendation): (InquiryId, RecommendationId),
    id: AddresseeId,
    of: &InquiryFile,
    file: &Answer<'_>,
) -> Result<(), Error> {
    let Some(response) = last(&mut loading.done, of, file) else { return Ok(()) };
    let seq = loading.seq(Some(inquiry), Some(recommendation))?;
    insert_update(loading.tx, seq, id, &update(response))?;
    if let Some(deadline) = decision(id, loading.body(&file.addressee.body)?, response) {
        insert_deadline(loading.tx, seq, &deadline)?;
    }
    loading.added(Loadable::Response);
    Ok(refresh_addressee(loading.tx, seq, id)?)
}

fn set_target(
    loading: &mut Loading<'_, '_>,
    (inquiry, recommendation): (InquiryId, RecommendationId),
    id: AddresseeId,
    file: &TargetFile,
) -> Result<(), Error> {
    let seq = loading.seq(Some(inquiry), Some(recommendation))?;
    let deadline = target(id, loading.body(&file.set_by)?, file);
    insert_deadline(loading.tx, seq, &deadline)?;
    loading.added(Loadable::Target);
    refresh_addressee(loading.tx, seq, id)?;
    Ok(())
}
