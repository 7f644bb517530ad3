//! What is planted: a marker in every field that is not public, or is no longer.

use super::{COUNCIL_ITEM, EVENT, HARBOUR, MARK, NOTE, NOTED, OF_FILES, every, mark};
use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::filing::arranged::{COUNCIL, files};
use crate::support::TestApp;
use crate::support::form::Form;
use crate::support::page::Page;

/// What a body files and replies, and nobody has published.
pub fn work_of_bodies(app: &TestApp) {
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
    let filed = finding.send().path().to_owned();
    // What oversight itself attaches to a finding, and has not published.
    let form = app.person("overseer").open(&filed).follow("Attach evidence").form("Attach this");
    described(form, "infindingpiece").submit_with("visit.pdf", &file_with(&mark("infindingfile"))).is(303);
    let page = app.person(COUNCIL).open("/staff").follow("A finding to check before it is published");
    let form = page.form("Send this").choose("Something is wrong, or should be said beside it");
    form.fill("Your reply", &mark("inreply")).send();
}

/// What a body has begun and not sent.
pub fn unfinished(app: &TestApp) {
    let page = app.person(COUNCIL).open("/staff/inquiries/ashgrove/recommendations/1/ashgrove-council/return");
    let form = page.form("Send this update").fill("What was done", &mark("indraft"));
    let source = format!("https://ashgrove.example/{}", mark("indraftsource"));
    form.fill("Link to where it can be read", &source).set("later", "yes").send().sees(&mark("indraft"));
}

/// What staff propose and note.
pub fn work_of_staff(app: &TestApp) {
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

/// What is said of a meeting inside, and of a paper that is not for the public; what was said in public of both, and is withheld.
pub fn meetings(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = crate::meetings::calling(app, &["Ashgrove Ferry Inquiry"]);
    let form = form.fill("A note for staff", &mark("inmeetingnote")).fill("Who meets", &mark("inmeeting"));
    let source = format!("https://ashgrove.example/{}", mark("inmeetingsource"));
    form.fill("Where can it be read?", &source).send().sees(&mark("inmeetingnote"));
    app.public().open("/inquiries/ashgrove").sees(&mark("inmeeting"));
    overseer.open("/staff/inquiries/ashgrove").form(&format!("Withhold these words: {}", mark("inmeeting"))).send();
    let pack = crate::packs::making(app, "2026-11-22").fill("Second question", &mark("inquestion")).send();
    let form = pack.follow("The private paper").form("Name the exemption").tick("Paragraph 1:");
    form.fill("Why is the public interest", &mark("inexemption")).send().sees(&mark("inexemption"));
    let form = crate::packs::minuting(app, "A draft, not approved yet")
        .fill("Who decided?", &format!("the {} Panel", mark("inpanel")));
    let form = form.fill("Where do the minutes say so?", &mark("inminuteref"));
    let form = form.fill("What was decided", &mark("inminuted")).choose(&mark("inquestion"));
    let source = format!("https://ashgrove.example/{}", mark("inminutesource"));
    let done = form.fill("Where can it be read?", &source).send();
    app.public().open(PUBLIC).sees(&mark("inminuted")).sees(&mark("inpanel")).sees(&mark("inminuteref"));
    app.public().open(PUBLIC).sees(&mark("inquestion"));
    done.form("Withhold these words: What a meeting decided").send();
}

/// Who works with the register.
pub fn people(app: &TestApp) {
    let form = app.person("administrator").open("/staff/people/new").form("Send the invitation");
    let email = format!("{}@example.org", mark("inpersonmail"));
    form.fill("Email address", &email).fill("Name", &mark("inpersonname")).choose("Observer").send();
}

/// What was public and is withheld.
pub fn withheld(app: &TestApp) {
    let (overseer, public) = (app.person("overseer"), app.public());
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
    // A dated note came with it too.
    public.open(NOTED).sees(NOTE);
    overseer.open(&format!("/staff{NOTED}")).form("Withhold these words: Dated note").send();
    public.open(NOTED).does_not_see(NOTE);
}

/// Why two recommendations were linked.
pub fn withheld_of_links(app: &TestApp) {
    crate::families::plants(app, &mark("inlink"));
    app.public().open("/families/millbrook-a").sees(&mark("inlink"));
    let page = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/2");
    page.form("Withhold these words: Link: Ashgrove Ferry Inquiry, recommendation 2").send();
}

/// Why a date was moved, what a body means to do, what it asks and nobody has decided, and what is said of a hold.
pub fn withheld_of_plans_and_holds(app: &TestApp) {
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
    // Of a hold that has ended: why it has.
    let held = "/inquiries/ashgrove/recommendations/4";
    let form = overseer.open(&format!("/staff{held}/hold")).form("Place this hold").choose("Legal proceedings");
    let placed = form.date("When is it reviewed?", "2027-02-01").send();
    let form = placed.form("Publish this").choose("End it").fill("Why?", &mark("inholdend"));
    confirmed(form).send();
    public.open(held).sees(&mark("inholdend"));
    overseer.open(&format!("/staff{held}")).form("Withhold these words: New information about").send();
    public.open(held).does_not_see(&mark("inholdend"));
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
pub fn evidence(app: &TestApp) {
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
    assert!(
        files.len() == 3 && found.len() == 1 && found[0].body().contains(&mark("infile")),
        "one of three is public"
    );
    overseer.open(ITEM).form("Withhold these words: Evidence for “Answer”").send();
}

/// The first part of the page about the register.
fn withhold_part(app: &TestApp) {
    let row = app.place().value(&format!("select min(id) from page_text where text like '%{MARK}%'"));
    let page = app.person("overseer").open("/staff/published");
    let form = page.form("Withhold these words");
    form.set("subject", "page").set("row", &row).send();
}
