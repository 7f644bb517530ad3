//! The register itself: who runs it, and whether it takes two to publish a finding. Both are published when they change.

use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::calendar::{MOST_READING_DAYS, USUAL_READING_DAYS};
use crate::domain::change::ChangeKind;
use crate::domain::id::Seq;
use crate::domain::licence::DataLicence;
use crate::domain::operator::Operator;
use crate::domain::problem::Problems;
use crate::domain::retention::Periods;
use crate::domain::words;
use crate::store::ledger::{NewChange, lock_newest, open_change};
use crate::store::{WriteTx, setting};

/// Where settings are changed.
const HERE: &str = "/staff/settings";
/// Where periods are.
const RETENTION: &str = "/staff/retention";

impl Service {
    /// Enters or changes the operator. `shown` is the fingerprint of the operator that the
    /// form showed, 0 for none: another one meanwhile is stale.
    ///
    /// # Errors
    /// A refusal, another operator meanwhile, the database.
    pub async fn set_operator(&self, act: Act, operator: Operator, shown: i64) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManageSettings, About::default())?;
            lock_newest(tx)?;
            let before = setting::operator(tx)?;
            if before.as_ref() == Some(&operator) {
                return Ok(Done::unchanged(HERE.to_owned()));
            }
            if before.as_ref().map_or(0, Operator::fingerprint) != shown {
                return Err(Error::Stale);
            }
            setting::set_operator(tx, &operator, act.now, act.actor.person)?;
            let seq = publish(tx, act, words::operator_is(&operator, before.as_ref()))?;
            Ok(Done::published(HERE.to_owned(), seq))
        })
        .await
    }

    /// Switches the check by a second person on or off.
    ///
    /// # Errors
    /// A refusal, the database.
    pub async fn set_second_key(&self, act: Act, on: bool) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManageSettings, About::default())?;
            lock_newest(tx)?;
            if setting::second_key(tx)? == on {
                return Ok(Done::unchanged(HERE.to_owned()));
            }
            setting::set_second_key(tx, on, act.now, act.actor.person)?;
            let seq = publish(tx, act, words::second_key_switched(on).to_owned())?;
            Ok(Done::published(HERE.to_owned(), seq))
        })
        .await
    }
}

impl Service {
    /// Keeps after how many working days an update that nobody has read is with us too long. Staff alone read it.
    ///
    /// # Errors
    /// A refusal, the field `reading_days`, the database.
    pub async fn set_reading_days(&self, act: Act, days: Option<i64>) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManageSettings, About::default())?;
            let days = days.and_then(|days| u32::try_from(days).ok());
            let mut problems = Problems::none();
            if days.is_none_or(|days| !(1..=MOST_READING_DAYS).contains(&days)) {
                let ask = format!("Enter a number of working days from 1 to {MOST_READING_DAYS}");
                problems.add("reading_days", ask);
            }
            act.sound(problems)?;
            let days = days.unwrap_or(USUAL_READING_DAYS);
            let here = "/staff/settings/reading".to_owned();
            if setting::reading_days(tx)? == days {
                return Ok(Done::unchanged(here));
            }
            setting::set_reading_days(tx, days, act.now, act.actor.person)?;
            Ok(Done::at(here))
        })
        .await
    }
}

impl Service {
    /// Says under which licence the data is given to everybody.
    ///
    /// # Errors
    /// A refusal, the database.
    pub async fn set_data_licence(&self, act: Act, licence: DataLicence) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManageSettings, About::default())?;
            lock_newest(tx)?;
            if setting::in_service(tx)?.licence == Some(licence) {
                return Ok(Done::unchanged(HERE.to_owned()));
            }
            setting::set_data_licence(tx, licence, act.now, act.actor.person)?;
            let seq = publish(tx, act, words::data_licence_is(licence))?;
            Ok(Done::published(HERE.to_owned(), seq))
        })
        .await
    }
}

impl Service {
    /// Says for how long personal data is kept. `shown` is the fingerprint of the periods that the form showed: others
    /// meanwhile are stale. Published, for everybody reads them on the page about privacy.
    ///
    /// # Errors
    /// A refusal, other periods meanwhile, the database.
    pub async fn set_periods(&self, act: Act, periods: Periods, shown: i64) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManageSettings, About::default())?;
            lock_newest(tx)?;
            let before = setting::periods(tx)?;
            if before.differing(&periods).is_empty() {
                return Ok(Done::unchanged(RETENTION.to_owned()));
            }
            if before.fingerprint() != shown {
                return Err(Error::Stale);
            }
            setting::set_periods(tx, &periods, act.now, act.actor.person)?;
            let seq = publish(tx, act, words::periods_are(&periods, &before))?;
            Ok(Done::published(RETENTION.to_owned(), seq))
        })
        .await
    }
}

/// Publishes what changed about the register itself, in a sentence.
pub(super) fn publish(tx: &mut WriteTx<'_>, act: &Act, sentence: String) -> Result<Seq, Error> {
    let change = NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        reason: Some(sentence),
        ..NewChange::of(ChangeKind::Register, act.now, act.day)
    };
    Ok(open_change(tx, &change)?)
}
