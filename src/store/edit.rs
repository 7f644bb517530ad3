//! What was published about the register's own entries: descriptions of inquiries, their events, names of bodies and themes,
//! numbers and themes of recommendations. Each with what stood before it. What a load brought is told by the load.

use diesel::prelude::*;

use super::body::{self, BodyName};
use super::event::{self, Event};
use super::inquiry::{self, InquiryName};
use super::schema::{body_text, change, entry, inquiry_text, tag, theme_text};
use super::withheld::{self, Words};
use super::{Error, ReadTx};
use crate::domain::change::{ChangeKind, Subject, TakenOut};
use crate::domain::id::{BodyId, InquiryId, RecommendationId, Seq, ThemeId};
use crate::domain::moment::Day;
use crate::domain::text::Slug;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The change that published it.
    pub seq: Seq,
    /// What it is.
    pub what: What,
}

impl Edit {
    /// The recommendation that it is about.
    #[must_use]
    pub const fn recommendation(&self) -> Option<RecommendationId> {
        match self.what {
            What::Number { recommendation, .. } | What::Tag { recommendation, .. } => Some(recommendation),
            _ => None,
        }
    }

    /// The row that holds its words, where those can be withheld, and what they say.
    #[must_use]
    pub fn words(&self) -> Option<(Subject, i64, Words)> {
        let said = |words: &[Option<String>]| {
            let said: Vec<&str> = words.iter().flatten().map(String::as_str).collect();
            Words::Said(said.join(". "))
        };
        match &self.what {
            What::Inquiry { row, now, .. } => {
                let words = [now.names[1].clone(), now.words[5].clone()];
                Some((Subject::Description, *row, now.withheld.map_or_else(|| said(&words), Words::Withheld)))
            }
            What::Body { row, now, .. } => {
                Some((Subject::Body, *row, now.withheld.map_or_else(|| said(&now.words[..1]), Words::Withheld)))
            }
            What::Theme { row, now, .. } => Some((Subject::Theme, *row, now.clone())),
            What::Event(event) => Some((Subject::Event, event.id.0, event.words.clone())),
            What::Number { .. } | What::Tag { .. } => None,
        }
    }
}

/// What a row is about, with what stood before.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each says what it is of: its row, what it is about, what stands now and what stood before"
)]
pub enum What {
    /// A description of an inquiry.
    Inquiry { row: i64, inquiry: InquiryName, now: Described, before: Option<Described> },
    /// An event of an inquiry.
    Event(Event),
    /// An entry of a body.
    Body { row: i64, body: BodyName, now: Called, before: Option<Called> },
    /// Another number for a recommendation.
    Number { recommendation: RecommendationId, now: String, before: String },
    /// A theme put on a recommendation or taken off.
    Tag { recommendation: RecommendationId, theme: String, present: bool },
    /// A theme's name.
    Theme { row: i64, slug: Slug, now: Words, before: Option<Words> },
}

/// A description, as far as the public may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// What is out of sight, and since when.
    pub withheld: Option<TakenOut>,
    /// Kind, title, short title.
    pub names: [Option<String>; 3],
    /// Chair, legal basis, source, note on the source, who monitors it, note.
    pub words: [Option<String>; 6],
    /// Who commissioned it and who issued its recommendations.
    pub bodies: [Option<String>; 2],
    /// Whether the numbers are this register's own.
    pub own_references: bool,
    /// The day of publication.
    pub published_on: Option<Day>,
}

/// An entry of a body, as far as the public may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// What is out of sight, and since when.
    pub withheld: Option<TakenOut>,
    /// Name, short name, kind, link.
    pub words: [Option<String>; 4],
    /// Its part of addresses.
    pub slug: Slug,
}

/// Which rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// Those that some changes published.
    Changes(Vec<Seq>),
    /// The descriptions of an inquiry.
    Inquiry(InquiryId),
    /// The numbers and themes of a recommendation.
    Recommendation(RecommendationId),
    /// The entries of a body.
    Body(BodyId),
}

/// The rows that deeds of their own published, the last published first.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, of: &Of, most: i64) -> Result<Vec<Edit>, Error> {
    let mut edits = all(tx, of, most)?;
    let loads: Vec<Seq> = change::table
        .filter(change::seq.eq_any(edits.iter().map(|edit| edit.seq).collect::<Vec<_>>()))
        .filter(change::kind.eq(ChangeKind::Load))
        .select(change::seq)
        .load(tx.conn)?;
    edits.retain(|edit| !loads.contains(&edit.seq));
    Ok(edits)
}

/// The entries of bodies and the names of themes that were published last, by whatever act.
///
/// # Errors
/// When the database fails.
pub fn names(tx: &mut ReadTx<'_>, most: i64) -> Result<Vec<Edit>, Error> {
    let mut seqs: Vec<Seq> =
        body_text::table.order(body_text::seq.desc()).limit(most).select(body_text::seq).load(tx.conn)?;
    seqs.extend(
        theme_text::table.order(theme_text::seq.desc()).limit(most).select(theme_text::seq).load::<Seq>(tx.conn)?,
    );
    seqs.sort_unstable();
    seqs.dedup();
    let mut edits = bodies(tx, &Of::Changes(seqs.clone()))?;
    edits.extend(themes(tx, &seqs)?);
    Ok(edits)
}

/// The same rows and those that loads brought, the last published first.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut ReadTx<'_>, of: &Of, most: i64) -> Result<Vec<Edit>, Error> {
    let mut edits = Vec::new();
    match of {
        Of::Changes(seqs) => {
            let events = event::find(tx, &event::Of::Changes(seqs.clone()), most)?;
            edits.extend(events.into_iter().map(|event| Edit { seq: event.seq, what: What::Event(event) }));
            edits.extend(descriptions(tx, of)?);
            edits.extend(bodies(tx, of)?);
            edits.extend(numbers(tx, of)?);
            edits.extend(tags(tx, of)?);
            edits.extend(themes(tx, seqs)?);
        }
        Of::Inquiry(_) => edits.extend(descriptions(tx, of)?),
        Of::Recommendation(_) => {
            edits.extend(numbers(tx, of)?);
            edits.extend(tags(tx, of)?);
        }
        Of::Body(_) => edits.extend(bodies(tx, of)?),
    }
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.seq));
    Ok(edits)
}

/// Each row that is wanted with the one before it about the same thing. Rows are in the order of publication.
fn with_before<'r, R, K: PartialEq>(
    rows: &'r [R],
    key: impl Fn(&R) -> K,
    wanted: impl Fn(&R) -> bool,
) -> Vec<(&'r R, Option<&'r R>)> {
    let before = |at: usize| rows[..at].iter().rev().find(|earlier| key(earlier) == key(&rows[at]));
    rows.iter().enumerate().filter(|(_, row)| wanted(row)).map(|(at, row)| (row, before(at))).collect()
}

#[derive(Queryable)]
struct TextRow {
    id: i64,
    seq: Seq,
    inquiry: InquiryId,
    names: (String, String, String),
    words: (Option<String>, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>),
    bodies: (Option<BodyId>, Option<BodyId>),
    own_references: bool,
    published_on: Option<Day>,
    withheld: Option<Seq>,
}

fn descriptions(tx: &mut ReadTx<'_>, of: &Of) -> Result<Vec<Edit>, Error> {
    let about: Vec<InquiryId> = match of {
        Of::Inquiry(id) => vec![*id],
        Of::Changes(seqs) => inquiry_text::table
            .filter(inquiry_text::seq.eq_any(seqs.clone()))
            .select(inquiry_text::inquiry_id)
            .distinct()
            .load(tx.conn)?,
        _ => return Ok(Vec::new()),
    };
    if about.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<TextRow> = inquiry_text::table
        .filter(inquiry_text::inquiry_id.eq_any(about.clone()).and(inquiry_text::seq.le(tx.upto())))
        .order((inquiry_text::seq, inquiry_text::id))
        .select((
            inquiry_text::id,
            inquiry_text::seq,
            inquiry_text::inquiry_id,
            (inquiry_text::kind, inquiry_text::title, inquiry_text::short_title),
            (
                inquiry_text::chair,
                inquiry_text::legal_basis,
                inquiry_text::source_url,
                inquiry_text::source_note,
                inquiry_text::monitored_by,
                inquiry_text::note,
            ),
            (inquiry_text::commissioned_by, inquiry_text::issued_by),
            inquiry_text::own_references,
            inquiry_text::published_on,
            inquiry_text::withheld,
        ))
        .load(tx.conn)?;
    let days = withheld::days(tx, rows.iter().map(|row| row.withheld))?;
    let known = rows.iter().flat_map(|row| [row.bodies.0, row.bodies.1]).flatten().collect();
    let known = body::names(tx, known)?;
    let name =
        |id: Option<BodyId>| id.and_then(|id| known.iter().find(|body| body.id == id)).map(|one| one.name.clone());
    let described = |row: &TextRow| {
        let shown = row.withheld.is_none();
        let (kind, title, short) = row.names.clone();
        let (chair, right, source, about, monitored, note) = row.words.clone();
        Described {
            withheld: days.taken(row.withheld),
            names: [kind, title, short].map(|word| Some(word).filter(|_| shown)),
            words: [chair, right, source, about, monitored, note].map(|word| word.filter(|_| shown)),
            bodies: [name(row.bodies.0), name(row.bodies.1)],
            own_references: row.own_references,
            published_on: row.published_on,
        }
    };
    let inquiries = inquiry::names(tx, about)?;
    let wanted = |row: &TextRow| matches!(of, Of::Inquiry(_)) || asked(of, row.seq);
    let edits = with_before(&rows, |row| row.inquiry, wanted).into_iter().filter_map(|(row, before)| {
        let inquiry = inquiries.iter().find(|one| one.id == row.inquiry)?.clone();
        let what = What::Inquiry { row: row.id, inquiry, now: described(row), before: before.map(described) };
        Some(Edit { seq: row.seq, what })
    });
    Ok(edits.collect())
}

fn asked(of: &Of, seq: Seq) -> bool {
    matches!(of, Of::Changes(seqs) if seqs.contains(&seq))
}

#[derive(Queryable)]
struct BodyRow {
    id: i64,
    seq: Seq,
    body: BodyId,
    words: (String, Option<String>, String, Option<String>),
    slug: Slug,
    withheld: Option<Seq>,
}

fn bodies(tx: &mut ReadTx<'_>, of: &Of) -> Result<Vec<Edit>, Error> {
    let about: Vec<BodyId> = match of {
        Of::Body(id) => vec![*id],
        Of::Changes(seqs) => body_text::table
            .filter(body_text::seq.eq_any(seqs.clone()))
            .select(body_text::body_id)
            .distinct()
            .load(tx.conn)?,
        _ => return Ok(Vec::new()),
    };
    if about.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<BodyRow> = body_text::table
        .filter(body_text::body_id.eq_any(about.clone()).and(body_text::seq.le(tx.upto())))
        .order((body_text::seq, body_text::id))
        .select((
            body_text::id,
            body_text::seq,
            body_text::body_id,
            (body_text::name, body_text::short_name, body_text::kind, body_text::link),
            body_text::slug,
            body_text::withheld,
        ))
        .load(tx.conn)?;
    let days = withheld::days(tx, rows.iter().map(|row| row.withheld))?;
    let called = |row: &BodyRow| {
        let (name, short, kind, link) = row.words.clone();
        let words = [Some(name), short, Some(kind), link];
        Called {
            withheld: days.taken(row.withheld),
            words: words.map(|word| word.filter(|_| row.withheld.is_none())),
            slug: row.slug.clone(),
        }
    };
    let names = body::names(tx, about)?;
    let wanted = |row: &BodyRow| matches!(of, Of::Body(_)) || asked(of, row.seq);
    let edits = with_before(&rows, |row| row.body, wanted).into_iter().filter_map(|(row, before)| {
        let body = names.iter().find(|one| one.id == row.body)?.clone();
        Some(Edit {
            seq: row.seq,
            what: What::Body { row: row.id, body, now: called(row), before: before.map(called) },
        })
    });
    Ok(edits.collect())
}

fn numbers(tx: &mut ReadTx<'_>, of: &Of) -> Result<Vec<Edit>, Error> {
    let about: Vec<RecommendationId> = match of {
        Of::Recommendation(id) => vec![*id],
        Of::Changes(seqs) => entry::table
            .filter(entry::seq.eq_any(seqs.clone()))
            .select(entry::recommendation_id)
            .distinct()
            .load(tx.conn)?,
        _ => return Ok(Vec::new()),
    };
    let rows: Vec<(Seq, RecommendationId, String)> = entry::table
        .filter(entry::recommendation_id.eq_any(about).and(entry::seq.le(tx.upto())))
        .order((entry::seq, entry::id))
        .select((entry::seq, entry::recommendation_id, entry::number))
        .load(tx.conn)?;
    let wanted = |row: &(Seq, RecommendationId, String)| matches!(of, Of::Recommendation(_)) || asked(of, row.0);
    let edits = with_before(&rows, |row| row.1, wanted).into_iter().filter_map(|(row, before)| {
        let before = before?.2.clone();
        Some(Edit { seq: row.0, what: What::Number { recommendation: row.1, now: row.2.clone(), before } })
    });
    Ok(edits.collect())
}

fn tags(tx: &mut ReadTx<'_>, of: &Of) -> Result<Vec<Edit>, Error> {
    let all = tag::table
        .filter(tag::seq.le(tx.upto()))
        .order(tag::id)
        .select((tag::seq, tag::recommendation_id, tag::theme_id, tag::present))
        .into_boxed();
    let rows: Vec<(Seq, RecommendationId, ThemeId, bool)> = match of {
        Of::Recommendation(id) => all.filter(tag::recommendation_id.eq(*id)).load(tx.conn)?,
        Of::Changes(seqs) => all.filter(tag::seq.eq_any(seqs.clone())).load(tx.conn)?,
        _ => return Ok(Vec::new()),
    };
    let names = super::theme::names(tx, rows.iter().map(|row| row.2).collect())?;
    let edits = rows.into_iter().filter_map(|(seq, recommendation, theme, present)| {
        let theme = names.iter().find(|one| one.id == theme)?.name.clone();
        Some(Edit { seq, what: What::Tag { recommendation, theme, present } })
    });
    Ok(edits.collect())
}

fn themes(tx: &mut ReadTx<'_>, seqs: &[Seq]) -> Result<Vec<Edit>, Error> {
    let about: Vec<ThemeId> = theme_text::table
        .filter(theme_text::seq.eq_any(seqs.to_vec()))
        .select(theme_text::theme_id)
        .distinct()
        .load(tx.conn)?;
    // The address is today's: an earlier name may stand in an earlier one, and be out of sight.
    let themes = super::theme::names(tx, about.clone())?;
    let rows: Vec<(i64, Seq, ThemeId, Option<String>, Option<Seq>)> = theme_text::table
        .filter(theme_text::theme_id.eq_any(about).and(theme_text::seq.le(tx.upto())))
        .order((theme_text::seq, theme_text::id))
        .select((
            theme_text::id,
            theme_text::seq,
            theme_text::theme_id,
            diesel::dsl::case_when(theme_text::withheld.is_null(), theme_text::name.nullable()),
            theme_text::withheld,
        ))
        .load(tx.conn)?;
    let days = withheld::days(tx, rows.iter().map(|row| row.4))?;
    let edits = with_before(&rows, |row| row.2, |row| seqs.contains(&row.1)).into_iter().filter_map(|(row, before)| {
        let slug = themes.iter().find(|theme| theme.id == row.2)?.slug.clone();
        let now = days.words(row.3.clone(), row.4)?;
        let before = before.and_then(|row| days.words(row.3.clone(), row.4));
        Some(Edit { seq: row.1, what: What::Theme { row: row.0, slug, now, before } })
    });
    Ok(edits.collect())
}
