//! Honest denominators: how many a report holds, how many of these are here, whose words they are, what is not tracked and why, and the
//! oldest item that nobody has looked at.

use crate::deeds_record::{ITEM, confirmed};
use crate::fairness::run_by_somebody;
use crate::families::plants;
use crate::packs::made;
use crate::parts::found;
use crate::stories;
use crate::support::app::days;
use crate::support::form::Form;
use crate::support::{Place, TestApp};

stories![
    every_total_says_what_it_rests_on,
    what_is_not_tracked_is_said_with_its_reason_and_its_day,
    the_oldest_that_nobody_has_looked_at_is_named_until_somebody_has,
    the_whole_register_is_counted_however_many_inquiries_there_are,
    what_stands_behind_the_numbers_of_themes_bodies_searches_and_packs_is_said,
    lists_of_bodies_families_and_dates_and_those_for_programs_say_what_they_rest_on,
    whose_words_more_are_than_a_search_counts_is_said_of_all_or_not_at_all,
];

const INQUIRY: &str = "/inquiries/ashgrove";
const ASHGROVE: &str = "7 recommendations: 5 of 7 summarised, 1 in the report's own words, 1 not transcribed; 2 compared with the source, 0 \
     checked by a second person";

fn every_total_says_what_it_rests_on(app: &TestApp) {
    let public = app.public();
    for path in [INQUIRY, "/", "/inquiries"] {
        public.open(path).sees(ASHGROVE).sees("The report itself counts 7, and all of them are here.");
    }
    public
        .open("/")
        .sees("8 recommendations: 6 of 8 summarised")
        .sees("The reports themselves count 8, and all of them are here.");
    public.open("/recommendations?inquiry=ashgrove").sees(ASHGROVE);
    public
        .open("/themes/timetables")
        .sees("2 recommendations: 1 of 2 summarised, 1 in the report's own words, 0 not transcribed");
    let data = public.open(&format!("{INQUIRY}.json")).json();
    let said = &data["denominators"];
    assert_eq!((&said["in_report"], &said["loaded"], &said["not_here_unexplained"]), (&7.into(), &7.into(), &0.into()));
    assert_eq!((&said["compared"], &said["second_person"]), (&2.into(), &0.into()));
    let api = public.open("/api/v1/inquiries/ashgrove").json();
    assert_eq!(&api["item"]["denominators"], said);
    assert_eq!(public.open("/recommendations.json?inquiry=ashgrove").json()["denominators"]["verbatim"], 1);

    // A second person compares the words of one.
    app.clock().advance(days(1));
    let form = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/2");
    let form = form.follow("Enter or change the words").form("Hand in the words");
    let waits = form.fill("Why are the words entered or changed?", "Read again.").send();
    confirmed(app.person("overseer two").open(waits.path()).form("Publish this")).send();
    for path in [INQUIRY, "/recommendations?inquiry=ashgrove"] {
        public.open(path).sees("2 compared with the source, 1 checked by a second person");
    }
    let then = public.open(&format!("{INQUIRY}?as-at=2026-11-23"));
    then.sees("2 compared with the source, 0 checked by a second person");
    app.place().run(&["verify"]).succeeds();
}

fn describes(app: &TestApp) -> Form {
    let page = app.person("overseer").open(&format!("/staff{INQUIRY}")).follow("Change the description");
    page.form("Publish the description").fill("Why is it changed?", "Counted again.")
}

fn what_is_not_tracked_is_said_with_its_reason_and_its_day(app: &TestApp) {
    let public = app.public();
    app.clock().advance(days(1));
    confirmed(describes(app).fill("How many recommendations", "10")).send();
    let page = public.open(INQUIRY);
    page.sees("The report itself counts 10; 7 are here. 3 are not in this register, and no reason is recorded here.");
    assert_eq!(public.open(&format!("{INQUIRY}.json")).json()["denominators"]["not_here_unexplained"], 3);

    let count = "How many of them are not tracked";
    confirmed(describes(app).fill(count, "2")).submit().is(422).complains("Enter why they are not tracked");
    confirmed(describes(app).fill("Why are those not tracked?", "X."))
        .submit()
        .is(422)
        .complains("Enter how many are not tracked");
    confirmed(describes(app).fill(count, "some").fill("Why are those not tracked?", "X."))
        .submit()
        .is(422)
        .complains("Enter a number, such as 2");
    let form = describes(app).fill(count, "2").fill("Why are those not tracked?", "They are addressed to courts.");
    confirmed(form).send().sees("Description changed");
    let said = "The report itself counts 10; 7 are here. 2 are not tracked in this register: They are addressed to courts. 1 more is not in \
         this register, and no reason is recorded here.";
    for path in [INQUIRY, "/", "/inquiries"] {
        public.open(path).sees(said);
    }
    public.open("/").sees("The reports themselves count 11; 8 are here. 2 are not tracked in this register.");
    public
        .open(INQUIRY)
        .sees("Description changed: not tracked here, why those are not tracked")
        .sees("Counted again.");
    // Under the numbers of its one report it stands too; of several reports, where it stands.
    let behind = "2 not tracked, with a reason, 1 is not here, and no reason is recorded. Why those are not tracked: They are addressed to \
         courts.";
    for path in [
        "/recommendations?inquiry=ashgrove",
        "/recommendations?q=timetable&inquiry=ashgrove",
        "/bodies/ashgrove-council",
    ] {
        public.open(path).sees(behind);
    }
    for path in ["/recommendations", "/bodies", "/families", "/overdue", "/themes", "/bodies/ashgrove-harbour"] {
        let page = public.open(path);
        page.sees("Why some of them are not tracked is told by Ashgrove Ferry Inquiry.");
        page.does_not_see("addressed to courts");
    }
    let why = |path: &str| public.open(path).json()["reports_behind"]["not_tracked_why"].clone();
    for path in ["/bodies/ashgrove-council.json", "/recommendations.json?inquiry=ashgrove"] {
        assert_eq!(why(path), "They are addressed to courts.", "{path}");
    }
    assert!(why("/bodies/ashgrove-harbour.json").is_null());
    let data = public.open(&format!("{INQUIRY}.json")).json();
    assert_eq!(data["denominators"]["not_tracked_why"], "They are addressed to courts.");
    let then = public.open(&format!("{INQUIRY}?as-at=2026-11-23"));
    then.sees("The report itself counts 7, and all of them are here.").does_not_see("addressed to courts");
    // Withheld with the description; the number stays.
    let page = app.person("overseer").open(&format!("/staff{INQUIRY}"));
    page.form("Withhold these words: Ashgrove Ferry Inquiry").send();
    let data = format!("{INQUIRY}.json");
    let others = ["/recommendations?inquiry=ashgrove", "/bodies/ashgrove-council", "/bodies/ashgrove-council.json"];
    for path in [INQUIRY, "/", &data].into_iter().chain(others) {
        let page = public.open(path);
        assert!(!page.body().contains("addressed to courts"), "{path}");
    }
    public.open(INQUIRY).sees("2 are not tracked in this register. 1 more is not in this register");
    app.place().run(&["verify"]).succeeds();
}

fn the_oldest_that_nobody_has_looked_at_is_named_until_somebody_has(app: &TestApp) {
    run_by_somebody(app);
    let public = app.public();
    // The pier was reported on two years before the ferry.
    public.open("/").sees("The oldest that nobody has looked at: Millbrook inspection, a. Inspect the pier every year");
    public.open("/").sees("made on 11 March 2024");
    let page = public.open(INQUIRY);
    page.sees("The oldest that nobody has looked at: Ashgrove Ferry Inquiry, 1. Publish the ferry timetable in advance, made on 15 June 2026.");
    let data = public.open(&format!("{INQUIRY}.json")).json();
    assert_eq!(
        (&data["oldest_not_looked_at"]["number"], &data["oldest_not_looked_at"]["on"]),
        (&"1".into(), &"2026-06-15".into())
    );
    app.clock().advance(days(1));
    let found = |item: &str| {
        let form = app.person("overseer").open(item).follow("Assess").form("Hand in the assessment");
        let form =
            form.choose_in("What do you find?", "On course").fill("What does the finding rest on?", "Two reports.");
        confirmed(app.person("overseer two").open(form.send().path()).form("Publish this")).send();
    };
    found("/staff/inquiries/ashgrove/recommendations/1/ashgrove-council");
    public
        .open(INQUIRY)
        .sees("nobody has looked at: Ashgrove Ferry Inquiry, 2. Inspect both landing stages every year");
    // One answer of two is enough: somebody has looked.
    found(ITEM);
    public.open(INQUIRY).sees("nobody has looked at: Ashgrove Ferry Inquiry, 3. A second crossing in winter");
    found("/staff/inquiries/millbrook/recommendations/a/ashgrove-harbour");
    public.open("/").sees("nobody has looked at: Ashgrove Ferry Inquiry, 3. A second crossing in winter");
    public.open("/inquiries/millbrook").does_not_see("The oldest that nobody has looked at");
    let then = public.open(&format!("{INQUIRY}?as-at=2026-11-23"));
    then.sees("nobody has looked at: Ashgrove Ferry Inquiry, 1. Publish the ferry timetable in advance");
    public.open(&format!("{INQUIRY}?as-at=2026-11-24")).sees("Ashgrove Ferry Inquiry, 3. A second crossing in winter");
    app.place().run(&["verify"]).succeeds();
}

fn the_whole_register_is_counted_however_many_inquiries_there_are(place: &Place) {
    let mut register = String::from("[[body]]\nslug = \"ferry\"\nname = \"Ashgrove Ferry\"\nkind = \"company\"\n");
    for at in 1..=53 {
        register.push_str(&format!(
            "\n[[inquiry]]\nslug = \"jetty-{at}\"\nkind = \"inspection\"\ntitle = \"Inspection of jetty {at}\"\n\
             short_title = \"jetty {at}\"\nown_references = false\npublished_on = 2015-01-05\n\
             counts_in_source = [ {{ count = 2, on = 2015-01-05, note = \"in the report\" }} ]\n\
             [[inquiry.recommendation]]\nnumber = \"1\"\ntitle = \"Mend it\"\ntext_kind = \"summary\"\n\
             text = \"It should be mended.\"\nchecked = \"source\"\nsource_url = \"https://ashgrove.example/{at}\"\n\
             themes = []\naddressees = []\n"
        ));
    }
    let app = place.with_register(&place.file("many.toml", &register)).app();
    let public = app.public();
    let said =
        "The reports themselves count 106; 53 are here. 53 are not in this register, and no reason is recorded here.";
    let home = public.open("/");
    home.sees("53 recommendations: 53 of 53 summarised").sees(said);
    home.sees("Inspection of jetty 50").does_not_see("Inspection of jetty 51");
    let first = home.follow("All 53 inquiries");
    first.sees(said).sees("Inspection of jetty 50").does_not_see("Inspection of jetty 51");
    let second = first.follow("Next page");
    second
        .sees(said)
        .sees("Inspection of jetty 51")
        .sees("Inspection of jetty 53")
        .does_not_see("Inspection of jetty 50");
    public.get("/inquiries?after=nowhere").is(400);
}

fn what_stands_behind_the_numbers_of_themes_bodies_searches_and_packs_is_said(app: &TestApp) {
    let public = app.public();
    let all = "The 2 reports behind these numbers count 8 recommendations in all; 8 are loaded here, 0 of 8 checked by a second \
         person.";
    let one = "The report behind these numbers counts 7 recommendations in all; 7 are loaded here, 0 of 7 checked by a second \
         person.";
    for path in
        ["/recommendations", "/themes", "/themes/inspection", "/bodies/ashgrove-harbour", "/recommendations?q=pier"]
    {
        public.open(path).sees(all);
    }
    for path in ["/recommendations?inquiry=ashgrove", "/themes/timetables", "/bodies/ashgrove-council"] {
        public.open(path).sees(one);
    }
    public.open("/recommendations?in_error=yes").does_not_see("behind these numbers");
    // Whose words they are, and the oldest that nobody has looked at.
    let of_theme = "3 recommendations: 3 of 3 summarised, 0 in the report's own words, 0 not transcribed; 2 compared with the source, 0 checked \
         by a second person";
    for path in ["/themes", "/themes/inspection"] {
        public.open(path).sees(of_theme);
    }
    public
        .open("/themes/inspection")
        .sees("nobody has looked at: Millbrook inspection, a. Inspect the pier every year");
    public
        .open("/themes/timetables")
        .sees("nobody has looked at: Ashgrove Ferry Inquiry, 1. Publish the ferry timetable");
    let harbour = public.open("/bodies/ashgrove-harbour");
    harbour.sees(of_theme).sees("nobody has looked at: Millbrook inspection, a. Inspect the pier every year");

    // A second person compares the words of one; the day before stays as it was.
    app.clock().advance(days(1));
    let form = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/2");
    let form = form.follow("Enter or change the words").form("Hand in the words");
    let waits = form.fill("Why are the words entered or changed?", "Read again.").send();
    confirmed(app.person("overseer two").open(waits.path()).form("Publish this")).send();
    let by_two = of_theme.replace("0 checked", "1 checked");
    for path in ["/themes/inspection", "/bodies/ashgrove-harbour"] {
        public.open(path).sees(&by_two).sees(&all.replace("0 of 8 checked", "1 of 8 checked"));
        public.open(&format!("{path}?as-at=2026-11-24")).sees(&by_two).sees(&all.replace("0 of 8", "1 of 8"));
        public.open(&format!("{path}?as-at=2026-11-23")).sees(of_theme).sees(all);
    }
    public.open("/themes").sees(&by_two);
    let data = public.open("/themes/inspection.json").json();
    assert_eq!((&data["denominators"]["second_person"], &data["reports_behind"]["in_reports"]), (&1.into(), &8.into()));
    assert_eq!((&data["reports_behind"]["reports"], &data["oldest_not_looked_at"]["number"]), (&2.into(), &"a".into()));
    let then = public.open("/themes/inspection.json?as-at=2026-11-23").json();
    assert_eq!((&then["denominators"]["second_person"], &then["reports_behind"]["loaded"]), (&0.into(), &8.into()));
    let body = public.open("/bodies/ashgrove-harbour.json").json();
    assert_eq!(
        (&body["denominators"]["second_person"], &body["oldest_not_looked_at"]["number"]),
        (&1.into(), &"a".into())
    );

    // A pack says what its own inquiries hold, as it stood when it was made.
    let pack = made(app, "2026-11-22");
    let said = one.replace("0 of 7", "1 of 7");
    pack.sees(&said)
        .sees("7 recommendations: 5 of 7 summarised")
        .sees("nobody has looked at: Ashgrove Ferry Inquiry, 1.");
    pack.follow("The paper, to print").sees(&said);
    app.clock().advance(days(1));
    run_by_somebody(app);
    found(app, "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council", "On course");
    app.person("overseer").open(pack.path()).sees("nobody has looked at: Ashgrove Ferry Inquiry, 1.");
    public
        .open("/bodies/ashgrove-council")
        .sees("nobody has looked at: Ashgrove Ferry Inquiry, 2. Inspect both landing");
    public.open("/bodies/ashgrove-council?as-at=2026-11-24").sees("nobody has looked at: Ashgrove Ferry Inquiry, 1.");
    app.place().run(&["verify"]).succeeds();
}

fn lists_of_bodies_families_and_dates_and_those_for_programs_say_what_they_rest_on(app: &TestApp) {
    let public = app.public();
    let all = "The 2 reports behind these numbers count 8 recommendations in all; 8 are loaded here";
    let oldest = "nobody has looked at: Millbrook inspection, a. Inspect the pier every year";
    for path in ["/bodies", "/families", "/overdue", "/themes", "/recommendations"] {
        public.open(path).sees(all).sees(oldest);
    }
    let one = "The report behind these numbers counts 7 recommendations in all; 7 are loaded here";
    let first = "nobody has looked at: Ashgrove Ferry Inquiry, 1. Publish the ferry timetable";
    for path in ["/overdue?inquiry=ashgrove", "/overdue?body=ashgrove-council", "/recommendations?inquiry=ashgrove"] {
        public.open(path).sees(one).sees(first);
    }
    // Of what a search leaves out nothing is said.
    public.open("/recommendations?q=pier").sees(all).does_not_see("nobody has looked at:");
    public.open("/overdue?inquiry=ashgrove&body=ashgrove-council").sees(one).does_not_see("nobody has looked at:");

    app.person("overseer").open("/staff/inquiries/ashgrove").sees(one).sees(first);

    // A family rests on its members, and on the reports that these are from.
    app.clock().advance(days(1));
    plants(app, "Both stages, every year.");
    let family = public.open("/families/millbrook-a");
    family.sees("2 recommendations: 2 of 2 summarised").sees(all).sees(oldest);
    public.open("/families/millbrook-a?as-at=2026-11-24").sees("2 recommendations: 2 of 2 summarised").sees(oldest);
    let data = public.open("/families/millbrook-a.json").json();
    assert_eq!((&data["denominators"]["recommendations"], &data["reports_behind"]["reports"]), (&2.into(), &2.into()));
    assert_eq!(data["oldest_not_looked_at"]["number"], "a");

    // For programs.
    let found = public.open("/recommendations.json").json();
    assert_eq!(
        (&found["reports_behind"]["in_reports"], &found["oldest_not_looked_at"]["number"]),
        (&8.into(), &"a".into())
    );
    let found = public.open("/recommendations.json?q=pier").json();
    assert_eq!((&found["reports_behind"]["in_reports"], found["oldest_not_looked_at"].is_null()), (&8.into(), true));
    let list = public.open("/api/v1/recommendations?inquiry=ashgrove").json();
    assert_eq!((&list["reports_behind"]["in_reports"], &list["denominators"]["verbatim"]), (&7.into(), &1.into()));
    assert_eq!(list["oldest_not_looked_at"]["number"], "1");
    // The first page names the oldest; what stands behind the list is said on each.
    let first = public.open("/api/v1/recommendations?limit=1").json();
    let second = public.get(first["next"].as_str().expect("a second page")).json();
    assert_eq!(first["oldest_not_looked_at"]["number"], "a");
    assert!(second["oldest_not_looked_at"].is_null());
    assert_eq!(second["reports_behind"], first["reports_behind"]);
    for path in ["/api/v1/bodies", "/api/v1/inquiries"] {
        let list = public.open(path).json();
        assert_eq!((&list["reports_behind"]["in_reports"], &list["reports_behind"]["loaded"]), (&8.into(), &8.into()));
        assert_eq!((&list["oldest_not_looked_at"]["number"], list["denominators"].is_null()), (&"a".into(), true));
    }
    let changes = public.open("/api/v1/changes").json();
    assert!(changes["reports_behind"].is_null() && changes["oldest_not_looked_at"].is_null());
    let body = public.open("/api/v1/bodies/ashgrove-harbour").json();
    let rests = &body["item"]["answers_rest_on"];
    assert_eq!((&rests["denominators"]["recommendations"], &rests["reports_behind"]["loaded"]), (&3.into(), &8.into()));
    assert_eq!(rests["oldest_not_looked_at"]["number"], "a");
}

fn whose_words_more_are_than_a_search_counts_is_said_of_all_or_not_at_all(place: &Place) {
    let mut register = String::from(
        "[[body]]\nslug = \"ferry\"\nname = \"Ashgrove Ferry\"\nkind = \"company\"\n\n\
         [[inquiry]]\nslug = \"jetty\"\nkind = \"inspection\"\ntitle = \"Inspection of the jetty\"\n\
         short_title = \"jetty\"\nown_references = false\npublished_on = 2015-01-05\n\
         counts_in_source = [ { count = 1001, on = 2015-01-05, note = \"in the report\" } ]\n",
    );
    for number in 1..=1001 {
        register.push_str(&format!(
            "[[inquiry.recommendation]]\nnumber = \"{number}\"\ntitle = \"Mend plank {number}\"\n\
             text_kind = \"summary\"\ntext = \"It should be mended.\"\nchecked = \"source\"\n\
             source_url = \"https://ashgrove.example/{number}\"\nthemes = []\naddressees = []\n"
        ));
    }
    let app = place.with_register(&place.file("planks.toml", &register)).app();
    let public = app.public();
    let not_counted = "Whose words these are is not counted where there are so many.";
    for path in ["/recommendations", "/recommendations?inquiry=jetty"] {
        let page = public.open(path);
        page.sees("1,000+ recommendations").sees("1,001 recommendations: 1,001 of 1,001 summarised");
        page.sees("nobody has looked at: jetty, 1. Mend plank 1").does_not_see(not_counted);
    }
    let narrowed = public.open("/recommendations?text_kind=summary");
    narrowed.sees("1,000+ recommendations").sees(not_counted).does_not_see("1,001 of 1,001 summarised");
}
