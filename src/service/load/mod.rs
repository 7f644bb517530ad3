//! Loading a register file: one change, mailed to nobody. Safe to run again: it adds what is new, says what differs, and
//! overwrites nothing. A file says what bodies answered and promised; it closes nothing, so that nothing is closed as done
//! through a load without what was agreed to show it.

mod answer;
mod body;
mod inquiry;
mod lock;
mod recommendation;
mod whole;

use std::collections::{BTreeMap, HashMap};

use super::{Error, Service, search};
use crate::domain::change::ChangeKind;
use crate::domain::id::{BodyId, InquiryId, RecommendationId, Seq, ThemeId};
use crate::domain::loaded::Loadable;
use crate::domain::moment::{Day, Moment};
use crate::domain::register_file::{InquiryFile, ItemRef, LinkKind, RecommendationFile, RegisterFile};
use crate::domain::text::Slug;
use crate::domain::tie::TieKind;
use crate::domain::words;
use crate::store::hold::InForce;
use crate::store::intake::Intake;
use crate::store::ledger::{self, NewChange, day_of, insert_tie, lock_newest, open_change};
use crate::store::{Error as StoreError, ReadTx, WriteTx, held, part, setting};

/// What a load found and did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// The change; `None` where nothing was new.
    pub seq: Option<Seq>,
    /// How many were added, by what they are.
    pub added: BTreeMap<Loadable, u64>,
    /// What is held otherwise than the file has it, a sentence each. It stays as it is held.
    pub differs: Vec<String>,
}

impl Loaded {
    /// `8 bodies, 28 recommendations`.
    #[must_use]
    pub fn summary(&self) -> String {
        let count = |(what, number): (&Loadable, &u64)| words::loaded(*what, *number);
        self.added.iter().map(count).collect::<Vec<_>>().join(", ")
    }

    fn add(&mut self, what: Loadable) {
        *self.added.entry(what).or_default() += 1;
    }
}

/// How to load.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// The moment of the load.
    pub now: Moment,
    /// The day that it is in the register's zone: from then on the register listens.
    pub day: Day,
    /// Whether to say only what would happen.
    pub dry_run: bool,
    /// Whether to do nothing at all where anything was published before.
    pub only_if_empty: bool,
    /// Whether to do nothing at all where somebody asked for an empty register: nobody asked for this file by name.
    pub unless_left_empty: bool,
}

/// Carries a dry run's report out of the transaction that is to be taken back.
enum Stop {
    Dry(Loaded),
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(fault: E) -> Self {
        Self::Failed(fault.into())
    }
}

impl Service {
    /// Loads a register file in one transaction: all of it or nothing.
    ///
    /// # Errors
    /// When it would say something new about what a hold keeps back; when the database fails.
    pub fn load_now(&self, load: Load, file: &RegisterFile) -> Result<Loaded, Error> {
        // As far as that is seen without waiting for anybody.
        let is_to_be_left = self.writer.read_now(|tx| {
            let newest = ledger::newest(tx)?;
            is_to_be_left(tx, load, newest)
        })?;
        if is_to_be_left {
            return Ok(Loaded::default());
        }
        let answer = self.writer.write_now(|tx| {
            tx.waits_for_others()?;
            let loaded = run(tx, load, file)?;
            if load.dry_run { Err(Stop::Dry(loaded)) } else { Ok(loaded) }
        });
        match answer {
            Ok(loaded) | Err(Stop::Dry(loaded)) => Ok(loaded),
            Err(Stop::Failed(fault)) => Err(fault),
        }
    }

    /// Notes that this register begins empty, so that a later start does not fill it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn leave_empty(&self, now: Moment) -> Result<(), Error> {
        if self.writer.read_now(|tx| Ok::<_, Error>(setting::is_left_empty(tx)?))? {
            return Ok(());
        }
        self.writer.write_now(|tx| Ok(setting::leave_empty(tx, now)?))
    }
}

/// A load on its way: its change is opened when the first new row is met.
struct Loading<'t, 'c> {
    tx: &'t mut WriteTx<'c>,
    load: Load,
    done: Loaded,
    in_force: InForce,
    bodies: BTreeMap<Slug, BodyId>,
    inquiries: BTreeMap<Slug, InquiryId>,
    items: BTreeMap<(Slug, String), RecommendationId>,
    /// Those of them whose words are not in the search index yet.
    unindexed: Vec<RecommendationId>,
    /// Of inquiries that are held, as far as it was asked for: how many recommendations and parts each has.
    rows: HashMap<InquiryId, i64>,
    /// The themes that were named, by their names.
    themes: HashMap<String, ThemeId>,
    intake: Intake,
}

impl Loading<'_, '_> {
    /// The number of the load, for a row about this: refused where that is held, and with it the whole load.
    fn seq(&mut self, inquiry: Option<InquiryId>, recommendation: Option<RecommendationId>) -> Result<Seq, Error> {
        let seq = match self.done.seq {
            Some(seq) => seq,
            None => {
                let seq = open_change(self.tx, &NewChange::of(ChangeKind::Load, self.load.now, self.load.day))?;
                // The counter is locked now: no hold is placed until the load is done.
                self.in_force = InForce::read(self.tx)?;
                self.done.seq = Some(seq);
                // From the day of its change on the register listens, whatever day the clock said.
                self.load.day = day_of(self.tx, seq)?;
                seq
            }
        };
        match self.in_force.bearing_on(inquiry, recommendation).next() {
            Some(hold) => Err(StoreError::Held(hold.held()).into()),
            None => Ok(seq),
        }
    }

    fn added(&mut self, what: Loadable) {
        self.done.add(what);
    }

    /// How many recommendations and parts of an inquiry are held: the next one's place in its list.
    fn rows_of(&mut self, inquiry: InquiryId) -> Result<i64, Error> {
        match self.rows.get(&inquiry) {
            Some(rows) => Ok(*rows),
            None => {
                let rows = held::recommendations(self.tx, inquiry)?;
                self.rows.insert(inquiry, rows);
                Ok(rows)
            }
        }
    }

    /// One more is held now.
    fn one_more_of(&mut self, inquiry: InquiryId) {
        if let Some(rows) = self.rows.get_mut(&inquiry) {
            *rows += 1;
        }
    }

    fn differs(&mut self, thing: &str, what: &str) {
        self.done.differs.push(format!("{thing}: {what} is held otherwise than in the file; left as it is"));
    }

    /// Notes each named pair that is not alike.
    fn compare(&mut self, thing: &str, pairs: &[(&str, bool)]) {
        for (what, alike) in pairs {
            if !alike {
                self.differs(thing, what);
            }
        }
    }

    fn body(&self, slug: &Slug) -> Result<BodyId, Error> {
        self.bodies.get(slug).copied().ok_or(Error::NotFound)
    }
}

/// Whether to do nothing at all, where that change is the newest.
fn is_to_be_left(tx: &mut ReadTx<'_>, load: Load, newest: Seq) -> Result<bool, StoreError> {
    let is_filled = load.only_if_empty && newest != Seq(0);
    Ok(is_filled || (load.unless_left_empty && setting::is_left_empty(tx)?))
}

fn run(tx: &mut WriteTx<'_>, load: Load, file: &RegisterFile) -> Result<Loaded, Error> {
    // Two nodes that start at the same time: the second waits here, and then finds that it is not empty.
    let newest = if load.only_if_empty { lock_newest(tx)? } else { ledger::newest(tx)? };
    if is_to_be_left(tx, load, newest)? {
        return Ok(Loaded::default());
    }
    lock::answers(tx, file)?;
    let mut loading = Loading {
        tx,
        load,
        done: Loaded::default(),
        in_force: InForce::default(),
        bodies: BTreeMap::new(),
        inquiries: BTreeMap::new(),
        items: BTreeMap::new(),
        unindexed: Vec::new(),
        rows: HashMap::new(),
        themes: HashMap::new(),
        intake: Intake::default(),
    };
    body::all(&mut loading, &file.bodies)?;
    for inquiry in &file.inquiries {
        let (id, is_new) = inquiry::one(&mut loading, inquiry)?;
        loading.inquiries.insert(inquiry.slug.clone(), id);
        if is_new {
            whole::all(&mut loading, id, inquiry)?;
        } else {
            recommendations(&mut loading, id, inquiry)?;
        }
    }
    links(&mut loading, file)?;
    let Loading { tx, done, unindexed, intake, .. } = loading;
    intake.finish(tx)?;
    // Only now are all themes and bodies of each item known.
    if done.seq.is_some() {
        for id in unindexed {
            search::index(tx, id)?;
        }
    }
    Ok(done)
}

fn recommendations(loading: &mut Loading<'_, '_>, id: InquiryId, inquiry: &InquiryFile) -> Result<(), Error> {
    for item in &inquiry.recommendations {
        let whole = item_with_answers(loading, id, inquiry, (item, None))?;
        if !item.parts.is_empty()
            && let Some((_, above)) = part::whole_of(loading.tx, whole)?
        {
            let thing = format!("recommendation {} of {}", item.number, inquiry.slug);
            loading.done.differs.push(format!("{thing}: {}", words::part_of_a_part(&item.number, &above)));
            continue;
        }
        for part in &item.parts {
            item_with_answers(loading, id, inquiry, (part, Some(whole)))?;
        }
    }
    Ok(())
}

fn item_with_answers(
    loading: &mut Loading<'_, '_>,
    id: InquiryId,
    inquiry: &InquiryFile,
    (item, whole): (&RecommendationFile, Option<RecommendationId>),
) -> Result<RecommendationId, Error> {
    let recommendation = recommendation::one(loading, id, inquiry, (item, whole))?;
    loading.items.insert((inquiry.slug.clone(), item.number.clone()), recommendation);
    loading.unindexed.push(recommendation);
    for addressee in &item.addressees {
        answer::one(loading, id, recommendation, inquiry, &inquiry.answer(item, addressee))?;
    }
    Ok(recommendation)
}

fn links(loading: &mut Loading<'_, '_>, file: &RegisterFile) -> Result<(), Error> {
    for link in &file.links {
        let find = |item: &ItemRef| {
            loading.items.get(&(item.inquiry.clone(), item.number.clone())).copied().ok_or(Error::NotFound)
        };
        let (from, to) = (find(&link.from)?, find(&link.to)?);
        // A file can say no more than that: `LinkKind` has no other word.
        let kind = match link.kind {
            LinkKind::MayBeRelated => TieKind::MayBeRelated,
        };
        if !held::has_tie(loading.tx, from, to)? {
            // It says something about both.
            let ends = [(&link.from, from), (&link.to, to)];
            for (item, id) in ends {
                let inquiry = loading.inquiries.get(&item.inquiry).copied();
                loading.seq(inquiry, Some(id))?;
            }
            let seq = loading.seq(None, None)?;
            insert_tie(loading.tx, seq, (from, to), kind, true)?;
            loading.added(Loadable::Tie);
        }
    }
    Ok(())
}
