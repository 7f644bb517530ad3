//! Evidence as it is kept here, private until somebody publishes it. No public query reads this file's table.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::file::{self, File};
use super::schema::{evidence, exhibit, filing, filing_step, person};
use super::{AT_ONCE, Error, ReadTx, WriteTx};
use crate::domain::change::Fact;
use crate::domain::evidence::{EvidenceKind, Rung};
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::id::{AddresseeId, BodyId, EvidenceId, ExhibitId, FileId, FilingId, PersonId, Seq};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::moment::{Day, Moment};

/// What is said of a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// The page that is relied on.
    pub page: Option<String>,
    /// The words that are relied on.
    pub quote: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What it is.
    pub what: Option<String>,
    /// What it says, for whoever cannot read it.
    pub summary: Option<String>,
    /// In which language it is, and under which licence its words stand here.
    pub rights: Rights,
}

/// A piece of evidence to be kept.
#[derive(Debug, Clone)]
pub struct NewExhibit<'a> {
    /// Its own random name.
    pub reference: &'a str,
    /// The answer that it is about.
    pub addressee: AddresseeId,
    /// The work that it was attached to.
    pub filing: Option<FilingId>,
    /// Which fact it supports.
    pub fact: Fact,
    /// A link or a file.
    pub kind: EvidenceKind,
    /// The link.
    pub url: Option<&'a str>,
    /// The day on which the link was seen.
    pub seen_on: Option<Day>,
    /// The file.
    pub file: Option<FileId>,
    /// How much it bears.
    pub rung: Rung,
    /// What is said of it.
    pub said: &'a Said,
    /// Who attached it.
    pub author: PersonId,
    /// When.
    pub at: Moment,
}

/// A piece of evidence as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhibit {
    /// Its row.
    pub id: ExhibitId,
    /// Its own random name.
    pub reference: String,
    /// The answer that it is about.
    pub addressee: AddresseeId,
    /// The work that it was attached to.
    pub filing: Option<FilingId>,
    /// What kind of work that is, and where it stands.
    pub work: Option<(FilingKind, FilingState)>,
    /// Which fact it supports.
    pub fact: Fact,
    /// A link or a file.
    pub kind: EvidenceKind,
    /// The link.
    pub url: Option<String>,
    /// The day on which the link was seen.
    pub seen_on: Option<Day>,
    /// The file.
    pub file: Option<File>,
    /// How much it bears.
    pub rung: Rung,
    /// What is said of it.
    pub said: Said,
    /// Who attached it.
    pub author: PersonId,
    /// Their name, for staff.
    pub author_name: String,
    /// Their body, if they belong to one.
    pub author_body: Option<BodyId>,
    /// When.
    pub created_at: Moment,
    /// When it was taken back.
    pub taken_back_at: Option<Moment>,
    /// Its version.
    pub version: i64,
    /// The row that publishes it and stands, with its change; `None` while it is private.
    pub published: Option<(EvidenceId, Seq)>,
}

type Row = (
    (ExhibitId, String, AddresseeId, Option<FilingId>, Fact, EvidenceKind),
    (Option<String>, Option<Day>, Option<FileId>, Rung),
    (Option<String>, Option<String>, Option<String>, Option<String>, Option<String>),
    (PersonId, String, Option<BodyId>, Moment, Option<Moment>, i64),
    (Option<Language>, Option<Licence>),
);

macro_rules! columns {
    () => {
        (
            (exhibit::id, exhibit::reference, exhibit::addressee_id, exhibit::filing_id, exhibit::fact, exhibit::kind),
            (exhibit::url, exhibit::seen_on, exhibit::file_id, exhibit::rung),
            (exhibit::page, exhibit::quote, exhibit::title, exhibit::what, exhibit::summary),
            (
                exhibit::author_id,
                person::name,
                person::body_id,
                exhibit::created_at,
                exhibit::taken_back_at,
                exhibit::version,
            ),
            (exhibit::language, exhibit::licence),
        )
    };
}

/// Keeps a piece of evidence.
///
/// # Errors
/// When the database fails.
pub fn keep(tx: &mut WriteTx<'_>, new: &NewExhibit<'_>) -> Result<(), Error> {
    diesel::insert_into(exhibit::table)
        .values((
            (
                exhibit::reference.eq(new.reference),
                exhibit::addressee_id.eq(new.addressee),
                exhibit::filing_id.eq(new.filing),
                exhibit::fact.eq(new.fact),
                exhibit::kind.eq(new.kind),
                exhibit::url.eq(new.url),
                exhibit::seen_on.eq(new.seen_on),
                exhibit::file_id.eq(new.file),
                exhibit::rung.eq(new.rung),
            ),
            (
                exhibit::page.eq(&new.said.page),
                exhibit::quote.eq(&new.said.quote),
                exhibit::title.eq(&new.said.title),
                exhibit::what.eq(&new.said.what),
                exhibit::summary.eq(&new.said.summary),
                exhibit::language.eq(new.said.rights.language),
                exhibit::licence.eq(new.said.rights.licence),
                exhibit::author_id.eq(new.author),
                exhibit::created_at.eq(new.at),
                exhibit::version.eq(1_i64),
            ),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// The piece of that name.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, reference: &str) -> Result<Exhibit, Error> {
    let of_author = exhibit::table.inner_join(person::table.on(person::id.eq(exhibit::author_id)));
    let row: Row = of_author.filter(exhibit::reference.eq(reference)).select(columns!()).first(tx.conn)?;
    complete(tx, vec![row])?.pop().ok_or(Error::NotFound)
}

/// Every piece about an answer that was not taken back, the first kept first; with a filing only what was attached to it.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, addressee: AddresseeId, filing: Option<FilingId>) -> Result<Vec<Exhibit>, Error> {
    let of_author = exhibit::table.inner_join(person::table.on(person::id.eq(exhibit::author_id)));
    let mut query = of_author
        .filter(exhibit::addressee_id.eq(addressee).and(exhibit::taken_back_at.is_null()))
        .order(exhibit::id)
        .select(columns!())
        .into_boxed();
    if let Some(filing) = filing {
        query = query.filter(exhibit::filing_id.eq(filing));
    }
    let rows: Vec<Row> = query.load(tx.conn)?;
    complete(tx, rows)
}

/// Every piece about these answers that is neither published nor taken back.
///
/// # Errors
/// When the database fails.
pub fn private(tx: &mut ReadTx<'_>, answers: &[AddresseeId]) -> Result<Vec<Exhibit>, Error> {
    let mut found = Vec::new();
    for some in answers.chunks(AT_ONCE) {
        let of_author = exhibit::table.inner_join(person::table.on(person::id.eq(exhibit::author_id)));
        let rows: Vec<Row> = of_author
            .filter(exhibit::addressee_id.eq_any(some).and(exhibit::taken_back_at.is_null()))
            .order(exhibit::id)
            .select(columns!())
            .load(tx.conn)?;
        found.extend(complete(tx, rows)?);
    }
    found.retain(|piece| piece.published.is_none());
    Ok(found)
}

fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Exhibit>, Error> {
    let files = file::many(tx, rows.iter().filter_map(|row| row.1.2).collect())?;
    let ids: Vec<ExhibitId> = rows.iter().map(|row| row.0.0).collect();
    let works: Vec<FilingId> = rows.iter().filter_map(|row| row.0.3).collect();
    let works: Vec<(FilingId, FilingKind, FilingState)> = filing::table
        .filter(filing::id.eq_any(works))
        .select((filing::id, filing::kind, filing::state))
        .load(tx.conn)?;
    let published: Vec<(ExhibitId, EvidenceId, Seq)> = evidence::table
        .filter(evidence::exhibit_id.eq_any(ids))
        .order(evidence::id)
        .select((evidence::exhibit_id, evidence::id, evidence::seq))
        .load(tx.conn)?;
    let all = rows.into_iter().map(|(what, where_, said, by, (language, licence))| {
        let (id, reference, addressee, filing, fact, kind) = what;
        let (url, seen_on, file, rung) = where_;
        let (page, quote, title, what, summary) = said;
        let (author, author_name, author_body, created_at, taken_back_at, version) = by;
        // Each later row corrects the one before, so the last stands.
        let last = published.iter().rev().find(|(of, ..)| *of == id);
        Exhibit {
            work: works.iter().find(|work| Some(work.0) == filing).map(|work| (work.1, work.2)),
            file: files.iter().find(|one| Some(one.id) == file).cloned(),
            said: Said { page, quote, title, what, summary, rights: Rights { language, licence } },
            published: last.map(|(_, row, seq)| (*row, *seq)),
            id,
            reference,
            addressee,
            filing,
            fact,
            kind,
            url,
            seen_on,
            rung,
            author,
            author_name,
            author_body,
            created_at,
            taken_back_at,
            version,
        }
    });
    Ok(all.collect())
}

/// Claims a piece, which must still be as the form was made from.
///
/// # Errors
/// [`Error::Stale`] when somebody did something to it meanwhile.
pub fn claim(tx: &mut WriteTx<'_>, id: ExhibitId, version: i64) -> Result<(), Error> {
    let claimed = diesel::update(exhibit::table)
        .filter(exhibit::id.eq(id).and(exhibit::version.eq(version)).and(exhibit::taken_back_at.is_null()))
        .set(exhibit::version.eq(exhibit::version + 1))
        .execute(tx.conn)?;
    if claimed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Keeps what is said of a piece now.
///
/// # Errors
/// When the database fails.
pub fn describe(tx: &mut WriteTx<'_>, id: ExhibitId, rung: Rung, said: &Said) -> Result<(), Error> {
    diesel::update(exhibit::table.find(id))
        .set((
            exhibit::rung.eq(rung),
            exhibit::page.eq(&said.page),
            exhibit::quote.eq(&said.quote),
            exhibit::title.eq(&said.title),
            exhibit::what.eq(&said.what),
            exhibit::summary.eq(&said.summary),
            exhibit::language.eq(said.rights.language),
            exhibit::licence.eq(said.rights.licence),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Takes a private piece back: its words and its file are kept no longer, only that there was one.
///
/// # Errors
/// When the database fails.
pub fn take_back(tx: &mut WriteTx<'_>, piece: &Exhibit, at: Moment) -> Result<(), Error> {
    remove_words(tx, piece.id)?;
    if let Some(file) = &piece.file {
        file::erase(tx, file.id)?;
    }
    diesel::update(exhibit::table.find(piece.id)).set(exhibit::taken_back_at.eq(at)).execute(tx.conn)?;
    Ok(())
}

/// Takes back what was attached to an answer, or to work that is published, before a moment, and was never published. What
/// belongs to work that was taken back goes with that work; what waits with work that waits stays. What supports a finding or
/// a closing has a time of its own: `judges` asks for that alone, else for all the rest. Answers how much it was.
///
/// # Errors
/// When the database fails.
pub fn forget_private(tx: &mut WriteTx<'_>, before: Moment, now: Moment, judges: bool) -> Result<usize, Error> {
    let judging = [Fact::Assessed, Fact::Lifecycle];
    let facts: Vec<Fact> = Fact::ALL.iter().copied().filter(|fact| judging.contains(fact) == judges).collect();
    let of_work = exhibit::filing_id.eq(filing::id.nullable());
    let later = filing_step::table.filter(filing_step::filing_id.eq(filing::id).and(filing_step::at.ge(before)));
    let quiet = filing::state.eq(FilingState::Published).and(not(exists(later)));
    let public = evidence::table.filter(evidence::exhibit_id.eq(exhibit::id));
    let old: Vec<Row> = exhibit::table
        .inner_join(person::table.on(person::id.eq(exhibit::author_id)))
        .filter(exhibit::taken_back_at.is_null().and(exhibit::created_at.lt(before)).and(exhibit::fact.eq_any(facts)))
        .filter(exhibit::filing_id.is_null().or(exists(filing::table.filter(of_work.and(quiet)))))
        .filter(not(exists(public)))
        .select(columns!())
        .load(tx.conn)?;
    let old = complete(tx, old)?;
    for piece in &old {
        take_back(tx, piece, now)?;
    }
    Ok(old.len())
}

/// Removes what is said of a piece.
///
/// # Errors
/// When the database fails.
pub(super) fn remove_words(tx: &mut WriteTx<'_>, id: ExhibitId) -> Result<(), Error> {
    describe(tx, id, Rung::Nothing, &Said::default())?;
    diesel::update(exhibit::table.find(id)).set(exhibit::url.eq(None::<String>)).execute(tx.conn)?;
    Ok(())
}
