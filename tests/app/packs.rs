//! Scrutiny packs: made, kept as they were made, compared, printed; what is private in a paper of its own; and answers minuted.

use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::desk::limited;
use crate::filing::arranged::files;
use crate::meetings::called;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::browser::Window;
use crate::support::form::Form;
use crate::support::page::{Page, css};

stories![
    a_pack_lists_what_a_committee_asks_for,
    a_pack_stays_as_it_was_made_and_what_is_withheld_is_nowhere,
    what_is_private_goes_to_a_paper_of_its_own,
    two_packs_are_compared,
    who_may_make_and_read_packs,
    what_is_wrong_with_a_pack_is_said,
    a_pack_asks_four_questions,
    an_answer_is_minuted,
    a_pack_is_printed_as_a_paper,
];

/// The inquiry.
pub const ASHGROVE: &str = "Ashgrove Ferry Inquiry";
/// An answer of the council.
pub const TARGET: &str = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";

/// The form of a pack about the ferry, since the end of a day.
pub fn making(app: &TestApp, since: &str) -> Form {
    let form = app.person("overseer").open("/staff/packs/new").form("Make the pack").tick(ASHGROVE);
    form.choose("Since the end of a day").date("Since the end of which day?", since)
}

/// Makes it and answers its page.
pub fn made(app: &TestApp, since: &str) -> Page {
    making(app, since).send()
}

/// The form that minutes a decision about the harbour's item.
pub fn minuting(app: &TestApp, state: &str) -> Form {
    let page = app.person("overseer").open(ITEM).follow("Minute what a meeting decided");
    let form = filled(page.form("Publish the minute"), state);
    // Where a pack asks something, it is said what is answered.
    if page.text().contains("Which question does it answer?") { form.choose("Another matter") } else { form }
}

/// The same form, filled, of any item.
pub fn filled(form: Form, state: &str) -> Form {
    let form = form
        .fill("Who decided?", "the Scrutiny Committee")
        .date("When was it decided?", "2026-11-20")
        .fill("Where do the minutes say so?", "12")
        .choose(state)
        .fill("What was decided", "The harbour is asked to show its inspections.");
    confirmed(form)
}

/// Says that something is in place, so that it stands in the gap.
pub fn says_done(app: &TestApp, words: &str) -> Page {
    let form = app.person("overseer").open(ITEM).follow("Record what the body says it has done");
    let form = form.form("Publish what it says").choose("Reported complete").date("As of which date", "2026-11-01");
    let form = form.fill("What does it say it has done?", words);
    let form = form.fill("Where does it say this?", "https://ashgrove.example/harbour/news");
    confirmed(form.choose("Compared with the source")).send()
}

/// The council's target is moved, with a reason.
pub fn target_moved(app: &TestApp) {
    let form = app.person("overseer").open(TARGET).follow("Move the target date").form("Publish the target date");
    let form = form.date("The target date", "2027-05-03").choose("Compared with the source");
    let form = form.fill("Why is it set or moved", "Staff were lacking.").fill("Who agreed to it?", "nobody");
    confirmed(form).send();
}

fn a_pack_lists_what_a_committee_asks_for(app: &TestApp) {
    says_done(app, "Both stages were inspected.");
    target_moved(app);
    let form = app.person("overseer").open(ITEM).follow("Set when updates are asked for").form("Publish the schedule");
    confirmed(form.date("The next date", "2026-12-01")).send();
    files(app, "Not read for weeks.");
    app.clock().advance(days(21));
    called(app, &[ASHGROVE]);
    let list = app.person("overseer").open("/staff").follow("Scrutiny packs");
    list.sees("No pack has been made yet.");
    let form =
        list.follow("Make a pack").form("Make the pack").tick(ASHGROVE).select("For which meeting?", "12 March 2027");
    let form = form.choose("Since the end of a day").date("Since the end of which day?", "2026-11-22");
    let page = form.send();
    page.sees("The pack is made, and kept as it is").sees("Ashgrove Ferry Inquiry, for the meeting on 12 March 2027");
    page.sees("Of 7 answers of bodies").sees("What has changed since we last asked?");
    let text = page.text();
    for line in [
        "Target dates moved 1 date",
        "Not mentioned in the body\u{2019}s last document None",
        "No working contact 3 bodies",
        "With us too long 1 update",
        "Due before the next meeting None",
        "Silent 1 date",
        "Disputed None",
        "No longer holds None",
        "Newly confirmed None",
        "Said to be done, not confirmed 1 answer",
    ] {
        assert!(text.contains(line), "{line} is not on the first page:\n{text}");
    }
    page.sees("From 26 February 2027 to 3 May 2027").sees("No update received by 1 December 2026");
    page.sees("Target moved from 26 February 2027 to 3 May 2027").sees("Staff were lacking.");
    page.sees("Reports: Reported complete").sees("found: Not yet assessed").sees("Both stages were inspected.");
    // The load of the file lies in the time, too, and is one change.
    page.sees("Loaded from a register file");
    app.person("overseer").open("/staff/packs").sees("for the meeting on 12 March 2027").sees("by an overseer");
    // Nothing of it is public, and nothing was published.
    assert_eq!(app.place().value("select cast(count(*) as text) as value from change where kind = 'pack'"), "0");
    app.public().get(page.path()).is(303);
    assert!(page.header("cache-control").expect("a header").contains("no-store"));
}

fn a_pack_stays_as_it_was_made_and_what_is_withheld_is_nowhere(app: &TestApp) {
    says_done(app, "Words that are taken out.");
    let pack = made(app, "2026-11-22");
    let paper = pack.follow("The paper, to print").path().to_owned();
    pack.sees("Words that are taken out.").sees("Answer: No answer recorded here");
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "A later answer.").send();
    app.clock().advance(days(401));
    for path in [pack.path(), &paper] {
        let again = app.person("overseer").open(path);
        again.sees("Answer: No answer recorded here").does_not_see("A later answer.");
        again.sees("Words that are taken out.");
    }
    app.person("overseer").open(ITEM).form("Withhold these words: The body says").send();
    for path in [pack.path(), &paper] {
        app.person("overseer").open(path).does_not_see("Words that are taken out.");
    }
    assert_eq!(
        app.place().value("select cast(count(*) as text) as value from pack where contents like '%taken out%'"),
        "0"
    );
}

fn what_is_private_goes_to_a_paper_of_its_own(app: &TestApp) {
    files(app, "What nobody has published.");
    let pack = made(app, "2026-11-22");
    pack.sees("1 thing is not public").does_not_see("What nobody has published.");
    pack.follow("The paper, to print").does_not_see("What nobody has published.");
    let unnamed = pack.follow("The private paper");
    unnamed.does_not_see("What nobody has published.");
    let observer = app.person("observer").open(unnamed.path());
    observer.sees("Nobody has said so yet").does_not_see("What nobody has published.");
    assert!(!observer.has_form("Name the exemption"));
    let empty = unnamed.form("Name the exemption").submit();
    empty.is(422).complains("Choose the paragraph").complains("Enter why the public interest");
    let form = empty.form("Name the exemption").tick("Paragraph 1: information relating to any individual");
    let paper = form.tick("Paragraph 7:").fill("Why is the public interest", "The body has not been heard yet.").send();
    paper
        .sees("Not for publication. It contains exempt information under paragraphs 1 and 7 of Part 1 of Schedule 12A");
    paper.sees("What nobody has published.").sees("Handed in, not published").sees("The body has not been heard yet.");
    app.person("observer").open(paper.path()).sees("What nobody has published.");
    app.person("contributor of ashgrove-council").get(paper.path()).is(403);
    // Published, its words are no private matter any more; the paper says what became of it.
    let filing = app.place().value("select reference from filing");
    let page = app.person("overseer").open(&format!("/staff/filings/{filing}"));
    crate::filing::arranged::publication(&page).send();
    app.person("overseer").open(paper.path()).sees("Published since, by change").does_not_see("In its words");
}

fn two_packs_are_compared(app: &TestApp) {
    says_done(app, "Both stages were inspected.");
    let first = made(app, "2026-11-22");
    app.clock().advance(days(1));
    target_moved(app);
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "It will be done.").send();
    // The usual pack: since the last one.
    let form = app.person("overseer").open("/staff/packs/new").form("Make the pack").tick(ASHGROVE);
    let second = form.send();
    second.sees("after 23 November 2026 and up to 24 November 2026").does_not_see("Loaded from a register file");
    second.sees("Target moved from 26 February 2027");
    let compared = second.follow("made on 23 November 2026");
    compared.sees("Two packs compared").sees("0 left, 1 entered, 0 stayed").sees("From 26 February 2027 to 3 May 2027");
    compared.sees("Answer: No answer recorded here").sees("Answer: Accepted");
    compared.sees("When the earlier one was made").sees("When the later one was made");
    compared.sees("The report behind these numbers counts 7 recommendations in all; 7 are loaded here");
    // Whichever way it is asked, the earlier one comes first.
    let name = |page: &Page| crate::meetings::name_of(page);
    let back = app.person("overseer").open(&format!("{}/compare/{}", first.path(), name(&second)));
    back.sees("0 left, 1 entered, 0 stayed");
    app.person("overseer").get(&format!("{}/compare/none", first.path())).is(404);
}

fn who_may_make_and_read_packs(app: &TestApp) {
    let pack = made(app, "2026-11-22");
    let contributor = app.person("contributor of ashgrove-council");
    for path in ["/staff/packs", "/staff/packs/new", pack.path(), &format!("{}/paper", pack.path())] {
        contributor.get(path).is(403).sees("Your role does not allow this");
    }
    let observer = app.person("observer");
    observer.open("/staff/packs").sees(ASHGROVE).does_not_see("Make a pack");
    observer.open(pack.path()).does_not_see("Minute the answer").does_not_see("Ask something else in this pack");
    observer.get("/staff/packs/new").is(403).sees("Your role does not allow this");
    limited(app, "Millbrook");
    let two = app.person("overseer two");
    let form = two.open("/staff/packs/new").does_not_see(ASHGROVE).form("Make the pack");
    let form = form.choose("Since the end of a day").date("Since the end of which day?", "2026-11-22");
    form.set("inquiries", "ashgrove").submit().is(403).sees("Your role is limited to other inquiries");
    two.get("/staff/packs/questions").is(403);
    // Outside their reach they read what is public, and do nothing; what is not public is not gathered for them.
    let seen = two.open(pack.path());
    seen.does_not_see("Minute the answer").does_not_see("Ask something else in this pack");
    seen.does_not_see("The private paper").does_not_see("Name its exemption").sees("The paper, to print or to paste");
    two.open(&format!("{}/paper", pack.path()));
    let private = format!("{}/private", pack.path());
    two.get(&private).is(403).sees("Your role is limited to other inquiries");
    observer.open(&private).sees("Nobody has said so yet");
    // A pack of which one inquiry is theirs gathers the other one, too; one of theirs alone is theirs.
    let form = app.person("overseer").open("/staff/packs/new").form("Make the pack").tick("Millbrook Pier Inspection");
    let since = |form: Form| form.choose("Since the end of a day").date("Since the end of which day?", "2026-11-22");
    let both = since(form.tick(ASHGROVE)).send();
    two.open(both.path()).does_not_see("The private paper");
    two.get(&format!("{}/private", both.path())).is(403).sees("Your role is limited to other inquiries");
    let form = two.open("/staff/packs/new").form("Make the pack").tick("Millbrook Pier Inspection");
    assert!(since(form).send().follow("The private paper").has_form("Name the exemption"));
}

fn what_is_wrong_with_a_pack_is_said(app: &TestApp) {
    let open = || app.person("overseer").open("/staff/packs/new").form("Make the pack");
    open().submit().is(422).complains("Choose at least one inquiry");
    // The first pack of all can look back to no earlier one: a day is asked for.
    open().tick(ASHGROVE).submit().is(422).complains("Enter the day of the last meeting");
    let last = open().tick(ASHGROVE).choose("Since the last pack");
    last.submit().is(422).complains("No pack was made of these inquiries yet: choose a day");
    let since = |day: &str| making(app, day).submit();
    since("2027-02-31").is(422).complains("There is no such day");
    since("2026-11-23").is(422).complains("Enter a day before today");
    making(app, "2026-11-22")
        .without("since_day_day")
        .without("since_day_month")
        .without("since_day_year")
        .submit()
        .is(422)
        .complains("Enter the day of the last meeting");
    let empty = making(app, "2026-11-22").fill("Second question", "").submit();
    empty.is(422).complains("Enter the question: a pack asks four");
    making(app, "2026-11-22").set("inquiries", "nowhere").submit().is(422).complains("Choose inquiries of the list");
    making(app, "2026-11-22").set("meeting", "nowhere").submit().is(422).complains("Choose a meeting of the list");
    assert_eq!(app.place().value("select cast(count(*) as text) as value from pack"), "0");
    made(app, "2026-11-22");
    let again = making(app, "2026-11-22").submit();
    again.is(422).complains("The same pack was made already: Ashgrove Ferry Inquiry, made on 23 November 2026");
    // A meeting about another inquiry.
    called(app, &["Millbrook Pier Inspection"]);
    let other = making(app, "2026-11-22").select("For which meeting?", "12 March 2027").submit();
    other.is(422).complains("That meeting is about none of these inquiries");
}

fn a_pack_asks_four_questions(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open("/staff/packs").follow("Choose what every pack asks").form("Save");
    assert_eq!(form.value("Fourth question"), "By when, and what happens if not?");
    form.fill("First question", "").submit().is(422).complains("Enter the question");
    let form = overseer.open("/staff/packs/questions").form("Save");
    form.fill("First question", "What was inspected?").send().sees("Saved");
    let pack = made(app, "2026-11-22");
    pack.sees("What was inspected?").does_not_see("What has changed since we last asked?");
    let (one, other) = (pack.form("Save the questions"), pack.form("Save the questions"));
    one.fill("First question", "What was mended?").send().sees("What was mended?");
    let late = other.fill("First question", "What was painted?").submit();
    late.is(409).sees("Somebody else changed this pack");
    assert_eq!(late.form("Save the questions").value("First question"), "What was painted?");
    late.form("Save the questions").fill("Second question", "").submit().is(422).complains("Enter the question");
    // The next pack asks what every pack asks.
    app.clock().advance(days(1));
    made(app, "2026-11-22").sees("What was inspected?").does_not_see("What was mended?");
}

fn an_answer_is_minuted(app: &TestApp) {
    says_done(app, "Both stages were inspected.");
    let pack = made(app, "2026-11-22");
    let form = pack.follow("Minute the answer: Inspect both landing stages").form("Publish the minute");
    let empty = form.submit();
    empty.is(422).complains("Enter which post or committee decided").complains("Enter where the minutes say so");
    empty.complains("Choose whether the minute is approved").complains("Enter what was decided");
    minuting(app, "A draft, not approved yet")
        .fill("Who decided?", "Overseer One")
        .submit()
        .is(422)
        .complains("never a person\u{2019}s name");
    minuting(app, "A draft, not approved yet")
        .date("When was it decided?", "2027-01-01")
        .submit()
        .is(422)
        .complains("today or earlier");
    let draft = minuting(app, "A draft, not approved yet").choose("What will show that it is done?").send();
    draft
        .sees("Minute recorded")
        .sees("Decided by the Scrutiny Committee on 20 November 2026, minute 12, decision in draft");
    app.person("overseer").open(pack.path()).sees("Decided by the Scrutiny Committee on 20 November 2026");
    let public = app.public();
    let shown = public.open(PUBLIC);
    shown.sees(
        "What a meeting decided. Decided by the Scrutiny Committee on 20 November 2026, minute 12, decision in draft",
    );
    shown.sees("The harbour is asked to show its inspections.").does_not_see("Overseer One");
    public.open("/changes").sees("What a meeting decided");
    public.open("/inquiries/ashgrove.atom").sees("The harbour is asked to show");
    // It sets none of the four facts.
    shown.sees("Not yet assessed");

    app.clock().advance(days(1));
    let approving = || app.person("overseer").open(ITEM).follow("Publish the approved minute");
    approving().sees("takes the place of the draft").does_not_see("Why was the earlier entry wrong?");
    let (one, other) = (approving().form("Publish the minute"), approving().form("Publish the minute"));
    assert_eq!(one.value("Where do the minutes say so?"), "12");
    let approved = confirmed(one.fill("Where do the minutes say so?", "12/27")).send();
    approved.sees("minute 12/27, approved").sees("Takes the place of change").sees("has taken its place");
    confirmed(other).submit().is(409);
    let data = public.open("/inquiries/ashgrove/recommendations/2.json").json();
    let answers = data["addressees"].as_array().expect("answers");
    let of_harbour = answers.iter().find(|one| one["body"] == "ashgrove-harbour").expect("the harbour");
    let minutes = of_harbour["minutes"].as_array().expect("minutes");
    assert_eq!(minutes.len(), 2, "{minutes:?}");
    assert_eq!((&minutes[1]["approval"], &minutes[1]["minute_ref"]), (&"approved".into(), &"12/27".into()));
    assert_eq!(minutes[1]["replaces"], minutes[0]["change"]);
    public
        .open(&format!("{PUBLIC}?as-at=2026-11-23"))
        .sees("decision in draft")
        .does_not_see("12/27")
        .does_not_see("taken its place");

    app.clock().advance(days(1));
    let form = || app.person("overseer").open(approved.path()).follow("Correct this").form("Publish the minute");
    let back =
        confirmed(form().choose("A draft, not approved yet").fill("Why was the earlier entry wrong?", "Nothing."))
            .submit();
    back.is(422).complains("An approved minute does not become a draft again");
    let form = confirmed(form().fill("What was decided", "The harbour is asked to show two inspections."));
    form.submit().is(422).complains("Enter why the earlier entry was wrong");
    let form = app.person("overseer").open(approved.path()).follow("Correct this").form("Publish the minute");
    let form = confirmed(form.fill("What was decided", "The harbour is asked to show two inspections."));
    let put_right = form.fill("Why was the earlier entry wrong?", "One word was missing.").send();
    let shown = public.open(PUBLIC);
    shown.sees("Corrected by change").sees("Corrects change").sees("One word was missing.").sees("two inspections");
    // Withheld, it is nowhere.
    put_right.form("Withhold these words: What a meeting decided").send();
    let json = "/inquiries/ashgrove/recommendations/2.json";
    for path in [PUBLIC, json, "/changes", "/inquiries/ashgrove.atom", &format!("{PUBLIC}?as-at=2026-11-25")] {
        let page = public.open(path);
        page.does_not_see("two inspections").does_not_see("One word was missing.");
        assert!(!page.body().contains("two inspections"), "{path}");
    }
    app.place().run(&["verify"]).succeeds();
}

fn a_pack_is_printed_as_a_paper(app: &TestApp) {
    says_done(app, "Both stages were inspected.");
    target_moved(app);
    let pack = made(app, "2026-11-22");
    let paper = format!("{}/paper", pack.path());
    let overseer = app.person("overseer");
    let page = overseer.open(&paper);
    assert!(page.texts("nav, header, footer, form, button").is_empty(), "a paper is nothing but the paper");
    assert_eq!(page.texts("h1").len(), 1);
    assert!(page.texts("table").len() >= 4 && page.texts("table thead th").len() > page.texts("table").len());
    page.sees("Answers and minutes").sees("Draft or approved");
    assert!(page.body().contains("href=\"http"), "an address leads somewhere outside the register too");
    let window = app.window(Window::desk(), &overseer);
    assert_eq!(window.open(&paper), 200);
    let printed = window.pdf("scrutiny-pack");
    let file = String::from_utf8_lossy(&printed);
    let pages = file.matches("/Type /Page\n").count();
    assert!(pages > 1, "the paper has {pages} pages");
    // Headings are headings in the file, too.
    for heading in ["What changed", "Silent", "Answers and minutes"] {
        assert!(file.contains(&format!("/Title ({heading}")), "{heading} is no heading of the file");
    }
    let href =
        page.html().select(&css("link[rel=stylesheet]")).next().and_then(|one| one.attr("href")).map(str::to_owned);
    let sheet = overseer.open(&href.expect("a style sheet")).body();
    assert!(sheet.contains("@page paper") && sheet.contains("counter(page)"), "its pages are numbered");
}
