//! One answer as JSON, and a body with its answers.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::denominators::GroundData;
use super::succession::{self, HistoryData};
use super::{HoldData, Maker, SIZE, evidence, outside};
use crate::domain::address;
use crate::domain::assessed::Assessed;
use crate::domain::checked::Checked;
use crate::domain::fairness::Approval;
use crate::domain::licence::{Language, Licence};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::moment::{Day, Precision};
use crate::domain::report::Marked;
use crate::domain::reported::Reported;
use crate::domain::response::{Basis, Response};
use crate::domain::succession::Handed;
use crate::domain::words;
use crate::store::addressee::{self, Answer, OfBody};
use crate::store::alias::AliasKind;
use crate::store::body;
use crate::store::detail;
use crate::store::family::Families;
use crate::store::hold::InForce;
use crate::store::recommendation::{self, Recommendation};
use crate::store::setting;
use crate::store::tally::{self, Counted, Scope};
use crate::store::withheld::Words;
use crate::web::error::Error;
use crate::web::public::ground;
use crate::web::public::past::AsAt;
use crate::web::public::query::Query;
use crate::web::public::{DataFrame, look, place, shown_as_data, slug};
use crate::web::state::State;

/// An answer: one recommendation put to one body.
#[derive(Serialize, ToSchema)]
#[schema(as = Answer)]
pub struct AnswerData {
    body: String,
    /// The body that answers now: the one that is counted. Another than `body` where that one has ended.
    answered_by: String,
    /// What that rests on.
    who_answers: Handed,
    checked: Checked,
    taken_in_on: Day,
    response: Response,
    response_on: Option<Day>,
    response_precision: Precision,
    response_basis: Option<Basis>,
    reported: Reported,
    reported_on: Option<Day>,
    reported_precision: Precision,
    assessed: Assessed,
    assessed_on: Option<Day>,
    assessed_precision: Precision,
    assessed_by: Option<String>,
    /// The post or the committee that decided the finding, where that is recorded.
    decided_by: Option<String>,
    decided_on: Option<Day>,
    minute_ref: Option<String>,
    approval: Option<Approval>,
    /// When the body last replied to the finding, and what, where it did.
    replied_on: Option<Day>,
    reply: Option<String>,
    reply_language: Option<Language>,
    /// The licence of that reply's words; null where nobody has said so.
    reply_licence: Option<Licence>,
    /// Every reply of the body to the finding, in the order of their days.
    replies: Vec<outside::ReplyData>,
    /// What meetings decided about it, in the order in which it was published; it sets none of the facts.
    minutes: Vec<outside::MinuteData>,
    /// What others found, each under its own name.
    others_found: Vec<outside::OutsideData>,
    /// How many others found something, and how many of them differ from this register. Neither changes any other field.
    others_found_count: i64,
    others_found_differ: i64,
    /// How it fares in the last document of the body that somebody looked through: no answer and no finding.
    in_report: Option<outside::MarkData>,
    report_title: Option<String>,
    report_on: Option<Day>,
    report_address: Option<String>,
    report_mark: Option<Marked>,
    report_mark_page: Option<String>,
    /// When oversight looks again.
    recheck_due_on: Option<Day>,
    /// Until when the finding counts as looked at lately: that day, else one return after it; null where no schedule says.
    looked_until: Option<Day>,
    /// Whether that has passed.
    not_looked_at_lately: bool,
    lifecycle: Lifecycle,
    lifecycle_on: Option<Day>,
    lifecycle_precision: Precision,
    closure: Option<Closure>,
    /// Whether it should never have been entered: then it is in no number.
    entered_in_error: bool,
    done: bool,
    /// What would show that it is done, as agreed; when that was agreed, and when it was recorded here.
    agreed: Option<String>,
    agreed_on: Option<Day>,
    agreed_recorded_on: Option<Day>,
    /// What the facts that stand rest on.
    evidence: Vec<evidence::EvidenceData>,
    response_due_on: Option<Day>,
    /// The rule of law by which that day was reckoned, and whom the answer is owed to.
    response_due_rule: Option<String>,
    response_owed_to: Option<String>,
    /// Since when time to answer stands still.
    response_paused_on: Option<Day>,
    /// How often "under consideration" was renewed.
    response_renewed: i64,
    plan_owner: Option<String>,
    plan_action: Option<String>,
    plan_on: Option<Day>,
    return_due_on: Option<Day>,
    target_on: Option<Day>,
    first_target_on: Option<Day>,
    target_set_by: Option<String>,
    /// By name; also of somebody who is no body of this register.
    target_set_by_name: Option<String>,
    times_moved: i64,
    /// Null where the register was not there to see.
    days_past_first_target: Option<i64>,
}

impl Maker<'_> {
    /// One answer with what it is an answer to.
    pub(in crate::web::public) fn asked(&self, one: &Recommendation, answer: &Answer) -> Asked {
        let inquiry = one.inquiry.slug.as_str();
        Asked {
            inquiry: inquiry.to_owned(),
            number: one.number.clone(),
            part_of: one.part_of.clone(),
            title: one.title.as_ref().and_then(Words::said).map(str::to_owned),
            warning: words::warning(one.checked),
            holds: HoldData::of(self.in_force.bearing_on(Some(one.inquiry.id), Some(one.id))),
            address: self.address(&address::answer(inquiry, &one.number, answer.body.slug.as_str())),
            answer: self.answer(answer),
        }
    }

    /// One answer.
    pub(super) fn answer(&self, answer: &Answer) -> AnswerData {
        let target = answer.target.as_ref();
        let open = answer.lifecycle.value != Lifecycle::Closed;
        let decided = self.details.update(answer.assessed.update).and_then(|update| update.decided.as_ref());
        let replies = self.details.replies(answer);
        let reply = replies.last();
        let read = self.details.mark(answer.id);
        let owed = answer.response_due.filter(|_| open).and_then(|due| self.details.deadline(due.deadline));
        let plan = self.details.plan(answer.id).filter(|_| answer.response.value.accepts());
        AnswerData {
            body: answer.body.slug.to_string(),
            answered_by: answer.answerer.slug.to_string(),
            who_answers: answer.handed,
            checked: answer.checked,
            taken_in_on: answer.taken_in_on,
            response: answer.response.value,
            response_on: answer.response.when.day,
            response_precision: answer.response.when.precision,
            response_basis: answer.response_basis,
            reported: answer.reported.value,
            reported_on: answer.reported.when.day,
            reported_precision: answer.reported.when.precision,
            assessed: answer.assessed.value,
            assessed_on: answer.assessed.when.day,
            assessed_precision: answer.assessed.when.precision,
            assessed_by: answer.assessed_by.clone(),
            decided_by: decided.map(|decided| decided.by.clone()),
            decided_on: decided.and_then(|decided| decided.on),
            minute_ref: decided.and_then(|decided| decided.minute.clone()),
            approval: decided.and_then(|decided| decided.approval),
            replied_on: reply.and_then(|reply| reply.happened.day),
            reply: reply.and_then(|reply| reply.words.said()).map(str::to_owned),
            reply_language: reply.and_then(|reply| reply.rights.language),
            reply_licence: reply.and_then(|reply| reply.rights.licence),
            replies: outside::ReplyData::all(replies),
            minutes: outside::MinuteData::all(self.details.minutes(answer.id)),
            others_found_count: count(self.details.outside(answer.id).len()),
            others_found_differ: i64::try_from(self.details.differing(answer)).unwrap_or(i64::MAX),
            others_found: self.outside(answer),
            in_report: self.mark(answer),
            report_title: read.and_then(|(report, _)| report.title.said()).map(str::to_owned),
            report_on: read.and_then(|(report, _)| report.happened.day),
            report_address: read.map(|(report, _)| self.address(&address::report(report.began))),
            report_mark: read.map(|(_, mark)| mark.value),
            report_mark_page: read.and_then(|(_, mark)| mark.page.clone()),
            recheck_due_on: answer.recheck_due.map(|due| due.on),
            looked_until: answer.looked_until,
            not_looked_at_lately: answer.is_not_looked_at_lately(self.today),
            lifecycle: answer.lifecycle.value,
            lifecycle_on: answer.lifecycle.when.day,
            lifecycle_precision: answer.lifecycle.when.precision,
            closure: answer.closure,
            entered_in_error: answer.is_in_error(),
            done: answer.done,
            agreed: self.details.agreement(answer.id).and_then(|agreed| agreed.words.said()).map(str::to_owned),
            agreed_on: self.details.agreement(answer.id).map(|agreed| agreed.agreed_on),
            agreed_recorded_on: self.details.agreement(answer.id).map(|agreed| agreed.on),
            evidence: self.evidence(answer),
            // Nothing is owed on what is closed.
            response_due_on: answer.response_due.map(|due| due.on).filter(|_| open),
            response_due_rule: owed.and_then(|date| date.rule.as_ref()).map(|(rule, _)| rule.clone()),
            response_owed_to: owed.and_then(|date| date.owed_to.clone()),
            response_paused_on: self.details.paused(answer.id).and_then(|date| date.act).and_then(|(_, on)| on),
            response_renewed: self.details.renewed(answer.id),
            plan_owner: plan.and_then(|plan| plan.plan.as_ref()).map(|plan| plan.owner.clone()),
            plan_action: plan.and_then(|plan| plan.plan.as_ref()).map(|plan| plan.action.clone()),
            plan_on: plan.and_then(|plan| plan.due_on),
            return_due_on: answer.return_due.map(|due| due.on).filter(|_| open),
            target_on: target.and_then(|target| target.on),
            first_target_on: target.and_then(|target| target.first_on),
            target_set_by: target.and_then(|target| target.set_by.as_ref()).map(|body| body.slug.to_string()),
            target_set_by_name: target.and_then(|target| self.details.deadline(target.deadline)).and_then(|date| {
                date.set_by.as_ref().map(|body| body.short().to_owned()).or(date.set_by_words.clone())
            }),
            times_moved: target.map_or(0, |target| target.times_moved),
            days_past_first_target: self.details.days_past_first_target(answer, self.today),
        }
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A body with one page of what it was asked.
#[derive(Serialize)]
struct BodyData {
    body: String,
    name: String,
    short_name: Option<String>,
    kind: String,
    before: Vec<String>,
    after: Vec<String>,
    history: HistoryData,
    address: String,
    /// The holds on the whole register; empty where there is none.
    holds: Vec<HoldData>,
    /// How many answers are counted under it: those that it answers now.
    total: u64,
    /// How many more answers were entered in error: they are not in `total` and not among the items.
    entered_in_error: u64,
    #[serde(flatten)]
    ground: GroundData,
    items: Vec<Asked>,
    next: Option<String>,
}

/// What a body was asked, and its answer.
#[derive(Serialize)]
pub struct Asked {
    inquiry: String,
    number: String,
    /// The number of the recommendation that it is a lettered part of; null where it is none.
    part_of: Option<String>,
    title: Option<String>,
    warning: Option<&'static str>,
    /// Holds under which nothing new is published about it; empty where there is none.
    holds: Vec<HoldData>,
    address: String,
    #[serde(flatten)]
    answer: AnswerData,
}

/// One body.
///
/// # Errors
/// 404 when there is none.
pub async fn body(state: web::Data<State>, path: web::Path<String>, mut query: Query) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    let as_at = AsAt::of(&mut query, state.today());
    let after = place::asked(&mut query, "after", &address::body(name.as_str()), &[]);
    query.finish()?;
    let (then, (view, moves, (total, ground), page, details, recommendations, in_service, in_force)) = state
        .reader
        .read_or_again(move |tx| {
            let then = as_at.open(tx)?;
            let moved = |to: &str| format!("{}.json", address::body(to));
            let read = look(tx, (AliasKind::Body, "", name.as_str()), moved, |tx| {
                let view = body::find(tx, &name)?;
                let total = tally::find(tx, Scope::Body(view.name.id))?;
                let ground = ground::Read::of_body(tx, view.name.id, &total)?;
                let moves = succession::read(tx, view.name.id)?;
                let which = if view.after.is_empty() { OfBody::Answers } else { OfBody::Ever };
                let page = addressee::of_body(tx, (view.name.id, which), after, SIZE)?;
                let details = detail::of(tx, &page.items)?;
                let asked = page.items.iter().map(|answer| answer.recommendation_id).collect();
                let recommendations = recommendation::many(tx, asked)?;
                let in_force = InForce::read(tx)?;
                let in_service = setting::in_service(tx)?;
                Ok((view, moves, (total, ground), page, details, recommendations, in_service, in_force))
            })?;
            Ok::<_, Error>((then, read))
        })
        .await?;
    let maker = Maker {
        base: &state.site.base_url,
        details: &details,
        in_force,
        families: Families::default(),
        today: then.day,
    };
    let here = address::body(view.name.slug.as_str());
    let items = page.items.iter().filter_map(|answer| {
        let one = recommendations.iter().find(|one| one.id == answer.recommendation_id)?;
        Some(maker.asked(one, answer))
    });
    let slugs = |list: &[body::Succession]| list.iter().map(|other| other.body.slug.to_string()).collect();
    let data = BodyData {
        body: view.name.slug.to_string(),
        name: view.name.name.clone(),
        short_name: view.name.short_name.clone(),
        kind: view.name.kind.clone(),
        before: slugs(&view.before),
        after: slugs(&view.after),
        history: HistoryData::new(&view, &moves),
        address: maker.address(&here),
        holds: HoldData::of(maker.in_force.bearing_on(None, None)),
        total: total.all(Counted::Answers),
        entered_in_error: total.all(Counted::InError),
        ground: GroundData::of(&ground, &state.site.base_url),
        items: items.collect(),
        next: page.next.map(|next| maker.next(&here, next, &then)),
    };
    let unlisted = recommendations.iter().any(|one| one.checked.needs_warning());
    shown_as_data(&data, DataFrame::of(&in_service, unlisted).then(&then))
}
