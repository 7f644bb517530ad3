//! The third year: the register corrects itself, words are withheld and removed, and today's work waits to be done.

use super::Error;
use super::beginning::{happens, inquiry};
use super::cast::Who;
use super::deeds::{AGENCY, COMPANY, COUNCIL, HARBOUR, link, some};
use super::stage::{Stage, slug};
use super::{meetings, names, work};
use crate::domain::assessed::Assessed;
use crate::domain::change::Subject;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::complaint::{Complaint, ComplaintDecision};
use crate::domain::event::EventKind;
use crate::domain::evidence::Rung;
use crate::domain::filing::{Proposal, ReturnFiled, WordingFiled};
use crate::domain::hold::HoldKind;
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::lifecycle::Closure;
use crate::domain::moment::Happened;
use crate::domain::redaction::RedactionKind;
use crate::domain::reported::Reported;
use crate::domain::subscription::{MailCycle, Topic};
use crate::domain::token::Token;
use crate::domain::words;
use crate::service::{
    AskToFollow, Complain, DecideComplaint, DecideRedaction, Described, Drafted, HoldOn, PlaceHold, Propose,
    ProposeRedaction, PutToBody, RecordReported, SaveDraft, TakeInInquiry, TakeInRecommendation, Target, Withhold,
};
use crate::store::exhibit::Said;
use crate::store::{complaint, redaction, subscriber, subscription};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Error> {
    words_are_compared(stage).await?;
    a_second_look_is_published(stage).await?;
    readers(stage).await?;
    nothing_new(stage).await?;
    let meeting = meetings::one_is_prepared(stage).await?;
    the_contrary(stage).await?;
    work::one_is_found_done(stage).await?;
    work::two_are_published_together(stage).await?;
    an_entry_is_put_right(stage).await?;
    let another = meetings::it_was_held(stage, &meeting).await?;
    meetings::a_report_says_less(stage).await?;
    work::more_is_shown(stage).await?;
    other_reasons_for_closing(stage).await?;
    names::names_change(stage).await?;
    work::a_target_moves(stage).await?;
    words_are_withheld_and_removed(stage).await?;
    meetings::the_other_is_cancelled(stage, &another).await?;
    work::a_body_signs_off(stage).await?;
    todays_work(stage).await?;
    work::more_waits(stage).await
}

/// The report's own words take the place of a summary, with a second person's eyes.
async fn words_are_compared(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(740).await?;
    for (number, title, text) in [
        (
            "1",
            "Publish the ferry timetable before each season",
            "The council should publish each season’s ferry timetable at least eight weeks before that season begins.",
        ),
        (
            "7",
            "Train every crew for fog",
            "Every crew should be trained for crossings in fog, and trained again each year.",
        ),
    ] {
        let reference = propose_words(stage, number, title, text).await?;
        stage.publishes(Who::Second, &reference, &[]).await?;
    }
    Ok(())
}

async fn propose_words(stage: &Stage<'_>, number: &'static str, title: &str, text: &str) -> Result<String, Error> {
    let (recommendation, version) = stage.recommendation(number).await?;
    let wording = WordingFiled {
        title: title.to_owned(),
        text: text.to_owned(),
        text_kind: TextKind::Verbatim,
        checked: Checked::Source,
        source_url: link("report"),
        compared_on: stage.today(),
        reason: "Compared with the printed report.".to_owned(),
        base: None,
        weakens: false,
        rights: Rights { language: Some(Language::English), licence: Some(Licence::OpenGovernment) },
    };
    let act = stage.act(Who::Overseer);
    let reference = act.fresh.clone();
    let command =
        Propose { target: Target::Recommendation(recommendation, version), proposal: Proposal::Wording(wording) };
    let done = stage.service().propose(act, command).await;
    stage.done("propose words", done)?;
    Ok(reference)
}

/// Two years on a second, smaller inquiry reports.
async fn a_second_look_is_published(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(760).await?;
    let described = Described {
        kind: some("progress review"),
        title: some("Ashgrove ferry: a review two years on (fictional)"),
        short_title: some("Ashgrove Ferry Review"),
        chair: some("the Reviewer"),
        commissioned_by: Some(stage.body(COUNCIL).await?),
        issued_by: None,
        legal_basis: None,
        source_url: link("review"),
        source_note: some("A fictional address: there is no such review."),
        own_references: true,
        monitored_by: some("The Ferry Scrutiny Committee of the council."),
        note: some("Fictional. No such ferry, place or body exists."),
        published_on: Some(stage.day(752)),
        count: Some(4),
        not_tracked: (None, None),
        rights: Rights { language: Some(Language::English), licence: Some(Licence::Quoted) },
    };
    let command =
        TakeInInquiry { slug: Some(slug("ashgrove-ferry-review")), described, reason: some("It was published.") };
    let done = stage.service().take_in_inquiry(stage.act(Who::Overseer), command).await;
    stage.done("take the review in", done)?;
    for (number, title, text, body) in [
        (
            "R1",
            "Inspect both landing stages, and say so",
            "Both landing stages should be inspected every year, as was recommended before.",
            Some(HARBOUR),
        ),
        (
            "R2",
            "Train new crews before their first crossing",
            "Nobody should cross with passengers before they are trained for fog.",
            Some(COMPANY),
        ),
        (
            "R3",
            "Show the last ferry of the day at the stages",
            "Whoever runs the stages should show at each of them when the last ferry of the day leaves.",
            None,
        ),
    ] {
        let bodies = match body {
            Some(body) => vec![stage.body(body).await?],
            None => Vec::new(),
        };
        let command = TakeInRecommendation {
            inquiry: slug("ashgrove-ferry-review"),
            number: some(number),
            own_reference: true,
            made_on: None,
            wording: WordingFiled {
                title: title.to_owned(),
                text: text.to_owned(),
                text_kind: TextKind::Summary,
                checked: Checked::Topic,
                source_url: link("review"),
                compared_on: stage.today(),
                reason: "Taken in from a newspaper; the review itself has not been read yet.".to_owned(),
                base: None,
                weakens: false,
                rights: Rights { language: Some(Language::English), licence: Some(Licence::Own) },
            },
            themes: Vec::new(),
            bodies,
            asked: Some(Checked::Secondary),
        };
        let done = stage.service().take_in_recommendation(stage.act(Who::Overseer), command).await;
        stage.done("take a recommendation in", done)?;
    }
    Ok(())
}

/// A reader follows the inquiry by mail; another says that something is wrong.
async fn readers(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(780).await?;
    let token = Token::new(stage.chance().bytes());
    let asked = AskToFollow {
        email: "reader@demo.example".parse().expect("an address"),
        topic: Topic::Inquiry(inquiry()),
        cycle: MailCycle::Monthly,
        from: [127, 0, 0, 1].into(),
        token: token.clone(),
        subscriber: stage.reference(),
        reference: stage.reference(),
        now: stage.now(),
        today: stage.today(),
    };
    let done = stage.service().ask_to_follow(asked).await;
    stage.done("ask to follow", done)?;
    let (hash, now) = (token.hash(), stage.now());
    let shown = stage
        .read(move |tx| {
            let somebody = subscriber::find_to_confirm(tx, &hash, now)?;
            let ids: Vec<_> = somebody.iter().map(|one| one.id).collect();
            Ok(subscription::of(tx, &ids)?.last().map(|one| one.id))
        })
        .await?;
    let shown = shown.expect("something is asked to be followed");
    let done = stage.service().confirm_following(token.hash(), shown, (stage.now(), stage.today())).await;
    stage.done("confirm to follow", done)?;
    let said =
        complains(stage, "/inquiries/ashgrove-ferry-inquiry/recommendations/8", "The stage is called Quay Stage.");
    let reference = said.await?;
    let found = stage
        .read({
            let reference = reference.clone();
            move |tx| complaint::find(tx, &reference)
        })
        .await?;
    let command = DecideComplaint {
        reference,
        version: found.version,
        decision: Some(ComplaintDecision::Kept),
        on: Some(stage.today()),
        answer: some("The report calls it the north stage; the register keeps the report’s name."),
        correcting: None,
    };
    let done = stage.service().decide_complaint(stage.act(Who::Overseer), command).await;
    stage.done("decide on a message", done).map(drop)
}

async fn complains(stage: &Stage<'_>, page: &str, words: &str) -> Result<String, Error> {
    let reference = stage.reference();
    let complaint = Complaint { page: page.to_owned(), words: words.to_owned(), email: None };
    let command = Complain { complaint, reference: reference.clone(), from: [127, 0, 0, 1].into(), now: stage.now() };
    let done = stage.service().complain(command).await;
    stage.done("send a message", done)?;
    Ok(reference)
}

async fn nothing_new(stage: &mut Stage<'_>) -> Result<(), Error> {
    for day in [810, 990] {
        stage.until(day).await?;
        stage.nothing_new(Who::Company, ("14", COMPANY)).await?;
    }
    Ok(())
}

async fn the_contrary(stage: &mut Stage<'_>) -> Result<(), Error> {
    let item = ("14", COMPANY);
    let words = "The company has taken the counters out again.";
    let finding = stage.finds(item, Assessed::ContraryAction, words).await?;
    stage.until(1_012).await?;
    stage.publishes(Who::Second, &finding, &[]).await?;
    let item = ("11", COMPANY);
    let finding = stage.finds(item, Assessed::CannotDetermine, "The company keeps no numbers of carers.").await?;
    stage.until(1_016).await?;
    stage.replies(Who::Company, &finding, None).await?;
    stage.publishes(Who::Second, &finding, &[]).await
}

/// What was recorded wrongly stays, with what is right beside it.
async fn an_entry_is_put_right(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(1_020).await?;
    let item = ("15", COMPANY);
    stage.is_read_to_say(item, Reported::Planned, "A first report is planned.").await?;
    let answer = stage.answer(item.0, item.1).await?;
    let command = RecordReported {
        addressee: answer.id,
        version: answer.version,
        value: Reported::UnderWay,
        happened: Happened::on(stage.day(1_010)),
        words: some("A first report is being written."),
        their_word: None,
        reason: None,
        source_url: link("annual-report"),
        checked: Checked::Source,
        corrects: answer.reported.update,
        correction: some("The wrong line of the report had been read."),
        rights: Rights { language: Some(Language::English), licence: Some(Licence::Quoted) },
    };
    let done = stage.service().record_reported(stage.act(Who::Overseer), command).await;
    stage.done("put an entry right", done).map(drop)
}

/// Closed for reasons that say nothing of whether it was done, and one that should never have been entered.
async fn other_reasons_for_closing(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(1_025).await?;
    let item = ("2", COUNCIL);
    let finding = stage.finds(item, Assessed::NotEnoughDone, "The second inspection is two years late.").await?;
    stage.replies(Who::Head, &finding, None).await?;
    stage.publishes(Who::Second, &finding, &[]).await?;
    let reason = "Without numbers nobody can tell, and the company will not count.";
    stage.closes(("11", COMPANY), Closure::CannotDetermine, reason).await?;
    let place = "Ashgrove Ferry Review, recommendation R1 (/inquiries/ashgrove-ferry-review/recommendations/R1)";
    let reason = words::with_taken_place(place, "The review asks for the same.");
    stage.closes(("5", AGENCY), Closure::Superseded, &reason).await?;
    let reason = "The inquiry’s office wrote that the agency had been named by mistake.";
    stage.closes(("9", AGENCY), Closure::WithdrawnByIssuer, reason).await?;
    let item = ("15", COMPANY);
    stage.is_read_to_say(item, Reported::ReportedComplete, "A first report was published.").await?;
    stage.closes(item, Closure::OnTheBodysWord, "The committee takes the company’s word for this one.").await?;
    let (recommendation, version) = stage.recommendation("13").await?;
    let command = PutToBody {
        recommendation,
        version,
        body: stage.body(HARBOUR).await?,
        checked: Checked::Secondary,
        reason: some("A newspaper says so."),
        agreed: None,
    };
    let done = stage.service().put_to_body(stage.act(Who::Overseer), command).await;
    stage.done("put it to a body", done)?;
    stage.closes(("13", HARBOUR), Closure::RecordedInError, "The newspaper was wrong.").await
}

async fn words_are_withheld_and_removed(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(1_030).await?;
    let item = ("15", COUNCIL);
    stage.is_read_to_say(item, Reported::UnderWay, "The council’s report is being written.").await?;
    let withheld = row_of(stage, item).await?;
    let command = Withhold {
        subject: Subject::Update,
        row: withheld,
        withheld: true,
        reason: some("Somebody asked for these words to be looked at."),
    };
    let done = stage.service().withhold(stage.act(Who::Overseer), command).await;
    stage.done("withhold words", done)?;
    let item = ("15", HARBOUR);
    stage.is_read_to_say(item, Reported::UnderWay, "The authority’s report is being written.").await?;
    let row = row_of(stage, item).await?;
    let command = ProposeRedaction {
        subject: Subject::Update,
        row,
        kind: Some(RedactionKind::DataProtection),
        also: Vec::new(),
        place: "what a body says of recommendation 15".to_owned(),
    };
    let act = stage.act(Who::Administrator);
    let reference = act.fresh.clone();
    let done = stage.service().propose_redaction(act, command).await;
    stage.done("propose a removal", done)?;
    let found = stage
        .read({
            let reference = reference.clone();
            move |tx| redaction::find(tx, &reference)
        })
        .await?;
    let command = DecideRedaction { reference, version: found.version, remove: true };
    let done = stage.service().decide_redaction(stage.act(Who::Overseer), command).await;
    stage.done("remove words", done).map(drop)
}

/// The row of what a body was last recorded to say.
async fn row_of(stage: &Stage<'_>, item: (&'static str, &'static str)) -> Result<i64, Error> {
    let answer = stage.answer(item.0, item.1).await?;
    Ok(answer.reported.update.map(|update| update.0).expect("it was recorded"))
}

/// What whoever signs in finds on their list.
async fn todays_work(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(1_080).await?;
    let command = PlaceHold {
        on: HoldOn::Recommendation(inquiry(), "6".to_owned()),
        kind: Some(HoldKind::Proceedings),
        words: None,
        review_on: Some(stage.day(1_130)),
    };
    let done = stage.service().place_hold(stage.act(Who::Overseer), command).await;
    stage.done("place a hold", done)?;
    happens(stage, EventKind::Meeting, stage.day(1_060), "The Ferry Scrutiny Committee met.").await?;
    stage.until(1_090).await?;
    stage.files(Who::Harbour, ("2", HARBOUR), Reported::UnderWay, "Both stages were inspected once.", None).await?;
    super::second_year::ask(stage, ("2", HARBOUR), 1_250, "The second inspection waits for calm weather.").await?;
    draft(stage).await?;
    stage.finds(("9", HARBOUR), Assessed::OnCourse, "Minutes of two meetings about the plan were read.").await?;
    stage.finds(("15", HARBOUR), Assessed::NotEnoughDone, "One page was published, without numbers.").await?;
    let text = "One telephone number should be set up for everybody who waits.";
    propose_words(stage, "10", "One telephone number for passengers", text).await?;
    let said = Said { page: some("4"), ..Said::default() };
    stage.attaches(("2", COUNCIL), None, Rung::Assertion, said, false).await?;
    complains(stage, "/inquiries/ashgrove-ferry-inquiry/recommendations/2", "The south stage is closed this month.")
        .await?;
    Ok(())
}

/// Somebody of the council has begun an update and not sent it.
async fn draft(stage: &Stage<'_>) -> Result<(), Error> {
    let (addressee, _) = stage.item("13", COUNCIL).await?;
    let update = ReturnFiled {
        value: Reported::Planned,
        happened: Happened::on(stage.today()),
        words: "Lamps have been ordered.".to_owned(),
        reason: None,
        source_url: None,
        rights: Rights { language: Some(Language::English), licence: Some(Licence::Quoted) },
        target: None,
    };
    let command = SaveDraft { of: Drafted::Item(addressee), update };
    let done = stage.service().save_draft(stage.act(Who::Council), command).await;
    stage.done("begin an update", done).map(drop)
}
