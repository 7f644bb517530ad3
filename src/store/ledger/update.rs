//! Updates of the four facts.

use diesel::prelude::*;

use crate::domain::checked::Checked;
use crate::domain::fairness::Decided;
use crate::domain::id::{AddresseeId, ArrivalId, BodyId, PersonId, Seq, UpdateId};
use crate::domain::licence::Rights;
use crate::domain::moment::{Day, Happened};
use crate::domain::record::FactValue;
use crate::domain::response::Basis;
use crate::domain::succession::Answering;
use crate::store::conn::{ROWS, put};
use crate::store::schema::{addressee, arrival, fact_update as row};
use crate::store::{Error, ReadTx, WriteTx, succession};

/// An update to be published.
#[derive(Debug, Clone)]
pub struct NewUpdate {
    /// What it says.
    pub value: FactValue,
    /// When that came to be so.
    pub happened: Happened,
    /// The public words beside it.
    pub words: Option<String>,
    /// The body's own word for it, where it differs from ours.
    pub their_word: Option<String>,
    /// For a response.
    pub basis: Option<Basis>,
    /// Why: a rejection, a stop, a closure, a correction.
    pub reason: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared with that source.
    pub checked: Option<Checked>,
    /// Who wrote it; `None` for a load.
    pub author: Option<PersonId>,
    /// Who published it.
    pub publisher: Option<PersonId>,
    /// For an assessment: in whose name it is made.
    pub assessor: Option<String>,
    /// For a response under consideration: the day by which the body will decide.
    pub decide_by: Option<Day>,
    /// The return that it rests on.
    pub arrival: Option<ArrivalId>,
    /// The update that it takes the place of.
    pub corrects: Option<UpdateId>,
    /// In which language its words are, and under which licence.
    pub rights: Rights,
    /// For an assessment: who decided it.
    pub decided: Option<Decided>,
}

impl NewUpdate {
    /// An update with nothing beside it.
    #[must_use]
    pub const fn of(value: FactValue, happened: Happened) -> Self {
        Self {
            value,
            happened,
            words: None,
            their_word: None,
            basis: None,
            reason: None,
            source_url: None,
            checked: None,
            author: None,
            publisher: None,
            assessor: None,
            decide_by: None,
            arrival: None,
            corrects: None,
            rights: Rights { language: None, licence: None },
            decided: None,
        }
    }
}

/// The columns of an update.
macro_rules! columns {
    ($seq:expr, $addressee:expr, $new:expr, $voice:expr) => {
        (
            (
                row::seq.eq($seq),
                row::addressee_id.eq($addressee),
                row::fact.eq($new.value.fact()),
                row::value.eq($new.value.as_str()),
                row::happened_on.eq($new.happened.day),
                row::precision.eq($new.happened.precision),
                row::words.eq(&$new.words),
                row::their_word.eq(&$new.their_word),
                row::basis.eq($new.basis),
                row::reason.eq(&$new.reason),
            ),
            (
                row::source_url.eq(&$new.source_url),
                row::checked.eq($new.checked),
                row::author_id.eq($new.author),
                row::publisher_id.eq($new.publisher),
                row::assessor.eq(&$new.assessor),
                row::decide_by.eq($new.decide_by),
                row::closure.eq($new.value.closure()),
                row::arrival_id.eq($new.arrival),
                row::corrects.eq($new.corrects),
                row::voice_body_id.eq($voice),
                row::language.eq($new.rights.language),
                row::licence.eq($new.rights.licence),
            ),
            (
                row::decided_by.eq($new.decided.as_ref().map(|decided| &decided.by)),
                row::decided_on.eq($new.decided.as_ref().and_then(|decided| decided.on)),
                row::minute_ref.eq($new.decided.as_ref().and_then(|decided| decided.minute.as_ref())),
                row::approval.eq($new.decided.as_ref().and_then(|decided| decided.approval)),
            ),
        )
    };
}

/// Publishes an update under `seq`.
///
/// # Errors
/// [`crate::store::Constraint::UpdateCorrects`] when the corrected one has been corrected already.
pub fn insert_update(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    addressee: AddresseeId,
    new: &NewUpdate,
) -> Result<UpdateId, Error> {
    let voice = voice(tx, addressee, new)?;
    Ok(diesel::insert_into(row::table)
        .values(columns!(seq, addressee, new, voice))
        .returning(row::id)
        .get_result(tx.conn)?)
}

/// An update that gets its row beforehand: its row, whose it is, who says it where that is not the body asked, and what it says.
pub type PlacedUpdate<'n> = (UpdateId, AddresseeId, Option<BodyId>, &'n NewUpdate);

/// Publishes many updates under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_updates(tx: &mut WriteTx<'_>, seq: Seq, all: &[PlacedUpdate<'_>]) -> Result<(), Error> {
    // Each value of each row costs: what says nothing in most columns names the others alone.
    let (few, all): (Vec<PlacedUpdate<'_>>, Vec<PlacedUpdate<'_>>) =
        all.iter().copied().partition(|(.., new)| says_no_more(new));
    for some in few.chunks(ROWS) {
        let rows = some.iter().map(|(id, of, voice, new)| {
            (
                (row::id.eq(*id), row::seq.eq(seq), row::addressee_id.eq(*of), row::voice_body_id.eq(*voice)),
                (row::fact.eq(new.value.fact()), row::value.eq(new.value.as_str())),
                (row::happened_on.eq(new.happened.day), row::precision.eq(new.happened.precision)),
                (row::words.eq(&new.words), row::basis.eq(new.basis), row::decide_by.eq(new.decide_by)),
                (row::source_url.eq(&new.source_url), row::checked.eq(new.checked)),
            )
        });
        put!(&mut *tx.conn, row, rows)?;
    }
    for some in all.chunks(ROWS) {
        let rows = some.iter().map(|(id, of, voice, new)| (row::id.eq(*id), columns!(seq, *of, new, *voice)));
        put!(&mut *tx.conn, row, rows)?;
    }
    Ok(())
}

/// Whether an update says no more than what, when, in which words, how it was given, until when, and where that can be read.
const fn says_no_more(new: &NewUpdate) -> bool {
    let NewUpdate {
        value,
        happened: _,
        words: _,
        their_word: None,
        basis: _,
        reason: None,
        source_url: _,
        checked: _,
        author: None,
        publisher: None,
        assessor: None,
        decide_by: _,
        arrival: None,
        corrects: None,
        rights: Rights { language: None, licence: None },
        decided: None,
    } = new
    else {
        return false;
    };
    value.closure().is_none()
}

/// Who says it, where that is a body that took the place of the one asked: as far as it is certain that it answered on the day on
/// which the update came, or of which it tells; of a month or a year that is not certain. What oversight finds has no voice of a
/// body.
fn voice(tx: &mut ReadTx<'_>, answer: AddresseeId, new: &NewUpdate) -> Result<Option<BodyId>, Error> {
    if !matches!(new.value, FactValue::Response(_) | FactValue::Reported(_)) {
        return Ok(None);
    }
    let (asked, now): (BodyId, BodyId) = addressee::table
        .filter(addressee::id.eq(answer))
        .select((addressee::body_id, addressee::answerer_id))
        .first(tx.conn)?;
    if asked == now {
        return Ok(None);
    }
    let came: Option<Day> = match new.arrival {
        Some(arrival) => arrival::table.find(arrival).select(arrival::received_on).first(tx.conn).optional()?,
        None => new.happened.exact(),
    };
    Ok(spoken_by(&succession::answers_now(tx, answer, asked)?, asked, came))
}

/// The same of what came on a day, where it is known who answers now.
fn spoken_by(now: &Answering, asked: BodyId, came: Option<Day>) -> Option<BodyId> {
    came.filter(|_| now.body != asked).and_then(|day| now.on(day))
}

/// The same of an answer that came by no return: it tells of the day itself.
#[must_use]
pub fn voice_of_answer(now: &Answering, asked: BodyId, new: &NewUpdate) -> Option<BodyId> {
    spoken_by(now, asked, new.happened.exact())
}
