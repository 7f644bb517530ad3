//! Words that were published and are amended: what stood before stays in the history, with the reason, and on pages of earlier
//! days.

use super::{ASHGROVE, REGISTER, event};
use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::form::Form;
use crate::support::visitor::Visitor;

stories![
    an_amended_description_keeps_the_earlier_words,
    an_event_is_put_right_and_taken_back,
    a_renamed_body_keeps_its_former_name_and_both_addresses,
    a_theme_is_renamed_put_on_and_taken_off,
    a_schedule_for_a_whole_inquiry_takes_the_place_of_others_with_a_reason,
];

const PUBLIC: &str = "/inquiries/ashgrove";
const NAME: &str = "/staff/bodies/ashgrove-harbour/name";

fn description(visitor: &Visitor) -> Form {
    visitor.open(ASHGROVE).follow("Change the description").form("Publish the description")
}

fn an_amended_description_keeps_the_earlier_words(app: &TestApp) {
    app.clock().advance(days(1));
    let (overseer, public) = (app.person("overseer"), app.public());
    let same = confirmed(description(&overseer).fill("Why is it changed?", "No reason.")).submit();
    same.is(422).complains("Nothing is different from what stands");
    let late = description(&app.person("overseer two"))
        .fill("What else should a reader know?", "The second one\u{2019}s note.");
    let form = description(&overseer).fill("Its full title", "Ashgrove Ferry Inquiry: why the crossing closed");
    let form = form.fill("What else should a reader know?", "Read with the appendix.");
    confirmed(form).submit().is(422).complains("Enter why, for everybody to read");
    let form = description(&overseer).fill("Its full title", "Ashgrove Ferry Inquiry: why the crossing closed");
    let form = form
        .fill("What else should a reader know?", "Read with the appendix.")
        .fill("Why is it changed?", "The cover says so.");
    let form = confirmed(form);
    let fields = form.fields();
    let done = form.send();
    done.sees("Description changed");
    // The same form again is the same change.
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    overseer.post_with(&format!("{ASHGROVE}/description"), &[("sec-fetch-site", "same-origin")], &pairs).is(303);
    let both = confirmed(late.fill("Why is it changed?", "Another reason.")).submit();
    both.is(409).sees("What stands now").sees("Read with the appendix.").sees("The second one\u{2019}s note.");

    let page = public.open(PUBLIC);
    page.sees("Ashgrove Ferry Inquiry: why the crossing closed").sees("How its description was changed");
    page.sees("Description changed: title, note").sees("The cover says so.");
    page.sees("Before: \u{201c}Ashgrove Ferry Inquiry: the closing of the Ashgrove crossing\u{201d}");
    page.sees("Before: \u{201c}Fictional, for tests.\u{201d}");
    public
        .open(&format!("{PUBLIC}?as-at=2026-11-23"))
        .sees("the closing of the Ashgrove crossing")
        .does_not_see("the appendix");
    for path in ["/changes", "/changes/2", "/changes.atom", "/inquiries/ashgrove.atom", "/api/v1/changes"] {
        public.get(path).is(200).sees("Description changed: title, note");
    }
    public.open("/recommendations?q=closed").sees("recommendation");
    // Out of sight, the earlier words stand as the name again; shown, they are back; removed, they are gone.
    let page =
        overseer.open(ASHGROVE).form("Withhold these words: Ashgrove Ferry Inquiry: why the crossing closed").send();
    for path in [
        PUBLIC,
        "/inquiries/ashgrove.json",
        "/changes",
        "/changes/2",
        "/api/v1/inquiries/ashgrove",
        "/inquiries/ashgrove?as-at=2026-11-24",
    ] {
        public
            .open(path)
            .does_not_see("the appendix")
            .does_not_see("why the crossing closed")
            .does_not_see("The cover says so");
    }
    public.open(PUBLIC).sees("the closing of the Ashgrove crossing").sees("Words withheld on 24 November 2026");
    app.place().run(&["verify"]).succeeds();
    let asked = page.form("Show these words again").submit();
    confirmed(asked.form("Show the words again")).send();
    public.open(PUBLIC).sees("why the crossing closed");
    let form = app
        .person("administrator")
        .open(ASHGROVE)
        .follow("Remove for legal reasons: Ashgrove Ferry Inquiry: why the crossing closed");
    let waits = form.form("Withhold them and propose their removal").choose("A court has ordered it").send();
    app.person("overseer two").open(waits.path()).form("Remove these words for good").send();
    public.open(PUBLIC).does_not_see("the appendix");
    app.place().run(&["verify"]).succeeds();
}

fn an_event_is_put_right_and_taken_back(app: &TestApp) {
    let (overseer, public) = (app.person("overseer"), app.public());
    let empty = overseer.open(ASHGROVE).follow("Add an event").form("Publish the event").submit();
    empty.is(422).complains("Choose what kind of event").complains("Enter what happened").complains("Choose how far");
    confirmed(event(&overseer, ASHGROVE, "Report", "2026-11-02", "The council published its plan.")).send();
    public.open(PUBLIC).sees("Report: The council published its plan.");
    // A list of changes goes by their publication, and names the day of the event.
    public.open("/changes").sees("Report: The council published its plan. Its day: 2 November 2026");
    let wrong = |words: &str| overseer.open(ASHGROVE).follow(&format!("Correct this or take it back: {words}"));
    let form = || wrong("The council published its plan.").form("Publish the event");
    let late = form().fill("Why was the earlier entry wrong?", "Twice.");
    assert_eq!(form().value("What happened?"), "The council published its plan.");
    let right = form().date("When?", "2026-11-03").fill("What happened?", "The council published a draft.");
    confirmed(right).submit().is(422).complains("Enter why, for everybody to read");
    let right = form().date("When?", "2026-11-03").fill("What happened?", "The council published a draft.");
    confirmed(right.fill("Why was the earlier entry wrong?", "It was a draft.")).send();
    confirmed(late).submit().is(409).sees("Corrected by change");
    let page = public.open(PUBLIC);
    page.sees("Report: The council published a draft.")
        .sees("Corrects change")
        .sees("Corrected by change")
        .sees("It was a draft.");
    let back = wrong("The council published a draft.").form("Publish the event").choose("Nothing of the kind happened");
    let asked = confirmed(back.fill("Why was the earlier entry wrong?", "It was of another council.")).send();
    asked.sees("Event published");
    public.open(PUBLIC).sees("Taken back: this was recorded here in error").sees("It was of another council.");
    let data = public.open("/inquiries/ashgrove.json").json();
    let events: Vec<_> = data["events"].as_array().expect("events").iter().map(|event| &event["happened"]).collect();
    assert_eq!(events.iter().filter(|happened| **happened == &serde_json::Value::Bool(false)).count(), 1);
    overseer.get(&format!("{ASHGROVE}/events?row=99999")).is(404);
    // Its words are withheld as those of any other.
    confirmed(event(&overseer, ASHGROVE, "Resolution", "2026-11-04", "A resolution with a CANARY in it.")).send();
    overseer.open(ASHGROVE).form("Withhold these words: A resolution with a CANARY").send();
    for path in [PUBLIC, "/changes", "/inquiries/ashgrove.json", "/changes.atom"] {
        assert!(!public.get(path).body().contains("CANARY"), "{path}");
    }
    app.place().run(&["verify"]).succeeds();
}

fn a_renamed_body_keeps_its_former_name_and_both_addresses(app: &TestApp) {
    app.clock().advance(days(1));
    let (overseer, public) = (app.person("overseer"), app.public());
    overseer.open(REGISTER).sees("Ashgrove Harbour Authority");
    let form = || overseer.open(NAME).form("Publish the entry");
    let form = form().fill("Its full name", "Ashgrove Ports Trust").fill("A shorter name", "Ports Trust");
    let form = form.fill("Its web site", "javascript:alert(1)").fill("Why is it changed?", "It was renamed by order.");
    let bad = confirmed(form).submit();
    bad.is(422).complains("Enter a full web address");
    let form = bad.form("Publish the entry").fill("Its web site", "https://ports.example/");
    form.send().sees("Entry changed").sees("Ashgrove Ports Trust");
    let page = public.open("/bodies/ashgrove-harbour");
    page.sees("Ashgrove Ports Trust").sees("Ashgrove Harbour Authority").sees("Its web site: ports.example");
    public
        .open("/bodies/ashgrove-harbour?as-at=2026-11-23")
        .sees("Ashgrove Harbour Authority")
        .does_not_see("Ports Trust");
    for name in ["harbour+authority", "ports+trust"] {
        let found = public.open(&format!("/recommendations?q={name}"));
        found.does_not_see("0 recommendations");
    }
    public.open("/changes").sees("Entry changed: name, short name, web site").sees("It was renamed by order.");
    public.open("/bodies/ashgrove-harbour.atom").sees("Entry changed");

    let address = || overseer.open("/staff/bodies/ashgrove-harbour/address").form("Publish the address");
    let taken =
        confirmed(address().fill("Its part of the address", "ashgrove-council").fill("Why is it changed?", "Shorter."))
            .submit();
    taken.is(422).complains("is, or was, the address of another body");
    let bad =
        confirmed(address().fill("Its part of the address", "Ports Trust").fill("Why is it changed?", "Shorter."))
            .submit();
    bad.is(422).complains("may hold only small letters");
    let form =
        address().fill("Its part of the address", "ashgrove-ports").fill("Why is it changed?", "It follows the name.");
    confirmed(form).send().sees("Address changed");
    public.get("/bodies/ashgrove-harbour").is(301);
    public.open("/bodies/ashgrove-ports").sees("Ashgrove Ports Trust");
    let answer = public.get("/inquiries/ashgrove/recommendations/2/ashgrove-harbour");
    assert_eq!(answer.is(301).redirects_to(), "/inquiries/ashgrove/recommendations/2/ashgrove-ports");
    assert_eq!(public.get("/api/v1/bodies/ashgrove-harbour").redirects_to(), "/api/v1/bodies/ashgrove-ports");
    let old = overseer.get("/staff/inquiries/ashgrove/recommendations/2/ashgrove-harbour/response");
    assert_eq!(old.is(301).redirects_to(), "/staff/inquiries/ashgrove/recommendations/2/ashgrove-ports/response");
    public.open("/changes").sees("Address changed from /bodies/ashgrove-harbour to /bodies/ashgrove-ports");
    let again =
        super::body(&overseer, "Another harbour", "harbour").fill("Its part of the address", "ashgrove-harbour");
    confirmed(again).submit().is(422).complains("is, or was, the address of another body");
    // Whoever belongs to the body does not decide how it is named.
    app.person("overseer three");
    app.place().execute(
        "update person set body_id = (select id from body where slug = 'ashgrove-ports') where email = 'overseer-three@example.org'",
    );
    app.person("overseer three").get("/staff/bodies/ashgrove-ports/name").is(403).sees("This is about your own body");
    // A name out of sight gives way to the one before it, and is found no more.
    overseer.open("/staff/published").form("Withhold these words: The name of a body").send();
    public.open("/bodies/ashgrove-ports").sees("Ashgrove Harbour Authority").does_not_see("Ports Trust");
    public.open("/recommendations?q=ports+trust").sees("0 recommendations");
    app.place().run(&["verify"]).succeeds();
    // The file that this came from still names the body by its first address.
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/app/ashgrove.toml");
    app.place().run(&["register", "load", file.to_str().expect("a path")]).succeeds();
    assert_eq!(app.place().value("select count(*) from body where slug = 'ashgrove-harbour'"), "0");
}

fn a_theme_is_renamed_put_on_and_taken_off(app: &TestApp) {
    app.clock().advance(days(1));
    let (overseer, public) = (app.person("overseer"), app.public());
    let rename = |name: &str| {
        let form = overseer.open("/staff/themes/inspection").form("Publish the name");
        confirmed(form.fill("What is it called?", name).fill("Why is it renamed?", "It is wider."))
    };
    let taken = confirmed(
        overseer
            .open(REGISTER)
            .follow("Add a theme")
            .form("Publish the theme")
            .fill("What is it called?", "Inspection"),
    )
    .submit();
    taken.is(422).complains("Another theme is, or was, called so");
    let [late, later] = [rename("checks"), rename("checks")];
    rename("INSPECTION").send().sees("Theme renamed");
    late.submit().is(409).sees("What stands now").sees("INSPECTION");
    rename("inspection and repair").send();
    later.submit().is(308);
    assert_eq!(public.get("/themes/inspection").is(301).redirects_to(), "/themes/inspection-and-repair");
    public.open("/themes/inspection-and-repair").sees("Inspection and repair");
    public
        .open("/changes")
        .sees("Theme renamed from \u{201c}INSPECTION\u{201d} to \u{201c}inspection and repair\u{201d}");
    public.open("/inquiries/ashgrove/recommendations/2").sees("Inspection and repair");
    public.open("/inquiries/ashgrove/recommendations/2?as-at=2026-11-23").does_not_see("and repair");

    let item = "/staff/inquiries/ashgrove/recommendations/2";
    let form = || overseer.open(item).follow("Put themes on or take them off").form("Publish the themes");
    confirmed(form()).submit().is(422).complains("These are its themes already");
    confirmed(form().untick("Inspection and repair")).submit().is(422).complains("Enter why, for everybody to read");
    let asked = form().untick("Inspection and repair").fill("Why?", "It is about timetables.");
    let shown = overseer
        .open(item)
        .follow("Put themes on or take them off")
        .form("Show me the sentence first")
        .untick("Inspection and repair")
        .submit();
    shown.sees("Theme taken off: inspection and repair.");
    confirmed(asked).send().sees("Themes changed");
    public
        .open("/inquiries/ashgrove/recommendations/2")
        .sees("Theme taken off: inspection and repair")
        .sees("It is about timetables.");
    public.open("/themes/inspection-and-repair").sees("2 recommendations");
    public.open("/inquiries/ashgrove/recommendations/2?as-at=2026-11-23").does_not_see("Theme taken off");
    confirmed(form().tick("Inspection and repair")).send();
    public.open("/inquiries/ashgrove/recommendations/2").sees("Theme put on: inspection and repair");
    public.open("/themes/inspection-and-repair").sees("3 recommendations");
    app.place().run(&["verify"]).succeeds();
}

fn a_schedule_for_a_whole_inquiry_takes_the_place_of_others_with_a_reason(app: &TestApp) {
    let (overseer, public) = (app.person("overseer"), app.public());
    let form = || overseer.open(ASHGROVE).follow("Set when updates are asked for").form("Publish the schedule");
    let empty = confirmed(form()).submit();
    empty.is(422).complains("Enter the first date");
    confirmed(form().date("The first date", "2026-11-01")).submit().is(422).complains("must be today or later");
    let filled = |form: Form, on: &str| confirmed(form.date("The first date", on).fill("Every how many months", "6"));
    let late = filled(form(), "2027-04-01");
    filled(form(), "2027-03-01").send().sees("Schedule recorded");
    late.submit().is(409).sees("Open answers with a schedule");
    let due = "select count(*) from addressee join inquiry on inquiry.id = addressee.inquiry_id where slug = 'ashgrove' and return_due_on = ";
    let known = app.place().value(
        "select count(*) from addressee join inquiry on inquiry.id = addressee.inquiry_id \
         where slug = 'ashgrove' and present and lifecycle <> 'closed' and checked in ('source', 'quoted', 'secondary')",
    );
    assert!(known.parse::<u32>().expect("a number") >= 3, "{known}");
    assert_eq!(app.place().value(&format!("{due}'2027-03-01'")), known);
    public.open("/inquiries/ashgrove/recommendations/2/ashgrove-harbour").sees("1 March 2027");
    public.open("/changes").sees("1 March 2027");
    // Only what has none yet, and then all of it with a reason.
    filled(form(), "2027-05-03").submit().is(422).complains("Of no answer of this inquiry can updates be asked so");
    let all = || form().choose("All open answers");
    filled(all(), "2027-05-03").submit().is(422).complains("Enter why the schedule changes");
    filled(all().fill("Why?", "The committee meets in May."), "2027-05-03").send();
    assert_eq!(app.place().value(&format!("{due}'2027-05-03'")), known);
    public
        .open("/inquiries/ashgrove/recommendations/2/ashgrove-harbour")
        .sees("The committee meets in May.")
        .sees("3 May 2027");
    app.place().run(&["verify"]).succeeds();
}
