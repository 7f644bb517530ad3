//! Bodies end, duties do not. One function says who answers now: [`Chain::answers_now`]. What it says is kept with each answer
//! (`addressee.answerer_id`, worked out again by `verify`), and everything that goes by body goes by one of the two:
//!
//! | what | goes by |
//! |---|---|
//! | address, heading and timeline of an answer, its words, what it was asked in the report | the body asked |
//! | "put to n bodies" of an inquiry, statements given for all recommendations at once, looks for answers | the body asked |
//! | totals and lists of a body, the filter by body, the gap, overdue and due dates, desks, sheets, chases | who answers now |
//! | rights to file, reply, sign off; contacts, reminders; whoever leads the work with a body; "nobody judges their own body" | who answers now |
//! | an update that is unfinished, or waits for the body's own sign-off | who answers now: it passes on with the answer |
//! | a target or a plan that is set, the voice of what is said | who answers on that day |
//! | successions among the news of an inquiry, of a recommendation, of a scrutiny pack | every body on the way |
//! | news, feeds and subscriptions of a body; its documents; everything held about it; the names by which an item is found | both |
//! | looking back to a day | who answered as the register knew it then |
//!
//! So nothing is counted twice, and nothing falls out: every answer has exactly one body that it is counted under.

use std::collections::{BTreeMap, BTreeSet};

use super::id::{BodyId, Seq};
use super::moment::{Day, Happened};
use super::problem::Problems;
use super::rule::{self, Frame};
use super::text::text_enum;

text_enum! {
    /// In what way one body took another's place.
    pub enum SuccessionKind as "kind of succession" {
        /// One body took its place, or it became that body.
        Replaced = "replaced",
        /// It became part of a body, with others or of one that was there already.
        Merged = "merged",
        /// Several bodies took its place, each for a part.
        Split = "split",
    }
}

text_enum! {
    /// Who answers for what a body was asked.
    pub enum Handed as "who answers" {
        /// The body that was asked.
        Asked = "asked",
        /// A body that took its place.
        TakenOver = "taken_over",
        /// Several bodies took its place, and it is not decided which of them answers.
        NotDecided = "not_decided",
        /// It was decided that no body took this over.
        Nobody = "nobody",
    }
}

impl Handed {
    /// Whether a body is known that answers.
    #[must_use]
    pub const fn is_answered(self) -> bool {
        matches!(self, Self::Asked | Self::TakenOver)
    }
}

/// What was decided of one answer when its body ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passing {
    /// This body took it over.
    To(BodyId),
    /// No body did.
    Nobody,
}

/// That one body took another's place, as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The body that ended.
    pub from: BodyId,
    /// The body that took its place.
    pub to: BodyId,
    /// In what way.
    pub kind: SuccessionKind,
    /// When.
    pub happened: Happened,
    /// The day on which that was recorded here.
    pub recorded: Day,
    /// The change that recorded it.
    pub seq: Seq,
}

impl Link {
    /// From which day on it is certain: the day itself where it is known exactly, else the day on which it was recorded.
    #[must_use]
    pub fn certain(&self) -> Day {
        self.happened.exact().unwrap_or(self.recorded)
    }
}

/// One step from a body to the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The body that answered until then.
    pub from: BodyId,
    /// The body that answers from then on.
    pub to: BodyId,
    /// When.
    pub happened: Happened,
    /// From which day on it is certain: see [`Link::certain`].
    pub certain: Day,
}

/// Who answers now, and how that came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answering {
    /// The body: the last one that is decided.
    pub body: BodyId,
    /// What that rests on.
    pub how: Handed,
    /// The steps from the body asked to this one.
    pub steps: Vec<Step>,
}

impl Answering {
    /// Who answered on a day, as far as it is certain: a body is said to have spoken only from the day on which it certainly
    /// answered.
    #[must_use]
    pub fn on(&self, day: Day) -> Option<BodyId> {
        self.steps.iter().take_while(|step| step.certain <= day).last().map(|step| step.to)
    }
}

/// Who answered on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnsweredThen {
    /// The body that answers now.
    Now,
    /// This one, before another took over.
    Earlier(BodyId),
    /// One of these, in their order: nobody knows whether the next had taken over by then.
    NotKnown(Vec<BodyId>),
}

/// Who answered on a day: the way from the body asked is followed as far as it led by then.
#[must_use]
pub fn answered_then(asked: BodyId, steps: &[Step], day: Day) -> AnsweredThen {
    let mut may_have = vec![asked];
    for step in steps {
        match step.happened.exact() {
            _ if step.certain <= day => may_have = vec![step.to],
            Some(_) => break,
            None => may_have.push(step.to),
        }
    }
    let now = steps.last().map_or(asked, |step| step.to);
    match may_have.as_slice() {
        [one] if *one == now => AnsweredThen::Now,
        [one] => AnsweredThen::Earlier(*one),
        _ => AnsweredThen::NotKnown(may_have),
    }
}

/// All successions that stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    links: BTreeMap<BodyId, Vec<Link>>,
}

impl Chain {
    /// Of every succession that was ever recorded, in that order, with whether it stands: of each pair the last row counts.
    #[must_use]
    pub fn of(rows: impl IntoIterator<Item = (Link, bool)>) -> Self {
        let mut links: BTreeMap<BodyId, Vec<Link>> = BTreeMap::new();
        for (link, present) in rows {
            let after = links.entry(link.from).or_default();
            after.retain(|other| other.to != link.to);
            if present {
                after.push(link);
            }
        }
        links.retain(|_, after| !after.is_empty());
        Self { links }
    }

    /// Whether no body ended.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// The bodies that ended.
    pub fn ended(&self) -> impl Iterator<Item = BodyId> {
        self.links.keys().copied()
    }

    /// What took a body's place.
    #[must_use]
    pub fn after(&self, body: BodyId) -> &[Link] {
        self.links.get(&body).map_or(&[], Vec::as_slice)
    }

    /// Whether a body had certainly ended by a day: nothing more is put to it from then on.
    #[must_use]
    pub fn has_ended(&self, body: BodyId, day: Day) -> bool {
        self.after(body).iter().any(|link| link.certain() <= day)
    }

    /// What a body took the place of.
    pub fn before(&self, body: BodyId) -> impl Iterator<Item = &Link> {
        self.links.values().flatten().filter(move |link| link.to == body)
    }

    /// Every body that leads to this one, by however many steps, the nearest first.
    #[must_use]
    pub fn behind(&self, body: BodyId) -> Vec<BodyId> {
        let mut found = vec![body];
        let mut next = 0;
        while let Some(at) = found.get(next).copied() {
            for link in self.before(at) {
                if !found.contains(&link.from) {
                    found.push(link.from);
                }
            }
            next += 1;
        }
        found.split_off(1)
    }

    /// Whether one body leads to another, by however many steps; a body leads to itself.
    #[must_use]
    pub fn leads(&self, from: BodyId, to: BodyId) -> bool {
        let mut seen = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            if at == to {
                return true;
            }
            open.extend(self.after(at).iter().map(|link| link.to).filter(|next| seen.insert(*next)));
        }
        false
    }

    /// Whether a body that ended on the way from one to another, the first one among them, has several successors.
    #[must_use]
    pub fn splits_between(&self, from: BodyId, to: BodyId) -> bool {
        let on_the_way = self.behind(to).into_iter().filter(|body| self.leads(from, *body));
        on_the_way.map(|body| self.after(body)).any(|after| after.len() > 1)
    }

    /// Who answers now for what `asked` was asked; `decided` is what was decided of this answer at each body on the way.
    #[must_use]
    pub fn answers_now(&self, asked: BodyId, decided: impl Fn(BodyId) -> Option<Passing>) -> Answering {
        let mut now = Answering { body: asked, how: Handed::Asked, steps: Vec::new() };
        // A circle is refused when it is recorded. Were there one, the way round ends where it began.
        let mut seen = BTreeSet::from([asked]);
        loop {
            let after = self.after(now.body);
            let chosen = match (after, decided(now.body)) {
                ([], _) => return now,
                (_, Some(Passing::Nobody)) => return Answering { how: Handed::Nobody, ..now },
                (after, Some(Passing::To(body))) => after.iter().find(|link| link.to == body),
                (_, None) => None,
            };
            let next = match (chosen, after) {
                (Some(link), _) => link,
                // One that is left of a split took over a part and no more.
                (None, [link]) if link.kind != SuccessionKind::Split => link,
                (None, _) => return Answering { how: Handed::NotDecided, ..now },
            };
            if !seen.insert(next.to) {
                return now;
            }
            now.steps.push(Step { from: next.from, to: next.to, happened: next.happened, certain: next.certain() });
            now.body = next.to;
            now.how = Handed::TakenOver;
        }
    }
}

/// The changes by which what some bodies had been asked came to be answered by others, or no more, as far as that can be said of
/// bodies: each of these bodies with a change that asked it; `rows` as for [`Chain::of`]. An answer asked later goes where its
/// body's answers go already: that is told by the change that asks it.
#[must_use]
pub fn handed_by(rows: impl IntoIterator<Item = (Link, bool)>, asked: &[(BodyId, Seq)]) -> BTreeSet<Seq> {
    let mut found = BTreeSet::new();
    let mut standing: Vec<(BodyId, BodyId)> = Vec::new();
    for (link, present) in rows {
        // The body that ended, and every one whose answers had come to it by then.
        let mut there = BTreeSet::from([link.from]);
        let mut open = vec![link.from];
        while let Some(at) = open.pop() {
            let before = standing.iter().filter(|(_, to)| *to == at).map(|(from, _)| *from);
            open.extend(before.filter(|from| there.insert(*from)));
        }
        if asked.iter().any(|(body, seq)| *seq <= link.seq && there.contains(body)) {
            found.insert(link.seq);
        }
        standing.retain(|pair| *pair != (link.from, link.to));
        if present {
            standing.push((link.from, link.to));
        }
    }
    found
}

/// Notes what is wrong with a succession to be recorded: itself, a circle, a day that lies ahead or before the body can have
/// ended, a kind that does not fit what stands beside it.
pub fn check(
    problems: &mut Problems,
    chain: &Chain,
    (from, to): (BodyId, BodyId),
    (kind, happened): (Option<SuccessionKind>, Happened),
    today: Day,
) {
    if from == to {
        problems
            .add("to", "A body cannot take its own place; choose the body that did, or change the name of this one");
    } else if chain.leads(to, from) {
        problems.add("to", "That would be a circle: this body took the place of that one, at once or through others");
    }
    let others = chain.after(from).iter().filter(|link| link.to != to);
    match kind {
        None => problems.add("kind", "Choose what happened to the body"),
        Some(SuccessionKind::Split) => {
            if others.clone().any(|link| link.kind != SuccessionKind::Split) {
                problems
                    .add("kind", "Another body is recorded as the only one that took its place; take that back first");
            }
        }
        Some(_) => {
            if others.count() > 0 {
                problems.add("kind", "Another body is recorded to have taken its place. If both did, it was split");
            }
        }
    }
    rule::past(problems, "happened", happened, false, Frame { published_on: None, today });
}

#[cfg(test)]
#[path = "succession_tests.rs"]
mod tests;
