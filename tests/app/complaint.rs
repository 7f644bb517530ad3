//! "Something wrong here?": anybody can say so, staff decide, the public learns how often and what was decided.

use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::form::Form;

stories![
    somebody_says_what_is_wrong_and_staff_decide,
    what_nobody_has_decided_on_stands_in_the_weekly_summary,
    faults_are_told_at_their_fields_and_nothing_is_lost,
    a_flood_is_held_off_and_says_when_to_come_back,
    two_people_at_once_do_not_decide_twice,
    the_address_goes_when_its_time_is_over,
];

const CANARY: &str = "canary-words-of-a-reader";
const ADDRESS: &str = "canary.reader@example.org";

fn wrong(app: &TestApp) -> Form {
    let form = app.public().open("/wrong?page=/inquiries/ashgrove").form("Send");
    form.fill("What is wrong", CANARY).fill("Your email address", ADDRESS)
}

fn open_one(app: &TestApp, who: &str) -> Form {
    let reference = app.place().value("select max(reference) as value from complaint");
    app.person(who).open(&format!("/staff/complaints/{reference}")).form("Keep this step")
}

fn somebody_says_what_is_wrong_and_staff_decide(app: &TestApp) {
    // The foot of a page leads there with its own address, and with nothing that was searched for.
    let settings = app.person("administrator").open("/staff/settings").form("Save and publish");
    settings
        .fill("Who runs this register", "Ashgrove Oversight Office")
        .fill("By what right", "A resolution")
        .fill("Email address for the public", "register@example.org")
        .fill("Data protection contact", "The officer")
        .fill("Complaints", "The office")
        .send();
    let form = app.public().open("/recommendations?q=landing").follow("use a form").form("Send");
    assert_eq!(form.value("Which page?"), "/recommendations");
    let thanks = form.fill("What is wrong", CANARY).fill("Your email address", ADDRESS).send();
    thanks.sees("has been received").does_not_see(CANARY);
    assert!(thanks.headers("set-cookie").is_empty());

    let desk = app.person("overseer").open("/staff");
    desk.sees("The oldest has waited since 23 November 2026");
    let item = desk.follow("Messages from readers to decide on").follow("/recommendations");
    item.sees(CANARY).sees(ADDRESS).sees("Received");
    app.public().open("/about").sees("2026: 1 message. Not decided yet: 1").does_not_see(CANARY);

    let looking = item.form("Keep this step").fill("What was found", "The report is being fetched.").send();
    looking.sees("Being looked into").sees("The report is being fetched.");
    app.clock().advance(days(1));
    let form = open_one(app, "overseer").choose("Corrected").fill("What was found", "The date was wrong.");
    let decided =
        form.date("On which day was it decided?", "2026-11-24").fill("Which change put it right?", "1").send();
    decided.sees("Decided on").sees("24 November 2026").sees("Change 1").sees("by Overseer One");
    app.person("overseer").open("/staff/complaints").sees("Nothing waits for a decision");
    app.public().open("/about").sees("2026: 1 message. Corrected: 1");
    for path in ["/about", "/changes", "/", "/recommendations?q=canary", "/about/versions"] {
        app.public().open(path).does_not_see(CANARY).does_not_see(ADDRESS);
    }
    assert_eq!(app.mailbox().count(), 0, "nobody is written to");
}

fn what_nobody_has_decided_on_stands_in_the_weekly_summary(app: &TestApp) {
    app.person("overseer");
    wrong(app).send();
    app.jobs_at("2026-11-30T08:30:00Z");
    let mailbox = app.mailbox();
    let mail = mailbox.of("overseer@example.org");
    mail.last().says("1 message from a reader waits to be decided on").does_not_say(CANARY).does_not_say(ADDRESS);
}

fn faults_are_told_at_their_fields_and_nothing_is_lost(app: &TestApp) {
    let bad = wrong(app).fill("Which page?", "https://elsewhere.example/").fill("Your email address", "nonsense");
    let page = bad.fill("What is wrong", "").submit();
    page.is(422)
        .complains("Enter the address of a page of this register")
        .complains("Enter what is wrong")
        .complains("Enter an email address in the correct format");
    for page in ["//elsewhere.example", "/staff", "/nowhere", "javascript:alert(1)", "/inquiries/../staff"] {
        wrong(app).fill("Which page?", page).submit().is(422).complains("Enter the address of a page of this register");
        let asked: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
        let form = app.public().open(&format!("/wrong?page={asked}")).form("Send");
        assert_eq!(form.value("Which page?"), "", "{page}");
    }
    let trapped = wrong(app).set("website", "https://buy.example").submit();
    trapped.is(422).complains("Leave this field empty");
    assert_eq!(trapped.form("Send").value("What is wrong"), CANARY);
    wrong(app).fill("What is wrong", &"x".repeat(5_001)).submit().is(422).complains("5000");
    assert_eq!(app.place().value("select count(*) from complaint"), "0");

    // A page that stood open for too long loses nothing; one that was sent twice is kept once.
    let form = wrong(app);
    app.clock().advance(jiff::Span::new().hours(3));
    let again = form.submit();
    again.is(422).sees("This page was open for a long time");
    let form = again.form("Send");
    assert_eq!(form.value("What is wrong"), CANARY);
    let fields = form.fields();
    form.send();
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    app.public().post("/wrong", &pairs).is(303);
    assert_eq!(app.place().value("select count(*) from complaint"), "1");

    let form = open_one(app, "overseer").choose("Corrected");
    form.submit().is(422).complains("Enter the day of the decision").complains("Enter what was found");
    let form = open_one(app, "overseer").choose("left as it is").fill("What was found", "Nothing.");
    let form = form.date("On which day was it decided?", "2026-11-24").fill("Which change put it right?", "99999");
    form.submit()
        .is(422)
        .complains("The date must be today or earlier")
        .complains("There is no change with this number");
}

fn a_flood_is_held_off_and_says_when_to_come_back(app: &TestApp) {
    let form = wrong(app);
    let fields = form.fields();
    for number in 0..30 {
        let words = format!("{CANARY} {number}");
        let pairs = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<(&str, &str)> =
            pairs.map(|(name, value)| if name == "words" { (name, &*words) } else { (name, value) }).collect();
        app.public().post("/wrong", &pairs).is(303);
    }
    let held = wrong(app).submit();
    held.is(429).sees("Too many messages came in at once").sees("Wait 60 minutes");
    assert_eq!(held.header("retry-after"), Some("3600"));
    assert_eq!(held.form("Send").value("What is wrong"), CANARY, "what was written is not lost");
    assert_eq!(app.place().value("select count(*) from complaint"), "30");
    let kept = app.place().rows("select key as value from throttle");
    assert!(kept.iter().all(|key| !key.contains("127.0.0.1")), "no address is kept: {kept:?}");
    app.clock().advance(jiff::Span::new().minutes(61));
    wrong(app).send().sees("has been received");
    // From everywhere together there is a limit too, and it is another one.
    app.place().execute("update throttle set failures = 500 where failures > 1");
    app.clock().advance(jiff::Span::new().minutes(1));
    app.place().execute("update throttle set failures = 500");
    wrong(app).submit().is(429);
}

fn two_people_at_once_do_not_decide_twice(app: &TestApp) {
    wrong(app).send();
    let decided = |who: &str, words: &str| {
        let form = open_one(app, who).choose("left as it is").fill("What was found", words);
        form.date("On which day was it decided?", "2026-11-23")
    };
    let (first, late) = (decided("overseer", "First."), decided("administrator", "Late."));
    first.send();
    let both = late.submit();
    both.is(409).sees("Somebody else took a step").sees("First.");
    assert_eq!(both.form("Keep this step").value("What was found"), "Late.");
    assert_eq!(app.place().value("select count(*) from complaint_step"), "2");
    both.form("Keep this step").send().sees("Late.");
    app.person("observer").get("/staff/complaints").is(403);
}

fn the_address_goes_when_its_time_is_over(app: &TestApp) {
    wrong(app).send();
    wrong(app).fill("What is wrong", "Another thing").send();
    let held = || app.place().value("select count(email) as value from complaint");
    let form = open_one(app, "overseer").choose("left as it is").fill("What was found", "Nothing.");
    form.date("On which day was it decided?", "2026-11-23").send();
    app.jobs_at("2027-02-21T08:30:00Z");
    assert_eq!(held(), "2");
    app.jobs_at("2027-02-22T08:30:00Z");
    assert_eq!(held(), "1", "90 days after the decision");
    app.jobs_at("2027-11-24T12:30:00Z");
    assert_eq!(held(), "0", "a year after it came in");
    assert_eq!(app.place().value("select count(words) as value from complaint"), "2");
}
