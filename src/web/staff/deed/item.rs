//! What a deed is about: a recommendation, or one body's answer to it, as it stands now.

use serde::Deserialize;

use crate::domain::address;
use crate::domain::change::Fact;
use crate::domain::deadline::DeadlineKind;
use crate::domain::deadline_rule::DeadlineRule;
use crate::domain::fairness::Approval;
use crate::domain::id::{BodyId, Seq, UpdateId};
use crate::domain::licence::Rights;
use crate::domain::moment::Day;
use crate::domain::record::FactValue;
use crate::domain::response::Basis;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::accuracy;
use crate::store::addressee::{self, Answer};
use crate::store::agreement::{self, Agreement};
use crate::store::body::{self, BodyName};
use crate::store::deadline::{self, Deadline};
use crate::store::outside::{self, Outside};
use crate::store::recommendation::{self, Recommendation, RecommendationView};
use crate::store::remark::{self, Remark};
use crate::store::succession::{self, Path as Way};
use crate::store::target_ask::{self, Ask};
use crate::store::update::{self, Update};
use crate::store::withheld::Words;
use crate::store::{self, About, ReadTx, duty, fairness, filing, inquiry, setting};
use crate::web::part::SummaryRow;
use crate::web::public::{minute, say};

/// How many updates are looked through for the one to correct.
const MOST: i64 = 300;
/// How many bodies a form offers.
const BODIES: i64 = 500;

/// The parts of the address.
#[derive(Debug, Clone, Deserialize)]
pub struct Path {
    /// The inquiry's slug.
    pub inquiry: String,
    /// The recommendation's number.
    pub number: String,
    /// The body's slug, where the deed is about its answer.
    pub body: Option<String>,
}

/// What a deed is about.
#[derive(Debug)]
pub struct Item {
    /// The recommendation.
    pub view: RecommendationView,
    /// The answer.
    pub answer: Option<Answer>,
    /// The updates of the answer, the last published first.
    pub updates: Vec<Update>,
    /// The update that is to be corrected.
    pub corrects: Option<Update>,
    /// What outside bodies found, what was put right since among it.
    pub outside: Vec<Outside>,
    /// What of that is to be corrected.
    pub corrects_outside: Option<Outside>,
    /// What meetings decided about it, what gave way since among it.
    pub minutes: Vec<Remark>,
    /// Which of that gives way.
    pub corrects_minute: Option<Remark>,
    /// What a scrutiny pack of its inquiry asks, for a minute to say which question it answers.
    pub questions: Vec<String>,
    /// What was agreed to show that it is done.
    pub agreed: Option<Agreement>,
    /// Every body, to choose from.
    pub bodies: Vec<BodyName>,
    /// For a deed about the recommendation: the bodies that it is known to have been put to.
    pub asked: Vec<BodyId>,
    /// Whether the answer is the only one of its recommendation that counts, or would be.
    pub is_only: bool,
    /// The day on which the recommendation was made, as far as it is known.
    pub made_on: Option<Day>,
    /// The rules of law by which an answer can be owed.
    pub rules: Vec<DeadlineRule>,
    /// Time to answer stands still, since that day.
    pub paused: Option<Option<Day>>,
    /// What stands about the day by which an answer is owed: that day, or that time stopped.
    pub owed: Option<Deadline>,
    /// The body's plan, as a line.
    pub plan: Option<String>,
    /// The body's request for a later target date that waits.
    pub ask: Option<Ask>,
    /// The way from the body asked to the one that answers now, where it ended.
    pub way: Option<Way>,
    /// Whether somebody signs off for the body.
    pub is_signed_off: bool,
    /// The name of the decision on closing it that waits for another person.
    pub waits: Option<String>,
    /// The dates of the answer, the last published first.
    pub dates: Vec<Deadline>,
    /// Which of them is to be corrected.
    pub corrects_date: Option<Deadline>,
    /// What the body's people wrote about the finding that stands, and nobody signed off in time. Only they read it.
    pub left_unsigned: Option<(String, Rights)>,
    /// Whether the bodies of its inquiry are shown findings against them before they are published.
    pub shown_first: bool,
}

/// Reads it, with the update of this fact that the change published.
///
/// # Errors
/// [`store::Error::NotFound`] when there is no such item, or no such update of it.
pub fn read(tx: &mut ReadTx<'_>, path: &Path, corrects: Option<(i64, Fact)>) -> Result<Item, store::Error> {
    let slug = |text: &str| text.parse::<Slug>().map_err(|_| store::Error::NotFound);
    let view = recommendation::find(tx, &slug(&path.inquiry)?, &path.number)?;
    let made_on = inquiry::find(tx, &slug(&path.inquiry)?)?.published_on;
    let shown_first = fairness::rule(tx, view.recommendation.inquiry.id)?.working_days > 0;
    let Some(of) = &path.body else {
        let asked = addressee::of_recommendation(tx, view.recommendation.id)?;
        // A body that is only likely to have been asked can be chosen again, to say where it is said.
        let asked = asked.into_iter().filter(|answer| !answer.checked.is_only_likely());
        let asked = asked.map(|answer| answer.body.id).collect();
        let bodies = body::choices(tx, BODIES)?;
        let item = Item {
            view,
            answer: None,
            updates: Vec::new(),
            corrects: None,
            agreed: None,
            outside: Vec::new(),
            corrects_outside: None,
            minutes: Vec::new(),
            corrects_minute: None,
            questions: Vec::new(),
            bodies,
            asked,
            is_only: false,
            made_on,
            rules: Vec::new(),
            paused: None,
            owed: None,
            plan: None,
            ask: None,
            way: None,
            is_signed_off: false,
            waits: None,
            dates: Vec::new(),
            corrects_date: None,
            left_unsigned: None,
            shown_first,
        };
        return Ok(item);
    };
    let answer = addressee::find(tx, view.recommendation.id, &slug(of)?)?;
    let all = addressee::of_recommendation(tx, view.recommendation.id)?;
    let is_only = all.iter().all(|one| one.id == answer.id || !one.is_counted());
    let updates = update::about(tx, &About::Answer(answer.id), MOST)?;
    let corrects = match corrects {
        Some((seq, fact)) => {
            let found = updates.iter().find(|update| update.place.seq.0 == seq && update.value.fact() == fact);
            Some(found.cloned().ok_or(store::Error::NotFound)?)
        }
        None => None,
    };
    let bodies = body::choices(tx, BODIES)?;
    let besides = deadline::besides(tx, answer.id)?;
    let owed = match answer.response_due {
        Some(due) => deadline::many(tx, vec![due.deadline])?.pop(),
        None => besides.paused.clone(),
    };
    let paused = besides.paused.map(|date| date.act.and_then(|(_, on)| on));
    let plan = besides.plan.as_ref().map(say::plan);
    let agreed = agreement::standing(tx, &[answer.id])?.remove(&answer.id);
    let ask = target_ask::pending(tx, answer.id)?;
    let way = succession::paths(tx, [(answer.id, answer.body.id)])?.remove(&answer.id);
    let is_signed_off = duty::signer(tx, answer.answerer.id)?.is_some();
    let outside = outside::about(tx, &About::Answer(answer.id), MOST)?;
    let waits = filing::closing_waits(tx, view.recommendation.id, answer.id)?.map(|(reference, _)| reference);
    let dates = deadline::about(tx, &About::Answer(answer.id), MOST)?;
    let found = updates.iter().find(|update| Some(update.id) == answer.assessed.update);
    let left_unsigned = match found {
        Some(finding) => accuracy::left_unsigned(tx, answer.id, finding.place.seq)?,
        None => None,
    };
    let answer_id = answer.id;
    Ok(Item {
        view,
        answer: Some(answer),
        updates,
        corrects,
        agreed,
        outside,
        corrects_outside: None,
        minutes: remark::minutes(tx, &[answer_id])?.remove(&answer_id).unwrap_or_default(),
        corrects_minute: None,
        questions: Vec::new(),
        bodies,
        asked: Vec::new(),
        is_only,
        made_on,
        rules: setting::rules(tx)?,
        paused,
        owed,
        plan,
        ask,
        way,
        is_signed_off,
        waits,
        dates,
        corrects_date: None,
        left_unsigned,
        shown_first,
    })
}

impl Item {
    /// The recommendation itself.
    #[must_use]
    pub const fn one(&self) -> &Recommendation {
        &self.view.recommendation
    }

    /// The inquiry's slug.
    #[must_use]
    pub fn inquiry(&self) -> &str {
        self.one().inquiry.slug.as_str()
    }

    /// The recommendation's number.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.one().number
    }

    /// "Ashgrove report, 4. Safe boats by the spring: Ashgrove Harbour".
    #[must_use]
    pub fn place(&self) -> String {
        let one = say::recommendation_of(self.one()).words;
        match &self.answer {
            Some(answer) => format!("{one}: {}", answer.body.short()),
            None => one,
        }
    }

    /// The version of what the form is about.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.answer.as_ref().map_or(self.one().version, |answer| answer.version)
    }

    /// The staff's page of it.
    #[must_use]
    pub fn back(&self) -> String {
        match &self.answer {
            Some(answer) => address::staff_answer(self.inquiry(), self.number(), answer.body.slug.as_str()),
            None => address::staff_recommendation(self.inquiry(), self.number()),
        }
    }

    /// The inner number of what is corrected.
    #[must_use]
    pub fn corrects_id(&self) -> Option<UpdateId> {
        self.corrects.as_ref().map(|update| update.id)
    }

    /// Means to correct what this change said that an outside body found.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] when it said nothing of the kind about this answer.
    pub fn correct_outside(&mut self, seq: Option<i64>) -> Result<(), store::Error> {
        if let Some(seq) = seq {
            let found = self.outside.iter().find(|one| one.place.seq.0 == seq);
            self.corrects_outside = Some(found.cloned().ok_or(store::Error::NotFound)?);
        }
        Ok(())
    }

    /// Means to correct the date of this kind that this change published.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] when it published none for this answer.
    pub fn correct_date(&mut self, seq: Option<i64>, kind: DeadlineKind) -> Result<(), store::Error> {
        if let Some(seq) = seq {
            let found = self.dates.iter().find(|date| date.place.seq.0 == seq && date.kind == kind);
            self.corrects_date = Some(found.cloned().ok_or(store::Error::NotFound)?);
        }
        Ok(())
    }

    /// Means to take the place of the minute that this change published, or to put it right.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] when it published none about this answer.
    pub fn correct_minute(&mut self, seq: Option<i64>) -> Result<(), store::Error> {
        if let Some(seq) = seq {
            let found = self.minutes.iter().find(|minute| minute.seq.0 == seq);
            self.corrects_minute = Some(found.cloned().ok_or(store::Error::NotFound)?);
        }
        Ok(())
    }

    /// Whether what gives way is a draft, of which nothing was wrong.
    #[must_use]
    pub fn replaces_draft(&self) -> bool {
        let minute = self.corrects_minute.as_ref().and_then(|row| row.minute.as_ref());
        minute.is_some_and(|minute| minute.approval == Some(Approval::Draft))
    }

    /// The change and the sentence of what is corrected.
    #[must_use]
    pub fn corrected(&self) -> Option<(Seq, String)> {
        let update = self.corrects.as_ref().map(|update| (update.place.seq, update_line(update)));
        let outside = self.corrects_outside.as_ref();
        let outside = outside.map(|one| (one.place.seq, words::outside_line(one.by(), one.happened, one.gist)));
        let date = self.corrects_date.as_ref().map(|date| (date.place.seq, say::date_line(date)));
        let minute = self.corrects_minute.as_ref().map(|row| (row.seq, minute_line(row)));
        update.or(outside).or(date).or(minute)
    }

    /// What has been corrected already can only be corrected where it now stands: at the last correction.
    pub fn follow_corrections(&mut self) {
        while let Some(by) = self.corrects.as_ref().and_then(|update| update.corrected_by) {
            let Some(next) = self.update_at(by) else { break };
            self.corrects = Some(next.clone());
        }
        while let Some(by) = self.corrects_outside.as_ref().and_then(|one| one.corrected_by) {
            let Some(next) = self.outside.iter().find(|one| one.place.seq == by) else { break };
            self.corrects_outside = Some(next.clone());
        }
        while let Some(by) = self.corrects_minute.as_ref().and_then(|row| row.minute.as_ref()?.gave_way_to()) {
            let Some(next) = self.minutes.iter().find(|row| row.seq == by) else { break };
            self.corrects_minute = Some(next.clone());
        }
        while let Some(wrong) = self.corrects_date.as_ref().filter(|date| date.corrected_by.is_some()) {
            let next =
                self.dates.iter().find(|one| Some(one.place.seq) == wrong.corrected_by && one.kind == wrong.kind);
            let Some(next) = next else { break };
            self.corrects_date = Some(next.clone());
        }
    }

    fn update_at(&self, seq: Seq) -> Option<&Update> {
        let fact = self.corrects.as_ref()?.value.fact();
        self.updates.iter().find(|update| update.place.seq == seq && update.value.fact() == fact)
    }

    /// What stands now about one fact: its sentence, its words and its reason.
    #[must_use]
    pub fn stands(&self, fact: Fact) -> Vec<SummaryRow> {
        let Some(answer) = &self.answer else { return Vec::new() };
        let update = match fact {
            Fact::Response => answer.response.update,
            Fact::Reported => answer.reported.update,
            Fact::Assessed => answer.assessed.update,
            Fact::Lifecycle => answer.lifecycle.update,
        };
        let Some(update) = self.updates.iter().find(|known| Some(known.id) == update) else {
            return vec![row("It stands as", words::NOTHING_RECORDED)];
        };
        let mut rows = vec![row("It stands as", update_line(update))];
        rows.extend(update.words.as_ref().map(|words| row("Words", shown(words))));
        rows.extend(update.reason.as_ref().map(|words| row("Reason", shown(words))));
        rows.extend(update.source_url.as_ref().map(|link| row("Source", link.clone())));
        rows
    }
}

/// One named value.
pub fn row(name: &str, value: impl Into<String>) -> SummaryRow {
    SummaryRow { name: name.to_owned(), value: value.into(), change: None }
}

/// Words that may be withheld.
pub fn shown(words: &Words) -> String {
    match words {
        Words::Said(words) => words.clone(),
        Words::Withheld(on) => words::withheld_on(*on),
    }
}

/// Words that may be read, for a form to begin with.
pub fn readable(words: Option<&Words>) -> String {
    words.and_then(Words::said).unwrap_or_default().to_owned()
}

/// The sentence of a minute.
#[must_use]
pub fn minute_line(row: &Remark) -> String {
    row.minute.as_ref().and_then(minute::line).unwrap_or_else(|| shown(&row.words))
}

/// The sentence of an update.
#[must_use]
pub fn update_line(update: &Update) -> String {
    let when = update.happened;
    match update.value {
        FactValue::Response(value) => words::response_line(value, when, update.basis.unwrap_or(Basis::Own)),
        FactValue::Reported(value) => words::reported_line(value, when),
        FactValue::Assessed(value) => words::assessed_line(value, when),
        FactValue::Lifecycle(value, closure) => words::lifecycle_line(value, closure, when),
    }
}
