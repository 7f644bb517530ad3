//! What every deed about one answer begins with: the row as it stands, where it stands, and the right to touch it.

use super::{Act, Error};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::combination::Combination;
use crate::domain::id::{AddresseeId, Seq, UpdateId};
use crate::domain::moment::Happened;
use crate::domain::problem::Problems;
use crate::domain::record::{FactValue, Update};
use crate::domain::rule::Frame;
use crate::domain::words;
use crate::store::ledger::NewChange;
use crate::store::present::{self, AddresseeRow, Holder, Place};
use crate::store::{ReadTx, WriteTx};

/// An answer that a deed is about.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub row: AddresseeRow,
    pub holder: Holder,
    pub place: Place,
}

impl Answer {
    /// Finds it, if this person may do `deed` to it; `about` adds what else the right depends on.
    pub fn find(
        tx: &mut ReadTx<'_>,
        act: &Act,
        id: AddresseeId,
        deed: Deed,
        about: impl FnOnce(About) -> About,
    ) -> Result<Self, Error> {
        let row = present::find_addressee(tx, id)?;
        may(act.actor, deed, about(About::body(row.answerer_id)).of(row.inquiry_id))?;
        Self::of(tx, id)
    }

    /// Finds it for the register itself, which nobody has to let.
    pub fn of(tx: &mut ReadTx<'_>, id: AddresseeId) -> Result<Self, Error> {
        let row = present::find_addressee(tx, id)?;
        let place = present::place(tx, id)?;
        Ok(Self { holder: row.holder(), row, place })
    }

    /// What its dates are held against.
    pub const fn frame(&self, act: &Act) -> Frame {
        Frame { published_on: self.place.published_on, today: act.day }
    }

    /// Claims the row, which must still be as the form was made from.
    pub fn lock(&self, tx: &mut WriteTx<'_>, version: Option<i64>) -> Result<(), Error> {
        present::lock_addressee(tx, self.holder.addressee, version)?;
        Ok(())
    }

    /// Refuses to ask a body for something by a date while it is only likely that the recommendation was put to it.
    pub fn known_to_be_asked(&self, problems: &mut Problems, field: &'static str) {
        if self.row.checked.is_only_likely() {
            problems.add(field, words::ASKED_FIRST);
        }
    }

    /// Refuses what would leave facts that may not stand together, at this field; what did not fit before is not held against
    /// a deed that does not touch it.
    pub fn fits(
        &self,
        tx: &mut ReadTx<'_>,
        problems: &mut Problems,
        field: &'static str,
        new: (FactValue, Happened, Option<UpdateId>),
    ) -> Result<(), Error> {
        let mut record = crate::store::ledger::record_of(tx, self.holder.addressee)?;
        let last = Seq(i64::MAX);
        let before = Combination::from(&record.state_at(last)).refusal();
        let (value, happened, corrects) = new;
        let id = UpdateId(i64::MAX);
        record.updates.push(Update { id, seq: last, value, happened, basis: None, assessor: None, corrects });
        let after = Combination::from(&record.state_at(last)).refusal();
        if let Some(sentence) = after.filter(|_| after != before && problems.at(field).is_none()) {
            problems.add(field, sentence);
        }
        Ok(())
    }

    /// A change about it, in this person's role.
    pub fn change(&self, act: &Act, kind: ChangeKind, reason: Option<String>) -> NewChange {
        self.holder.named_in(NewChange {
            role: Some(act.actor.role),
            person_id: Some(act.actor.person),
            reason,
            ..NewChange::of(kind, act.now, act.day)
        })
    }

    /// The staff's page about it: where its deeds lead back to.
    pub fn staff_page(&self) -> String {
        address::staff_answer(&self.place.inquiry, &self.place.number, &self.place.body)
    }

    /// Refuses a correction of a row that is another answer's, or of another fact.
    pub fn check_corrects(
        &self,
        tx: &mut ReadTx<'_>,
        corrects: Option<UpdateId>,
        fact: crate::domain::change::Fact,
    ) -> Result<(), Error> {
        let Some(corrects) = corrects else { return Ok(()) };
        let record = crate::store::ledger::record_of(tx, self.holder.addressee)?;
        match record.updates.iter().find(|update| update.id == corrects) {
            Some(update) if update.value.fact() == fact => {
                let corrected = record.updates.iter().any(|other| other.corrects == Some(corrects));
                if corrected { Err(Error::Stale) } else { Ok(()) }
            }
            _ => Err(Error::NotFound),
        }
    }
}
