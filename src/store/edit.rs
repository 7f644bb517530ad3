//! What was published about the register's own entries: descriptions of inquiries, their events, names of bodies and themes,
//! numbers and themes of recommendations. Each with what stood before it. What a load brought is told by the load.

use diesel::prelude::*;

use read::{bodies, descriptions, numbers, parts, tags, themes};

use super::body::BodyName;
use super::event::{self, Event};
use super::inquiry::InquiryName;
use super::schema::{body_text, change, inquiry_event, theme_text};
use super::succession::{PassedOn, Told};
use super::withheld::Words;
use super::{Error, ReadTx, group, succession};
use crate::domain::change::{ChangeKind, Subject, TakenOut};
use crate::domain::id::{BodyId, InquiryId, RecommendationId, Seq};
use crate::domain::moment::{Day, Happened};
use crate::domain::text::Slug;
use crate::domain::tie::TieKind;

mod read;
mod tie;

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
        match &self.what {
            What::Passing(PassedOn { recommendation, .. })
            | What::Group(group::Told::Asked { recommendation, .. })
            | What::Number { recommendation, .. }
            | What::Mistaken { recommendation, .. }
            | What::Part { recommendation, .. }
            | What::Tie { recommendation, .. }
            | What::Tag { recommendation, .. } => Some(*recommendation),
            _ => None,
        }
    }

    /// The other recommendation that it is about as well: the other end of a tie.
    #[must_use]
    pub const fn other(&self) -> Option<RecommendationId> {
        match &self.what {
            What::Tie { other, .. } => Some(*other),
            _ => None,
        }
    }

    /// Tells a tie of its other end; what is said of the two stays.
    pub const fn turn(&mut self) {
        if let What::Tie { recommendation, other, .. } = &mut self.what {
            std::mem::swap(recommendation, other);
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
            What::Number { .. }
            | What::Mistaken { .. }
            | What::Part { .. }
            | What::Tag { .. }
            | What::Tie { .. }
            | What::Succession(_)
            | What::Group(_)
            | What::Passing(_) => None,
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
    Inquiry { row: i64, inquiry: InquiryName, now: Box<Described>, before: Option<Box<Described>> },
    /// An event of an inquiry.
    Event(Event),
    /// An entry of a body.
    Body { row: i64, body: BodyName, now: Box<Called>, before: Option<Box<Called>> },
    /// What became of a body that ended.
    Succession(Told),
    /// Who took over one of its answers.
    Passing(PassedOn),
    /// Who belongs to a group of bodies, or what was put to it.
    Group(group::Told),
    /// Another number for a recommendation.
    Number { recommendation: RecommendationId, now: String, before: String },
    /// A recommendation entered in error, or not after all.
    Mistaken { recommendation: RecommendationId, in_error: bool },
    /// A lettered part taken in, of a recommendation.
    Part { recommendation: RecommendationId, letter: String },
    /// A theme put on a recommendation or taken off.
    Tag { recommendation: RecommendationId, theme: String, present: bool },
    /// Two recommendations tied, or tied no more: the one called `from` says so of the one called `to`. It is told of either end.
    Tie {
        recommendation: RecommendationId,
        other: RecommendationId,
        from: String,
        to: String,
        kind: TieKind,
        present: bool,
    },
    /// A theme's name; where only that changed, whether it is retired.
    Theme { row: i64, slug: Slug, now: Words, before: Option<Words>, retired: Option<bool> },
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
    /// How many of its recommendations are not tracked here, and why.
    pub not_tracked: (Option<i64>, Option<String>),
}

/// An entry of a body, as far as the public may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// What is out of sight, and since when.
    pub withheld: Option<TakenOut>,
    /// Name, short name, kind, link, other names.
    pub words: [Option<String>; 5],
    /// Since when it has the name, where that is known.
    pub since: Happened,
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

/// The entries and the events of bodies and the names of themes that were published last before a change, by whatever act: what at most so many
/// changes of each kind published. Where there are more, also the oldest change down to which nothing is left out.
///
/// # Errors
/// When the database fails.
pub fn names(tx: &mut ReadTx<'_>, before: Seq, most: i64) -> Result<(Vec<Edit>, Option<Seq>), Error> {
    let full = |seqs: &[Seq]| seqs.last().copied().filter(|_| i64::try_from(seqs.len()).is_ok_and(|many| many >= most));
    let of_bodies: Vec<Seq> = body_text::table
        .filter(body_text::seq.lt(before))
        .order(body_text::seq.desc())
        .select(body_text::seq)
        .distinct()
        .limit(most)
        .load(tx.conn)?;
    let of_themes: Vec<Seq> = theme_text::table
        .filter(theme_text::seq.lt(before))
        .order(theme_text::seq.desc())
        .select(theme_text::seq)
        .distinct()
        .limit(most)
        .load(tx.conn)?;
    let of_events: Vec<Seq> = inquiry_event::table
        .filter(inquiry_event::seq.lt(before).and(inquiry_event::body_id.is_not_null()))
        .order(inquiry_event::seq.desc())
        .select(inquiry_event::seq)
        .distinct()
        .limit(most)
        .load(tx.conn)?;
    let down_to = full(&of_bodies).max(full(&of_themes)).max(full(&of_events));
    let mut edits = bodies(tx, &Of::Changes(of_bodies))?;
    edits.extend(themes(tx, &of_themes)?);
    let events = event::find(tx, &event::Of::Changes(of_events), most)?;
    edits.extend(events.into_iter().map(|event| Edit { seq: event.seq, what: What::Event(event) }));
    Ok((edits, down_to))
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
            edits.extend(passed(tx, seqs)?);
            let told = group::of_changes(tx, seqs)?;
            edits.extend(told.into_iter().map(|told| Edit { seq: told.seq(), what: What::Group(told) }));
            edits.extend(numbers(tx, of)?);
            edits.extend(tags(tx, of)?);
            edits.extend(tie::ties(tx, of)?);
            edits.extend(themes(tx, seqs)?);
        }
        Of::Inquiry(_) => edits.extend(descriptions(tx, of)?),
        Of::Recommendation(id) => {
            let told = group::of_recommendation(tx, *id)?;
            edits.extend(told.into_iter().map(|told| Edit { seq: told.seq(), what: What::Group(told) }));
            let passed = succession::passed_on_of(tx, *id)?;
            edits.extend(passed.into_iter().map(|one| Edit { seq: one.seq, what: What::Passing(one) }));
            edits.extend(numbers(tx, of)?);
            edits.extend(parts(tx, of)?);
            edits.extend(tags(tx, of)?);
            edits.extend(tie::ties(tx, of)?);
        }
        Of::Body(id) => {
            edits.extend(bodies(tx, of)?);
            let events = event::find(tx, &event::Of::Body(*id), most)?;
            edits.extend(events.into_iter().map(|event| Edit { seq: event.seq, what: What::Event(event) }));
            let told = succession::of_body(tx, *id)?;
            edits.extend(told.into_iter().map(|told| Edit { seq: told.seq, what: What::Succession(told) }));
        }
    }
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.seq));
    Ok(edits)
}

/// What became of bodies, and of their answers.
fn passed(tx: &mut ReadTx<'_>, seqs: &[Seq]) -> Result<Vec<Edit>, Error> {
    let told = succession::of_changes(tx, seqs.to_vec())?;
    let passed = succession::passed_on(tx, seqs.to_vec())?;
    let told = told.into_iter().map(|told| Edit { seq: told.seq, what: What::Succession(told) });
    Ok(told.chain(passed.into_iter().map(|one| Edit { seq: one.seq, what: What::Passing(one) })).collect())
}
