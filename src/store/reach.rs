//! What was published, as far as it decides who is told of it: each change with all that it is about.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;

use super::schema::{
    addressee, asked, body_text, change, deadline, fact_update, inquiry_text, mark, membership, passing,
    recommendation, succession, tag, theme_text, tie, wording,
};
use super::subscription::Subscription;
use super::{AT_ONCE, Error, ReadTx, digest, ledger, remark};
use crate::domain::change::{ChangeKind, Fact, RemarkKind, Subject, TakenOut};
use crate::domain::id::{AddresseeId, BodyId, InquiryId, RecommendationId, Seq, ThemeId};
use crate::domain::moment::Day;
use crate::domain::subscription::{MailCycle, TopicKind};

/// One published act, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its number.
    pub seq: Seq,
    /// What kind of act it was.
    pub kind: ChangeKind,
    /// Whether it published what oversight found: an assessment, or that something no longer holds.
    pub judges: bool,
    about: HashSet<(TopicKind, i64)>,
}

impl Published {
    /// Whether it is about something that somebody follows.
    #[must_use]
    pub fn is_about(&self, kind: TopicKind, target: i64) -> bool {
        kind == TopicKind::Everything || self.about.contains(&(kind, target))
    }

    /// Whether somebody is told of it who follows these things and wants mail so often.
    #[must_use]
    pub fn is_for(&self, cycle: MailCycle, follows: &[Subscription]) -> bool {
        let tells = |follow: &Subscription| follow.is_told(self.seq) && self.is_about(follow.kind, follow.target);
        cycle.takes(self.judges) && follows.iter().any(tells)
    }
}

/// Everything published after one change and up to another, oldest first.
///
/// # Errors
/// When the database fails.
pub fn between(tx: &mut ReadTx<'_>, (after, upto): (Seq, Seq)) -> Result<Vec<Published>, Error> {
    type Row = (
        Seq,
        ChangeKind,
        Option<AddresseeId>,
        Option<InquiryId>,
        Option<RecommendationId>,
        Option<BodyId>,
        Option<RecommendationId>,
        Option<(BodyId, BodyId)>,
    );
    if after >= upto {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = change::table
        .left_join(addressee::table.on(change::addressee_id.eq(addressee::id.nullable())))
        .filter(change::seq.gt(after).and(change::seq.le(upto)))
        .order(change::seq)
        .select((
            change::seq,
            change::kind,
            change::addressee_id,
            change::inquiry_id,
            change::recommendation_id,
            change::body_id,
            addressee::recommendation_id.nullable(),
            (addressee::body_id, addressee::answerer_id).nullable(),
        ))
        .load(tx.conn)?;
    let judging: HashSet<Seq> = fact_update::table
        .filter(fact_update::seq.gt(after).and(fact_update::seq.le(upto)).and(fact_update::fact.eq(Fact::Assessed)))
        .select(fact_update::seq)
        .load::<Seq>(tx.conn)?
        .into_iter()
        .collect();
    let mut all = Vec::with_capacity(rows.len());
    let mut items: BTreeMap<Seq, HashSet<RecommendationId>> = BTreeMap::new();
    for (seq, kind, answer, inquiry, first, body, second, asked) in rows {
        let mut about = HashSet::new();
        about.extend(inquiry.map(|id| (TopicKind::Inquiry, id.0)));
        // Whoever follows the body that was asked hears what becomes of it, whoever answers now.
        let both = asked.map_or([None, None], |(asked, now)| [Some(asked), Some(now)]);
        about.extend([body, both[0], both[1]].into_iter().flatten().map(|id| (TopicKind::Body, id.0)));
        items.entry(seq).or_default().extend([first, second].into_iter().flatten());
        let judges = kind == ChangeKind::Assessed || (kind != ChangeKind::Load && judging.contains(&seq));
        let mut news = Published { seq, kind, judges, about };
        if kind == ChangeKind::Mark {
            // One act about many items names none of them itself.
            let marked: Vec<RecommendationId> = mark::table
                .inner_join(addressee::table)
                .filter(mark::seq.eq(seq))
                .select(addressee::recommendation_id)
                .load(tx.conn)?;
            items.entry(seq).or_default().extend(marked);
        }
        let puts_to_several = kind == ChangeKind::Asked && answer.is_none();
        if puts_to_several
            || matches!(kind, ChangeKind::Load | ChangeKind::Entry | ChangeKind::Inquiry | ChangeKind::Body)
        {
            items.entry(seq).or_default().extend(loaded(tx, &mut news)?);
        } else if kind == ChangeKind::Tie {
            // It says something of the other one, too, which the change does not name.
            let tied: Vec<RecommendationId> = tie::table.filter(tie::seq.eq(seq)).select(tie::to_id).load(tx.conn)?;
            items.entry(seq).or_default().extend(tied);
        } else if kind == ChangeKind::Group {
            let members: Vec<BodyId> =
                membership::table.filter(membership::seq.eq(seq)).select(membership::body_id).load(tx.conn)?;
            news.about.extend(members.into_iter().map(|body| (TopicKind::Body, body.0)));
        } else if kind == ChangeKind::Succession {
            items.entry(seq).or_default().extend(passed_on(tx, &mut news)?);
        } else if kind == ChangeKind::Theme {
            of_themes(tx, &mut news)?;
        } else if kind == ChangeKind::Schedule && answer.is_none() {
            // One act about several answers names at most what they share.
            items.entry(seq).or_default().extend(scheduled(tx, &mut news)?);
        } else if kind == ChangeKind::Reported && answer.is_none() {
            items.entry(seq).or_default().extend(updated(tx, &mut news)?);
        }
        all.push(news);
    }
    let places = Places::read(tx, items.values().flatten().copied().collect())?;
    for news in &mut all {
        for item in items.get(&news.seq).into_iter().flatten() {
            news.about.extend(places.of(*item));
        }
    }
    Ok(all)
}

/// What a load is about: it has many rows and names nothing itself. Answers its recommendations.
fn loaded(tx: &mut ReadTx<'_>, news: &mut Published) -> Result<HashSet<RecommendationId>, Error> {
    let seq = news.seq;
    let inquiries: Vec<InquiryId> =
        inquiry_text::table.filter(inquiry_text::seq.eq(seq)).select(inquiry_text::inquiry_id).load(tx.conn)?;
    news.about.extend(inquiries.into_iter().map(|id| (TopicKind::Inquiry, id.0)));
    let bodies: Vec<BodyId> =
        body_text::table.filter(body_text::seq.eq(seq)).select(body_text::body_id).load(tx.conn)?;
    news.about.extend(bodies.into_iter().map(|id| (TopicKind::Body, id.0)));
    let mut items: HashSet<RecommendationId> = HashSet::new();
    let worded: Vec<RecommendationId> =
        wording::table.filter(wording::seq.eq(seq)).select(wording::recommendation_id).load(tx.conn)?;
    items.extend(worded);
    let asked: Vec<(RecommendationId, BodyId, BodyId)> = asked::table
        .inner_join(addressee::table)
        .filter(asked::seq.eq(seq))
        .select((addressee::recommendation_id, addressee::body_id, addressee::answerer_id))
        .load(tx.conn)?;
    for (item, body, now) in asked {
        items.insert(item);
        news.about.extend([(TopicKind::Body, body.0), (TopicKind::Body, now.0)]);
    }
    items.extend(updated(tx, news)?);
    Ok(items)
}

/// What updates published together are about. Answers their recommendations.
fn updated(tx: &mut ReadTx<'_>, news: &mut Published) -> Result<HashSet<RecommendationId>, Error> {
    let rows: Vec<(RecommendationId, BodyId, BodyId)> = fact_update::table
        .inner_join(addressee::table)
        .filter(fact_update::seq.eq(news.seq))
        .select((addressee::recommendation_id, addressee::body_id, addressee::answerer_id))
        .load(tx.conn)?;
    news.about.extend(rows.iter().flat_map(|(_, body, now)| [body, now]).map(|body| (TopicKind::Body, body.0)));
    Ok(rows.into_iter().map(|(item, ..)| item).collect())
}

/// What became of a body is about its successors, and about what they took over. Answers the recommendations.
fn passed_on(tx: &mut ReadTx<'_>, news: &mut Published) -> Result<HashSet<RecommendationId>, Error> {
    let next: Vec<BodyId> =
        succession::table.filter(succession::seq.eq(news.seq)).select(succession::to_body_id).load(tx.conn)?;
    news.about.extend(next.into_iter().map(|body| (TopicKind::Body, body.0)));
    let rows: Vec<(RecommendationId, BodyId)> = passing::table
        .inner_join(addressee::table.on(addressee::id.eq(passing::addressee_id)))
        .filter(passing::seq.eq(news.seq))
        .select((addressee::recommendation_id, addressee::answerer_id))
        .load(tx.conn)?;
    news.about.extend(rows.iter().map(|(_, body)| (TopicKind::Body, body.0)));
    Ok(rows.into_iter().map(|(item, _)| item).collect())
}

/// The themes that an act is about, also one that it took off.
fn of_themes(tx: &mut ReadTx<'_>, news: &mut Published) -> Result<(), Error> {
    let put: Vec<ThemeId> = tag::table.filter(tag::seq.eq(news.seq)).select(tag::theme_id).load(tx.conn)?;
    let named: Vec<ThemeId> =
        theme_text::table.filter(theme_text::seq.eq(news.seq)).select(theme_text::theme_id).load(tx.conn)?;
    news.about.extend(put.into_iter().chain(named).map(|theme| (TopicKind::Theme, theme.0)));
    Ok(())
}

/// What a schedule for several answers is about. Answers its recommendations.
fn scheduled(tx: &mut ReadTx<'_>, news: &mut Published) -> Result<HashSet<RecommendationId>, Error> {
    let rows: Vec<(RecommendationId, BodyId, BodyId)> = deadline::table
        .inner_join(addressee::table)
        .filter(deadline::seq.eq(news.seq))
        .select((addressee::recommendation_id, addressee::body_id, addressee::answerer_id))
        .load(tx.conn)?;
    news.about.extend(rows.iter().flat_map(|(_, body, now)| [body, now]).map(|body| (TopicKind::Body, body.0)));
    Ok(rows.into_iter().map(|(item, ..)| item).collect())
}

/// What recommendations belong to: their inquiry, what they are a part of, their themes.
struct Places {
    parents: HashMap<RecommendationId, (InquiryId, Option<RecommendationId>)>,
    themes: HashMap<RecommendationId, Vec<ThemeId>>,
}

impl Places {
    fn read(tx: &mut ReadTx<'_>, items: HashSet<RecommendationId>) -> Result<Self, Error> {
        let (mut parents, mut themes) = (HashMap::new(), HashMap::<_, Vec<ThemeId>>::new());
        let items: Vec<RecommendationId> = items.into_iter().collect();
        for some in items.chunks(AT_ONCE) {
            let rows: Vec<(RecommendationId, InquiryId, Option<RecommendationId>)> = recommendation::table
                .filter(recommendation::id.eq_any(some))
                .select((recommendation::id, recommendation::inquiry_id, recommendation::parent_id))
                .load(tx.conn)?;
            parents.extend(rows.into_iter().map(|(id, inquiry, parent)| (id, (inquiry, parent))));
            let rows: Vec<(RecommendationId, ThemeId, bool)> = tag::table
                .filter(tag::recommendation_id.eq_any(some))
                .order(tag::id)
                .select((tag::recommendation_id, tag::theme_id, tag::present))
                .load(tx.conn)?;
            for (id, theme, present) in rows {
                let held = themes.entry(id).or_default();
                held.retain(|one| *one != theme);
                held.extend(present.then_some(theme));
            }
        }
        Ok(Self { parents, themes })
    }

    fn of(&self, item: RecommendationId) -> Vec<(TopicKind, i64)> {
        let mut about = vec![(TopicKind::Recommendation, item.0)];
        if let Some((inquiry, parent)) = self.parents.get(&item) {
            about.push((TopicKind::Inquiry, inquiry.0));
            about.extend(parent.map(|parent| (TopicKind::Recommendation, parent.0)));
        }
        about.extend(self.themes.get(&item).into_iter().flatten().map(|theme| (TopicKind::Theme, theme.0)));
        about
    }
}

/// What each of these recommendations is about, for whoever follows it: its inquiry, what it is a part of, its themes, itself.
///
/// # Errors
/// When the database fails.
pub fn topics(
    tx: &mut ReadTx<'_>,
    items: impl IntoIterator<Item = RecommendationId>,
) -> Result<HashMap<RecommendationId, Vec<(TopicKind, i64)>>, Error> {
    let items: HashSet<RecommendationId> = items.into_iter().collect();
    let places = Places::read(tx, items.clone())?;
    Ok(items.into_iter().map(|item| (item, places.of(item))).collect())
}

/// What became of a change that was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutRight {
    /// Another one corrects it.
    Corrected,
    /// Its words are out of sight, or gone: what they were, with the kind of remark, where they were one.
    TakenOut((Subject, Option<RemarkKind>), TakenOut),
}

/// One change that puts an earlier one right, or takes its words out of sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction {
    /// The later change.
    pub by: Seq,
    /// The earlier one.
    pub wrong: Seq,
    /// What became of it.
    pub what: PutRight,
}

/// The corrections among the changes of a range, oldest first.
///
/// # Errors
/// When the database fails.
pub fn corrections(tx: &mut ReadTx<'_>, (after, upto): (Seq, Seq)) -> Result<Vec<Correction>, Error> {
    if after >= upto {
        return Ok(Vec::new());
    }
    let rows: Vec<(Seq, Day, ChangeKind)> = change::table
        .filter(change::seq.gt(after).and(change::seq.le(upto)).and(change::kind.ne(ChangeKind::Load)))
        .select((change::seq, change::day, change::kind))
        .load(tx.conn)?;
    let mut found = Vec::new();
    for some in rows.chunks(AT_ONCE) {
        let seqs: Vec<Seq> = some.iter().map(|(seq, ..)| *seq).collect();
        let right = digest::corrections(tx, &seqs)?;
        found.extend(right.into_iter().map(|(by, wrong)| Correction { by, wrong, what: PutRight::Corrected }));
        let hiding = some.iter().filter(|(_, _, kind)| matches!(kind, ChangeKind::Withheld | ChangeKind::Redacted));
        let taken = hiding.map(|(by, on, kind)| TakenOut { on: *on, for_good: *kind == ChangeKind::Redacted, by: *by });
        let taken: HashMap<Seq, TakenOut> = taken.map(|taken| (taken.by, taken)).collect();
        let hidden = ledger::withheld_by(tx, &taken.keys().copied().collect::<Vec<_>>())?;
        let kinds = remark::kinds(tx, hidden.iter().map(|(_, (subject, row, _))| (*subject, *row)))?;
        for (by, (subject, row, wrong)) in hidden {
            let Some(taken) = taken.get(&by).copied() else { continue };
            let kind = kinds.get(&row).copied().filter(|_| subject == Subject::Remark);
            let mut out = vec![wrong];
            // Others that say the same went with it. One act publishes several marks; what was published out of sight told nobody.
            out.extend(ledger::out(tx, subject, by)?.into_iter().map(|(_, seq)| seq).filter(|seq| *seq < by));
            out.sort_unstable();
            out.dedup();
            let right = |wrong| Correction { by, wrong, what: PutRight::TakenOut((subject, kind), taken) };
            found.extend(out.into_iter().map(right));
        }
    }
    found.sort_by_key(|correction| (correction.by, correction.wrong));
    Ok(found)
}
