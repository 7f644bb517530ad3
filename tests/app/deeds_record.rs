//! What overseers record at once: responses, what bodies say they have done, dates, words and bodies asked.

use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![
    an_overseer_records_a_response,
    a_form_with_faults_keeps_what_was_written,
    absurd_dates_and_texts_are_refused,
    what_a_body_says_is_recorded_as_its_word,
    what_a_body_says_without_a_date_is_recorded_so,
    a_correction_stands_beside_what_it_corrects,
    a_target_that_moved_twice_keeps_its_first_date,
    a_target_recorded_wrongly_is_put_right_and_does_not_count_as_moved,
    a_target_says_who_set_it,
    words_of_two_people_give_way_to_two_people_only,
    nothing_is_asked_of_a_body_that_was_only_likely_asked,
    a_schedule_is_set_and_ended,
    a_missing_recommendation_is_transcribed,
    a_recommendation_is_put_to_one_more_body,
    items_are_found_from_the_index,
];

/// One body's answer that nobody has recorded anything about.
pub const ITEM: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-harbour";
/// The same for everybody.
pub const PUBLIC: &str = "/inquiries/ashgrove/recommendations/2/ashgrove-harbour";

/// Ticks the four questions.
pub fn confirmed(form: Form) -> Form {
    form.tick("It names no victim, suspect or private person")
        .tick("No live court case is affected")
        .tick("Nothing in it is protectively marked")
        .tick("Its files and links have been looked through")
}

/// A response, ready to be sent.
pub fn response(form: Form, value: &str, words: &str) -> Form {
    let form = form
        .choose_in("What did the body answer?", value)
        .date("When did it answer?", "2026-11-20")
        .fill("What did it say?", words)
        .fill("Where can it be read?", "https://ashgrove.example/harbour/2")
        .choose_in("How far did you compare it?", "Compared with the source");
    confirmed(form)
}

fn an_overseer_records_a_response(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response");
    form.sees("you will see here what stands in public").sees("Your name.");
    let shown = response(form.form("Show me the sentence first"), "Accepted in part", "Not in winter.").submit();
    shown.is(200).sees("Accepted in part on 20 November 2026");
    assert_eq!(shown.form("Publish the response").value("What did it say?"), "Not in winter.");
    app.public().open(PUBLIC).sees("No answer recorded here");
    let done = response(form.form("Publish the response"), "Accepted", "The stages are inspected each May.").send();
    done.sees("Response recorded").sees("Accepted on 20 November 2026");
    app.public()
        .open(PUBLIC)
        .sees("Accepted on 20 November 2026")
        .sees("The stages are inspected each May.")
        .sees("by an overseer of this register")
        .does_not_see("Overseer One");
    app.public()
        .open("/inquiries/ashgrove")
        .sees("An answer or update was last recorded here on 23 November 2026")
        .does_not_see("Nobody has looked for more answers");
}

fn a_form_with_faults_keeps_what_was_written(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    let empty = form.submit();
    empty.is(422).complains("Choose what the body answered").complains("Confirm before publishing");
    empty.complains("Choose how far you compared it with its source");
    // What cannot be read and what breaks a rule are said together.
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    let both =
        response(form, "Rejected", "No.").date("When did it answer?", "2099-01-01").fill("Where can it be read?", "x");
    let both = both.without("no_live_case").submit();
    both.is(422).complains("Enter a full web address").complains("The date must be today or earlier");
    both.complains("Enter the reason that the body gave").complains("no live court case");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    let page = response(form, "Rejected", "<b>It will not.</b>").submit();
    page.is(422).complains("Enter the reason that the body gave for rejecting it");
    let again = page.form("Publish the response");
    assert_eq!(again.value("What did it say?"), "<b>It will not.</b>");
    assert!(again.is_chosen("Rejected"));
    let done = again.fill("What reason did it give?", "It would be empty.").send();
    done.sees("<b>It will not.</b>").sees("It would be empty.");
}

fn absurd_dates_and_texts_are_refused(app: &TestApp) {
    let overseer = app.person("overseer");
    let open = || overseer.open(ITEM).follow("Record a response").form("Publish the response");
    for (day, complaint) in [
        ("9999-01-01", "The date must be today or earlier"),
        ("2026-06-14", "The date must not be before the recommendation was made"),
        ("2026-02-31", "There is no such day"),
        ("x-y-z", "Enter day, month and year as numbers"),
    ] {
        response(open(), "Accepted", "Words").date("When did it answer?", day).submit().is(422).complains(complaint);
    }
    let bad_link = response(open(), "Accepted", "Words").fill("Where can it be read?", "javascript:alert(1)");
    bad_link.submit().is(422).complains("Enter a full web address");
    let wording = overseer.open("/staff/inquiries/ashgrove/recommendations/2").follow("Enter or change the words");
    let long = wording.form("Hand in the words").fill("A short title", &"a".repeat(10_000)).submit();
    long.is(422).complains("must be 300 characters or fewer");
    app.public().open(PUBLIC).sees("No answer recorded here");
}

fn what_a_body_says_is_recorded_as_its_word(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record what the body says it has done").form("Publish what it says");
    let form = form
        .choose("Under way")
        .date("As of which date is that so?", "2026-11-01")
        .fill("What does it say it has done?", "An inspector was named.")
        .fill("Where does it say this?", "https://ashgrove.example/harbour/news")
        .choose("Compared with the source");
    confirmed(form).send().sees("What the body says is recorded");
    app.public()
        .open(PUBLIC)
        .sees("The body says that work is under way, as of 1 November 2026")
        .sees("An inspector was named.");
}

fn what_a_body_says_without_a_date_is_recorded_so(app: &TestApp) {
    let open = || {
        let form = app.person("overseer").open(ITEM).follow("Record what the body says it has done");
        let form = form.form("Publish what it says").fill("What does it say it has done?", "An inspector was named.");
        let form = form.fill("Where does it say this?", "https://ashgrove.example/harbour/news");
        confirmed(form.choose("Compared with the source"))
    };
    // That nothing was entered is no word of a date that is not known.
    let empty = open().choose("Planned").submit();
    empty.is(422).complains("Enter the date, or choose below that it is not known");
    let form = empty.form("Publish what it says").select("How exact is this date?", "The date is not known");
    let both = form.date("As of which date is that so?", "2026-11-01").submit();
    both.is(422).complains("Clear the date, or choose how exact it is");
    let form = both.form("Publish what it says").date("As of which date is that so?", "--");
    let shown = form.set("preview", "yes").submit();
    shown.sees("The body says that it has a plan, as of a date not known here");
    shown.form("Publish what it says").send().sees("What the body says is recorded");
    app.public().open(PUBLIC).sees("as of a date not known here").sees("An inspector was named.");
    // Another one takes its place; after one with a date none without could.
    let unknown = |value: &str| open().choose(value).select("How exact is this date?", "The date is not known");
    unknown("Under way").send();
    app.public().open(PUBLIC).sees("The body says that work is under way, as of a date not known here");
    open()
        .choose("Stopped")
        .fill("Why did it stop?", "No money.")
        .date("As of which date is that so?", "2026-11-01")
        .send();
    unknown("Under way").submit().is(422).complains("An entry with a date stands here");
    app.public().open(PUBLIC).sees("The body says that work has stopped, as of 1 November 2026");
    // What corrects an earlier entry needs none: that one was not to stand again.
    let first = app.place().value("select min(seq) from fact_update where fact = 'reported'");
    let path = format!("{ITEM}/reported?corrects={first}");
    let form = app.person("overseer").open(&path).form("Publish what it says");
    let form = form.fill("What does it say it has done?", "A surveyor was named.");
    confirmed(form.fill("Why was the earlier entry wrong?", "It was another post.")).send();
    app.public().open(PUBLIC).sees("work has stopped, as of 1 November 2026").sees("A surveyor was named.");
    // Where a date is needed, nobody is offered to leave it out.
    let closing = app.person("overseer").open(&format!("{ITEM}/closure"));
    closing.does_not_see("The date is not known").sees("By this day: on it or before it");
    app.place().run(&["verify"]).succeeds();
}

fn a_correction_stands_beside_what_it_corrects(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    let item = response(form, "Accepted", "The first reading.").send();
    let page = item.follow("Correct this");
    page.sees("You are correcting");
    let form = page.form("Publish the response");
    assert_eq!(form.value("What did it say?"), "The first reading.");
    let form =
        confirmed(form.choose("Replied, neither accepting nor rejecting").fill("What did it say?", "The second."));
    let fields = form.fields();
    let missing = form.submit();
    missing.is(422).complains("Enter why the earlier entry was wrong");
    let done = confirmed(missing.form("Publish the response"))
        .fill("Why was the earlier entry wrong?", "The letter was misread.")
        .send();
    done.sees("The letter was misread.").sees("The first reading.").sees("The second.");
    // Why the entry was wrong is no reason of the body's.
    let card = app.public().open(PUBLIC).texts(".f-card").join(" ");
    assert!(!card.contains("The letter was misread."), "{card}");
    let public = app.public().open(PUBLIC);
    public.sees("Replied, neither accepting nor rejecting").sees("Corrected by change").sees("Corrects change");
    public.sees("The first reading.").sees("The letter was misread.");
    // What is corrected once is not corrected twice: the second gets both texts.
    let corrects = fields.iter().find(|(name, _)| name == "corrects").map(|(_, seq)| seq.clone()).unwrap_or_default();
    let again = done.follow("Correct this").form("Publish the response").set("corrects", &corrects);
    let again = again.fill("Why was the earlier entry wrong?", "Once more.");
    confirmed(again).submit().is(409).sees("What stands now").sees("The second.").sees("Once more.");
}

fn a_target_that_moved_twice_keeps_its_first_date(app: &TestApp) {
    let overseer = app.person("overseer");
    let item = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";
    for (day, reason) in [("2027-05-03", "Staff were lacking."), ("2027-09-01", "The printer closed.")] {
        let form = overseer.open(item).follow("Move the target date").form("Publish the target date");
        let form = confirmed(form.date("The target date", day).choose("Compared with the source"));
        let missing = form.submit();
        missing.is(422).complains("Enter why the target moves");
        missing.complains("Enter who agreed that the target moves");
        let again = missing.form("Publish the target date").fill("Why is it set or moved", reason);
        let again = again.fill("Who agreed to it?", "the Scrutiny Committee");
        again.send().sees("Target date recorded");
    }
    app.public()
        .open("/inquiries/ashgrove/recommendations/1/ashgrove-council")
        .sees("Target 1 September 2027, set by Ashgrove Council, first target 26 February 2027, moved 2 times")
        .sees("Target 26 February 2027")
        .sees("Target moved from 26 February 2027 to 3 May 2027 by Ashgrove Council")
        .sees("agreed by the Scrutiny Committee")
        .sees("The printer closed.");
    // Any of them can have been recorded wrongly: put right it stands in its own place, and nobody moved it.
    app.clock().advance(crate::support::app::days(1));
    let overseer = app.person("overseer");
    let page = overseer.open(item).follow("Correct this: Target 26 February 2027");
    let form = page.form("Publish the target date").date("The target date", "2027-02-20");
    let bare = confirmed(form.choose("Compared with the source")).submit();
    bare.is(422).complains("Enter what was wrong");
    bare.form("Publish the target date").fill("Why is it set or moved", "The letter says the 20th.").send();
    let path = "/inquiries/ashgrove/recommendations/1/ashgrove-council";
    let page = app.public().open(path);
    page.sees("Target 1 September 2027, set by Ashgrove Council, first target 20 February 2027, moved 2 times")
        .sees("Put right: Target 20 February 2027, set by Ashgrove Council. It was recorded here as 26 February 2027");
    assert!(!overseer.open(item).text().contains("Correct this: Target 26 February 2027"), "it was put right");
    let then = app.public().open(&format!("{path}?as-at=2026-11-23"));
    then.sees("first target 26 February 2027, moved 2 times").does_not_see("20 February 2027");
    // A move that never was is taken out: the date before it stands beside the next.
    let page = overseer.open(item).follow("Correct this: Target moved from 26 February 2027 to 3 May 2027");
    let form = page.form("Publish the target date").fill("Day", "").fill("Month", "").fill("Year", "");
    let form = confirmed(form.choose("Compared with the source"));
    form.fill("Why is it set or moved", "It was never moved to May.").send();
    app.public().open(path).sees("first target 20 February 2027, moved once").sees("there was no such date");
    app.clock().set("2027-02-25T09:00:00Z".parse().expect("a moment"));
    app.public().open(path).sees("5 days past the first target");
    app.place().run(&["verify"]).succeeds();
}

fn a_target_recorded_wrongly_is_put_right_and_does_not_count_as_moved(app: &TestApp) {
    let overseer = app.person("overseer");
    let item = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";
    let form = overseer.open(item).follow("Move the target date").form("Publish the target date");
    let form = form.choose("The date recorded here was wrong: nobody moved it").choose("Compared with the source");
    let missing = confirmed(form.date("The target date", "2027-02-25")).submit();
    missing.is(422).complains("Enter what was wrong");
    let again = missing.form("Publish the target date").fill("Why is it set or moved", "The letter says the 25th.");
    again.send().sees("Target date recorded");
    let public = app.public().open("/inquiries/ashgrove/recommendations/1/ashgrove-council");
    public
        .sees("Put right: Target 25 February 2027, set by Ashgrove Council. It was recorded here as 26 February 2027");
    public
        .sees("Corrected by change")
        .sees("Corrects change")
        .sees("The letter says the 25th.")
        .does_not_see("moved once");
    let data = app.public().get("/inquiries/ashgrove/recommendations/1.json").body();
    assert!(data.contains(r#""first_target_on": "2027-02-25""#), "{data}");
    assert!(data.contains(r#""times_moved": 0"#), "{data}");
    app.place().run(&["verify"]).succeeds();
}

fn a_target_says_who_set_it(app: &TestApp) {
    let overseer = app.person("overseer");
    let open = || overseer.open(ITEM).follow("Set the target date").form("Publish the target date");
    let fill = |form: Form| confirmed(form.date("The target date", "2027-06-01").choose("Compared with the source"));
    let nobody = fill(open()).select("Who set it?", "Somebody else").submit();
    nobody.is(422).complains("Enter who set the target, as an organisation or a post");
    let named = nobody.form("Publish the target date").fill("If somebody else: who?", "the Harbour Inspectorate");
    named.send().sees("Target 1 June 2027, set by the Harbour Inspectorate");
    app.public().open(PUBLIC).sees("Target 1 June 2027, set by the Harbour Inspectorate");
    let again = overseer.open(ITEM).follow("Move the target date").form("Publish the target date");
    let again = fill(again).date("The target date", "2027-07-01").select("Who set it?", "Ashgrove District Council");
    again.fill("Why is it set or moved", "Agreed in May.").fill("Who agreed to it?", "nobody").send();
    app.public().open(PUBLIC).sees("Target moved from 1 June 2027 to 1 July 2027 by Ashgrove Council");
}

fn words_of_two_people_give_way_to_two_people_only(app: &TestApp) {
    let overseer = app.person("overseer");
    // Recommendation 1 holds the report's own words.
    let item = "/staff/inquiries/ashgrove/recommendations/1";
    let form = overseer.open(item).follow("Enter or change the words").form("Hand in the words");
    let form = form.choose("Summary in our own words").choose("Compared with a secondary source");
    let form = form.fill("The words", "Something shorter.").fill("Why are the words entered or changed?", "Shorter.");
    let waits = confirmed(form).submit();
    assert!(waits.redirects_to().starts_with("/staff/filings/"), "{}", waits.redirects_to());
    app.public().open("/inquiries/ashgrove/recommendations/1").does_not_see("Something shorter.");
    let filing = waits.redirects_to();
    overseer.open(&filing).sees("You wrote this, so another person must publish it");
    let second = app.person("overseer two").open(&filing).form("Publish this");
    confirmed(second).send().sees("Something shorter.");
}

fn nothing_is_asked_of_a_body_that_was_only_likely_asked(app: &TestApp) {
    let overseer = app.person("overseer");
    let item = "/staff/inquiries/ashgrove/recommendations/4/ashgrove-council";
    let form = overseer.open(item).follow("Set when updates are asked for").form("Publish the schedule");
    let refused = confirmed(form.date("The next date", "2027-03-01")).submit();
    refused.is(422).complains("It is only likely that the recommendation was put to this body");
    let page = overseer.open("/staff/inquiries/ashgrove/recommendations/4").follow("Put it to a body");
    let form = page.form("Publish that it was put to this body").select("Which body?", "Ashgrove District Council");
    let form = form.choose("Compared with the source").fill("Where is it said", "Page 12 of the report.");
    confirmed(form).send().sees("Body asked recorded");
    // What was written before stands beside what was published meanwhile, and is sent again.
    let beside = refused.form("Publish the schedule").submit();
    beside.is(409).sees("1 3 2027");
    confirmed(beside.form("Publish the schedule")).send().sees("Schedule recorded");
    app.public().open("/inquiries/ashgrove/recommendations/4").sees("Page 12 of the report.").sees("1 March 2027");
}

fn a_schedule_is_set_and_ended(app: &TestApp) {
    let overseer = app.person("overseer");
    let open = || overseer.open(ITEM).follow("Set when updates are asked for").form("Publish the schedule");
    let passed = confirmed(open().date("The next date", "2026-11-01").fill("Every how many months", "six"));
    passed.submit().is(422).complains("Enter a number of months");
    let form = confirmed(open().date("The next date", "2027-03-01").fill("Every how many months", "6"));
    form.send().sees("Schedule recorded");
    app.public().open(PUBLIC).sees("1 March 2027");
    let form = confirmed(open().fill("Day", "").fill("Month", "").fill("Year", "").fill("Every how many months", ""));
    let form = form.fill("Why?", "Asked of the council instead.");
    form.send().sees("Schedule recorded").sees("No schedule of updates is set");
}

fn a_missing_recommendation_is_transcribed(app: &TestApp) {
    let overseer = app.person("overseer");
    let item = "/staff/inquiries/ashgrove/recommendations/7";
    let fill = |form: Form| {
        form.fill("A short title", "Keep a log of closings")
            .fill("The words", "Every closing of the crossing should be logged.")
            .fill("Where can they be read?", "https://ashgrove.example/report#page=44")
            .fill("Why are the words entered or changed?", "They were not transcribed.")
    };
    let form = overseer.open(item).follow("Enter or change the words").form("Hand in the words");
    let form = fill(form).choose("Summary in our own words").choose("Compared with a secondary source");
    confirmed(form).send().sees("Words recorded").sees("Keep a log of closings");
    app.public().open("/inquiries/ashgrove/recommendations/7").sees("Every closing of the crossing should be logged.");
    // Words that claim to be the report's own wait for another person.
    let form = overseer.open(item).follow("Enter or change the words").form("Hand in the words");
    let form = form.fill("The words", "The report's very own words.");
    let form = form.choose("The report's own words").choose("Compared with the source");
    let answer = form.fill("Why are the words entered or changed?", "Compared.").submit();
    answer.is(303);
    assert!(answer.redirects_to().starts_with("/staff/filings/"));
    overseer.open(item).sees("Words compared with the source").sees("being read");
    app.public().open("/inquiries/ashgrove/recommendations/7").does_not_see("very own words");
}

fn a_recommendation_is_put_to_one_more_body(app: &TestApp) {
    let overseer = app.person("overseer");
    let page = overseer.open("/staff/inquiries/ashgrove/recommendations/6").follow("Put it to a body");
    let form = page.form("Publish that it was put to this body").select("Which body?", "Ashgrove Harbour Authority");
    let form = form.choose("Compared with the source").fill("Where is it said", "Page 43 of the report.");
    let fields = confirmed(form);
    let done = fields.send();
    done.sees("Body asked recorded").sees("Ashgrove Harbour Authority");
    app.public().open("/inquiries/ashgrove/recommendations/6").sees("Harbour Authority").sees("Page 43 of the report.");
}

fn items_are_found_from_the_index(app: &TestApp) {
    let overseer = app.person("overseer");
    let inquiry = overseer.open("/staff/inquiries").follow("Ashgrove Ferry Inquiry");
    inquiry.follow("Inspect both landing stages every year").sees("Not public").follow("The public page");
    let own = app.person("contributor of ashgrove-harbour").open("/staff/inquiries");
    own.sees("Your items").sees("A second crossing in winter").does_not_see("Publish the ferry timetable");
}
