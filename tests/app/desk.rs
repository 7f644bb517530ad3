//! Who leads what, whose lists an item is on, roles that are limited to some inquiries, and one act on several items.

use followthrough::domain::publication::FourQuestions;

use crate::deeds_record::{ITEM as HARBOUR, confirmed};
use crate::filing::arranged::{ITEM, files};
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

stories![
    a_lead_and_a_deputy_have_the_work_on_their_lists,
    two_people_cannot_put_two_leads_in_charge,
    an_overseer_of_one_inquiry_does_nothing_in_another,
    several_updates_are_published_as_one_change,
    a_schedule_is_set_on_several_answers,
    what_nobody_reads_is_with_us_too_long,
    a_title_that_is_withheld_is_not_said_to_be_missing,
    every_list_is_paged_and_knows_whose_it_is,
    every_body_is_listed_with_what_is_open_and_whom_to_reach,
];

/// The form that says who leads an inquiry.
fn lead(app: &TestApp, inquiry: &str) -> Form {
    app.person("administrator").open(&format!("/staff/inquiries/{inquiry}/lead")).form("Save")
}

/// Limits the second overseer's role to one inquiry.
pub fn limited(app: &TestApp, title: &str) {
    app.person("overseer two");
    let reference = app.place().value("select reference from person where email = 'overseer-two@example.org'");
    let page = app.person("administrator").open(&format!("/staff/people/{reference}"));
    page.follow("Limit the role to some inquiries").form("Save").tick(title).send().sees("Saved. It holds");
}

/// The harbour's update on its own item.
pub fn files_for_harbour(app: &TestApp, words: &str) -> Page {
    let form = app.person("contributor of ashgrove-harbour").open(&format!("{HARBOUR}/return"));
    let form = form.form("Send this update").choose("Under way").date("As of which date is that so?", "2026-11-20");
    form.fill("What was done", words).send()
}

fn a_lead_and_a_deputy_have_the_work_on_their_lists(app: &TestApp) {
    let (one, two) = (app.person("overseer"), app.person("overseer two"));
    files(app, "Both stages were inspected.");
    one.open("/staff").does_not_see("What you lead or stand in for").sees("Inquiries and bodies that nobody leads");
    let list = one.open("/staff").follow("Who leads what");
    list.sees("No lead");
    list.follow("Ashgrove Ferry Inquiry").sees("No lead");
    lead(app, "ashgrove").submit().is(422).complains("These are in charge already");
    let same = lead(app, "ashgrove").select("Who leads?", "Overseer One").select("Who stands in", "Overseer One");
    same.submit().is(422).complains("Choose somebody else than the lead");
    let forged = lead(app, "ashgrove").set("lead", "nobody-of-that-name");
    forged.submit().is(422).complains("Choose somebody of the list");
    let form = lead(app, "ashgrove").select("Who leads?", "Overseer One").select("Who stands in", "Overseer Two");
    form.send().sees("Led by Overseer One, since 23 November 2026").sees("Deputy: Overseer Two");
    // Both have the work on their lists; somebody else has everybody's.
    for somebody in [&one, &two] {
        let desk = somebody.open("/staff");
        desk.sees("What you lead or stand in for").follow("Updates from bodies to read").sees("Inspect both landing");
        assert!(somebody.open("/staff/to-publish?whose=mine").text().contains("Inspect both landing stages"));
    }
    let other = app.person("administrator");
    other.open("/staff/to-publish?whose=mine").sees("Every update has been read");
    other.open("/staff/to-publish").sees("Inspect both landing stages").follow("What you lead").sees("Every update");
    // Nothing of it is public.
    for page in ["/", "/inquiries/ashgrove", "/changes", "/inquiries/ashgrove.json"] {
        assert!(!app.public().get(page).body().contains("Overseer Two"), "{page}");
    }
    // A lead who leaves leaves a gap that everybody on the staff sees; the deputy still has the work.
    let gone = app.place().value("select reference from person where email = 'overseer@example.org'");
    other.open(&format!("/staff/people/{gone}")).form("Disable the account").send();
    other.open("/staff/leads").sees("No lead: Overseer One has left").sees("Deputy: Overseer Two");
    two.open("/staff").sees("What you lead or stand in for");
    lead(app, "ashgrove").select("Who leads?", "Overseer Two").select("Who stands in", "Nobody").send();
    let history = other.open("/staff/inquiries/ashgrove/lead");
    history.sees("Lead: Overseer One, from 23 November 2026 until 23 November 2026, set by Administrator One");
    history.sees("Lead: Overseer Two, from 23 November 2026 until now");
    // Of a body.
    let of_body = other.open("/staff/bodies/coastal-agency/lead").form("Save").select("Who leads?", "Administrator");
    of_body.send().sees("Led by Administrator One");
    other.open("/staff/to-publish?whose=mine").sees("Every update has been read");
    app.person("observer").get("/staff/inquiries/ashgrove/lead").is(403);
    other.get("/staff/inquiries/none/lead").is(404);
}

fn two_people_cannot_put_two_leads_in_charge(app: &TestApp) {
    app.person("overseer");
    app.person("overseer two");
    let (first, second) = (lead(app, "ashgrove"), lead(app, "ashgrove"));
    first.select("Who leads?", "Overseer Two").send();
    let late = second.select("Who leads?", "Administrator").submit();
    late.is(409).sees("Somebody else decided this").sees("Led by Overseer Two");
    let standing = app.place().value("select cast(count(*) as text) as value from charge where standing = 0");
    assert_eq!(standing, "1");
    late.form("Save").select("Who leads?", "Administrator").send().sees("Led by Administrator One");
}

fn an_overseer_of_one_inquiry_does_nothing_in_another(app: &TestApp) {
    crate::fairness::run_by_somebody(app);
    let filing = files(app, "For whoever oversees it").path().to_owned();
    limited(app, "Millbrook");
    let two = app.person("overseer two");
    let ashgrove = format!("/staff{ITEM}");
    // They read what an observer reads.
    two.open("/staff/inquiries/ashgrove").does_not_see("Hold new information back");
    two.open(&ashgrove).does_not_see("Record a response").does_not_see("Set the target date");
    two.open(&filing).sees("For whoever oversees it").does_not_see("Publish this");
    // And do nothing.
    for form in [
        "response",
        "reported",
        "assessment",
        "closure",
        "target",
        "schedule",
        "recheck",
        "agreement",
        "evidence",
        "plan",
        "deadline",
        "extension-decision",
    ] {
        two.get(&format!("{ashgrove}/{form}")).is(403);
    }
    for page in ["hold", "coverage", "accuracy", "formats", "schedule"] {
        two.get(&format!("/staff/inquiries/ashgrove/{page}")).is(403);
    }
    two.get("/staff/inquiries/ashgrove/recommendations/2/wording").is(403);
    two.get("/staff/inquiries/ashgrove/recommendations/2/bodies").is(403);
    // A request of another inquiry is no work of theirs.
    let later = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";
    let asks = app.person(crate::filing::arranged::COUNCIL).open(later).follow("Ask for a later target date");
    let asks = asks.form("Send the request").date("Which date do you ask for?", "2027-06-30");
    asks.fill("Why do you need more time?", "Staff were ill.").send();
    app.person("overseer").open("/staff").sees("Requests for a later target date to decide");
    two.open("/staff").does_not_see("Requests for a later target date to decide");
    two.open("/staff/extensions").sees("No body asks for a later target date.");
    for place in ["/staff/register", "/staff"] {
        for link in two.open(place).links().into_iter().filter(|link| link.starts_with("/staff/")) {
            assert_ne!(two.get(&link).status(), 403, "{place} leads to {link}");
        }
    }
    two.get("/staff/hold").is(403);
    two.get("/staff/mail").is(403);
    two.get("/staff/complaints").is(403);
    // A form that somebody else was shown is no way round.
    let token = two.open("/staff/inquiries/millbrook/schedules").form("Publish the schedule").value("csrf").to_owned();
    let posted = two.post(&format!("{filing}/publication"), &[("csrf", token.as_str()), ("version", "1")]);
    posted.is(403);
    two.post("/staff/inquiries/ashgrove/lead", &[("csrf", token.as_str())]).is(403);
    // In their own they do everything.
    let own = "/staff/inquiries/millbrook/recommendations/a/ashgrove-harbour";
    two.open(own).follow("Assess").form("Hand in the assessment");
    two.open("/staff/inquiries/millbrook/hold").sees("Millbrook");
    two.open("/staff").does_not_see("Updates from bodies to read and publish");
    app.person("overseer").open("/staff").sees("Updates from bodies to read and publish");
    // Several at once: each is answered for itself.
    let dated = || app.place().value("select cast(count(*) as text) as value from deadline");
    let reference = filing.rsplit('/').next().expect("a name").to_owned();
    let mut form = two.open("/staff/inquiries/millbrook/schedules").form("Publish the schedule");
    form = confirmed(form.tick("Inspect the pier").date("The next date", "2027-03-01"));
    form.send().sees("1 of 1 item scheduled");
    let item = format!("{reference}:1");
    let mut chosen = vec![("csrf", token.as_str()), ("item", item.as_str())];
    chosen.extend(FourQuestions::ASKED.iter().map(|(name, _)| (*name, "yes")));
    assert!(!two.open("/staff/to-publish/several").has_form("Publish those chosen"), "that is of another inquiry");
    let answered = two.post("/staff/to-publish/several", &chosen);
    answered.is(303);
    answered.follow_redirects().sees("0 of 1 item published").sees("Your role is limited to other inquiries");
    assert_eq!(app.place().value("select count(*) from fact_update where fact = 'reported'"), "0");
    let (before, (answer, version)) = (dated(), crate::filing::arranged::item(app));
    let elsewhere = format!("{answer}:{version}");
    let form = two.open("/staff/inquiries/millbrook/schedules").form("Publish the schedule");
    form_elsewhere(form, &elsewhere).sees("0 of 1 item scheduled").sees("Your role is limited to other inquiries");
    assert_eq!(dated(), before);
    // The limit is lifted as it was set.
    let person = app.place().value("select reference from person where email = 'overseer-two@example.org'");
    let page = app.person("administrator").open(&format!("/staff/people/{person}/inquiries"));
    page.form("Save").untick("Millbrook").send();
    two.open(&ashgrove).sees("Record a response");
    let observer = app.place().value("select reference from person where email = 'overseer@example.org'");
    let admin = app.person("administrator");
    let forged = admin.open(&format!("/staff/people/{observer}/inquiries")).form("Save").set("inquiry", "none");
    forged.submit().is(422).complains("Choose inquiries of the list");
}

/// A schedule for an answer that the form does not offer.
fn form_elsewhere(form: Form, item: &str) -> Page {
    confirmed(form.date("The next date", "2027-03-01").set("item", item)).send()
}

fn several_updates_are_published_as_one_change(app: &TestApp) {
    let council = files(app, "The council inspected its stage.").path().to_owned();
    files_for_harbour(app, "The harbour inspected its stage.");
    let overseer = app.person("overseer");
    let page = overseer.open("/staff/to-publish").follow("Publish several at once");
    page.sees("The council inspected its stage.").sees("The harbour inspected its stage.");
    let none = confirmed(page.form("Publish those chosen")).submit();
    none.is(422).complains("Choose at least one");
    let all = || -> Form {
        let form = overseer.open("/staff/to-publish/several").form("Publish those chosen");
        form.tick("Council").tick("Harbour")
    };
    all().submit().is(422);
    app.public().open("/changes").does_not_see("inspected its stage");
    // One of them is sent back by somebody else meanwhile.
    let both = confirmed(all());
    let sent = confirmed(all());
    let back = app.person("overseer two").open(&council).form("Send it back").fill("What should", "On which day?");
    back.send();
    let done = both.send();
    done.sees("1 of 2 items published").sees("Somebody changed it meanwhile");
    app.public().open(&done.link("The change that everybody reads")).sees("The harbour inspected its stage.");
    app.public().open("/changes").does_not_see("The council inspected its stage.");
    // The other form comes after: both have moved on, and it says so of each.
    sent.send().sees("0 of 2 items published").sees("Nothing was published.");
    app.person("overseer two").get(done.path()).is(404);
    a_forged_name_is_answered_by_itself(app, &overseer);
    app.place().run(&["verify"]).succeeds();
}

/// A name that nothing has: it is answered by itself, and the others are done.
fn a_forged_name_is_answered_by_itself(app: &TestApp, overseer: &Visitor) {
    let token = overseer.open("/staff/inquiries/ashgrove/schedules").form("Publish the schedule");
    let token = token.fields().into_iter().find(|(name, _)| name == "csrf").expect("a token").1;
    let mine = files_for_harbour(app, "The harbour looked again.").path().to_owned();
    let item = format!("{}:1", mine.rsplit('/').next().expect("a name"));
    let mut fields = vec![("csrf", token.as_str()), ("item", "forged-name:1"), ("item", "x"), ("item", item.as_str())];
    fields.extend(FourQuestions::ASKED.iter().map(|(name, _)| (*name, "yes")));
    let told = overseer.post("/staff/to-publish/several", &fields);
    told.is(303);
    told.follow_redirects().sees("1 of 3 items published").sees("An item Not found");
    app.public().open("/changes").sees("The harbour looked again.");
}

fn a_schedule_is_set_on_several_answers(app: &TestApp) {
    let overseer = app.person("overseer");
    let open = || overseer.open("/staff/inquiries/ashgrove/schedules").form("Publish the schedule");
    confirmed(open()).submit().is(422).complains("Choose at least one").complains("Enter the next date");
    let fill = |form: Form| confirmed(form.date("The next date", "2027-03-01").fill("Every how many months", "6"));
    let first =
        fill(open().tick("Inspect both landing stages every year, recommendation 2, Ashgrove District Council"));
    let again =
        fill(open().tick("Inspect both landing stages every year, recommendation 2, Ashgrove District Council"));
    let done = first.send();
    done.sees("1 of 1 item scheduled");
    app.public().open(&done.link("The change that everybody reads")).sees("1 March 2027");
    // Two at once: the second is told, and nothing is written over.
    again.send().sees("0 of 1 item scheduled").sees("Somebody changed it meanwhile");
    let both = open().tick("Inspect both landing stages every year, recommendation 2, Ashgrove District Council");
    let both = fill(both.tick("Inspect both landing stages every year, recommendation 2, Ashgrove Harbour Authority"));
    let told = both.send();
    told.sees("1 of 2 items scheduled").sees("Enter why the schedule changes");
    let unknown = confirmed(open().date("The next date", "2027-03-01").set("item", "99999:1")).send();
    unknown.sees("0 of 1 item scheduled").sees("Not found");
    app.public().open(ITEM).sees("1 March 2027");
    app.place().run(&["verify"]).succeeds();
}

fn a_title_that_is_withheld_is_not_said_to_be_missing(app: &TestApp) {
    files(app, "Who reads this?");
    let overseer = app.person("overseer");
    overseer.open("/staff/inquiries/ashgrove/recommendations/2").form("Withhold the words").send();
    let lists = ["/staff/to-publish", "/staff/to-publish/several", "/staff/inquiries/ashgrove/schedules"];
    for list in lists {
        let page = overseer.open(list);
        page.sees("Recommendation 2, its words are withheld").does_not_see("Recommendation 2, not transcribed");
    }
    app.person(crate::filing::arranged::COUNCIL).open("/staff").sees("Recommendation 2, its words are withheld");
}

fn what_nobody_reads_is_with_us_too_long(app: &TestApp) {
    files(app, "Who reads this?");
    let overseer = app.person("overseer");
    overseer.open("/staff").does_not_see("With us too long");
    let admin = app.person("administrator");
    let open = || admin.open("/staff/settings").follow("After how many working days").form("Save");
    open().fill("After how many working days?", "0").submit().is(422).complains("from 1 to 60");
    open().fill("After how many working days?", "3").send().sees("Saved");
    // Filed on Monday 23 November: on Thursday it has waited three working days, on Friday longer.
    app.clock().set("2026-11-26T12:00:00Z".parse().expect("a moment"));
    app.person("overseer").open("/staff").does_not_see("With us too long");
    app.clock().set("2026-11-27T12:00:00Z".parse().expect("a moment"));
    let list = app.person("overseer").open("/staff").sees("For more than 3 working days").follow("With us too long");
    list.sees("Inspect both landing stages every year");
}

fn every_list_is_paged_and_knows_whose_it_is(app: &TestApp) {
    let overseer = app.person("overseer");
    let lists = [
        "to-publish",
        "to-confirm",
        "with-us-too-long",
        "to-assess",
        "due",
        "silent",
        "moved",
        "to-look-at-again",
        "not-looked-at-lately",
        "to-compare",
        "to-relate",
        "documents",
        "marks",
    ];
    for list in lists {
        for whose in ["", "?whose=mine", "?whose=everybody"] {
            overseer.open(&format!("/staff/{list}{whose}")).sees("What you lead");
        }
        overseer.get(&format!("/staff/{list}?whose=theirs")).is(400);
        overseer.get(&format!("/staff/{list}?after=x")).is(400);
    }
    // What a body says is complete stands on the list to assess until somebody has looked.
    crate::fairness::run_by_somebody(app);
    let form = overseer.open(HARBOUR).follow("Record what the body says it has done").form("Publish what it says");
    let form = form.choose("Reported complete").date("As of which date is that so?", "2026-11-01");
    let form = form.fill("What does it say it has done?", "All of it.").choose("Compared with the source");
    confirmed(form.fill("Where does it say this?", "https://ashgrove.example/harbour/news")).send();
    let list = overseer.open("/staff").follow("To assess: said to be complete");
    list.sees("The body said so, as of 1 November 2026").sees("Inspect both landing stages every year");
    let assess = overseer.open(HARBOUR).follow("Assess").form("Hand in the assessment");
    let waits = assess.choose_in("What do you find?", "Not enough shown").fill("What does the finding rest on?", "It.");
    waits.send();
    overseer.open("/staff/to-assess").sees("has been looked at since");
    app.place().run(&["verify"]).succeeds();
}

fn every_body_is_listed_with_what_is_open_and_whom_to_reach(app: &TestApp) {
    crate::filing::arranged::asks_for_updates(app, "2027-03-01", 3);
    let overseer = app.person("overseer");
    let list = overseer.open("/staff").follow("Bodies, with what is open");
    list.sees("Ashgrove District Council").sees("The next target date is 26 February 2027");
    list.sees("No working contact: nobody files for it here, and nobody is asked");
    app.person("contributor of ashgrove-harbour");
    let keep = list.follow("Contacts: Coastal Transport Agency").form("Keep").fill("Name", "Contact One");
    keep.fill("Telephone number", "01632 960001").send();
    let list = overseer.open("/staff/bodies");
    list.sees("1 person files for it here").sees("nobody is asked; 1 person without an account");
    let sheet = overseer.get(&list.link("Its open items (CSV): Ashgrove Harbour Authority"));
    sheet.is(200).sees("Inspect both landing stages every year");
    overseer.get(&list.link("Its open items (XLSX): Ashgrove Harbour Authority")).is(200);
    overseer.open(HARBOUR).follow("All bodies").sees("Coastal Transport Agency");
    // An observer reads the list, and no contact.
    let read = app.person("observer").open("/staff").follow("Bodies, with what is open");
    assert!(!read.texts("a").iter().any(|link| link.starts_with("Contacts")));
    // Whose role is limited is led to the contacts of the bodies that their inquiry has asked.
    limited(app, "Millbrook");
    let links = app.person("overseer two").open("/staff/bodies").texts("a");
    let contacts: Vec<&String> = links.iter().filter(|link| link.starts_with("Contacts")).collect();
    assert_eq!(contacts, ["Contacts: Ashgrove Harbour Authority"]);
    // What their inquiry puts to a body no more is no way in, and no link of the list is refused.
    app.place().execute(
        "update addressee set present = false where inquiry_id = (select id from inquiry where slug = 'millbrook')",
    );
    let two = app.person("overseer two");
    let list = two.open("/staff/bodies");
    assert!(!list.texts("a").iter().any(|link| link.starts_with("Contacts")));
    two.get("/staff/bodies/ashgrove-harbour/contacts").is(403);
    for who in ["overseer two", "overseer", "observer"] {
        let visitor = app.person(who);
        for link in visitor.open("/staff/bodies").links().iter().filter(|link| link.starts_with("/staff/bodies/")) {
            visitor.get(link).is(200);
        }
    }
    app.clock().set("2027-03-02T09:00:00Z".parse().expect("a moment"));
    app.person("overseer").open("/staff/bodies").sees("A target date was 26 February 2027");
    // The first date of all kinds, with what it is of.
    app.place().execute(
        "update addressee set target_on = '2027-02-20' where body_id = (select id from body where slug = 'ashgrove-council')",
    );
    app.clock().set("2027-03-02T10:00:00Z".parse().expect("a moment"));
    app.person("overseer").open("/staff/bodies").sees("A target date was 20 February 2027");
}
