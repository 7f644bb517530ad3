//! Families: a person links recommendations of different inquiries, with a reason; what hangs together has one address for ever,
//! and one sentence says what became of it.

use crate::deeds_record::confirmed;
use crate::desk::limited;
use crate::parts::part;
use crate::stories;
use crate::support::app::days;
use crate::support::form::Form;
use crate::support::visitor::Visitor;
use crate::support::{Place, TestApp};

stories![
    two_inquiries_that_ask_for_the_same_are_a_family,
    what_makes_no_sense_is_refused_with_the_reason,
    no_family_holds_a_recommendation_and_its_own_part,
    no_family_holds_two_that_ask_for_opposite_things,
    a_family_falls_apart_when_nobody_can_vouch_for_its_words,
    families_join_and_come_apart_and_their_addresses_stay,
    who_has_no_right_links_nothing,
    the_reason_of_a_link_can_be_withheld,
    a_suspicion_waits_for_somebody_once_both_are_compared,
    a_suspicion_is_nobodys_work_who_may_write_of_one_side_alone,
];

const INSPECT: &str = "/inquiries/ashgrove/recommendations/2";
const PIER: &str = "/inquiries/millbrook/recommendations/a";
const FAMILY: &str = "/families/millbrook-a";

/// The form that links this recommendation to another one.
fn link(visitor: &Visitor, of: &str) -> Form {
    visitor.open(&format!("/staff{of}")).follow("Link to another recommendation").form("Publish the link")
}

/// The same, filled.
pub fn linked(visitor: &Visitor, of: &str, (inquiry, number): (&str, &str), kind: &str) -> Form {
    let form = link(visitor, of).set("inquiry", inquiry).fill("Its number there", number).choose(kind);
    confirmed(form.fill("Why?", "Both ask for the same thing."))
}

/// What may be related, as the register file has it, becomes a claim.
fn claimed(visitor: &Visitor, reason: &str) -> Form {
    let page = visitor.open(&format!("/staff{INSPECT}"));
    let form = page.follow("Change or take back this link").form("Publish what stands");
    confirmed(form.choose("This one asks for the same again").fill("Why?", reason))
}

/// A family of two, for stories that want one, with this reason.
pub fn plants(app: &TestApp, reason: &str) {
    claimed(&app.person("overseer"), reason).send().sees("Link changed");
}

fn two_inquiries_that_ask_for_the_same_are_a_family(app: &TestApp) {
    let public = app.public();
    // A suspicion is in no count, and is no family.
    let suspected =
        "May be related. Both have been compared with their sources; nobody has yet said how they are related";
    public.open(INSPECT).sees(suspected).does_not_see("First recommended");
    public.open(INSPECT).sees("May be related");
    let list = public.open("/families");
    list.sees("Nobody has linked recommendations of different inquiries")
        .sees("1 pair of recommendations may be related. Nobody has said how");
    public.get(FAMILY).is(404);
    app.clock().advance(days(1));
    let overseer = app.person("overseer");
    let form = claimed(&overseer, "Both stages, every year.");
    let sentence =
        "Ashgrove Ferry Inquiry, recommendation 2 asks for the same again as Millbrook inspection, recommendation a";
    form.send().sees("Link changed").sees(sentence);

    // One sentence, on both pages, in lists, and at its own address.
    let says = "First recommended in 2024, made twice, nobody has assessed any of them";
    for path in [INSPECT, PIER, "/inquiries/ashgrove", "/inquiries/millbrook", "/recommendations", "/themes/inspection"]
    {
        public.open(path).sees(says);
    }
    public.open("/bodies/ashgrove-harbour").sees(says);
    public.open("/bodies/ashgrove-harbour?as-at=2026-11-23").does_not_see("First recommended");
    overseer.open("/staff/inquiries/ashgrove").sees(says);
    public.open(PIER).sees("Asked again").does_not_see("Asked before").sees("It asks for the same again");
    public.open(INSPECT).sees("Asked before").does_not_see("Asked again");
    let family = public.open(INSPECT).sees("This one asks for the same again").follow(says);
    assert_eq!(family.path(), FAMILY);
    family
        .sees("Recommendations that say what Millbrook inspection, recommendation a says")
        .sees("Made on 11 March 2024")
        .sees("Made on 15 June 2026")
        .sees("Both stages, every year.")
        .sees("Published by an overseer");
    let text = family.text();
    assert!(text.find("a. Inspect the pier") < text.find("2. Inspect both landing"), "the oldest first");
    public.open("/families").sees("2 recommendations of 2 inquiries").follow("Recommendations that say").sees(says);
    public.open(PIER).sees("Link: Ashgrove Ferry Inquiry, recommendation 2").sees("Both stages, every year.");

    // As data.
    let data = public.open(&format!("{FAMILY}.json")).json();
    assert_eq!((&data["made"], &data["first_made_on"]), (&2.into(), &"2024-03-11".into()));
    assert_eq!(data["items"][0]["family"], "millbrook-a");
    assert_eq!(data["items"][0]["family_says"], says);
    assert_eq!((&data["ties"][0]["kind"], &data["ties"][0]["counted"]), (&"restates".into(), &true.into()));
    let one = public.open(&format!("/api/v1{INSPECT}")).json();
    assert_eq!(one["item"]["family"], "millbrook-a");
    assert_eq!(one["item"]["ties"][0]["to"], "http://register.example/inquiries/millbrook/recommendations/a");
    public.open("/recommendations.csv").sees("millbrook-a");

    // The day before it was none.
    public.open(&format!("{INSPECT}?as-at=2026-11-23")).does_not_see("First recommended");
    public.get(&format!("{FAMILY}?as-at=2026-11-23")).is(404);
    public.open(&format!("{FAMILY}?as-at=2026-11-24")).sees(says);

    // A third one, of the same failing; what asks for the opposite is no member.
    let timetable = "/inquiries/ashgrove/recommendations/1";
    linked(&overseer, timetable, ("millbrook", "a"), "Both answer the same failing").send().sees("Linked");
    // The sentence counts recommendations, and says by how many inquiries where that is another number.
    let says = "First recommended in 2024, made 3 times by 2 inquiries, nobody has assessed any of them";
    for path in [FAMILY, INSPECT, timetable, PIER, "/recommendations", "/inquiries/ashgrove", "/families"] {
        public.open(path).sees(says);
    }
    public.open("/families").sees("3 recommendations of 2 inquiries");
    let data = public.open(&format!("{FAMILY}.json")).json();
    assert_eq!((&data["made"], &data["made_by_inquiries"], &data["says"]), (&3.into(), &2.into(), &says.into()));
    let page = overseer.open(&format!("/staff{timetable}")).follow("Change or take back this link");
    let form = page.form("Publish what stands").choose("They ask for opposite things");
    confirmed(form.fill("Why?", "It asks for less.")).send().sees("Link changed");
    let family = public.open(FAMILY);
    public.open(timetable).sees("The opposite was asked").does_not_see("Asked before");
    public.open("/families").does_not_see("may be related. Nobody");
    family.sees("made twice").sees("What asks for the opposite").sees("1. Publish the ferry timetable in advance");
    assert_eq!(public.open(&format!("{FAMILY}.json")).json()["contradictions"][0]["kind"], "contradicts");
    app.place().run(&["verify"]).succeeds();
}

fn what_makes_no_sense_is_refused_with_the_reason(app: &TestApp) {
    let overseer = app.person("overseer");
    let restates = "This one asks for the same again";
    let refused = |of: &str, to: (&str, &str), kind: &str, why: &str| {
        linked(&overseer, of, to, kind).submit().is(422).complains(why);
    };
    refused(INSPECT, ("ashgrove", "2"), restates, "This is the recommendation itself");
    refused(INSPECT, ("ashgrove", "1"), restates, "Both are of the same inquiry");
    refused(INSPECT, ("millbrook", "z"), restates, "There is no Millbrook inspection, recommendation z");
    refused(INSPECT, ("nowhere", "1"), restates, "Choose an inquiry of this register");
    refused(INSPECT, ("millbrook", ""), restates, "Choose the other recommendation");
    refused(
        INSPECT,
        ("millbrook", "a"),
        "May be related.",
        "It is linked so to Millbrook inspection, recommendation a already",
    );
    for number in ["3", "4", "7"] {
        let of = format!("/inquiries/ashgrove/recommendations/{number}");
        refused(&of, ("millbrook", "a"), restates, "has not been compared with its source");
    }
    let form = link(&overseer, INSPECT).set("inquiry", "millbrook").fill("Its number there", "a");
    let page = confirmed(form).submit();
    page.is(422).complains("Choose how they are linked").complains("Enter why, for everybody to read");
    assert_eq!(page.form("Publish the link").value("Its number there"), "a", "what was written is kept");
    overseer.get(&format!("/staff{INSPECT}/link?row=99")).is(404);
    overseer.get("/staff/inquiries/ashgrove/recommendations/99/link").is(404);
    // What was compared on both sides is not only suspected: they are linked as what they are, or not at all.
    let timetable = "/inquiries/ashgrove/recommendations/1";
    refused(timetable, ("millbrook", "a"), "May be related.", "have both been compared with their sources");
    // A suspicion needs no comparison, and stands on the pages of both as what it is.
    let uncompared = "/inquiries/ashgrove/recommendations/4";
    linked(&overseer, uncompared, ("millbrook", "a"), "May be related.").send().sees("Linked");
    let said = "May be related. Nobody has compared them, so this is in no count.";
    for path in [uncompared, PIER] {
        app.public().open(path).does_not_see("Asked before").sees(said);
    }
    let data = app.public().open(&format!("{uncompared}.json")).json();
    assert_eq!((&data["ties"][0]["kind"], &data["ties"][0]["counted"]), (&"may_be_related".into(), &false.into()));
    // Whoever was overtaken sees both.
    let (first, second) = (claimed(&overseer, "One."), claimed(&overseer, "Two."));
    first.send().sees("Link changed");
    second.submit().is(409).sees("Somebody else changed this while you were writing");
}

fn no_family_holds_a_recommendation_and_its_own_part(app: &TestApp) {
    plants(app, "Both stages, every year.");
    let overseer = app.person("overseer");
    let form = part(&overseer, INSPECT, "a", "Inspect the northern stage", "Ashgrove Harbour Authority");
    let waits = form.choose_in("How far were they compared?", "Compared with the source").submit();
    let filing = app.person("overseer two").open(&waits.redirects_to());
    confirmed(filing.form("Publish this")).send();
    // It would join by way of the pier, which is tied to its whole.
    let part = "/inquiries/ashgrove/recommendations/2a";
    for kind in ["Both answer the same failing", "This one asks for a part of it"] {
        let refused = linked(&overseer, part, ("millbrook", "a"), kind).submit();
        refused.is(422).complains("Ashgrove Ferry Inquiry, recommendation 2 and its own part");
    }
    linked(&overseer, part, ("millbrook", "a"), "They ask for opposite things").send().sees("Linked");
    app.public().open(FAMILY).sees("made twice");
}

fn a_family_falls_apart_when_nobody_can_vouch_for_its_words(app: &TestApp) {
    let public = app.public();
    plants(app, "Both stages, every year.");
    app.clock().advance(days(1));
    let overseer = app.person("overseer");
    let form = overseer.open(&format!("/staff{PIER}")).follow("Enter or change the words").form("Hand in the words");
    let form = form
        .date("When were they compared?", "2026-11-24")
        .fill("Why are the words entered or changed?", "It was a newspaper.");
    let waits = confirmed(form.choose("Compared with a secondary source")).submit();
    let filing = app.person("overseer two").open(&waits.redirects_to());
    confirmed(filing.form("Publish this")).send();
    // The link stands, and is in no count; the address says what happened.
    public.open(INSPECT).does_not_see("First recommended");
    public.open(FAMILY).sees("came apart").follow("Millbrook inspection, a. Inspect the pier every year");
    public.open("/families").sees("Nobody has linked recommendations");
    assert_eq!(public.open(&format!("{FAMILY}.json")).json()["came_apart"], true);
    overseer.open(&format!("/staff{INSPECT}")).sees("In no count at present: Millbrook inspection, recommendation a");
    public.open(&format!("{FAMILY}?as-at=2026-11-23")).sees("made twice");
}

/// Four inquiries with one recommendation each.
fn four(place: &Place) -> TestApp {
    let mut register = String::from("[[body]]\nslug = \"ferry\"\nname = \"Ashgrove Ferry\"\nkind = \"company\"\n");
    for (at, name) in ["alder", "birch", "cedar", "dogwood"].into_iter().enumerate() {
        register.push_str(&format!(
            "\n[[inquiry]]\nslug = \"{name}\"\nkind = \"inspection\"\ntitle = \"The {name} inspection\"\n\
             short_title = \"{name}\"\nown_references = false\npublished_on = 201{at}-01-05\n\
             counts_in_source = [ {{ count = 1, on = 201{at}-01-05, note = \"in the report\" }} ]\n\
             [[inquiry.recommendation]]\nnumber = \"1\"\ntitle = \"Mend the jetty\"\ntext_kind = \"summary\"\n\
             text = \"The jetty of the {name} landing should be mended before winter.\"\nchecked = \"source\"\n\
             source_url = \"https://ashgrove.example/{name}\"\nthemes = []\n\
             addressees = [ {{ body = \"ferry\", checked = \"source\" }} ]\n"
        ));
    }
    // What all hold says nothing: there are others, about something else.
    register.push_str(
        "\n[[inquiry]]\nslug = \"elder\"\nkind = \"inspection\"\ntitle = \"The elder inspection\"\nshort_title = \"elder\"\n\
         own_references = false\npublished_on = 2015-01-05\ncounts_in_source = []\n",
    );
    for number in 1..=6 {
        register.push_str(&format!(
            "[[inquiry.recommendation]]\nnumber = \"{number}\"\ntitle = \"Print timetable {number}\"\ntext_kind = \"summary\"\n\
             text = \"Print it in large letters.\"\nchecked = \"source\"\nsource_url = \"https://ashgrove.example/elder\"\n\
             themes = []\naddressees = []\n"
        ));
    }
    place.with_register(&place.file("four.toml", &register)).app()
}

fn families_join_and_come_apart_and_their_addresses_stay(place: &Place) {
    let app = four(place);
    let (overseer, public) = (app.person("overseer"), app.public());
    let of = |name: &str| format!("/inquiries/{name}/recommendations/1");
    // What shares rare words is suggested, with the words, and chosen from there.
    let page = overseer.open(&format!("/staff{}", of("birch"))).follow("Link to another recommendation");
    page.sees("That is no finding").sees("alder, 1. Mend the jetty").sees("Both say:").sees("jetty");
    assert!(!page.texts(".govuk-hint").iter().any(|hint| hint.contains("Both say") && hint.contains("should")));
    let form = page.form("Publish the link").choose("alder, 1. Mend the jetty").choose("This one takes its place");
    let shown = form.fill("Why?", "It names the other.");
    confirmed(shown).send().sees("Linked").sees("birch, recommendation 1 takes the place of alder, recommendation 1");
    linked(&overseer, &of("dogwood"), ("cedar", "1"), "This one takes its place").send().sees("Linked");
    public.open("/families/alder-1").sees("First recommended in 2010, made twice");
    public.open("/families/cedar-1").sees("First recommended in 2012, made twice");
    app.clock().advance(days(1));
    let overseer = app.person("overseer");

    // They join: the older address stays, the other leads there.
    linked(&overseer, &of("cedar"), ("birch", "1"), "This one takes its place").send().sees("Linked");
    public.open("/families/alder-1").sees("First recommended in 2010, made 4 times");
    for ending in ["", ".json"] {
        for day in ["", "?as-at=2026-11-24"] {
            // Not for good: they can come apart.
            let moved = public.get(&format!("/families/cedar-1{ending}{day}"));
            assert_eq!(moved.is(302).redirects_to(), format!("/families/alder-1{ending}{day}"));
        }
    }
    public.open("/families/cedar-1?as-at=2026-11-23").sees("First recommended in 2012, made twice");
    // In a circle the first would come after itself.
    for kind in ["This one takes its place", "This one asks for the same again", "This one asks for a part of it"] {
        linked(&overseer, &of("alder"), ("dogwood", "1"), kind).submit().is(422).complains("in a circle");
    }
    app.clock().advance(days(1));
    let overseer = app.person("overseer");

    // And come apart.
    let page = overseer.open(&format!("/staff{}", of("cedar")));
    let change = page.links().into_iter().filter(|link| link.contains("/link?row="));
    let change = change.max_by_key(|link| link.rsplit('=').next().and_then(|row| row.parse::<u32>().ok()));
    let form = overseer.open(&change.expect("a link that can be changed")).form("Publish what stands");
    let form = form.choose("They are not linked: take the link back").fill("Why?", "It is about another jetty.");
    confirmed(form).send().sees("Link taken back: cedar, recommendation 1 takes the place of birch");
    public.open("/families/cedar-1").sees("made twice").does_not_see("alder");
    public.open("/families/alder-1").sees("made twice").does_not_see("cedar");
    public.open("/families/cedar-1?as-at=2026-11-25").sees("First recommended in 2012, made twice");
    let rows = public.open("/families").texts(".f-rows__title");
    assert_eq!(rows.len(), 2, "{rows:?}");
    app.place().run(&["verify"]).succeeds();
}

fn no_family_holds_two_that_ask_for_opposite_things(place: &Place) {
    let app = four(place);
    let overseer = app.person("overseer");
    let of = |name: &str| format!("/inquiries/{name}/recommendations/1");
    let (takes, opposite) = ("This one takes its place", "They ask for opposite things");
    linked(&overseer, &of("birch"), ("alder", "1"), takes).send().sees("Linked");
    linked(&overseer, &of("cedar"), ("birch", "1"), "This one asks for a part of it").send().sees("Linked");
    // By the other links both say the same.
    let why = "one family would hold two recommendations that ask for opposite things";
    linked(&overseer, &of("cedar"), ("alder", "1"), opposite).submit().is(422).complains(why);
    // What asks for the opposite of one member joins them by no other.
    linked(&overseer, &of("dogwood"), ("alder", "1"), opposite).send().sees("Linked");
    linked(&overseer, &of("dogwood"), ("cedar", "1"), takes).submit().is(422).complains(why);
    let family = app.public().open("/families/alder-1");
    family.sees("made 3 times").sees("What asks for the opposite");
    // Once all that is like it is linked, the form says so.
    linked(&overseer, &of("dogwood"), ("birch", "1"), opposite).send().sees("Linked");
    let page = overseer.open(&format!("/staff{}", of("birch"))).follow("Link to another recommendation");
    page.sees("shares enough rare words with this one is linked to it already");
}

fn who_has_no_right_links_nothing(app: &TestApp) {
    for who in ["contributor of ashgrove-council", "observer"] {
        app.person(who).get(&format!("/staff{INSPECT}/link")).is(403);
        app.person(who).open(&format!("/staff{INSPECT}")).does_not_see("Link to another recommendation");
    }
    // It says something of both inquiries: who may write about one of them alone may not.
    let overseer = app.person("overseer");
    let form =
        linked(&overseer, "/inquiries/ashgrove/recommendations/1", ("millbrook", "a"), "Both answer the same failing");
    app.place().execute(
        "insert into person_inquiry (person_id, inquiry_id, set_by, set_on)
         select person.id, inquiry.id, person.id, '2026-11-23' from person, inquiry
         where person.role = 'overseer' and inquiry.slug = 'ashgrove'",
    );
    form.submit().is(403);
    assert_eq!(app.place().value("select count(*) from tie"), "1");
}

fn the_reason_of_a_link_can_be_withheld(app: &TestApp) {
    let public = app.public();
    plants(app, "A name that should not stand here.");
    public.open(FAMILY).sees("A name that should not stand here.");
    let page = app.person("overseer").open(&format!("/staff{INSPECT}"));
    page.form("Withhold these words: Link: Ashgrove Ferry Inquiry, recommendation 2").send();
    for path in [FAMILY, INSPECT, PIER, "/families/millbrook-a.json", "/changes", "/changes.atom"] {
        public.open(path).does_not_see("A name that should not stand here.");
    }
    public.open(FAMILY).sees("made twice");
}

fn a_suspicion_waits_for_somebody_once_both_are_compared(app: &TestApp) {
    let (overseer, public) = (app.person("overseer"), app.public());
    // What the register file suspects is of two that were compared: it is on the list.
    let desk = overseer.open("/staff").follow("Links to explain");
    desk.sees("Ashgrove Ferry Inquiry, 2. Inspect both landing").sees("May be related to Millbrook inspection, a.");
    // Of one that was not, it is said what is true; it waits for nobody.
    let third = "/inquiries/ashgrove/recommendations/3";
    linked(&overseer, third, ("millbrook", "a"), "May be related.").send().sees("Linked");
    public.open(third).sees("May be related. Nobody has compared them, so this is in no count.");
    overseer.open("/staff/to-relate").does_not_see("A second crossing in winter");
    app.clock().advance(days(1));
    let overseer = app.person("overseer");
    let form = overseer.open(&format!("/staff{third}")).follow("Enter or change the words").form("Hand in the words");
    let form = form
        .date("When were they compared?", "2026-11-24")
        .fill("Why are the words entered or changed?", "Compared with the report.")
        .choose("Compared with the source");
    let waits = confirmed(form).submit();
    confirmed(app.person("overseer two").open(&waits.redirects_to()).form("Publish this")).send();
    let said = "Both have been compared with their sources; nobody has yet said how they are related";
    public.open(third).sees(said).does_not_see("Nobody has compared them").does_not_see("First recommended");
    public.open("/families").sees("Nobody has linked recommendations");
    let then = public.open(&format!("{third}?as-at=2026-11-23"));
    then.sees("Nobody has compared them").does_not_see(said);
    overseer.open(&format!("/staff{third}")).sees(said);
    let data = public.open(&format!("{third}.json")).json();
    let tie = &data["ties"][0];
    assert_eq!((&tie["counted"], &tie["both_compared"]), (&false.into(), &true.into()));
    // An observer reads the list; whoever oversees says how they are related, and it leaves the list.
    app.person("observer").open("/staff/to-relate").sees("A second crossing in winter");
    let form = overseer.open("/staff/to-relate").follow("3. A second crossing in winter").form("Publish what stands");
    let form = form.choose("Both answer the same failing").fill("Why?", "Both speak of inspections.");
    confirmed(form).send().sees("Link changed");
    overseer.open("/staff/to-relate").does_not_see("A second crossing in winter");
    public.open(third).sees("made twice");
    app.place().run(&["verify"]).succeeds();
}

fn a_suspicion_is_nobodys_work_who_may_write_of_one_side_alone(app: &TestApp) {
    limited(app, "Millbrook");
    app.person("overseer").open("/staff").sees("Links to explain");
    let two = app.person("overseer two");
    two.open("/staff").does_not_see("Links to explain");
    two.open("/staff/to-relate").sees("No link waits for somebody to say how two recommendations are related");
    // With both of them it is.
    app.place().execute(
        "insert into person_inquiry (person_id, inquiry_id, set_by, set_on)
         select person.id, inquiry.id, person.id, '2026-11-23' from person, inquiry
         where person.email = 'overseer-two@example.org' and inquiry.slug = 'ashgrove'",
    );
    two.open("/staff").follow("Links to explain").sees("May be related to Millbrook inspection, a.");
}
