//! Dates that something is owed by, as they were published: each with who set it, why, and what it took the place of.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::about::{About, Place, about_an_answer};
use super::body::{self, BodyName};
use super::ledger::record_of;
use super::schema::{addressee, deadline};
use super::withheld::{self, Words};
use super::{Error, ReadTx, setting};
use crate::domain::checked::Checked;
use crate::domain::deadline::{DeadlineAct, DeadlineKind};
use crate::domain::deadline_rule::{self, DeadlineRule};
use crate::domain::id::{AddresseeId, BodyId, DeadlineId, InquiryId, Seq};
use crate::domain::moment::Day;
use crate::domain::record::only_takes_back;
use crate::domain::words;

/// The last row that set or ended a schedule of any answer of an inquiry; 0 where there is none. Another schedule makes it another
/// one, also where it takes the place of an earlier one or ends it.
///
/// # Errors
/// When the database fails.
pub fn last_return(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<i64, Error> {
    let last: Option<DeadlineId> = deadline::table
        .inner_join(addressee::table)
        .filter(addressee::inquiry_id.eq(inquiry).and(deadline::kind.eq(DeadlineKind::Return)))
        .select(diesel::dsl::max(deadline::id))
        .first(tx.conn)?;
    Ok(last.map_or(0, |id| id.0))
}

/// A published date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Its row.
    pub id: DeadlineId,
    /// Whose answer it is about, and the change that published it.
    pub place: Place,
    /// What is owed by it.
    pub kind: DeadlineKind,
    /// The date; `None` where the row ends a schedule or takes a target back.
    pub due_on: Option<Day>,
    /// For a schedule: every so many months.
    pub every_months: Option<i64>,
    /// The body that set it.
    pub set_by: Option<BodyName>,
    /// Who set it, where that is no body of this register, and unless it is withheld with the reason.
    pub set_by_words: Option<String>,
    /// Why.
    pub reason: Option<Words>,
    /// Where that can be read.
    pub source_url: Option<String>,
    /// How far the date was checked.
    pub checked: Checked,
    /// The date that it took the place of.
    pub replaces: Option<Option<Day>>,
    /// What it puts right, where it corrects a wrong entry.
    pub corrects: Option<WrongDate>,
    /// The change that puts it right, where it was a wrong entry.
    pub corrected_by: Option<Seq>,
    /// The rule of law by which it was reckoned, and from which day.
    pub rule: Option<(String, Option<Day>)>,
    /// That rule, where it is known here.
    pub known_rule: Option<DeadlineRule>,
    /// Whom an answer is owed to, unless it is withheld with the reason.
    pub owed_to: Option<String>,
    /// Who agreed that a target moves, unless it is withheld with the reason.
    pub agreed_by: Option<String>,
    /// What happened to the date that it takes the place of, and on which day.
    pub act: Option<(DeadlineAct, Option<Day>)>,
    /// For a plan: which post owns it and what it is to do, unless that is withheld.
    pub plan: Option<Plan>,
}

/// A body's plan: a post and what it is to do. Its day is the day of the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The post that owns it; never a person.
    pub owner: String,
    /// What is to be done.
    pub action: String,
}

impl Deadline {
    /// Whether it says no more than that another one was recorded in error.
    #[must_use]
    pub const fn only_takes_back(&self) -> bool {
        only_takes_back(self.corrects.is_some(), self.due_on, self.act.is_some())
    }

    /// By which rule it was reckoned, in words.
    #[must_use]
    pub fn reckoned(&self) -> Option<String> {
        let (rule, from) = self.rule.as_ref()?;
        Some(
            self.known_rule
                .as_ref()
                .map_or_else(|| words::reckoned_by_unknown(rule), |known| words::reckoned(known, *from)),
        )
    }

    /// The same as what somebody puts right.
    #[must_use]
    pub const fn as_wrong(&self) -> WrongDate {
        WrongDate { seq: self.place.seq, was: self.due_on, act: self.act }
    }

    /// Who set it, by name.
    #[must_use]
    pub fn setter(&self) -> &str {
        self.set_by.as_ref().map(BodyName::short).or(self.set_by_words.as_deref()).unwrap_or(words::SOMEBODY)
    }
}

/// A date that was recorded wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongDate {
    /// The change that published it.
    pub seq: Seq,
    /// The date as it was recorded.
    pub was: Option<Day>,
    /// What was recorded to have happened to the date before it, and on which day.
    pub act: Option<(DeadlineAct, Option<Day>)>,
}

/// What happened to a date, and on which day, as two columns hold it.
type Act = (Option<DeadlineAct>, Option<Day>);

#[derive(Queryable)]
struct Row {
    id: DeadlineId,
    place: Place,
    kind: DeadlineKind,
    due_on: Option<Day>,
    every_months: Option<i64>,
    set_by: Option<BodyId>,
    set_by_words: Option<String>,
    reason: Option<String>,
    source_url: Option<String>,
    checked: Checked,
    replaces: Option<DeadlineId>,
    withheld: Option<Seq>,
    corrects: Option<DeadlineId>,
    reckoned: (Option<String>, Option<Day>, Option<String>, Option<String>),
    act: Act,
    plan: (Option<String>, Option<String>),
}

macro_rules! columns {
    () => {
        (
            deadline::id,
            (deadline::seq, deadline::addressee_id, addressee::recommendation_id),
            deadline::kind,
            deadline::due_on,
            deadline::every_months,
            deadline::set_by_body,
            diesel::dsl::case_when(deadline::withheld.is_null(), deadline::set_by_words),
            diesel::dsl::case_when(deadline::withheld.is_null(), deadline::reason),
            diesel::dsl::case_when(deadline::withheld.is_null(), deadline::source_url),
            deadline::checked,
            deadline::replaces,
            deadline::withheld,
            deadline::corrects,
            (
                deadline::rule,
                deadline::rule_from,
                diesel::dsl::case_when(deadline::withheld.is_null(), deadline::owed_to),
                diesel::dsl::case_when(deadline::withheld.is_null(), deadline::agreed_by),
            ),
            (deadline::act, deadline::act_on),
            (
                diesel::dsl::case_when(deadline::withheld.is_null(), deadline::owner_post),
                diesel::dsl::case_when(deadline::withheld.is_null(), deadline::action),
            ),
        )
    };
}

/// The dates about something, the last published first.
///
/// # Errors
/// When the database fails.
pub fn about(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Vec<Deadline>, Error> {
    let all = deadline::table.inner_join(addressee::table).select(columns!()).into_boxed();
    let rows: Vec<Row> = about_an_answer!(all, deadline, about)
        .filter(deadline::seq.le(tx.upto()))
        .order((deadline::seq.desc(), deadline::id.desc()))
        .limit(most)
        .load(tx.conn)?;
    complete(tx, rows)
}

/// These dates, by their rows.
///
/// # Errors
/// When the database fails.
pub fn many(tx: &mut ReadTx<'_>, ids: Vec<DeadlineId>) -> Result<Vec<Deadline>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = deadline::table
        .inner_join(addressee::table)
        .filter(deadline::id.eq_any(ids))
        .select(columns!())
        .load(tx.conn)?;
    complete(tx, rows)
}

/// What stands for an answer besides its present row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Besides {
    /// Time to answer stands still: the date that says so.
    pub paused: Option<Deadline>,
    /// The body's plan.
    pub plan: Option<Deadline>,
    /// Of an answer under consideration: how often that was renewed.
    pub renewed: i64,
}

/// What stands for one answer besides its present row.
///
/// # Errors
/// When the database fails.
pub fn besides(tx: &mut ReadTx<'_>, answer: AddresseeId) -> Result<Besides, Error> {
    let state = record_of(tx, answer)?.state_at(tx.upto());
    let dates = many(tx, [state.response_paused, state.plan].into_iter().flatten().collect())?;
    let find = |id: Option<DeadlineId>| dates.iter().find(|date| Some(date.id) == id).cloned();
    Ok(Besides { paused: find(state.response_paused), plan: find(state.plan), renewed: state.response_renewed })
}

/// Those of these answers that ever had a plan, or of which time to answer ever stopped.
///
/// # Errors
/// When the database fails.
pub fn planned_or_paused(tx: &mut ReadTx<'_>, answers: &[AddresseeId]) -> Result<HashSet<AddresseeId>, Error> {
    let found: Vec<AddresseeId> = deadline::table
        .filter(deadline::addressee_id.eq_any(answers))
        .filter(deadline::seq.le(tx.upto()))
        .filter(deadline::kind.eq(DeadlineKind::Plan).or(deadline::act.eq(Some(DeadlineAct::Paused)).assume_not_null()))
        .select(deadline::addressee_id)
        .distinct()
        .load(tx.conn)?;
    Ok(found.into_iter().collect())
}

fn wrong((seq, was): (Seq, Option<Day>), (act, on): Act) -> WrongDate {
    WrongDate { seq, was, act: act.map(|act| (act, on)) }
}

/// Adds who set each, what each took the place of, and the day of what is withheld.
fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Deadline>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let days = withheld::days(tx, rows.iter().map(|row| row.withheld))?;
    let setters = body::names(tx, rows.iter().filter_map(|row| row.set_by).collect())?;
    let named: Vec<DeadlineId> = rows.iter().flat_map(|row| [row.replaces, row.corrects]).flatten().collect();
    let mut before: HashMap<DeadlineId, WrongDate> =
        rows.iter().map(|row| (row.id, wrong((row.place.seq, row.due_on), row.act))).collect();
    if !named.is_empty() {
        let found: Vec<(DeadlineId, (Seq, Option<Day>), Act)> = deadline::table
            .filter(deadline::id.eq_any(named))
            .select((deadline::id, (deadline::seq, deadline::due_on), (deadline::act, deadline::act_on)))
            .load(tx.conn)?;
        before.extend(found.into_iter().map(|(id, was, act)| (id, wrong(was, act))));
    }
    let by_rule = rows.iter().any(|row| row.reckoned.0.is_some());
    let rules = if by_rule { setting::rules(tx)? } else { Vec::new() };
    let ids: Vec<DeadlineId> = rows.iter().map(|row| row.id).collect();
    let corrections: Vec<(Option<DeadlineId>, Seq)> = deadline::table
        .filter(deadline::corrects.assume_not_null().eq_any(ids).and(deadline::seq.le(tx.upto())))
        .select((deadline::corrects, deadline::seq))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .map(|row| Deadline {
            reason: days.words(row.reason, row.withheld),
            set_by: row.set_by.and_then(|id| setters.iter().find(|body| body.id == id).cloned()),
            replaces: row.replaces.and_then(|id| before.get(&id)).map(|date| date.was),
            corrects: row.corrects.and_then(|id| before.get(&id).copied()),
            corrected_by: corrections.iter().find(|(of, _)| *of == Some(row.id)).map(|(_, seq)| *seq),
            known_rule: row.reckoned.0.as_ref().and_then(|rule| deadline_rule::find(&rules, rule)).cloned(),
            rule: row.reckoned.0.map(|rule| (rule, row.reckoned.1)),
            owed_to: row.reckoned.2,
            agreed_by: row.reckoned.3,
            act: row.act.0.map(|act| (act, row.act.1)),
            plan: row.plan.0.zip(row.plan.1).map(|(owner, action)| Plan { owner, action }),
            every_months: row.every_months,
            set_by_words: row.set_by_words,
            id: row.id,
            place: row.place,
            kind: row.kind,
            due_on: row.due_on,
            source_url: row.source_url,
            checked: row.checked,
        })
        .collect())
}
