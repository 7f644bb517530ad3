//! The first year: bodies answer, or do not; plans, dates and first updates; what nobody looked for stays unsaid.

use super::Error;
use super::beginning::{happens, inquiry};
use super::cast::Who;
use super::deeds::{AGENCY, COMPANY, COUNCIL, HARBOUR, RIGHTS, link, response, some};
use super::stage::{Stage, slug};
use crate::domain::assessed::Assessed;
use crate::domain::chase::ChaseKind;
use crate::domain::checked::Checked;
use crate::domain::coverage::{Found, Sought};
use crate::domain::duty::DutyKind;
use crate::domain::event::EventKind;
use crate::domain::evidence::Rung;
use crate::domain::hold::{HoldKind, HoldStep};
use crate::domain::lifecycle::Closure;
use crate::domain::moment::Happened;
use crate::domain::report::{Mark, Marked, ReportKind};
use crate::domain::reported::Reported;
use crate::domain::response::{Basis, Response};
use crate::service::{
    ChangeHold, HoldOn, KeepContact, LogChase, LogReport, MarkItems, Marking, Owing, PlaceHold, RecordCoverage,
    RecordResponse, ReportWords, SetAnswerDue, SetDuties, Whom,
};
use crate::store::exhibit::Said;
use crate::store::{chase, duty};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Error> {
    asked(stage).await?;
    the_council_and_the_harbour_answer(stage).await?;
    the_company_and_the_agency_answer(stage).await?;
    plans_and_schedules(stage).await?;
    one_does_not_answer(stage).await?;
    a_report_is_received(stage).await?;
    first_updates(stage).await?;
    nobody_answered_about_carers(stage).await?;
    first_findings(stage).await?;
    one_is_done(stage).await?;
    before_an_election(stage).await
}

/// An answer is owed about the lifebelts; somebody looks where answers could stand.
async fn asked(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(7).await?;
    let (addressee, version) = stage.item("6", COMPANY).await?;
    let command = SetAnswerDue {
        addressee,
        version,
        owing: Owing::By(Some(stage.day(66))),
        wrong: None,
        owed_to: some("the Ferry Scrutiny Committee"),
        reason: None,
        source_url: link("minutes"),
        checked: Checked::Source,
    };
    let done = stage.service().set_answer_due(stage.act(Who::Overseer), command).await;
    stage.done("set when an answer is owed", done)?;
    looks(stage, None, Sought::Both, Found::Part, "The web sites of the four bodies and the minutes of the council")
        .await
}

/// Somebody looks for answers or updates, and says where.
async fn looks(
    stage: &Stage<'_>,
    body: Option<&'static str>,
    what: Sought,
    found: Found,
    place: &str,
) -> Result<(), Error> {
    let body = match body {
        Some(body) => Some(stage.body(body).await?),
        None => None,
    };
    let command = RecordCoverage {
        inquiry: inquiry(),
        body,
        what,
        place: some(place),
        source_url: None,
        looked_on: Some(stage.today()),
        by_post: some("scrutiny officer"),
        found,
        corrects: None,
        correction: None,
    };
    let done = stage.service().record_coverage(stage.act(Who::Overseer), command).await;
    stage.done("record a look", done).map(drop)
}

async fn the_council_and_the_harbour_answer(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(20).await?;
    for number in ["1", "2", "9", "10", "15"] {
        let said = response(Response::Accepted, "The council accepted the recommendations in one decision.");
        stage.answers((number, COUNCIL), RecordResponse { basis: Basis::Block, ..said }).await?;
    }
    stage.until(24).await?;
    for number in ["2", "8", "9", "15"] {
        stage.answers((number, HARBOUR), response(Response::Accepted, "The authority accepts this.")).await?;
    }
    let refused = response(Response::Rejected, "The authority will not run a second crossing in winter.");
    let reason = some("On most winter days fewer than ten people cross.");
    stage.answers(("3", HARBOUR), RecordResponse { reason, ..refused }).await
}

async fn the_company_and_the_agency_answer(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(28).await?;
    let part = response(Response::AcceptedInPart, "The company will put up boards at both stages.");
    let reason = some("It will not tell passengers by telephone.");
    stage.answers(("4", COMPANY), RecordResponse { reason, ..part }).await?;
    stage.answers(("7", COMPANY), response(Response::Accepted, "Every crew will be trained.")).await?;
    stage.answers(("14", COMPANY), response(Response::Accepted, "Passengers will be counted.")).await?;
    let letter = response(Response::Replied, "The company thanked the inquiry for its work.");
    stage.answers(("15", COMPANY), letter).await?;
    let decide_by = Some(stage.day(90));
    let later = response(Response::UnderConsideration, "The agency will ask its engineers first.");
    stage.answers(("5", AGENCY), RecordResponse { decide_by, ..later }).await?;
    let not_ours =
        response(Response::DisputesAddressee, "The agency says that plans for emergencies are not its task.");
    stage.answers(("9", AGENCY), not_ours).await
}

async fn plans_and_schedules(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(30).await?;
    let by = |stage: &Stage<'_>, day| stage.day(day);
    let on = by(stage, 220);
    stage
        .plans(("1", COUNCIL), "the head of transport", "Publish the summer timetable by the end of February", on)
        .await?;
    stage.plans(("2", HARBOUR), "the harbour master", "Name an inspector and publish a calendar", on).await?;
    stage.plans(("7", COMPANY), "the head of crews", "Write and hold a course of two days", on).await?;
    stage.aims(("2", HARBOUR), on, None).await?;
    stage.aims(("7", COMPANY), stage.day(360), None).await?;
    stage.aims(("14", COMPANY), stage.day(300), None).await?;
    stage.until(32).await?;
    stage.agrees(("1", COUNCIL), "Two timetables in a row, each published eight weeks before its season.").await?;
    stage.agrees(("7", COMPANY), "The course’s records for every crew, and one unannounced rehearsal.").await?;
    stage.agrees(("8", HARBOUR), "Three inspections in a row, each published within a month.").await?;
    stage.until(34).await?;
    for (number, body) in
        [("1", COUNCIL), ("2", COUNCIL), ("2", HARBOUR), ("9", COUNCIL), ("14", COMPANY), ("7", COMPANY)]
    {
        stage.asks_for_updates((number, body), stage.day(120), 6).await?;
    }
    duties(stage).await
}

/// Who of the council is asked first, and who leads on one item beside them.
async fn duties(stage: &mut Stage<'_>) -> Result<(), Error> {
    let officer = Some(stage.named(Who::Council).await?);
    let head = Some(stage.named(Who::Head).await?);
    let command = SetDuties {
        body: slug(COUNCIL),
        version: 0,
        item: None,
        chosen: vec![(DutyKind::Main, officer), (DutyKind::Alternate, head.clone())],
        leads: None,
    };
    let done = stage.service().set_duties(stage.act(Who::Administrator), command).await;
    stage.done("share out duties", done)?;
    // Of this one the head answers together with the officer.
    let (item, _) = stage.item("9", COUNCIL).await?;
    let council = stage.body(COUNCIL).await?;
    let version = stage.read(move |tx| duty::version(tx, council)).await?;
    let leads = Some(head.into_iter().collect());
    let command = SetDuties { body: slug(COUNCIL), version, item: Some(item), chosen: Vec::new(), leads };
    let done = stage.service().set_duties(stage.act(Who::Administrator), command).await;
    stage.done("name a lead", done).map(drop)
}

async fn one_does_not_answer(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(50).await?;
    let contact = KeepContact {
        body: slug(COMPANY),
        name: some("Demo Company Secretary"),
        post: some("company secretary"),
        email: Some("secretary@demo.example".parse().expect("an address")),
        phone: Some("01632 960 000".parse().expect("a number")),
        address: None,
        at_top: false,
    };
    let done = stage.service().keep_contact(stage.act(Who::Overseer), contact).await;
    stage.done("keep a contact", done)?;
    let company = stage.body(COMPANY).await?;
    let items = stage.read(move |tx| chase::items(tx, company)).await?;
    let chased = LogChase {
        body: slug(COMPANY),
        kind: ChaseKind::Letter,
        on: Some(stage.day(49)),
        whom: Whom::Words(some("the company secretary")),
        by_post: some("scrutiny officer"),
        said: some("Asked again about the lifebelts."),
        items: items.into_iter().map(|item| item.id).collect(),
    };
    let done = stage.service().log_chase(stage.act(Who::Overseer), chased).await;
    stage.done("log a letter", done)?;
    let due_on = Some(stage.day(110));
    let awaited = response(Response::Awaited, "The committee asked for an answer in writing.");
    stage.answers(("11", COMPANY), RecordResponse { due_on, ..awaited }).await?;
    // The day passes with no answer; the notice is the job's.
    stage.until(80).await?;
    stage
        .answers(("6", COMPANY), response(Response::Accepted, "The company accepts this and is sorry for the delay."))
        .await?;
    stage.until(90).await?;
    let decide_by = Some(stage.day(180));
    let later = response(Response::UnderConsideration, "The agency’s engineers need until the summer.");
    stage.answers(("5", AGENCY), RecordResponse { decide_by, ..later }).await
}

async fn a_report_is_received(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(100).await?;
    happens(stage, EventKind::Meeting, stage.day(99), "The Ferry Scrutiny Committee met.").await?;
    let said = ReportWords {
        kind: Some(ReportKind::Progress),
        title: some("Council: first report on the ferry inquiry"),
        happened: Happened::on(stage.day(95)),
        received_on: Some(stage.day(98)),
        url: link("council-report-1"),
        seen_on: Some(stage.day(100)),
        summary: some("The council reports by theme on what it has done since the inquiry."),
        rights: RIGHTS,
    };
    let done =
        stage.service().log_report(stage.act(Who::Overseer), LogReport { body: slug(COUNCIL), said, file: None }).await;
    let began = stage.done("log a document", done)?.seq.expect("a document is published");
    let marks = [
        ("1", Marked::Answered, some("3"), None),
        ("2", Marked::Theme, some("5"), some("Safe stages")),
        ("10", Marked::NotMentioned, None, None),
    ];
    let mut items = Vec::new();
    for (at, (number, value, page, words)) in marks.into_iter().enumerate() {
        let (item, _) = stage.item(number, COUNCIL).await?;
        items.push(Marking { at, item, shown: began.0, mark: Mark { value, page, words } });
    }
    let done = stage.service().mark_items(stage.act(Who::Overseer), MarkItems { began, items, correction: None }).await;
    stage.done("mark a document", done).map(drop)
}

async fn first_updates(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(118).await?;
    stage
        .reports(Who::Council, ("1", COUNCIL), Reported::UnderWay, "The summer timetable is with the printer.")
        .await?;
    stage.reports(Who::Harbour, ("2", HARBOUR), Reported::Planned, "An inspector will be named in the summer.").await?;
    stage
        .reports(Who::Company, ("14", COMPANY), Reported::NotStarted, "The counters have not been bought yet.")
        .await?;
    let vague = stage.files(Who::Council, ("9", COUNCIL), Reported::UnderWay, "Work goes on.", None).await?;
    let version = stage.filed(&vague).await?;
    let comment = some("Please say what was agreed with the harbour authority, and when.");
    let back = crate::service::SendBack { reference: vague, version, comment };
    let done = stage.service().send_back(stage.act(Who::Overseer), back).await;
    stage.done("send an update back", done).map(drop)
}

/// Nobody had recorded an answer about carers; somebody looks, and there is none.
async fn nobody_answered_about_carers(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(150).await?;
    looks(
        stage,
        Some(COMPANY),
        Sought::Answers,
        Found::Nothing,
        "The company’s web site and its letters to the council",
    )
    .await?;
    let words = "Its web site and three years of letters were read; nothing about free passage was found.";
    stage.answers(("11", COMPANY), response(Response::NoneFound, words)).await
}

async fn first_findings(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(170).await?;
    stage.confirms(("2", HARBOUR), Assessed::OnCourse, "The calendar of inspections was read.").await?;
    let against = stage
        .finds(("9", COUNCIL), Assessed::OffCourse, "No plan was shown, and no day for a rehearsal is set.")
        .await?;
    stage.until(174).await?;
    stage.replies(Who::Council, &against, Some("A first draft went to the harbour authority last week.")).await?;
    stage.publishes(Who::Second, &against, &[]).await?;
    stage.until(182).await?;
    let principle = response(Response::AcceptedInPrinciple, "One set of signs will be agreed.");
    let reason = some("The signals on the south bank stay as they are until they are renewed.");
    stage.answers(("5", AGENCY), RecordResponse { reason, ..principle }).await?;
    stage.until(200).await?;
    let later = stage.day(310);
    stage.aims(("2", HARBOUR), later, Some(("No inspector could be found.", "the Ferry Scrutiny Committee"))).await
}

async fn one_is_done(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(240).await?;
    stage.reports(Who::Council, ("1", COUNCIL), Reported::InPlace, "Two timetables came out nine weeks early.").await?;
    stage.until(255).await?;
    let item = ("1", COUNCIL);
    let finding = stage.finds(item, Assessed::Implemented, "Both timetables were seen, with their dates.").await?;
    let said = Said {
        page: some("1"),
        quote: None,
        title: some("Two timetables"),
        what: some("The printed timetables of two seasons"),
        summary: some("Each bears the day on which it was published: nine weeks before its season."),
        rights: RIGHTS,
    };
    let evidence = stage.attaches(item, Some(&finding), Rung::Practice, said, false).await?;
    stage.publishes(Who::Second, &finding, &[evidence]).await?;
    stage.until(260).await?;
    stage.closes(item, Closure::Implemented, "What was agreed has been shown.").await
}

/// For three weeks before an election nothing new is published; what comes in meanwhile is kept with its day.
async fn before_an_election(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(300).await?;
    stage.nothing_new(Who::Company, ("14", COMPANY)).await?;
    stage.until(320).await?;
    let command = PlaceHold {
        on: HoldOn::Register,
        kind: Some(HoldKind::Election),
        words: None,
        review_on: Some(stage.day(341)),
    };
    let done = stage.service().place_hold(stage.act(Who::Overseer), command).await;
    let placed = stage.done("place a hold", done)?.seq.expect("a hold is published");
    stage.until(330).await?;
    stage.files(Who::Harbour, ("2", HARBOUR), Reported::UnderWay, "The first stage was inspected.", None).await?;
    stage.until(341).await?;
    let command = ChangeHold {
        on: HoldOn::Register,
        shown: placed.0,
        step: Some(HoldStep::Ended),
        review_on: None,
        reason: some("The election is over."),
    };
    let done = stage.service().change_hold(stage.act(Who::Overseer), command).await;
    stage.done("end a hold", done)?;
    let waiting = stage.answer("2", HARBOUR).await?;
    let found = stage.read(move |tx| crate::store::filing::waiting_on(tx, waiting.recommendation_id)).await?;
    for filing in found {
        stage.publishes(Who::Overseer, &filing.reference, &[]).await?;
    }
    Ok(())
}
