//! What follows on the click that withholds words: for which kind of reason, where else they may lie, and how the record tells it.

use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::stories;
use crate::support::TestApp;
use crate::support::page::Page;

stories![
    the_kind_of_reason_is_said_after_the_click_and_counted_by_year,
    a_reason_that_was_taken_out_is_no_reason,
    the_words_of_a_hold_on_the_register_were_on_every_page_of_the_record,
    of_what_was_shown_again_nobody_is_asked_why,
];

const TASK: &str = "Words withheld: say which kind of reason it was";
const REDACT: &str = "Withhold them and propose their removal";

fn recorded(app: &TestApp, words: &str) -> Page {
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", words).send()
}

fn the_kind_of_reason_is_said_after_the_click_and_counted_by_year(app: &TestApp) {
    let (overseer, public) = (app.person("overseer"), app.public());
    overseer.open("/staff").does_not_see(TASK);
    let item = recorded(app, "Agreed with CANARY in May.");
    // One click, and nothing is asked before it.
    let done = item.form("Withhold these words: Accepted").send();
    done.sees("The words are withheld everywhere").sees("Which kind of reason?").does_not_see("CANARY");
    done.sees("Where else the words may lie").sees("followthrough held").sees("register load");
    let listed = done.texts("main li");
    let has = |path: &str| listed.iter().any(|one| one.trim() == format!("http://register.example{path}"));
    for path in ["/changes/2", "/inquiries/ashgrove/recommendations/2.json", "/register.zip", "/staff/held"] {
        assert!(has(path), "{path} is not in {listed:?}");
    }
    assert!(has("/staff/bodies/ashgrove-harbour/sheet.csv") && has("/staff/bodies/ashgrove-harbour/sheet.xlsx"));
    assert!(!has("/robots.txt") && !has("/.well-known/security.txt") && !has("/sitemap.xml"), "{listed:?}");
    let says = |path: &str, words: &str| {
        public.open(path).sees(words).does_not_see("CANARY");
    };
    says("/changes/3", "Words withheld: the words of an update");
    says("/changes/3", "Kind of reason: not said yet");
    says("/changes", "Kind of reason: not said yet");
    says("/about", "words withheld once (Kind of reason not said yet: 1)");
    let kind = |change: &str| public.get(&format!("/api/v1/changes/{change}")).json()["item"]["kind_of_reason"].clone();
    assert_eq!(kind("3"), serde_json::Value::Null);

    // It waits until somebody has the time; two who say it at once are told so.
    let log = app.person("overseer two").open("/staff").sees(TASK).follow(TASK);
    let late = log.sees("Not said yet").follow("Words withheld: the words of an update");
    let fields = late.form("Data protection").fields();
    let fields = fields.iter().filter(|(name, _)| name != "kind");
    let fields: Vec<(&str, &str)> = fields.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let none = app.person("overseer two").post_with(late.path(), &[("sec-fetch-site", "same-origin")], &fields);
    none.is(422).sees("Choose the kind of reason");
    let said = done.form("Somebody has a right to anonymity").send();
    said.sees("The kind of reason is said").sees("Was it another kind of reason?");
    late.form("A court has ordered it").send().sees("Somebody else had done this already");
    late.form("Somebody has a right to anonymity").send().sees("Nothing changed: this stands already");
    assert_eq!(app.place().value("select seq from counter"), "4");
    app.person("overseer").open("/staff").does_not_see(TASK);
    for path in ["/changes/3", "/changes/4", "/changes", "/changes.atom"] {
        public.get(path).sees("Kind of reason: somebody has a right to anonymity");
    }
    public.open("/changes/4").sees("Why words were withheld").follow("They were withheld by change 3").is(200);
    assert_eq!((kind("3"), kind("4"), kind("2")), ("anonymity".into(), "anonymity".into(), serde_json::Value::Null));
    says("/about", "words withheld once (Somebody has a right to anonymity: 1)");
    app.person("overseer").open("/staff/withholdings").sees("Somebody has a right to anonymity");

    // The wrong entry is shown again from the same page; what it was of stays in the record.
    let asked = said.form("Show these words again").submit();
    confirmed(asked.form("Show the words again")).send().sees("The words are shown again");
    public.open(PUBLIC).sees("CANARY");
    let shown = app.person("overseer").open("/staff/withholdings/3");
    shown.sees("Shown again since 23 November 2026").sees("Everybody reads the words again");
    shown
        .does_not_see("The words are withheld here")
        .does_not_see("The addresses at which the words may have been read");
    public.open("/changes/5").sees("Words shown again: the words of an update");
    let again = app.person("overseer").open(ITEM).form("Withhold these words: Accepted").send();
    again.sees("Out of sight").sees("The words are withheld here");
    let first = app.person("overseer").open("/staff/withholdings/3");
    first.sees("Out of sight since 23 November 2026, by a later change, 6").sees("The words are withheld here");
    assert!(!first.has_form("Show these words again"), "that is for the later one");
    // The log tells one from the other.
    let log = app.person("overseer").open("/staff/withholdings").texts("main td a");
    assert_eq!(log, ["6", "3"].map(|seq| format!("Words withheld: the words of an update, change {seq}")));
    for change in ["/changes/3", "/changes/6"] {
        public
            .open(change)
            .sees("Words withheld: the words of an update")
            .follow("They were published by change 2")
            .is(200);
    }
    // What protects people is said under a hold too; the last that was said counts.
    let hold = app.person("administrator").open("/staff/hold").form("Place this hold").choose("Another legal reason");
    hold.date("When is it reviewed?", "2027-02-01").send();
    again.form("It could harm somebody, or was a mistake").send().form("Data protection").send();
    says(
        "/about",
        "words withheld 2 times (Somebody has a right to anonymity: 1; Data protection: 1), shown again once",
    );
    // From the words themselves one gets there too.
    let page = app.person("overseer").open(ITEM).follow("Why they are withheld, and where else they may lie");
    page.sees("Data protection");
    app.place().run(&["verify"]).succeeds();
}

fn a_reason_that_was_taken_out_is_no_reason(app: &TestApp) {
    let overseer = app.person("overseer");
    let item = "/staff/inquiries/ashgrove/recommendations/6";
    let form = overseer.open(item).follow("Put it to a body").form("Publish that it was put to this body");
    let form = form.select("Which body?", "Ashgrove Harbour Authority").choose("Compared with the source");
    confirmed(form.fill("Where is it said", "CANARY")).send().form("Withhold these words: Put to").send();
    let public = app.public();
    let paths = ["/changes/2", "/changes.atom", "/inquiries/ashgrove/recommendations/6"];
    for path in paths {
        public.get(path).sees("The reason that was given was withheld on 23 November 2026").does_not_see("CANARY");
    }
    public.open("/changes/2").does_not_see("Why:");
    let of = |name: &str| public.get("/api/v1/changes/2").json()["item"][name].clone();
    assert_eq!((of("withheld_on"), of("removed_for_legal_reasons")), ("2026-11-23".into(), false.into()));
    // A removal that is proposed says the kind with it.
    let form = app.person("administrator").open(item).follow("Remove for legal reasons: Put to").form(REDACT);
    let waits = form.choose("A court has ordered it").send();
    public.open("/changes/3").sees("Kind of reason: a court has ordered it");
    app.person("overseer").open("/staff").does_not_see(TASK);
    app.person("overseer two").open(waits.path()).form("Remove these words for good").send();
    for path in paths {
        let page = public.get(path);
        page.sees("The reason that was given was removed on 23 November 2026 for legal reasons");
        page.does_not_see("Why: Removed").does_not_see("CANARY");
    }
    let gone = app.person("overseer").open("/staff/withholdings/3");
    gone.sees("Removed for legal reasons on 23 November 2026, by change 5").sees("The words are removed here for good");
    gone.sees("backups: a copy taken before today").does_not_see("The words are withheld here");
    public.open("/changes/2").does_not_see("Why:");
    assert_eq!((of("removed_for_legal_reasons"), of("reason")), (true.into(), serde_json::Value::Null));
    let change = public.open("/changes/5");
    change.sees("Words removed for legal reasons: the reason given for a change");
    change.follow("They were published by change 2").is(200);
    // What is no rule of law takes nothing out for good.
    recorded(app, "Harmless.");
    let form = app.person("administrator").open(ITEM).follow("Remove for legal reasons: Accepted");
    form.does_not_see("It could harm somebody");
    let forged = form.form(REDACT).choose("A court has ordered it").set("kind", "precaution");
    forged.submit().is(422).sees("Only the law takes words out for good");
    app.place().run(&["verify"]).succeeds();
}

fn the_words_of_a_hold_on_the_register_were_on_every_page_of_the_record(app: &TestApp) {
    let hold = app.person("administrator").open("/staff/hold").form("Place this hold").choose("Another legal reason");
    let hold = hold.date("When is it reviewed?", "2027-02-01").fill("A sentence for everybody", "Because of CANARY.");
    confirmed(hold).send();
    let public = app.public();
    public.open("/bodies/ashgrove-harbour").sees("CANARY");
    for own in ["/help", "/privacy"] {
        public.open(own).does_not_see("CANARY");
    }
    let published = app.person("overseer").open("/staff/published");
    let done =
        published.form("Withhold these words: Hold on new information: placed, reviewed or ended, change 2").send();
    public.open("/bodies/ashgrove-harbour").does_not_see("CANARY");
    let listed = done.texts("main li");
    let has = |path: &str| listed.iter().any(|one| one.trim() == format!("http://register.example{path}"));
    for path in [
        "/",
        "/about",
        "/inquiries/*",
        "/inquiries/*/recommendations/*",
        "/inquiries/*/recommendations/*/*",
        "/bodies/*",
        "/bodies/*.json",
        "/themes/*",
        "/changes/*",
    ] {
        assert!(has(path), "{path} is not in {listed:?}");
    }
    assert!(!has("/help") && !has("/privacy") && !has("/accessibility"), "{listed:?}");
}

fn of_what_was_shown_again_nobody_is_asked_why(app: &TestApp) {
    let withholds = |page: &Page| page.form("Withhold these words: Accepted").send();
    let home = || app.person("overseer two").open("/staff");
    let done = withholds(&recorded(app, "Agreed in May."));
    home().sees(TASK);
    let asked = done.form("Show these words again").submit();
    confirmed(asked.form("Show the words again")).send();
    home().does_not_see(TASK);
    withholds(&app.person("overseer").open(ITEM));
    home().sees(TASK);
}
