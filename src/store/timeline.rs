//! Everything published about a recommendation or an answer, or by some changes: the rows of every ledger table with the
//! changes that published them.

use std::collections::{HashMap, HashSet};

use super::about::About;
use super::addressee::{self, AddresseeName};
use super::agreement::{self, Agreement};
use super::arrival::{self, Arrival, Became};
use super::change::{self, Change};
use super::coverage::{self, Coverage};
use super::deadline::{self, Deadline};
use super::edit::{self, Edit, What};
use super::evidence::{self, Evidence};
use super::fairness::{self, Rule};
use super::hold::{self, Published};
use super::mark::{self, Mark};
use super::outside::{self, Outside};
use super::recommendation::{self, Recommendation};
use super::remark::{self, Remark};
use super::report::{self, Report};
use super::succession::{self, Path};
use super::update::{self, Update};
use super::wording::{self, Asked, Wording};
use super::{Error, ReadTx};
use crate::domain::id::{AddresseeId, InquiryId, OutsideId, RecommendationId, Seq, UpdateId};
use crate::domain::outside::Judgement;

/// The rows, each kind the last published first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Updates of the four facts.
    pub updates: Vec<Update>,
    /// Dates set.
    pub deadlines: Vec<Deadline>,
    /// Returns received.
    pub arrivals: Vec<Arrival>,
    /// What became of them before they were published.
    pub became: Vec<Became>,
    /// Words of recommendations.
    pub wordings: Vec<Wording>,
    /// Bodies asked.
    pub asked: Vec<Asked>,
    /// Remarks.
    pub remarks: Vec<Remark>,
    /// What facts rest on.
    pub evidence: Vec<Evidence>,
    /// What was agreed to show that something is done.
    pub agreements: Vec<Agreement>,
    /// How it fares in documents of the body.
    pub marks: Vec<Mark>,
    /// What outside bodies found.
    pub outside: Vec<Outside>,
    /// The changes that published the findings of this register which replies answer.
    pub judged: HashMap<UpdateId, Seq>,
    /// Who found what a reply answers, where that is an outside body.
    pub finders: HashMap<OutsideId, String>,
    /// What is said of documents; of changes alone, for they are a body's.
    pub reports: Vec<Report>,
    /// The documents of the marks as they stand.
    pub documents: HashMap<Seq, Report>,
    /// Where answers were looked for: of changes, or for these answers alone. What was looked for of all is an inquiry's.
    pub looks: Vec<Coverage>,
    /// How long bodies may check a finding; of changes alone.
    pub rules: Vec<(Seq, Rule)>,
    /// What became of descriptions, events, names, numbers and themes.
    pub edits: Vec<Edit>,
    /// The holds that bore on it.
    pub holds: Vec<Published>,
    /// The changes that published them.
    pub changes: HashMap<Seq, Change>,
    /// The answers that they are about.
    pub answers: HashMap<AddresseeId, AddresseeName>,
    /// How those of them came to another body that somebody spoke for: by the day it is worked out in whose name.
    pub paths: HashMap<AddresseeId, Path>,
    /// The recommendations that they are about.
    pub recommendations: HashMap<RecommendationId, Recommendation>,
    /// The other ends of the ties among them.
    pub tied: HashMap<RecommendationId, Recommendation>,
}

/// Everything published about something, at most so many rows of each kind.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Timeline, Error> {
    let mut timeline = Timeline {
        updates: update::about(tx, about, most)?,
        deadlines: deadline::about(tx, about, most)?,
        arrivals: arrival::about(tx, about, most)?,
        became: arrival::became(tx, about, most)?,
        wordings: wording::about(tx, about, most)?,
        asked: wording::asked(tx, about, most)?,
        remarks: remark::about(tx, about, most)?,
        evidence: evidence::about(tx, about, most)?,
        agreements: agreement::about(tx, about, most)?,
        marks: mark::about(tx, about, most)?,
        outside: outside::about(tx, about, most)?,
        ..Timeline::default()
    };
    let looked = match about {
        About::Changes(seqs) => coverage::Of::Changes(seqs.clone()),
        About::Recommendation(id) => coverage::Of::Recommendation(*id),
        About::Answer(id) => coverage::Of::Answers(vec![*id]),
        About::Answers(ids) => coverage::Of::Answers(ids.clone()),
    };
    timeline.looks = coverage::find(tx, &looked, most)?;
    if let About::Changes(seqs) = about {
        timeline.rules = fairness::published(tx, seqs.clone())?;
        timeline.holds = hold::of_changes(tx, seqs)?;
        timeline.reports = report::of_changes(tx, seqs, most)?;
    }
    let answered = timeline.remarks.iter().filter_map(|row| match row.replies_to {
        Some(Judgement::Outside(id)) => Some(id),
        _ => None,
    });
    timeline.finders = outside::names(tx, answered.collect())?;
    let own = timeline.remarks.iter().filter_map(|row| match row.replies_to {
        Some(Judgement::Own(id)) => Some(id),
        _ => None,
    });
    timeline.judged = update::seqs(tx, own.collect())?;
    timeline.documents = report::many(tx, timeline.marks.iter().map(|row| row.report).collect())?;
    timeline.edits = match about {
        About::Changes(seqs) => edit::find(tx, &edit::Of::Changes(seqs.clone()), most)?,
        About::Recommendation(id) => edit::find(tx, &edit::Of::Recommendation(*id), most)?,
        About::Answer(_) | About::Answers(_) => Vec::new(),
    };
    let mut seqs = Vec::new();
    let mut answers = Vec::new();
    let mut recommendations = Vec::new();
    for place in timeline.places() {
        seqs.push(place.0);
        answers.extend(place.1);
        recommendations.extend(place.2);
    }
    answers.sort_unstable();
    answers.dedup();
    timeline.answers = addressee::names(tx, answers)?;
    let spoke: HashSet<AddresseeId> = timeline.remarks.iter().filter_map(|row| row.addressee).collect();
    if !spoke.is_empty() {
        let asked = timeline.answers.iter().filter(|(id, _)| spoke.contains(id));
        timeline.paths = succession::paths(tx, asked.map(|(id, answer)| (*id, answer.body.id)))?;
    }
    recommendations.extend(timeline.answers.values().map(|answer| answer.recommendation));
    recommendations.extend(timeline.holds.iter().filter_map(|row| row.on.recommendation));
    recommendations.sort_unstable();
    recommendations.dedup();
    timeline.recommendations =
        recommendation::many(tx, recommendations)?.into_iter().map(|one| (one.id, one)).collect();
    let mut tied: Vec<RecommendationId> = timeline.edits.iter().filter_map(Edit::other).collect();
    tied.sort_unstable();
    tied.dedup();
    timeline.tied = recommendation::many(tx, tied)?.into_iter().map(|one| (one.id, one)).collect();
    let one = match about {
        About::Recommendation(id) => timeline.recommendations.get(id),
        About::Answer(id) => {
            timeline.answers.get(id).and_then(|answer| timeline.recommendations.get(&answer.recommendation))
        }
        About::Answers(_) | About::Changes(_) => None,
    };
    if let (Some(one), Some(first)) = (one, seqs.iter().min()) {
        timeline.holds = hold::that_bore_on(tx, one.inquiry.id, Some(one.id), *first)?;
    }
    seqs.extend(timeline.holds.iter().map(|row| row.step.seq));
    timeline.changes = change::many(tx, seqs)?.into_iter().map(|change| (change.seq, change)).collect();
    Ok(timeline)
}

/// How an inquiry was described, and nothing else of it: what took the place of an earlier description.
///
/// # Errors
/// When the database fails.
pub fn of_descriptions(tx: &mut ReadTx<'_>, inquiry: InquiryId, most: i64) -> Result<Timeline, Error> {
    let mut edits = edit::find(tx, &edit::Of::Inquiry(inquiry), most)?;
    edits.retain(|edit| matches!(&edit.what, What::Inquiry { before: Some(_), .. }));
    let seqs = edits.iter().map(|edit| edit.seq).collect();
    let changes = change::many(tx, seqs)?.into_iter().map(|change| (change.seq, change)).collect();
    Ok(Timeline { edits, changes, ..Timeline::default() })
}

/// The holds that bore on an inquiry as a whole, and nothing else of it.
///
/// # Errors
/// When the database fails.
pub fn of_holds(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<Timeline, Error> {
    let taken_in = change::first_of(tx, inquiry)?;
    let mut holds = hold::that_bore_on(tx, inquiry, None, taken_in)?;
    holds.reverse();
    let seqs = holds.iter().map(|row| row.step.seq).collect();
    let changes = change::many(tx, seqs)?.into_iter().map(|change| (change.seq, change)).collect();
    Ok(Timeline { holds, changes, ..Timeline::default() })
}

impl Timeline {
    /// The rows about one inquiry alone; with none, those about no inquiry: about a body, or the whole register. A tie is about the
    /// inquiries of both its ends, and is told of the end that is in this one.
    #[must_use]
    pub fn of(&self, inquiry: Option<InquiryId>) -> Self {
        let known = |id: RecommendationId| self.recommendations.get(&id).or_else(|| self.tied.get(&id));
        let of = |id: RecommendationId| known(id).map(|one| one.inquiry.id);
        let of_answer = |id: AddresseeId| of(self.answers.get(&id)?.recommendation);
        let mut some = self.clone();
        some.updates.retain(|row| of(row.place.recommendation) == inquiry);
        some.deadlines.retain(|row| of(row.place.recommendation) == inquiry);
        some.arrivals.retain(|row| of(row.place.recommendation) == inquiry);
        some.became.retain(|row| of(row.place.recommendation) == inquiry);
        some.asked.retain(|row| of(row.place.recommendation) == inquiry);
        some.evidence.retain(|row| of(row.place.recommendation) == inquiry);
        some.agreements.retain(|row| of(row.place.recommendation) == inquiry);
        some.marks.retain(|row| of(row.place.recommendation) == inquiry);
        some.outside.retain(|row| of(row.place.recommendation) == inquiry);
        some.wordings.retain(|row| of(row.recommendation) == inquiry);
        some.remarks.retain(|row| {
            let of_item = row.recommendation.and_then(of).or_else(|| row.addressee.and_then(of_answer));
            row.inquiry.or(of_item) == inquiry
        });
        some.holds.retain(|row| row.on.inquiry.or_else(|| row.on.recommendation.and_then(of)) == inquiry);
        some.looks.retain(|row| Some(row.inquiry.id) == inquiry);
        some.rules.retain(|_| inquiry.is_none());
        some.reports.retain(|_| inquiry.is_none());
        some.edits.retain(|row| {
            let told_of = match &row.what {
                What::Inquiry { inquiry, .. } => Some(inquiry.id),
                What::Event(event) => event.inquiry().map(|inquiry| inquiry.id),
                _ => row.recommendation().and_then(of),
            };
            told_of == inquiry || (inquiry.is_some() && row.other().and_then(of) == inquiry)
        });
        for edit in &mut some.edits {
            if edit.recommendation().and_then(of) != inquiry {
                edit.turn();
            }
        }
        some.recommendations.extend(self.tied.clone());
        some
    }

    /// The change, the answer and the recommendation of every row.
    fn places(&self) -> Vec<(Seq, Option<AddresseeId>, Option<RecommendationId>)> {
        let of_answers = self
            .updates
            .iter()
            .map(|row| row.place)
            .chain(self.deadlines.iter().map(|row| row.place))
            .chain(self.arrivals.iter().map(|row| row.place))
            .chain(self.became.iter().map(|row| row.place))
            .chain(self.asked.iter().map(|row| row.place))
            .chain(self.evidence.iter().map(|row| row.place))
            .chain(self.agreements.iter().map(|row| row.place))
            .chain(self.marks.iter().map(|row| row.place))
            .chain(self.outside.iter().map(|row| row.place))
            .map(|place| (place.seq, Some(place.addressee), Some(place.recommendation)));
        let wordings = self.wordings.iter().map(|row| (row.seq, None, Some(row.recommendation)));
        let remarks = self.remarks.iter().map(|row| (row.seq, row.addressee, row.recommendation));
        let looks = self.looks.iter().map(|row| (row.seq, None, row.recommendation.as_ref().map(|(id, _)| *id)));
        let rules = self.rules.iter().map(|(seq, _)| (*seq, None, None));
        let reports = self.reports.iter().map(|row| (row.seq, None, None));
        let edits = self.edits.iter().map(|row| (row.seq, None, row.recommendation()));
        of_answers.chain(wordings).chain(remarks).chain(looks).chain(rules).chain(reports).chain(edits).collect()
    }
}
