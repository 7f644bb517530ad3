//! What else a body says goes through its own sign-off: replies to what was found, replies to findings that are not published
//! yet, and the evidence that belongs to an update.

use super::arranged::{COLLEAGUE, COLLEAGUE_MAIL, STAFF_ITEM, count, duties, saved};
use super::told::{posted, taken};
use crate::deeds_record::confirmed;
use crate::evidence::{attached, described, pdf};
use crate::fairness::{found, run_by_somebody};
use crate::filing::arranged::{COUNCIL, ITEM, proposes_finding, publication, return_page, update};
use crate::packs::made;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::{days, minutes};
use crate::support::form::Form;

stories![
    a_reply_to_what_was_found_is_signed_off_too,
    a_reply_before_publication_is_signed_off_while_the_time_runs,
    evidence_goes_with_the_update_that_is_signed_off,
    evidence_of_what_is_taken_back_within_the_body_goes_with_it,
    no_piece_is_added_while_somebody_signs_off,
];

const SIGNER: (&str, &str) = ("Who signs off", "Contributor Two");

fn reply(app: &TestApp, words: &str) -> Form {
    let page = app.person(COUNCIL).open(STAFF_ITEM).follow("Reply to what was found");
    page.sees("It goes first to whoever signs off for your organisation");
    page.form("Send the reply").fill("Your reply", words)
}

fn a_reply_to_what_was_found_is_signed_off_too(app: &TestApp) {
    run_by_somebody(app);
    let filing = proposes_finding(app, "overseer", "Two reports.");
    publication(&app.person("overseer two").open(&filing)).send();
    duties(app, &[SIGNER]);
    let sent = reply(app, "canary-reply").send();
    sent.sees("It is not filed yet").sees("canary-reply");
    app.person("overseer").get(sent.path()).is(404);
    app.person("overseer").open("/staff/to-publish").does_not_see("Reply of the body");
    app.person("overseer").open(STAFF_ITEM).does_not_see("Reply of the body");
    reply(app, "Once more.").submit().is(422).complains("A reply of yours to this waits already");
    // It stands in the way of no update.
    update(&return_page(&app.person(COUNCIL)), "Begun.").send().sees("It is not filed yet");

    let read = app.person(COLLEAGUE).open("/staff").follow("Reply of the body");
    read.sees("who read it and publish it or send it back");
    read.form("Send back to the author").fill("What should be looked at again?", "Which stage?").send();
    app.person("overseer").get(sent.path()).is(404);
    app.person("overseer").open(STAFF_ITEM).does_not_see("Reply of the body");
    app.person("observer").open("/staff").does_not_see("Reply of the body");
    let back = app.person(COUNCIL).open("/staff").sees("Sent back to you").follow("Reply of the body");
    back.sees("Which stage?").form("Take it back").send();
    let sent = reply(app, "They were, in May.").send();
    app.clock().advance(days(1));
    let signed = app.person(COLLEAGUE).open(sent.path()).form("Sign off").send();
    signed.sees("With the register, being read");
    publication(&app.person("overseer").open(sent.path())).send();
    let public = app.public().open(ITEM);
    public.sees("They were, in May.").sees("replied on 24 November 2026").does_not_see("canary-reply");
    app.place().run(&["verify"]).succeeds();
}

fn a_reply_before_publication_is_signed_off_while_the_time_runs(app: &TestApp) {
    run_by_somebody(app);
    duties(app, &[SIGNER]);
    let filing = found(app, "Not implemented", "canary-finding");
    let replies = |words: &str| {
        let page = app.person(COUNCIL).open("/staff").follow("A finding to check before it is published");
        page.sees("goes to Contributor Two first").sees("signed off by the end of");
        let form = page.form("Send this").choose("Something is wrong, or should be said beside it");
        form.fill("Your reply", words).send()
    };
    let kept = replies("canary-unsigned");
    kept.sees("With your own sign-off").sees("It is no reply yet").sees("Contributor One").sees("7 December 2026");
    let other = app.person("overseer two");
    let waits = other.open(filing.path());
    waits.sees("With the body for accuracy until 7 December 2026").does_not_see("canary-unsigned");
    app.clock().advance(minutes(16));
    posted(app);
    let mails = taken(app, COLLEAGUE_MAIL, "sign_off_asked");
    assert_eq!(mails.len(), 1);
    mails[0].says("7 December 2026").does_not_say("landing stages").does_not_say("canary").does_not_say("finding to");
    let page = app.person(COLLEAGUE).open(&mails[0].link("/staff/findings/"));
    page.sees("You sign off for your organisation").sees("Written by Contributor One on 23 November 2026");
    let form = page.form("Send this");
    assert_eq!(form.value("Your reply"), "canary-unsigned");
    form.send().sees("Thank you");
    let page = app.person("overseer two").open(filing.path());
    page.sees("The body replied on 23 November 2026").sees("canary-unsigned");
    confirmed(page.form("Publish this")).send();
    app.public().open(ITEM).sees("canary-unsigned");

    // What nobody signs off in time is no reply; it stays with the body, as the beginning of a reply of its own.
    let filing = found(app, "Off course", "The boats are late.");
    replies("Never signed off.");
    app.person(COLLEAGUE).open("/staff").sees("A reply to a finding waits for your own sign-off");
    app.clock().advance(days(20));
    let late =
        app.person(COLLEAGUE).open(&format!("/staff/findings/{}", filing.path().rsplit('/').next().unwrap_or("")));
    late.sees("The time to reply ended on").sees("Never signed off.").sees("It was not signed off by the end of");
    assert!(!late.has_form("Send this"));
    let page = app.person("overseer two").open(filing.path());
    page.sees("and did not reply").does_not_see("Never signed off.");
    confirmed(page.form("Publish this")).send();
    app.public().open(ITEM).does_not_see("Never signed off.");
    let left = || count(app, "accuracy where unsigned is not null or unsigned_at is not null");
    assert_eq!(left(), 1);
    let finding = app.person(COUNCIL).open(late.path());
    finding.sees("Written by Contributor One on 23 November 2026").sees("Never signed off.");
    let begun = finding.follow("Reply to what was found, beginning with these words");
    begun.sees("did not sign off in time");
    let form = begun.form("Send the reply");
    assert_eq!(form.value("Your reply"), "Never signed off.");
    for who in ["overseer", "observer"] {
        app.person(who).get(begun.path()).is(403);
    }
    app.clock().advance(days(1));
    app.person(COUNCIL).open(begun.path()).form("Send the reply").send().sees("It is not filed yet");
    assert_eq!(left(), 0);
    let again = app.person(COUNCIL).open(begun.path());
    assert_eq!(again.form("Send the reply").value("Your reply"), "");
    app.place().run(&["verify"]).succeeds();
}

fn evidence_goes_with_the_update_that_is_signed_off(app: &TestApp) {
    duties(app, &[SIGNER]);
    let draft = saved(app, "Begun.");
    draft.sees("What is attached here goes to the register with the update");
    let page = attached(app, COUNCIL, draft.path());
    let piece = page.link("Minutes of the harbour board");
    for who in ["overseer", "observer"] {
        app.person(who).get(&piece).is(403);
        app.person(who).open(STAFF_ITEM).does_not_see("Minutes of the harbour board");
    }
    update(&page, "Both were inspected.").send().sees("It is not filed yet");
    // What is signed off is what was read: a piece that came meanwhile is read first.
    let read = app.person(COLLEAGUE).open(draft.path());
    read.sees("Minutes of the harbour board");
    let late = app.person(COUNCIL).open(draft.path()).follow("Attach evidence").form("Attach this");
    attached(app, COUNCIL, draft.path());
    read.form("Sign off").submit().is(409);
    app.person("overseer").get(&piece).is(403);
    made(app, "2026-11-22").sees("0 things are not public");
    app.person(COLLEAGUE).open(draft.path()).form("Sign off").send().sees("With the register, being read");
    app.person("overseer").open(draft.path()).sees("Minutes of the harbour board");
    app.person("overseer").get(&piece).is(200);
    made(app, "2026-11-22").sees("3 things are not public");
    // From then on it is for whoever signs off to add something.
    let sent = app.person(COUNCIL).open(draft.path());
    sent.sees("Somebody else signs off for your organisation").does_not_see("Attach evidence");
    described(late).submit_with("minutes.pdf", &pdf()).is(422).complains("Somebody else signs off");
    attached(app, COLLEAGUE, draft.path()).sees("Evidence attached");
    assert_eq!(count(app, "exhibit"), 3);
}

fn evidence_of_what_is_taken_back_within_the_body_goes_with_it(app: &TestApp) {
    duties(app, &[SIGNER]);
    let draft = saved(app, "Begun.");
    attached(app, COUNCIL, draft.path()).form("Take it back").send();
    let waiting = update(&return_page(&app.person(COUNCIL)), "Waits.").send();
    attached(app, COUNCIL, waiting.path()).form("Take it back").send();
    let pieces = app.place().rows("select reference as value from exhibit order by id");
    assert_eq!(pieces.len(), 2);
    assert_eq!(count(app, "exhibit where taken_back_at is null or title is not null or quote is not null"), 0);
    assert_eq!(count(app, "file_chunk where data is not null"), 0);
    for who in ["overseer", "observer"] {
        app.person(who).open(STAFF_ITEM).does_not_see("Minutes of the harbour board");
        for piece in &pieces {
            app.person(who).get(&format!("/staff/evidence/{piece}")).does_not_see("harbour board");
        }
    }

    // Of what came back from the register and is written again, what the register attached stays with it.
    let sent = update(&return_page(&app.person(COUNCIL)), "Sent.").send();
    app.person(COLLEAGUE).open(sent.path()).form("Sign off").send();
    attached(app, COLLEAGUE, sent.path());
    attached(app, "overseer", sent.path());
    let back = app.person("overseer").open(sent.path()).form("Send it back");
    back.fill("What should be looked at again?", "On which day?").send();
    app.person(COUNCIL).open(sent.path()).form("Send it again").send().sees("With the body\u{2019}s own sign-off");
    app.person(COUNCIL).open(sent.path()).form("Take it back").send();
    assert_eq!(count(app, "exhibit where taken_back_at is null"), 1);
    app.person("overseer").open(STAFF_ITEM).sees("Minutes of the harbour board");
}

fn no_piece_is_added_while_somebody_signs_off(app: &TestApp) {
    duties(app, &[SIGNER]);
    for round in 0..4 {
        let waiting = update(&return_page(&app.person(COUNCIL)), &format!("Round {round}.")).send();
        let piece = app.person(COUNCIL).open(waiting.path()).follow("Attach evidence").form("Attach this");
        let sign = app.person(COLLEAGUE).open(waiting.path()).form("Sign off");
        // Whichever comes first: what is signed off is what was read.
        let (signed, added) = std::thread::scope(|scope| {
            let signing = scope.spawn(move || sign.submit().status());
            let adding = scope.spawn(move || described(piece).submit_with("minutes.pdf", &pdf()).status());
            (signing.join().expect("an answer"), adding.join().expect("an answer"))
        });
        assert!(matches!((signed, added), (303, 422) | (409, 303)), "{signed} and {added}");
        if signed != 303 {
            app.person(COLLEAGUE).open(waiting.path()).form("Sign off").send();
        }
    }
}
