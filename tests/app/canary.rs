//! Marker words in everything that is not public, looked for in everything that is: each address of the route table, each
//! mail, and the same pages once more from a restored copy.

use followthrough::web::{Door, ROUTES};

use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::fairness::run_by_somebody;
use crate::filing::arranged::{COUNCIL, files};
use crate::follow::arranged::asks;
use crate::naming::{files_below, unpacked};
use crate::stories;
use crate::support::app::minutes;
use crate::support::form::Form;
use crate::support::page::Page;
use crate::support::visitor::Visitor;
use crate::support::{Place, TestApp};

stories![nothing_unpublished_or_withheld_is_anywhere_in_public];

/// What every marker begins with; what follows says where it was planted.
const MARK: &str = "kanarienwort";
const COUNCIL_ITEM: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-council";
const HARBOUR: &str = "/staff/bodies/ashgrove-harbour";

/// The files of the program itself: they hold nothing of a register.
const OF_THE_PROGRAM: [&str; 1] = ["/assets/{name}"];

/// Files of others: where none is published, none is found.
const OF_FILES: [&str; 1] = ["/evidence/{name}"];

/// The begin of an event of the inquiry, as the register file has it.
const EVENT: &str = "Officers reported";
/// Somebody who follows the whole register by mail.
const READER: &str = "somebody-who-follows@example.org";

/// A marker: one word, and an address of the web or of mail where a field wants one.
fn mark(place: &str) -> String {
    format!("{MARK}{place}")
}

fn nothing_unpublished_or_withheld_is_anywhere_in_public(app: &TestApp) {
    run_by_somebody(app);
    let managed = follows(app);
    work_of_bodies(app);
    work_of_staff(app);
    people(app);
    withheld(app);
    withheld_of_plans_and_holds(app);
    evidence(app);
    let planted = app.place().value("select count(*) from filing");
    assert!(planted.parse::<u32>().expect("a number") >= 4, "{planted}");

    everywhere_in_public(app.place(), &app.public());
    // A week on: reminders, digests, notices. What goes to the public, and to a body that nothing of this is about.
    app.person("contributor of old-ferry-board");
    app.jobs_at("2026-11-30T08:30:00Z");
    mailed_to_the_public(app);
    everywhere_in_public(app.place(), &app.public());
    says_nothing(&app.public().open(&managed));
    nothing_exported(app.place());
    let mails = app.mailbox();
    assert!(mails.count() > 2, "there is mail to look through");
    let inside = |to: &String| {
        ["overseer", "administrator", "contributor.ashgrove-council", MARK].iter().any(|who| to.starts_with(who))
    };
    for mail in mails.0.iter().filter(|mail| !mail.to.iter().any(inside)) {
        mail.does_not_say(MARK).does_not_say(EVENT);
    }
    // A restored copy says no more than the register does.
    let file = app.place().folder().join("copy");
    app.place().run(&["backup", file.to_str().expect("a path")]).succeeds();
    let copy = Place::new(app.place().servers(), app.place().database());
    copy.run(&["restore", file.to_str().expect("a path")]).succeeds();
    everywhere_in_public(&copy, &copy.app().public());
    nothing_exported(&copy);
}

/// What a body files and replies, and nobody has published.
fn work_of_bodies(app: &TestApp) {
    files(app, &mark("inupdate"));
    let back = files(app, &mark("inupdatesentback")).path().to_owned();
    let form = app.person("overseer").open(&back).form("Send it back");
    form.fill("What should be looked at again?", &mark("incomment")).send();
    let finding = app.person("overseer").open(COUNCIL_ITEM).follow("Assess").form("Hand in the assessment");
    let finding = finding
        .choose_in("What do you find?", "Not implemented")
        .fill("What does the finding rest on?", &mark("infinding"))
        .fill("Who decided it?", &format!("the {} Committee", mark("indecider")))
        .fill("Which minute says so?", &mark("inminute"))
        .date("When was it decided?", "2026-11-19")
        .choose("Approved");
    finding.send();
    let page = app.person(COUNCIL).open("/staff").follow("A finding to check before it is published");
    let form = page.form("Send this").choose("Something is wrong, or should be said beside it");
    form.fill("Your reply", &mark("inreply")).send();
}

/// What staff propose and note.
fn work_of_staff(app: &TestApp) {
    let overseer = app.person("overseer");
    let page = overseer.open("/staff/inquiries/ashgrove/recommendations/7").follow("Enter or change the words");
    let form =
        page.form("Hand in the words").fill("A short title", &mark("intitle")).fill("The words", &mark("inwords"));
    let form = form.fill("Where can they be read?", &format!("https://ashgrove.example/{}", mark("inwordssource")));
    let form = form.fill("Why are the words entered or changed?", &mark("inwordsreason"));
    // Words that claim to be the report's own wait for a second person.
    confirmed(form.choose("The report's own words").choose("Compared with the source")).submit().is(303);
    let contact = overseer.open(&format!("{HARBOUR}/contacts")).form("Keep");
    contact
        .fill("Name", &mark("incontactname"))
        .fill("Post", &mark("incontactpost"))
        .fill("Email address", &format!("{}@example.org", mark("incontactmail")))
        .send();
    let chase = overseer.open(&format!("{HARBOUR}/chases")).form("Log this");
    let chase = chase
        .choose_in("How was the body asked?", "Telephone call")
        .date("When?", "2026-11-20")
        .fill("If somebody else: who?", &mark("inchasewhom"))
        .fill("By which post of ours?", &mark("inchasepost"));
    chase.fill("What was said?", &mark("inchase")).tick("All open items").send();
    let wrong = app.public().open("/wrong?page=/inquiries/ashgrove").form("Send");
    let email = format!("{}@example.org", mark("incomplaintmail"));
    wrong.fill("What is wrong", &mark("incomplaint")).fill("Your email address", &email).send();
    let reference = app.place().value("select max(reference) as value from complaint");
    let form = overseer.open(&format!("/staff/complaints/{reference}")).form("Keep this step");
    form.fill("What was found", &mark("incomplaintstep")).send();
}

/// Asks for mail about the whole register and says yes; answers where that mail is managed.
fn follows(app: &TestApp) -> String {
    let reader = app.public();
    asks(&reader, "/subscribe", READER, "On each working day").is(303);
    app.jobs();
    let link = app.mailbox().of(READER).last().link("/subscribe/confirm/");
    let confirmed = reader.open(&link).form("Yes, write to me").send();
    confirmed.path().split('?').next().unwrap_or_default().to_owned()
}

/// Whoever follows is told of all of this: somebody decides so, for it is much at once.
fn mailed_to_the_public(app: &TestApp) {
    app.person("overseer").open("/staff/mail").form("Send").send().sees("Goes from");
    app.clock().advance(minutes(16));
    app.jobs();
    app.mailbox().of(READER).about("Your summary").says("Answer recorded");
}

/// Who works with the register.
fn people(app: &TestApp) {
    let form = app.person("administrator").open("/staff/people/new").form("Send the invitation");
    let email = format!("{}@example.org", mark("inpersonmail"));
    form.fill("Email address", &email).fill("Name", &mark("inpersonname")).choose("Observer").send();
}

/// What was public and is withheld.
fn withheld(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    let form =
        response(form, "Rejected", &mark("inresponse")).fill("What reason did it give?", &mark("inresponsereason"));
    let source = format!("https://ashgrove.example/{}", mark("inresponsesource"));
    let page = form.fill("Where can it be read?", &source).send();
    app.public().open(PUBLIC).sees(&mark("inresponse")).sees(&mark("inresponsereason"));
    page.form("Withhold these words: Rejected").send();
    let form = overseer.open(ITEM).follow("Record what the body says it has done").form("Publish what it says");
    let form = form
        .choose("Under way")
        .date("As of which date is that so?", "2026-11-01")
        .fill("What does it say it has done?", &mark("inreported"))
        .fill("Where does it say this?", "https://ashgrove.example/harbour/news")
        .choose("Compared with the source");
    confirmed(form).send().form("Withhold these words: The body says").send();
    // The words of a recommendation, with the body's name for it.
    let item = "/staff/inquiries/ashgrove/recommendations/6";
    let form = overseer.open(item).follow("Put it to a body").form("Publish that it was put to this body");
    let form = form.select("Which body?", "Ashgrove Harbour Authority").choose("Compared with the source");
    let asked = confirmed(form.fill("Where is it said", &mark("inputreason"))).send();
    asked.form("Withhold these words: Put to").send();
    let look = overseer.open("/staff/inquiries/ashgrove/coverage").form("Publish where it was looked");
    let look = look
        .choose_in("What was looked for?", "Answers and updates")
        .fill("Where was it looked for?", &mark("incoverage"))
        .fill("A link to that place", &format!("https://ashgrove.example/{}", mark("incoveragelink")))
        .date("When?", "2026-11-20")
        .fill("By which post?", &mark("incoveragepost"))
        .choose_in("What was found?", "Nothing");
    confirmed(look).send();
    overseer.open("/staff/inquiries/ashgrove").form(&format!("Withhold these words: {}", mark("incoverage"))).send();
    let form = overseer.open("/staff/inquiries/ashgrove/formats").form("Link this format");
    let form = confirmed(form).select("In which format?", "Easy read").select("In which language?", "Welsh");
    let form = form.fill("Where can it be found?", &format!("https://ashgrove.example/{}", mark("informat")));
    form.fill("What should the link say?", &mark("informatlabel")).send();
    overseer.open("/staff/inquiries/ashgrove").form(&format!("Withhold these words: {}", mark("informatlabel"))).send();
    let form = app.person("administrator").open("/staff/pages/about").form("Save and publish");
    confirmed(form)
        .fill("Why this register is kept", &mark("inpage"))
        .fill("Who decides, and how", "The scrutiny committee decides.")
        .fill("How mistakes are put right", "Within ten working days.")
        .send();
    withhold_part(app);
    // Words that were transcribed, and an event that came with the register file.
    let item = "/staff/inquiries/ashgrove/recommendations/5";
    let form = overseer.open(item).follow("Enter or change the words").form("Hand in the words");
    let form = form.fill("A short title", &mark("insummarytitle")).fill("The words", &mark("insummary"));
    let form = form.fill("Where can they be read?", &format!("https://ashgrove.example/{}", mark("insummarysource")));
    let form = form.fill("Why are the words entered or changed?", &mark("insummaryreason"));
    let form = form.choose("Summary in our own words").choose("Compared with a secondary source");
    confirmed(form).send();
    app.public().open("/inquiries/ashgrove/recommendations/5").sees(&mark("insummary"));
    overseer.open(item).form("Withhold the words").send();
    app.public().open("/inquiries/ashgrove").sees(EVENT);
    overseer.open("/staff/inquiries/ashgrove").form(&format!("Withhold these words: {EVENT}")).send();
}

/// Why a date was moved, what a body means to do, what it asks and nobody has decided, and what is said of a hold.
fn withheld_of_plans_and_holds(app: &TestApp) {
    let (overseer, public) = (app.person("overseer"), app.public());
    let target = "/inquiries/ashgrove/recommendations/1/ashgrove-council";
    let staff = format!("/staff{target}");
    // A plan belongs to an answer that accepts.
    let form = overseer.open(&staff).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "It will be done.").send();
    let form = overseer.open(&staff).follow("Record the body’s plan").form("Publish the plan");
    let form = form.fill("Which post owns it?", &mark("inplanpost")).fill("What is it to do?", &mark("inplan"));
    let plan = confirmed(form.date("By when?", "2027-06-30").choose("Compared with the source")).send();
    public.open(target).sees(&mark("inplan"));
    plan.form("Withhold these words: Plan: by 30 June 2027").send();

    let form = overseer.open(&staff).follow("Move the target date").form("Publish the target date");
    let form = form.date("The target date", "2027-05-03").choose("Compared with the source");
    let form = form.fill("Why is it set or moved", &mark("intarget")).fill("Who agreed to it?", &mark("inagreed"));
    let moved = confirmed(form).send();
    public.open(target).sees(&mark("intarget"));
    moved.form("Withhold these words: Target moved from").send();
    let asked = app.person(COUNCIL).open(&staff).follow("Ask for a later target date");
    let asked = asked.form("Send the request").date("Which date do you ask for?", "2027-06-30");
    asked.fill("Why do you need more time?", &mark("inask")).send().sees("not decided yet");

    let held = "/staff/inquiries/millbrook";
    let form = overseer.open(&format!("{held}/hold")).form("Place this hold").choose("Another legal reason");
    let form = form.date("When is it reviewed?", "2027-02-01").fill("A sentence for everybody", &mark("inhold"));
    confirmed(form).send();
    public.open("/inquiries/millbrook").sees(&mark("inhold"));
    overseer.open(held).form(&format!("Withhold these words: {}", mark("inhold"))).send();
}

/// A piece of evidence with markers in all that is said of it and in its file.
fn described(form: Form, place: &str) -> Form {
    let form = form.choose("A file to be kept here").choose("A document exists").fill("Title", &mark(place));
    form.fill("What is it?", &mark(&format!("{place}kind")))
        .fill("Which page is relied on?", &mark(&format!("{place}page")))
        .fill("Which words are relied on?", &mark(&format!("{place}quoted")))
        .fill("What does it say?", &mark(&format!("{place}gist")))
}

fn file_with(marker: &str) -> Vec<u8> {
    format!("%PDF-1.7\n{marker}\n%%EOF\n").into_bytes()
}

/// Evidence that was sent in with an update, and evidence that was public.
fn evidence(app: &TestApp) {
    let filing = app.place().value("select max(reference) from filing where kind = 'return' and state = 'submitted'");
    let form = app.person(COUNCIL).open(&format!("/staff/filings/{filing}")).follow("Attach evidence");
    let form = described(form.form("Attach this"), "inprivatepiece");
    form.submit_with("minutes.pdf", &file_with(&mark("inprivatefile"))).is(303);

    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Attach evidence").form("Attach this");
    let form = described(form.choose_in("What does it support?", "Answer"), "inpiece");
    form.submit_with("letter.pdf", &file_with(&mark("infile"))).is(303);
    let piece = overseer.open(ITEM).follow(&mark("inpiece"));
    confirmed(piece.form("Publish this evidence")).send().sees("It is public");
    let public = app.public();
    public.open(PUBLIC).sees(&mark("inpiecequoted")).sees(&mark("inpiecegist"));
    let files: Vec<Page> = every(app.place(), OF_FILES[0]).iter().map(|path| public.get(path)).collect();
    let found: Vec<&Page> = files.iter().filter(|file| file.status() == 200).collect();
    assert!(files.len() == 2 && found.len() == 1 && found[0].body().contains(&mark("infile")), "one of two is public");
    overseer.open(ITEM).form("Withhold these words: Evidence for “Answer”").send();
}

/// The first part of the page about the register.
fn withhold_part(app: &TestApp) {
    let row = app.place().value(&format!("select min(id) from page_text where text like '%{MARK}%'"));
    let page = app.person("overseer").open("/staff/published");
    let form = page.form("Withhold these words");
    form.set("subject", "page").set("row", &row).send();
}

/// Every public address with everything that exists put into its places, and what it answers to a search and to a day.
fn everywhere_in_public(place: &Place, public: &Visitor) {
    let mut looked = 0;
    for route in ROUTES.iter().filter(|route| route.method == "GET" && route.door == Door::Public) {
        if OF_THE_PROGRAM.contains(&route.path) {
            continue;
        }
        let mut found = 0;
        for path in every(place, route.path) {
            let page = public.get(&path);
            found += u32::from(page.status() == 200);
            says_nothing(&page);
            // As it stood on the day on which all of it was written, too.
            says_nothing(&public.get(&format!("{path}?as-at=2026-11-23")));
            looked += 1;
        }
        assert!(
            found > 0 || OF_FILES.contains(&route.path),
            "{}: nothing was found at any address of it; say what stands in its places",
            route.path
        );
        if !route.path.contains('{') {
            for query in [format!("q={MARK}infinding"), "as-at=2026-11-23".to_owned(), "reported=under_way".to_owned()]
            {
                let page = public.get(&format!("{}?{query}", route.path));
                // What was searched for stands in the search box alone.
                let answer = page.body().replace(&format!("{MARK}infinding"), "");
                assert!(!answer.contains(MARK), "{} says a marker", page.name());
            }
        }
    }
    assert!(looked > 60, "only {looked} answers were looked through");
    for route in ["/sign-in", "/password-reset", "/wrong", "/wrong/received"] {
        says_nothing(&public.get(route));
    }
}

fn says_nothing(page: &Page) {
    for (name, said) in unpacked(page.bytes()).expect("what can be unpacked") {
        none_in(&said, &format!("{} ({}){name}", page.name(), page.status()));
    }
}

fn none_in(said: &str, place: &str) {
    if let Some(at) = said.find(MARK) {
        let marker: String = said[at..].chars().take_while(|sign| sign.is_ascii_alphanumeric()).collect();
        panic!("{place} says {marker:?}");
    }
    assert!(!said.contains(EVENT), "{place} says {EVENT:?}");
}

/// Everything that the commands write for others to take away.
fn nothing_exported(place: &Place) {
    let folder = place.folder().join("exported");
    place.run(&["export", folder.to_str().expect("a path")]).succeeds();
    let files = files_below(&folder);
    for file in &files {
        let bytes = std::fs::read(file).expect("a file");
        for (name, said) in unpacked(&bytes).expect("what can be unpacked") {
            none_in(&said, &format!("{}{name}", file.display()));
        }
    }
    let looked = files.len();
    assert!(looked > 2, "the export wrote only {looked} files");
}

/// The addresses of a route: each answer with its recommendation and inquiry, each theme, change and file.
fn every(place: &Place, pattern: &str) -> Vec<String> {
    let items = "recommendation join inquiry on inquiry.id = recommendation.inquiry_id \
        left join addressee on addressee.recommendation_id = recommendation.id \
        left join body on body.id = addressee.body_id";
    let (names, columns, table): (&[&str], &str, &str) = match pattern {
        one if one.contains("{inquiry}") => (
            &["{inquiry}", "{number}", "{body}"],
            "inquiry.slug || ' ' || recommendation.number || ' ' || coalesce(body.slug, 'nobody')",
            items,
        ),
        one if one.contains("{body}") => (&["{body}"], "slug", "body"),
        one if one.contains("{theme}") => (&["{theme}"], "slug", "theme"),
        one if one.contains("{seq}") => (&["{seq}"], "cast(seq as text)", "change"),
        one if one.contains("{name}") => (&["{name}"], "reference || '.' || kind", "file"),
        one => {
            assert!(!one.contains('{'), "{one}: say what stands in its places");
            return vec![one.to_owned()];
        }
    };
    let rows = place.rows(&format!("select {columns} as value from {table}"));
    let mut paths: Vec<String> = rows.iter().map(|row| filled(pattern, names, row)).collect();
    paths.sort();
    paths.dedup();
    paths
}

fn filled(pattern: &str, names: &[&str], row: &str) -> String {
    let path =
        names.iter().zip(row.split(' ')).fold(pattern.to_owned(), |path, (name, value)| path.replace(name, value));
    assert!(!path.contains('{'), "{pattern}: say what stands in its places");
    path
}
