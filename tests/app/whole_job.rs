//! The whole job, once through: from an empty place to a digest, each step by the person whose step it is.

use crate::stories;
use crate::support::TestApp;
use crate::support::app::{PASSWORD, days};
use crate::support::form::Form;
use crate::support::visitor::Visitor;

stories![from_the_first_administrator_to_the_digest];

/// The item that the story follows, for everybody.
const ITEM: &str = "/inquiries/ashgrove/recommendations/2/ashgrove-harbour";
const STAFF_ITEM: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-harbour";

fn from_the_first_administrator_to_the_digest(app: &TestApp) {
    // Loaded, and nobody has taken responsibility yet.
    let public = app.public();
    public.open("/").sees("Not in service").sees("Ashgrove Ferry Inquiry");
    public.open(ITEM).sees("No answer recorded here").sees("No update recorded here").sees("Not yet assessed");
    public.open("/overdue").sees("Nothing is overdue");

    let administrator = becomes_the_first_administrator(app);
    enters_the_operator(&administrator);
    public.open("/").does_not_see("Not in service").sees("Ashgrove Oversight Office");
    let one = invited(app, &administrator, "one@example.org", "Overseer");
    let two = invited(app, &administrator, "two@example.org", "Overseer");
    let contributor = invited(app, &administrator, "contributor@example.org", "Contributor");

    let form = one.open(STAFF_ITEM).follow("Set when updates are asked for").form("Publish the schedule");
    confirmed(form.date("The next date", "2026-12-01").fill("Every how many months after that?", "3")).send();
    public.open(ITEM).sees("Next update due 1 December 2026");

    is_reminded_and_files(app, &contributor);
    publishes_the_return(app, &two);
    assess_by_two(&one, &two);
    public
        .open(ITEM)
        .sees("Reported complete")
        .sees("Confirmed implemented")
        .sees("Ashgrove Oversight Office")
        .does_not_see("Overseer");
    corrects(app, &one);
    withholds(app, &two);
    goes_silent_and_is_told(app, &one);
    app.place().run(&["verify"]).succeeds().says("follow from the ledger");
}

fn confirmed(form: Form) -> Form {
    form.tick("It names no victim, suspect or private person")
        .tick("No live court case is affected")
        .tick("Nothing in it is protectively marked")
        .tick("Its files and links have been looked through")
}

fn becomes_the_first_administrator(app: &TestApp) -> Visitor {
    let visitor = app.public();
    let form = visitor.open(&app.first_administrator()).form("Make the account");
    form.fill("Email address", "first@example.org")
        .fill("Your name", "Administrator One")
        .fill("Choose a password", PASSWORD)
        .send();
    visitor
}

fn enters_the_operator(administrator: &Visitor) {
    let form = administrator.open("/staff/settings").form("Save and publish");
    form.fill("Who runs this register", "Ashgrove Oversight Office")
        .fill("By what right", "By resolution of the council, 1 July 2026.")
        .fill("Email address for the public", "register@example.org")
        .fill("Data protection contact", "The data protection officer, data@example.org")
        .fill("Complaints", "Write to the office.")
        .send();
}

/// Invites somebody by mail; they make their account behind the link in it, and sign in.
fn invited(app: &TestApp, administrator: &Visitor, email: &str, role: &str) -> Visitor {
    let form = administrator.open("/staff/people").follow("Invite somebody").form("Send the invitation");
    let form = form.fill("Email address", email).fill("Name", &format!("{role} {email}")).choose(role);
    let form =
        if role == "Contributor" { form.select("Body they belong to", "Ashgrove Harbour Authority") } else { form };
    form.send();
    app.jobs();
    let link = app.mailbox().of(email).last().link("/invitations/");
    let visitor = app.public();
    visitor.open(&link).form("Make the account").fill("Choose a password", PASSWORD).send();
    signs_in(&visitor, email);
    visitor
}

fn signs_in(visitor: &Visitor, email: &str) {
    visitor.forget();
    let form = visitor.open("/sign-in").form("Sign in");
    form.fill("Email address", email).fill("Password", PASSWORD).send();
}

fn is_reminded_and_files(app: &TestApp, contributor: &Visitor) {
    app.jobs_at("2026-11-30T08:30:00Z");
    let mailbox = app.mailbox();
    let mailbox = mailbox.of("contributor@example.org");
    let reminder = mailbox.about("1 item");
    reminder.says("1 December 2026").does_not_say("Ashgrove Oversight Office");
    let link = reminder.link("/recommendations/2/ashgrove-harbour");
    signs_in(contributor, "contributor@example.org");
    let form = contributor.open(&link).form("Send this update");
    form.choose("Reported complete")
        .date("As of which date is that so?", "2026-11-27")
        .fill("What was done", "Both piers were inspected.")
        .send();
    app.public()
        .open(ITEM)
        .sees("Received 30 November 2026, being read")
        .does_not_see("Both piers were inspected")
        .sees("Next update due 1 March 2027");
}

fn publishes_the_return(app: &TestApp, overseer: &Visitor) {
    signs_in(overseer, "two@example.org");
    let filing = overseer.open("/staff").follow("Updates from bodies to read and publish");
    let filing = filing.follow("Inspect both landing stages every year");
    confirmed(filing.form("Publish this")).send();
    app.public().open(ITEM).sees("Both piers were inspected.").does_not_see("being read");
}

fn assess_by_two(one: &Visitor, two: &Visitor) {
    signs_in(one, "one@example.org");
    let form = one.open(STAFF_ITEM).follow("Assess").form("Hand in the assessment");
    let form = form.choose_in("What do you find?", "Confirmed implemented");
    let handed_in = form.fill("What does the finding rest on?", "The inspector's two reports.").send();
    handed_in.sees("another person must publish it");
    confirmed(two.open(handed_in.path()).form("Publish this")).send();
}

fn corrects(app: &TestApp, overseer: &Visitor) {
    let form = overseer.open(STAFF_ITEM).follow("Record a response").form("Publish the response");
    let form = form
        .choose_in("What did the body answer?", "Accepted")
        .date("When did it answer?", "2026-11-20")
        .fill("What did it say?", "It will inspect them each May.")
        .fill("Where can it be read?", "https://ashgrove.example/harbour/2")
        .choose_in("How far did you compare it?", "Compared with the source");
    let item = confirmed(form).send();
    let form = item.follow("Correct this: Accepted on 20 November 2026").form("Publish the response");
    let form = form.fill("What did it say?", "It will inspect them each June.");
    confirmed(form.fill("Why was the earlier entry wrong?", "The month was misread.")).send();
    app.public().open(ITEM).sees("each May").sees("each June").sees("The month was misread.");
}

fn withholds(app: &TestApp, overseer: &Visitor) {
    overseer
        .open(STAFF_ITEM)
        .form("Withhold these words: The body says that it is complete, as of 27 November 2026")
        .send();
    app.public()
        .open(ITEM)
        .does_not_see("Both piers were inspected")
        .sees("Reported complete")
        .sees("Words withheld on");
}

fn goes_silent_and_is_told(app: &TestApp, overseer: &Visitor) {
    // The next date passes with nothing received: a notice, a reminder to the body, and a line in the overseers' digest.
    app.jobs_at("2027-03-02T08:30:00Z");
    let public = app.public();
    public.open("/overdue").sees("Ashgrove Harbour Authority").sees("1 March 2027");
    public.open(ITEM).sees("No update received by 1 March 2027");
    app.mailbox().of("contributor@example.org").last().says("1 March 2027");
    app.jobs_at("2027-03-08T08:30:00Z");
    let mailbox = app.mailbox();
    let mailbox = mailbox.of("one@example.org");
    let digest = mailbox.last();
    digest.says("No update received by 1 March 2027").does_not_say("Both piers were inspected");
    app.clock().advance(days(1));
    signs_in(overseer, "one@example.org");
    overseer.open("/staff").sees("Dates that passed");
}
