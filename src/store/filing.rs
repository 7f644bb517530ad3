//! Work that is not published yet. No public query reads this file's tables.

mod draft;

use diesel::prelude::*;

pub use draft::{
    Unfinished, all_for_sign_off, closing_waits, for_sign_off, give_to, mark_published, named, open_draft,
    replies_with_body, touch, unfinished, written_by,
};

use super::ledger::lock_newest;
use super::schema::{exhibit as exhibit_table, filing, filing_step, person};
use super::{Error, ReadTx, WriteTx, accuracy, exhibit};
use crate::domain::email::Email;
use crate::domain::filing::{FilingKind, FilingState, Proposal};
use crate::domain::id::{AddresseeId, ArrivalId, FilingId, PersonId, RecommendationId, Seq, UpdateId};
use crate::domain::moment::Moment;
use crate::domain::person::Role;

/// A filing as it is made.
#[derive(Debug, Clone)]
pub struct NewFiling<'a> {
    /// Its own random name, which stands in its address.
    pub reference: &'a str,
    /// The answer that it is about.
    pub addressee: Option<AddresseeId>,
    /// The recommendation that it is about.
    pub recommendation: RecommendationId,
    /// What it proposes.
    pub proposal: &'a Proposal,
    /// Who wrote it.
    pub author: PersonId,
    /// For a return: its arrival.
    pub arrival: Option<ArrivalId>,
    /// With whom it is: its author, the body's own sign-off, or oversight.
    pub state: FilingState,
    /// When it was made.
    pub at: Moment,
}

/// A filing as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingRow {
    /// Its inner number.
    pub id: FilingId,
    /// Its own random name.
    pub reference: String,
    /// The answer that it is about.
    pub addressee: Option<AddresseeId>,
    /// The recommendation that it is about.
    pub recommendation: RecommendationId,
    /// Where it stands.
    pub state: FilingState,
    /// What it proposes.
    pub proposal: Proposal,
    /// Who wrote it.
    pub author: PersonId,
    /// For a return: its arrival.
    pub arrival: Option<ArrivalId>,
    /// When it was last handed in.
    pub submitted_at: Option<Moment>,
    /// The change that published it.
    pub published_seq: Option<Seq>,
    /// Its version.
    pub version: i64,
}

/// Keeps a new filing.
///
/// # Errors
/// [`Error::Constraint`] for a second unfinished update on one item.
pub fn insert(tx: &mut WriteTx<'_>, new: &NewFiling<'_>) -> Result<FilingId, Error> {
    let id: FilingId = diesel::insert_into(filing::table)
        .values((
            filing::reference.eq(new.reference),
            filing::addressee_id.eq(new.addressee),
            filing::recommendation_id.eq(new.recommendation),
            filing::kind.eq(new.proposal.kind()),
            filing::state.eq(new.state),
            filing::proposal.eq(in_column(new.proposal)?),
            filing::author_id.eq(new.author),
            filing::arrival_id.eq(new.arrival),
            filing::created_at.eq(new.at),
            filing::submitted_at.eq((new.state == FilingState::Submitted).then_some(new.at)),
            filing::version.eq(1_i64),
        ))
        .returning(filing::id)
        .get_result(tx.conn)?;
    note_step(tx, id, new.at, new.author, new.state, None)?;
    Ok(id)
}

impl FilingRow {
    /// Whether it is a body's update or reply that only the body's own people see: not handed in, or being written again.
    #[must_use]
    pub fn is_with_its_body(&self) -> bool {
        let waits = matches!(self.state, FilingState::Draft | FilingState::ForSignOff);
        self.proposal.kind().is_of_body() && (waits || self.submitted_at.is_none())
    }
}

/// Notes the arrival of a return that could be published only later than its words were handed in.
///
/// # Errors
/// When the database fails.
pub fn set_arrival(tx: &mut WriteTx<'_>, id: FilingId, arrival: ArrivalId) -> Result<(), Error> {
    diesel::update(filing::table.filter(filing::id.eq(id))).set(filing::arrival_id.eq(arrival)).execute(tx.conn)?;
    Ok(())
}

/// The published arrival of a return.
///
/// # Errors
/// [`Error::NotFound`] when there is no such filing.
pub fn arrival_of(tx: &mut ReadTx<'_>, id: FilingId) -> Result<Option<ArrivalId>, Error> {
    Ok(filing::table.filter(filing::id.eq(id)).select(filing::arrival_id).first(tx.conn)?)
}

/// What happens to a filing.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// Which.
    pub id: FilingId,
    /// The version that the form was made from.
    pub version: i64,
    /// Where it goes.
    pub to: FilingState,
    /// Who did it.
    pub person: PersonId,
    /// When.
    pub at: Moment,
    /// What they said about it.
    pub comment: Option<&'a str>,
    /// The words as they are now, where they were written again.
    pub proposal: Option<&'a Proposal>,
    /// The change that published it.
    pub published: Option<Seq>,
}

/// Takes a filing one step on. The counter is taken before the row, as whoever publishes it does.
///
/// # Errors
/// [`Error::Stale`] when somebody did something to it meanwhile.
pub fn advance(tx: &mut WriteTx<'_>, step: &Step<'_>) -> Result<(), Error> {
    lock_newest(tx)?;
    let from: Vec<FilingState> = FilingState::ALL.iter().copied().filter(|from| from.may_become(step.to)).collect();
    let claimed = diesel::update(filing::table)
        .filter(filing::id.eq(step.id).and(filing::version.eq(step.version)).and(filing::state.eq_any(from)))
        .set((
            filing::state.eq(step.to),
            filing::version.eq(filing::version + 1),
            step.published.map(|seq| filing::published_seq.eq(seq)),
            step.proposal.map(in_column).transpose()?.map(|text| filing::proposal.eq(text)),
            (step.to == FilingState::Submitted).then(|| filing::submitted_at.eq(step.at)),
        ))
        .execute(tx.conn)?;
    if claimed != 1 {
        return Err(Error::Stale);
    }
    note_step(tx, step.id, step.at, step.person, step.to, step.comment)
}

/// Claims a filing that waits for oversight, so that nobody publishes it or sends it back meanwhile; whoever looks at it then
/// reads it anew.
///
/// # Errors
/// [`Error::Stale`] when somebody did something to it meanwhile.
pub fn claim(tx: &mut WriteTx<'_>, id: FilingId, version: i64) -> Result<(), Error> {
    lock_newest(tx)?;
    let waiting = filing::id.eq(id).and(filing::version.eq(version)).and(filing::state.eq(FilingState::Submitted));
    let claimed =
        diesel::update(filing::table.filter(waiting)).set(filing::version.eq(filing::version + 1)).execute(tx.conn)?;
    if claimed == 1 { Ok(()) } else { Err(Error::Stale) }
}

pub(super) fn note_step(
    tx: &mut WriteTx<'_>,
    id: FilingId,
    at: Moment,
    person: PersonId,
    state: FilingState,
    comment: Option<&str>,
) -> Result<(), Error> {
    diesel::insert_into(filing_step::table)
        .values((
            filing_step::filing_id.eq(id),
            filing_step::at.eq(at),
            filing_step::person_id.eq(person),
            filing_step::state.eq(state),
            filing_step::comment.eq(comment),
        ))
        .execute(tx.conn)?;
    Ok(())
}

pub(super) type Columns = (
    (FilingId, String, Option<AddresseeId>, RecommendationId, FilingState, String),
    (PersonId, Option<ArrivalId>, Option<Moment>, Option<Seq>, i64),
);

macro_rules! columns {
    () => {
        (
            (
                filing::id,
                filing::reference,
                filing::addressee_id,
                filing::recommendation_id,
                filing::state,
                filing::proposal,
            ),
            (filing::author_id, filing::arrival_id, filing::submitted_at, filing::published_seq, filing::version),
        )
    };
}
pub(super) use columns;

/// The filing of that name.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, reference: &str) -> Result<FilingRow, Error> {
    let row: Columns = filing::table.filter(filing::reference.eq(reference)).select(columns!()).first(tx.conn)?;
    from_columns(row)
}

/// The change that published a filing, once one has.
///
/// # Errors
/// When the database fails.
pub fn published_seq(tx: &mut ReadTx<'_>, id: FilingId) -> Result<Option<Seq>, Error> {
    Ok(filing::table.find(id).select(filing::published_seq).first(tx.conn)?)
}

/// The filings about one recommendation that are not published, withdrawn or someone's draft, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn waiting_on(tx: &mut ReadTx<'_>, recommendation: RecommendationId) -> Result<Vec<FilingRow>, Error> {
    let rows: Vec<Columns> = filing::table
        .filter(filing::recommendation_id.eq(recommendation))
        .filter(filing::state.eq_any([FilingState::Submitted, FilingState::SentBack]))
        // What its own body sent back never came here.
        .filter(filing::submitted_at.is_not_null())
        .order((filing::submitted_at, filing::id))
        .select(columns!())
        .load(tx.conn)?;
    rows.into_iter().map(from_columns).collect()
}

/// The filings of these kinds that wait in a state, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn waiting(
    tx: &mut ReadTx<'_>,
    state: FilingState,
    kinds: &[FilingKind],
    limit: i64,
) -> Result<Vec<FilingRow>, Error> {
    let rows: Vec<Columns> = filing::table
        .filter(filing::state.eq(state).and(filing::kind.eq_any(kinds.to_vec())))
        .order((filing::submitted_at, filing::id))
        .limit(limit)
        .select(columns!())
        .load(tx.conn)?;
    rows.into_iter().map(from_columns).collect()
}

/// One step in a filing's life.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct StepRow {
    /// When.
    pub at: Moment,
    /// Who.
    pub name: String,
    /// In which role they are now.
    pub role: Role,
    /// Where it went.
    pub state: FilingState,
    /// What they said about it.
    pub comment: Option<String>,
}

/// The steps of a filing, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn steps(tx: &mut ReadTx<'_>, id: FilingId) -> Result<Vec<StepRow>, Error> {
    Ok(filing_step::table
        .inner_join(person::table.on(person::id.eq(filing_step::person_id)))
        .filter(filing_step::filing_id.eq(id))
        .order(filing_step::id)
        .select((filing_step::at, person::name, person::role, filing_step::state, filing_step::comment))
        .load(tx.conn)?)
}

/// The author's address, unless their account is disabled.
///
/// # Errors
/// When the database fails.
pub fn author_email(tx: &mut ReadTx<'_>, author: PersonId) -> Result<Option<Email>, Error> {
    Ok(person::table
        .filter(person::id.eq(author).and(person::disabled_at.is_null()))
        .select(person::email)
        .first(tx.conn)
        .optional()?)
}

/// Removes the words of every filing that a change published, or that means to correct one of its updates, with what was
/// said about them.
///
/// # Errors
/// When the database fails.
pub fn remove_words(tx: &mut WriteTx<'_>, published: Seq, corrects: Option<UpdateId>) -> Result<(), Error> {
    let all: Vec<(FilingId, String, Option<Seq>)> = filing::table
        .filter(filing::published_seq.eq(published).or(filing::state.ne(FilingState::Published)))
        .select((filing::id, filing::proposal, filing::published_seq))
        .load(tx.conn)?;
    for (id, text, seq) in all {
        let proposal: Proposal = serde_json::from_str(&text).map_err(|fault| Error::Failed(fault.to_string()))?;
        if seq == Some(published) || (corrects.is_some() && proposal.corrects() == corrects) {
            diesel::update(filing::table.find(id))
                .set(filing::proposal.eq(in_column(&proposal.without_words())?))
                .execute(tx.conn)?;
            diesel::update(filing_step::table.filter(filing_step::filing_id.eq(id)))
                .set(filing_step::comment.eq(None::<String>))
                .execute(tx.conn)?;
        }
    }
    Ok(())
}

/// Removes the words and files of what was taken back, left as a draft or sent back within its body, and to which nothing was done since `before`; with
/// what was said about it and with the evidence attached to it. A draft of which something went is taken back. Answers how many
/// there were.
///
/// # Errors
/// When the database fails.
pub fn forget_unpublished(tx: &mut WriteTx<'_>, before: Moment, now: Moment) -> Result<usize, Error> {
    let later = filing_step::table.filter(filing_step::filing_id.eq(filing::id).and(filing_step::at.ge(before)));
    let attached_later = exhibit_table::table
        .filter(exhibit_table::filing_id.eq(filing::id.nullable()).and(exhibit_table::created_at.ge(before)));
    // What was sent back and is being written again was handed in, and is kept as what was sent back is.
    let unfinished =
        filing::submitted_at.is_null().and(filing::state.ne_all([FilingState::Submitted, FilingState::Published]));
    let old: Vec<(FilingId, Option<AddresseeId>, String)> = filing::table
        .filter(filing::state.eq(FilingState::Withdrawn).or(unfinished))
        .filter(filing::created_at.lt(before).and(diesel::dsl::not(diesel::dsl::exists(later))))
        .filter(diesel::dsl::not(diesel::dsl::exists(attached_later)))
        .select((filing::id, filing::addressee_id, filing::proposal))
        .load(tx.conn)?;
    let mut forgotten = 0;
    for (id, addressee, text) in old {
        let proposal: Proposal = serde_json::from_str(&text).map_err(|fault| Error::Failed(fault.to_string()))?;
        let without = proposal.clone().without_words();
        let mut removed = usize::from(without != proposal);
        let steps = filing_step::table.filter(filing_step::filing_id.eq(id).and(filing_step::comment.is_not_null()));
        removed += diesel::update(steps).set(filing_step::comment.eq(None::<String>)).execute(tx.conn)?;
        removed += accuracy::remove_words(tx, id)?;
        let attached = addressee.map(|answer| exhibit::list(tx, answer, Some(id))).transpose()?.unwrap_or_default();
        for piece in attached.iter().filter(|piece| piece.published.is_none()) {
            exhibit::take_back(tx, piece, now)?;
            removed += 1;
        }
        if removed > 0 {
            let set = (filing::proposal.eq(in_column(&without)?), filing::state.eq(FilingState::Withdrawn));
            diesel::update(filing::table.find(id)).set(set).execute(tx.conn)?;
            forgotten += 1;
        }
    }
    Ok(forgotten)
}

fn in_column(proposal: &Proposal) -> Result<String, Error> {
    serde_json::to_string(proposal).map_err(|fault| Error::Failed(fault.to_string()))
}

pub(super) fn from_columns(row: Columns) -> Result<FilingRow, Error> {
    let (
        (id, reference, addressee, recommendation, state, proposal),
        (author, arrival, submitted_at, published_seq, version),
    ) = row;
    let proposal = serde_json::from_str(&proposal).map_err(|fault| Error::Failed(fault.to_string()))?;
    Ok(FilingRow {
        id,
        reference,
        addressee,
        recommendation,
        state,
        proposal,
        author,
        arrival,
        submitted_at,
        published_seq,
        version,
    })
}
