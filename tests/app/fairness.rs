//! Fairness to bodies: a finding against a body is with it before anybody publishes it, its reply stands beside the finding,
//! and the finding says who decided it.

use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::{days, minutes};
use crate::support::page::Page;

stories![
    an_adverse_finding_is_with_the_body_until_it_replies,
    a_body_that_says_nothing_is_waited_for_until_the_day_has_passed,
    nothing_to_correct_ends_the_period_and_a_second_reply_finds_the_first,
    a_finding_that_was_sent_back_and_written_anew_goes_to_the_body_again,
    a_finding_in_favour_goes_straight_to_the_second_person,
    an_inquiry_sets_how_long_its_bodies_have,
    a_finding_says_who_decided_it,
    a_finding_on_a_draft_decision_is_published_by_a_clear_yes_alone,
    nobody_but_the_body_sees_the_page_of_a_finding,
    a_correction_of_a_finding_goes_to_those_who_were_told_of_the_error,
    a_reply_is_no_answer_to_the_finding_that_corrects_the_one_it_answered,
    a_reply_that_was_removed_is_not_said_to_have_been_none,
];

const ITEM: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-council";
const PUBLIC: &str = "/inquiries/ashgrove/recommendations/2/ashgrove-council";
const COUNCIL: &str = "contributor of ashgrove-council";
const COUNCIL_MAIL: &str = "contributor.ashgrove-council@example.org";
/// What an unpublished finding says; looked for wherever it must not be.
const CANARY: &str = "canary-in-the-finding";
/// When the story begins, and ten working days later.
const UNTIL: &str = "7 December 2026";

/// Enters who runs the register: a finding is made in that name.
pub fn run_by_somebody(app: &TestApp) {
    let form = app.person("administrator").open("/staff/settings").form("Save and publish");
    form.fill("Who runs this register", "Ashgrove Oversight Office")
        .fill("By what right", "By resolution of the council, 1 July 2026.")
        .fill("Email address for the public", "register@example.org")
        .fill("Data protection contact", "The data protection officer, data@example.org")
        .fill("Complaints", "Write to the office.")
        .send();
}

/// Hands a finding in and answers the page where it waits.
pub fn found(app: &TestApp, value: &str, words: &str) -> Page {
    let form = app.person("overseer").open(ITEM).follow("Assess").form("Hand in the assessment");
    form.choose_in("What do you find?", value).fill("What does the finding rest on?", words).send()
}

fn reference(filing: &Page) -> String {
    filing.path().rsplit('/').next().expect("a name").to_owned()
}

/// The body's own page of a finding, reached from its home.
fn to_check(app: &TestApp) -> Page {
    app.person(COUNCIL).open("/staff").follow("A finding to check before it is published")
}

fn an_adverse_finding_is_with_the_body_until_it_replies(app: &TestApp) {
    run_by_somebody(app);
    app.person(COUNCIL);
    let filing = found(app, "Not implemented", CANARY);
    filing.sees(&format!("With the body for accuracy until {UNTIL}"));
    filing.sees("1 person of the body was told by mail on 23 November 2026");
    // Nobody can publish it, not even with a form of their own making.
    let other = app.person("overseer two");
    let waits = other.open(filing.path());
    assert!(!waits.has_form("Publish this"));
    let token = waits.form("Send it back").fields();
    let mut fields: Vec<(&str, &str)> = token.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend(["names_nobody", "no_live_case", "not_marked", "files_seen"].map(|name| (name, "yes")));
    let refused = other.post(&format!("{}/publication", filing.path()), &fields);
    refused.is(422).complains(&format!("It is with the body for accuracy until {UNTIL}"));
    other.open("/staff/to-confirm").sees(&format!("With the body for accuracy until {UNTIL}"));

    // The mail leads to the page and says nothing of the matter.
    app.jobs();
    let mailbox = app.mailbox();
    let mail = mailbox.of(COUNCIL_MAIL).last().clone();
    mail.says(UNTIL).does_not_say(CANARY).does_not_say("Not implemented").does_not_say("landing stages");
    assert!(mail.link("/staff/findings/").ends_with(&format!("/staff/findings/{}", reference(&filing))));

    let page = to_check(app);
    page.sees("Not public").sees(CANARY).sees("Not implemented").does_not_see("Overseer");
    page.form("Send this").submit().is(422).complains("Choose whether there is something to say");
    let form = page.form("Send this").choose("Something is wrong, or should be said beside it");
    let empty = form.submit();
    empty.is(422).complains("Enter your reply");
    let long = page.form("Send this").choose("Something is wrong, or should be said beside it");
    long.fill("Your reply", &"a".repeat(20_001)).submit().is(422).complains("20000 characters or fewer");
    empty.form("Send this").fill("Your reply", "The report of May was overlooked.").send().sees("What you replied");
    for path in
        [PUBLIC, "/inquiries/ashgrove/recommendations/2", "/changes", "/inquiries/ashgrove/recommendations/2.json"]
    {
        app.public().open(path).does_not_see(CANARY).does_not_see("The report of May");
    }

    let page = other.open(filing.path());
    page.sees("The body replied on 23 November 2026").sees("The report of May was overlooked.");
    confirmed(page.form("Publish this")).send().sees("The report of May was overlooked.").sees(CANARY);
    let public = app.public().open("/inquiries/ashgrove/recommendations/2");
    public.sees("Ashgrove Council replied on 23 November 2026").sees("The report of May was overlooked.");
    app.public().open(PUBLIC).sees("Ashgrove Council replied on 23 November 2026").does_not_see("Contributor One");
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
    let council = data["addressees"].as_array().expect("a list").iter().find(|one| one["body"] == "ashgrove-council");
    assert_eq!(council.expect("the council")["reply"], "The report of May was overlooked.");
    app.person(COUNCIL).open(&format!("/staff/findings/{}", reference(&filing))).sees("It is published");
    app.place().run(&["verify"]).succeeds();
}

fn a_body_that_says_nothing_is_waited_for_until_the_day_has_passed(app: &TestApp) {
    run_by_somebody(app);
    let filing = found(app, "Not enough shown", CANARY);
    // Nobody of the council has an account: the page says so, and the time runs.
    filing
        .sees("Nobody of this body has an account here")
        .follow("Log a letter or a call")
        .sees("Ashgrove District Council");
    app.clock().advance(days(14));
    let other = app.person("overseer two");
    assert!(!other.open(filing.path()).has_form("Publish this"), "the last day is the body's");
    let page = app.person(COUNCIL).open("/staff").follow("A finding to check before it is published");
    let late = page.form("Send this").choose("Something is wrong, or should be said beside it");
    let late = late.fill("Your reply", "Here is the report.");
    app.clock().advance(days(1));
    let refused = late.submit();
    // The session may have ended meanwhile; then the form is kept and sent again.
    let refused = if refused.status() == 401 { again(app, &filing) } else { refused };
    refused.is(422).complains("The time to reply ended on 7 December 2026").sees("Write to the register’s office");
    refused.sees("Here is the report.");
    let page = other_open(app, &filing);
    page.sees("The body had until 7 December 2026 and did not reply");
    confirmed(page.form("Publish this")).send();
    app.public().open(PUBLIC).sees(CANARY).does_not_see("replied on").does_not_see("Here is the report.");
}

fn other_open(app: &TestApp, filing: &Page) -> Page {
    app.person("overseer two").open(filing.path())
}

/// The same reply from a new session.
fn again(app: &TestApp, filing: &Page) -> Page {
    let visitor = app.person(COUNCIL);
    let path = format!("/staff/findings/{}", reference(filing));
    let csrf = visitor.open("/staff").html();
    let field = crate::support::page::css("input[name=csrf]");
    let csrf = csrf.select(&field).next().and_then(|field| field.attr("value")).unwrap_or_default().to_owned();
    let fields = [("csrf", csrf.as_str()), ("version", "1"), ("said", "reply"), ("words", "Here is the report.")];
    visitor.post(&format!("{path}/reply"), &fields)
}

fn nothing_to_correct_ends_the_period_and_a_second_reply_finds_the_first(app: &TestApp) {
    run_by_somebody(app);
    app.person(COUNCIL);
    app.person("contributor two of ashgrove-council");
    let filing = found(app, "Off course", CANARY);
    filing.sees("2 people of the body were told by mail");
    let second = app.person("contributor two of ashgrove-council").open("/staff");
    let second = second.follow("A finding to check before it is published").form("Send this");
    to_check(app).form("Send this").choose("There is nothing to correct").send();
    let late =
        second.choose("Something is wrong, or should be said beside it").fill("Your reply", "One word more.").submit();
    late.is(409).sees("Nothing was saved").sees("there is nothing to correct").sees("One word more.");
    let page = other_open(app, &filing);
    page.sees("The body said on 23 November 2026 that there is nothing to correct").does_not_see("One word more.");
    confirmed(page.form("Publish this")).send();
    let public = app.public().open(PUBLIC);
    public.sees("Off course, found on 23 November 2026").does_not_see("No reply recorded here");
    public.sees("Ashgrove Council replied on 23 November 2026").sees("There is nothing to correct.");
    app.jobs();
}

fn a_finding_that_was_sent_back_and_written_anew_goes_to_the_body_again(app: &TestApp) {
    run_by_somebody(app);
    let council = app.person(COUNCIL);
    let first = found(app, "Not implemented", "The first words.");
    let open = to_check(app);
    let sent_back = other_open(app, &first).form("Send it back").fill("What should be looked at again?", "The date.");
    sent_back.send();
    // What is not proposed any more is not shown, and cannot be replied to.
    let reply = open.form("Send this").choose("There is nothing to correct").submit();
    reply.is(409).sees("It is not proposed any more").does_not_see("The first words.");
    app.person("overseer").open(first.path()).form("Take it back").send();
    app.clock().advance(minutes(30));
    let anew = found(app, "Not implemented", "The second words.");
    anew.sees("With the body for accuracy until");
    assert!(!other_open(app, &anew).has_form("Publish this"));
    council.open("/staff").follow("A finding to check before it is published").sees("The second words.");
    app.jobs();
    assert_eq!(app.mailbox().of(COUNCIL_MAIL).count(), 2 + invitations(app), "told of each");
}

/// How many mails the council's contributor got before any finding.
fn invitations(app: &TestApp) -> usize {
    let query = "select count(*) from outbox where kind = 'invitation' and state = 'accepted' and email = 'contributor.ashgrove-council@example.org'";
    app.place().value(query).parse().expect("a number")
}

fn a_finding_in_favour_goes_straight_to_the_second_person(app: &TestApp) {
    run_by_somebody(app);
    app.person(COUNCIL);
    let filing = found(app, "On course", "Two reports.");
    filing.does_not_see("With the body");
    app.person(COUNCIL).open("/staff").does_not_see("To check before it is published");
    confirmed(other_open(app, &filing).form("Publish this")).send();
    app.public().open(PUBLIC).sees("On course, found on 23 November 2026");
}

fn an_inquiry_sets_how_long_its_bodies_have(app: &TestApp) {
    run_by_somebody(app);
    let overseer = app.person("overseer");
    app.public().open("/inquiries/ashgrove").sees("has 10 working days to reply");
    let open = || overseer.open("/staff/inquiries/ashgrove").follow("Set how long bodies may check a finding");
    let form = || open().form("Publish this rule");
    form().fill("How many working days", "61").submit().is(422).complains("from 0 to 60").complains("Enter why");
    form().fill("How many working days", "soon").submit().is(422).complains("from 0 to 60");
    let overtaken = form().fill("How many working days", "20").fill("Why?", "Agreed with the bodies.");
    confirmed(form().fill("How many working days", "3").fill("Why?", "Short, before the meeting.")).send();
    app.public().open("/inquiries/ashgrove").sees("has 3 working days to reply");
    let late = confirmed(overtaken).submit();
    late.is(409).sees("Somebody else changed this").sees("3 working days");
    found(app, "Off course", CANARY).sees("With the body for accuracy until 26 November 2026");
    confirmed(late.form("Publish this rule").fill("How many working days", "0")).send();
    let public = app.public().open("/inquiries/ashgrove");
    public.sees("Bodies are not shown findings about them before they are published");
    app.public().open("/changes").sees("Bodies are not shown findings about them before they are published");
    assert_eq!(app.public().open("/inquiries/ashgrove.json").json()["accuracy_working_days"], 0);
    let assess = app.person("overseer").open(ITEM).follow("Assess");
    assess.sees("The bodies of this inquiry are not shown findings first").does_not_see("is shown to it first");
    let filing = found(app, "Not implemented", "Nothing was done.");
    filing.does_not_see("With the body");
    confirmed(other_open(app, &filing).form("Publish this")).send();
    app.place().run(&["verify"]).succeeds();
}

fn a_finding_says_who_decided_it(app: &TestApp) {
    run_by_somebody(app);
    let open = || app.person("overseer").open(ITEM).follow("Assess").form("Hand in the assessment");
    let form =
        open().choose_in("What do you find?", "On course").fill("What does the finding rest on?", "Two reports.");
    let faulty = form.fill("Which minute says so?", "12").date("When was it decided?", "2026-11-19").submit();
    faulty.is(422).complains("Enter which post or committee decided").sees("Never the name of a person");
    let form = faulty.form("Hand in the assessment").fill("Who decided it?", "the Ferry Scrutiny Committee");
    let faulty = form.submit();
    faulty.is(422).complains("Choose whether the decision is approved or a draft");
    let filing = faulty.form("Hand in the assessment").choose("Approved").send();
    let said = "Decided by the Ferry Scrutiny Committee on 19 November 2026, minute 12, approved";
    filing.sees(said);
    confirmed(other_open(app, &filing).form("Publish this")).send().sees(said);
    for path in [PUBLIC, "/inquiries/ashgrove/recommendations/2"] {
        app.public().open(path).sees(said);
    }
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
    let council = data["addressees"].as_array().expect("a list").iter().find(|one| one["body"] == "ashgrove-council");
    let council = council.expect("the council");
    assert_eq!((&council["decided_on"], &council["minute_ref"]), (&"2026-11-19".into(), &"12".into()));
    assert_eq!(
        (&council["decided_by"], &council["approval"]),
        (&"the Ferry Scrutiny Committee".into(), &"approved".into())
    );
    // Withheld with the finding's words.
    app.person("overseer").open(ITEM).form("Withhold these words: Ashgrove Oversight Office: On course").send();
    app.public().open(PUBLIC).does_not_see("Ferry Scrutiny Committee").does_not_see("Two reports.");
}

fn a_finding_on_a_draft_decision_is_published_by_a_clear_yes_alone(app: &TestApp) {
    run_by_somebody(app);
    let form = app.person("overseer").open(ITEM).follow("Assess").form("Hand in the assessment");
    let form = form.choose_in("What do you find?", "On course").fill("What does the finding rest on?", "Two reports.");
    let filing =
        form.fill("Who decided it?", "the Ferry Scrutiny Committee").choose("A draft, not approved yet").send();
    let page = other_open(app, &filing);
    page.sees("Everybody will read “decision in draft” beside the finding");
    let refused = confirmed(page.form("Publish this")).submit();
    refused.is(422).complains("The decision on this finding is still a draft");
    app.public().open(PUBLIC).does_not_see("Two reports.");
    refused.form("Publish this").tick("The decision is still a draft; publish it all the same").send();
    let said = "Decided by the Ferry Scrutiny Committee, decision in draft, not approved yet";
    for path in [PUBLIC, "/inquiries/ashgrove/recommendations/2"] {
        app.public().open(path).sees(said);
    }
    let first = app.public().open("/inquiries/ashgrove/recommendations/2");
    first.sees("1 decision is in draft, not approved yet.");
    // Where it is approved nobody is asked.
    let filing = found(app, "On course", "Two more reports.");
    other_open(app, &filing).does_not_see("publish it all the same");
}

fn nobody_but_the_body_sees_the_page_of_a_finding(app: &TestApp) {
    run_by_somebody(app);
    let filing = found(app, "Not implemented", CANARY);
    let path = format!("/staff/findings/{}", reference(&filing));
    for who in ["contributor of old-ferry-board", "observer", "overseer two", "administrator"] {
        app.person(who).get(&path).is(403).does_not_see(CANARY);
    }
    app.public().get(&path).is(303);
    app.person("contributor of old-ferry-board").open("/staff").does_not_see("To check before");
    app.person(COUNCIL).open(&path).sees(CANARY);
    // The page of the filing itself stays with those who oversee.
    app.person(COUNCIL).get(filing.path()).is(404);
}

fn a_correction_of_a_finding_goes_to_those_who_were_told_of_the_error(app: &TestApp) {
    run_by_somebody(app);
    let filing = found(app, "On course", "Two reports.");
    confirmed(other_open(app, &filing).form("Publish this")).send();
    app.jobs_at("2026-11-30T08:30:00Z");
    let mailbox = app.mailbox();
    let first = mailbox.of("overseer@example.org").last().clone();
    first.says("Assessment, 23 November 2026: Ashgrove Ferry Inquiry, recommendation 2").does_not_say("Correction");
    let wrong = app.place().value("select max(seq) from change where kind = 'assessed'");
    let item = app.person("overseer").open(ITEM).follow("Correct this: Ashgrove Oversight Office: On course");
    let form = item.form("Hand in the assessment").choose_in("What do you find?", "Confirmed implemented");
    let anew = form.fill("Why was the earlier entry wrong?", "A report was missed.").send();
    confirmed(other_open(app, &anew).form("Publish this")).send();
    app.jobs_at("2026-12-07T08:30:00Z");
    for reader in ["overseer@example.org", "overseer-two@example.org", "administrator@example.org"] {
        let mailbox = app.mailbox();
        let told = mailbox.of(reader).last().clone();
        told.says("Correction: assessment, 30 November 2026");
        told.says(&format!("Corrects change {wrong}"));
    }
    app.public().open(PUBLIC).sees("A report was missed.").sees(&format!("Corrects change {wrong}"));
}

fn a_reply_is_no_answer_to_the_finding_that_corrects_the_one_it_answered(app: &TestApp) {
    run_by_somebody(app);
    app.person(COUNCIL);
    let filing = found(app, "Not implemented", CANARY);
    let form = to_check(app).form("Send this").choose("Something is wrong, or should be said beside it");
    let form = form.select("In which language are your words?", "Welsh");
    let form = form.select("Under which licence do your words stand?", "Open Government Licence v3.0");
    form.fill("Your reply", "Anwybyddwyd adroddiad mis Mai.").send();
    confirmed(other_open(app, &filing).form("Publish this")).send();
    let page = app.public().open(PUBLIC);
    page.sees("In Welsh. Licence: Open Government Licence v3.0.").does_not_see("No reply recorded here");
    assert!(page.texts("[lang=cy]").contains(&"Anwybyddwyd adroddiad mis Mai.".to_owned()));
    let council = || {
        let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
        let all = data["addressees"].as_array().expect("a list").clone();
        all.into_iter().find(|one| one["body"] == "ashgrove-council").expect("the council")
    };
    let said = council();
    assert_eq!((&said["reply_language"], &said["reply_licence"]), (&"cy".into(), &"ogl_3".into()));
    let item = app.person("overseer").open(ITEM).follow("Correct this: Ashgrove Oversight Office: Not implemented");
    let form = item.form("Hand in the assessment").choose_in("What do you find?", "Off course");
    let anew = form.fill("Why was the earlier entry wrong?", "A report was missed.").send();
    app.clock().advance(days(15));
    let page = other_open(app, &anew);
    page.sees("to reply to this correction, and sent nothing").does_not_see("did not reply");
    confirmed(page.form("Publish this")).send();
    // In the timeline it stands beside what it answered, and nowhere as an answer to what is found now.
    let page = app.public().open(PUBLIC);
    page.sees("No reply recorded here").sees("Anwybyddwyd adroddiad mis Mai.");
    let said = council();
    assert_eq!((&said["assessed"], &said["reply"]), (&"off_course".into(), &serde_json::Value::Null));
    assert_eq!((&said["replied_on"], &said["replies"]), (&serde_json::Value::Null, &serde_json::json!([])));
    app.place().run(&["verify"]).succeeds();
}

fn a_reply_that_was_removed_is_not_said_to_have_been_none(app: &TestApp) {
    run_by_somebody(app);
    app.person(COUNCIL);
    let filing = found(app, "Not implemented", CANARY);
    let form = to_check(app).form("Send this").choose("Something is wrong, or should be said beside it");
    form.fill("Your reply", "The report of May was overlooked.").send();
    let other = app.person("overseer two");
    confirmed(other.open(filing.path()).form("Publish this")).send();
    let row = app.place().value("select max(id) from fact_update where fact = 'assessed'");
    let form = app.person("administrator").open(&format!("/staff/redactions/new?subject=update&row={row}"));
    let form = form.form("Withhold them and propose their removal").choose("A court has ordered it");
    let waits = form.send();
    other.open(waits.path()).form("Remove these words for good").send();
    let page = other.open(filing.path());
    page.sees("The body replied on 23 November 2026. What it said was removed since, and is kept nowhere");
    page.does_not_see("nothing to correct").does_not_see("The report of May");
    assert_eq!(app.place().value("select count(*) from accuracy where reply like '%May%'"), "0");
}
