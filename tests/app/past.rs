//! Looking back: what the register showed at the end of a day, what changed between two days, and what may be cited.

use std::collections::BTreeMap;

use crate::deeds_judge::{assessed, run_by_somebody};
use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::page::Page;
use crate::support::place::BASE_URL;

stories![
    every_day_is_found_again_as_it_was,
    an_earlier_day_is_marked_kept_and_bounded,
    what_changed_between_two_days_is_counted_and_listed,
    a_list_of_today_leads_from_an_earlier_day_to_itself,
];

/// The council's item that has a target.
const TARGET: &str = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";

/// Pages that can be looked back to.
const PAGES: [&str; 10] = [
    "/inquiries/ashgrove",
    "/inquiries/ashgrove/recommendations/1",
    "/inquiries/ashgrove/recommendations/1/ashgrove-council",
    "/inquiries/ashgrove/recommendations/2",
    PUBLIC,
    "/inquiries/ashgrove/recommendations/6",
    "/inquiries/ashgrove/recommendations/7",
    "/bodies/ashgrove-harbour",
    "/bodies/ashgrove-council",
    "/changes",
];

/// The same as data.
const DATA: [&str; 4] = [
    "/inquiries/ashgrove.json",
    "/inquiries/ashgrove/recommendations/2.json",
    "/inquiries/ashgrove/recommendations/7.json",
    "/bodies/ashgrove-harbour.json",
];

/// What a page says, without what only one of the two states of it says.
pub fn said(page: &Page) -> String {
    let mut text = page.texts("main").join(" ");
    for part in page.texts(".f-past, .f-ask, .f-filters, .f-jump") {
        text = text.replacen(&part, " ", 1);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Data without what says that it is of an earlier day.
pub fn data(page: &Page) -> String {
    let mut json = page.json();
    let fields = json.as_object_mut().expect("an object");
    fields.remove("as_at");
    fields.remove("as_at_change");
    // The way on leads to the same place; on an earlier day it names the day too.
    let next = fields.remove("next").and_then(|next| Some(next.as_str()?.split_once("after=")?.1.to_owned()));
    let next = next.map(|after| after.split('&').next().unwrap_or_default().to_owned());
    fields.insert("next".to_owned(), next.into());
    json.to_string()
}

/// What happens on each day, and is public before it ends.
fn day(app: &TestApp, number: i64) {
    let overseer = app.person("overseer");
    match number {
        0 => run_by_somebody(app),
        1 => {
            let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
            response(form, "Accepted", "The first reading.").send();
        }
        2 => {
            let form = overseer.open(TARGET).follow("Move the target date").form("Publish the target date");
            let form = form.date("The target date", "2027-05-03").choose("Compared with the source");
            let form = form.fill("Why is it set or moved", "Staff were lacking.").fill("Who agreed to it?", "nobody");
            confirmed(form).send();
            let form = overseer.open(ITEM).follow("Set when updates are asked for").form("Publish the schedule");
            confirmed(form.date("The next date", "2026-11-27").fill("Every how many months", "6")).send();
        }
        // Nothing happens, and a day passes.
        3 => {}
        4 => {
            let page = overseer.open(ITEM).follow("Correct this").form("Publish the response");
            let form = page.choose("Replied, neither accepting nor rejecting").fill("What did it say?", "The second.");
            confirmed(form.fill("Why was the earlier entry wrong?", "The letter was misread.")).send();
            let filing = assessed(app, "overseer", "On course");
            confirmed(app.person("overseer two").open(&filing).form("Publish this")).send();
        }
        5 => {
            let item = "/staff/inquiries/ashgrove/recommendations/7";
            let form = overseer.open(item).follow("Enter or change the words").form("Hand in the words");
            let form = form.fill("A short title", "Keep a log of closings");
            let form = form.fill("The words", "Every closing of the crossing should be logged.");
            let form = form.fill("Where can they be read?", "https://ashgrove.example/report#page=44");
            let form = form.fill("Why are the words entered or changed?", "They were not transcribed.");
            let form = form.choose("Summary in our own words").choose("Compared with a secondary source");
            confirmed(form).send();
            let page = overseer.open("/staff/inquiries/ashgrove/recommendations/6").follow("Put it to a body");
            let form = page.form("Publish that it was put to this body");
            let form = form.select("Which body?", "Ashgrove Harbour Authority").choose("Compared with the source");
            confirmed(form.fill("Where is it said", "Page 43 of the report.")).send();
        }
        6 => {
            let form = overseer.open("/staff/inquiries/ashgrove/coverage").form("Publish where it was looked");
            let form = form
                .choose_in("What was looked for?", "Answers and updates")
                .fill("Where was it looked for?", "The authority's web site.")
                .date("When?", "2026-11-28")
                .fill("By which post?", "scrutiny officer")
                .choose_in("What was found?", "Nothing");
            confirmed(form).send();
            let form = overseer.open(ITEM).follow("Close").form("Record the decision");
            let form =
                form.choose("What it was about no longer exists").fill("The reason", "The stage was taken down.");
            confirmed(form).send();
        }
        // The daily job says what was missed.
        7 => {
            app.jobs_at("2026-11-30T09:00:00Z");
        }
        8 => {
            let form = overseer.open(ITEM).follow("Open again").form("Record the decision");
            confirmed(form.fill("The reason", "It was built again.")).send();
            let page = overseer.open("/staff/inquiries/ashgrove/recommendations/2/hold");
            let form = page.form("Place this hold").choose("Legal proceedings");
            confirmed(form.date("When is it reviewed?", "2026-12-10")).send();
        }
        9 => {
            let form = overseer.open(TARGET).follow("Record a response").form("Publish the response");
            response(form, "Accepted", "All of it.").send();
            let form = overseer.open(TARGET).follow("Record the body’s plan").form("Publish the plan");
            let form = form.fill("Which post owns it?", "Head of crossings").fill("What is it to do?", "Print it.");
            let form = form.date("By when?", "2027-04-30").choose("Compared with the source");
            confirmed(form).send();
        }
        10 => {
            let page = overseer.open("/staff/inquiries/ashgrove/recommendations/2/hold");
            confirmed(page.form("Publish this").choose("End it").fill("Why?", "The reason has gone.")).send();
        }
        _ => {}
    }
}

fn every_day_is_found_again_as_it_was(app: &TestApp) {
    let mut kept: BTreeMap<(String, &str), (String, String)> = BTreeMap::new();
    for number in 0..=11 {
        day(app, number);
        let today = app.clock().now().to_string()[..10].to_owned();
        let public = app.public();
        for path in PAGES {
            let page = public.open(path);
            kept.insert((today.clone(), path), (page.heading(), said(&page)));
        }
        for path in DATA {
            kept.insert((today.clone(), path), (String::new(), data(&public.open(path))));
        }
        app.clock().advance(days(1));
    }
    let public = app.public();
    let texts: std::collections::BTreeSet<&String> = kept.values().map(|(_, text)| text).collect();
    assert!(texts.len() > 40, "the story makes a history: {} different pages", texts.len());
    let mut differing = Vec::new();
    for ((day, path), (heading, text)) in &kept {
        let page = public.open(&format!("{path}?as-at={day}"));
        let found = if page.is_html() { (page.heading(), said(&page)) } else { (String::new(), data(&page)) };
        if found != (heading.clone(), text.clone()) {
            differing
                .push(format!("{path} as at {day}\n  was:  {heading} | {text}\n  now:  {} | {}", found.0, found.1));
        }
    }
    assert!(differing.is_empty(), "{} of {} differ:\n{}", differing.len(), kept.len(), differing.join("\n"));
    app.place().run(&["verify"]).succeeds();
}

fn an_earlier_day_is_marked_kept_and_bounded(app: &TestApp) {
    let overseer = || app.person("overseer");
    run_by_somebody(app);
    let canary = "canary-on-the-pier";
    let form = overseer().open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", canary).send();
    app.clock().advance(days(1));
    let page = overseer().open("/staff/inquiries/ashgrove/recommendations/6").follow("Put it to a body");
    let form = page.form("Publish that it was put to this body").select("Which body?", "Ashgrove Harbour Authority");
    confirmed(form.choose("Compared with the source").fill("Where is it said", "Page 43.")).send();
    app.clock().advance(days(1));
    let public = app.public();

    // Asked for by a form on today's page; marked in title and page; kept out of search engines.
    let today = public.open("/inquiries/ashgrove/recommendations/2");
    let then = today.form("See that day").fill("See this page as it stood on a day", "2026-11-23").submit();
    then.is(200).sees("This is what this register showed at the end of 23 November 2026, after change 3.").sees(canary);
    assert!(then.title().contains(", as at 23 November 2026 - "), "{}", then.title());
    assert!(then.body().contains("<meta name=\"robots\" content=\"noindex\">"));
    let base = BASE_URL.trim_end_matches('/');
    let canonical = format!("<link rel=\"canonical\" href=\"{base}/inquiries/ashgrove/recommendations/2\">");
    assert!(then.body().contains(&canonical) && today.body().contains(&canonical));
    assert!(!today.body().contains("content=\"noindex\""));
    then.follow("See this page as it stands today").does_not_see("This is what this register showed");
    // Links stay on that day, and a citation leads back to it.
    let links = then.links();
    let answer = public.open(links.iter().find(|link| link.starts_with(PUBLIC)).expect("a link to the answer"));
    answer.sees("showed at the end of 23 November 2026");
    answer.follow("Ashgrove Harbour Authority").sees("showed at the end of 23 November 2026");
    answer
        .follow("Ashgrove Ferry Inquiry")
        .sees("showed at the end of 23 November 2026")
        .follow("This inquiry as data");
    let cited = "/inquiries/ashgrove/recommendations/2/ashgrove-harbour?as-at=2026-11-23";
    answer.sees(&format!("as it stood on 23 November 2026 (change 3). {base}{cited}"));
    today.sees("as it stood on 25 November 2026 (change 4).").sees("/recommendations/2?as-at=2026-11-25");
    let body = public.open("/bodies/ashgrove-harbour");
    body.sees("as it stood on 25 November 2026 (change 4).").sees(&format!("{base}/bodies/ashgrove-harbour?as-at="));
    // A change is cited by its own address, which stays.
    let change = public.open("/changes/3");
    change.sees(&format!("change 3, published on 23 November 2026. {base}/changes/3")).sees("Cite this page");
    for link in then.links() {
        let of_today = ["/recommendations?", "/overdue?", "/themes?"].iter().any(|list| link.starts_with(list));
        assert!(!of_today, "a page of an earlier day leads to {link}");
    }
    // A change has an address of its own, of no day.
    assert!(then.links().contains(&"/changes/3".to_owned()), "{:?}", then.links());
    let json = public.open("/inquiries/ashgrove.json?as-at=2026-11-23");
    assert_eq!((json.json()["as_at"].as_str(), json.json()["as_at_change"].as_i64()), (Some("2026-11-23"), Some(3)));

    // What was not there then says so; what cannot be asked for is named.
    let body = "/inquiries/ashgrove/recommendations/6/ashgrove-harbour";
    public.open(body);
    public
        .get(&format!("{body}?as-at=2026-11-23"))
        .is(404)
        .sees("It was not in this register at the end of 23 November");
    public.get("/bodies/nobody?as-at=2026-11-23").is(404).does_not_see("as-at");
    for (query, complaint) in [
        ("as-at=2026-11-26", "that day is still to come. Choose 25 November 2026 or an earlier day."),
        ("as-at=2026-11-22", "Its first change is of 23 November 2026: choose that day or a later one."),
        ("as-at=yesterday", "write the day as year, month and day, such as 2026-11-24."),
        ("as-at=2026-02-30", "write the day as year, month and day"),
        ("as-at=2026-11-23&as-at=2026-11-24", "it stands there more than once. Leave one."),
        ("as-at=%00", "write the day as"),
        ("as-at=-9999-01-01", "write the day as"),
        ("as-at=99999999-01-01", "write the day as"),
        ("as-at=0000-01-01", "Its first change is of"),
    ] {
        for path in ["/inquiries/ashgrove", PUBLIC, "/bodies/ashgrove-harbour", "/changes", "/inquiries/ashgrove.json"]
        {
            let bad = public.get(&format!("{path}?{query}"));
            bad.is(400).sees(complaint);
        }
    }
    public.open("/inquiries/ashgrove?as-at=").does_not_see("This is what this register showed");

    // Words withheld since are nowhere, on whatever day; shown again they are back; removed they are gone.
    let item = overseer().open(ITEM).form("Withhold these words: Accepted").send();
    let paths =
        [PUBLIC, "/inquiries/ashgrove/recommendations/2", "/changes", "/inquiries/ashgrove/recommendations/2.json"];
    for path in paths {
        for day in ["2026-11-23", "2026-11-24", "2026-11-25"] {
            assert!(!public.open(&format!("{path}?as-at={day}")).body().contains(canary), "{path} as at {day}");
        }
    }
    let then = public.open(&format!("{PUBLIC}?as-at=2026-11-23"));
    then.sees("Words withheld on 25 November 2026").sees("Accepted on 20 November 2026");
    let asked = item.form("Show these words again").submit();
    confirmed(asked.form("Show the words again")).send();
    public.open(&format!("{PUBLIC}?as-at=2026-11-23")).sees(canary);
    let form = app.person("administrator").open(ITEM).follow("Remove for legal reasons");
    let waits = form.form("Withhold them and propose their removal").choose("A court has ordered it").send();
    app.person("overseer two").open(waits.path()).form("Remove these words for good").send();
    let then = public.open(&format!("{PUBLIC}?as-at=2026-11-24"));
    then.sees("Removed on 25 November 2026 for legal reasons").does_not_see(canary);
    // Who is signed in looks back too.
    overseer().open(&format!("{PUBLIC}?as-at=2026-11-23")).sees("showed at the end of 23 November 2026");
}

fn what_changed_between_two_days_is_counted_and_listed(app: &TestApp) {
    for number in 0..=4 {
        day(app, number);
        app.clock().advance(days(1));
    }
    let public = app.public();
    let form = public.open("/changes").form("See these days");
    let two = form.fill("First day", "2026-11-24").fill("Last day", "2026-11-25").submit();
    two.is(200)
        .sees("What changed from 24 November 2026 to 25 November 2026")
        .sees("3 changes: 1 answer recorded and 2 dates");
    two.sees("Target moved").does_not_see("On course, found").does_not_see("Ashgrove Oversight Office is");
    two.sees("The first reading.").sees("What changed from 24 November 2026 to 25 November 2026. In: ");
    two.sees("/changes?from=2026-11-24&to=2026-11-25&as-at=2026-11-28");
    public.open("/changes?from=2026-11-26&to=2026-11-26").sees("What changed on 26 November 2026").sees("0 changes.");
    let late = public.open("/changes?from=2026-11-27");
    late.sees("What changed from 27 November 2026 to 28 November 2026").sees("On course");
    public.open("/changes?to=2026-11-23").sees("What changed on 23 November 2026").does_not_see("The first reading.");
    let then = public.open("/changes?from=2026-11-24&as-at=2026-11-24");
    then.sees("What changed on 24 November 2026").does_not_see("Target moved");
    then.sees("as it stood on 24 November 2026 (change ").sees("/changes?from=2026-11-24&as-at=2026-11-24");
    for (query, complaint) in [
        ("from=2026-11-27&to=2026-11-24", "the first day is after the last one. Exchange them."),
        ("from=x", "write the day as"),
        ("to=2027-01-01", "that day is still to come"),
        ("from=2026-11-24&from=2026-11-25", "it stands there more than once"),
    ] {
        public.get(&format!("/changes?{query}")).is(400).sees(complaint);
    }
}

fn a_list_of_today_leads_from_an_earlier_day_to_itself(app: &TestApp) {
    let day = "as-at=2026-11-23";
    for visitor in [app.public(), app.person("overseer")] {
        for path in
            ["/", "/inquiries", "/bodies", "/families", "/themes", "/recommendations", "/overdue", "/answers.csv"]
        {
            let moved = visitor.get(&format!("{path}?{day}"));
            assert_eq!(moved.is(303).redirects_to(), path);
            visitor.get(&format!("{path}?as-at=")).is(200);
        }
        let narrow = visitor.get(&format!("/recommendations?body=ashgrove-harbour&{day}&response=accepted"));
        assert_eq!(narrow.is(303).redirects_to(), "/recommendations?body=ashgrove-harbour&response=accepted");
    }
    app.public().send("HEAD", &format!("/families?{day}"), &[], &[]).is(303);
    // So does what is made anew each time: nobody takes an archive of today for one of then.
    for path in ["/register.zip", "/inquiries/ashgrove.zip"] {
        assert_eq!(app.public().get(&format!("{path}?{day}")).is(303).redirects_to(), path);
        app.public().get(&format!("{path}?as-at=")).is(200);
    }
    // What can be looked back to still is, and says so.
    app.public().get(&format!("/bodies/ashgrove-harbour?{day}")).is(200).sees("at the end of 23 November 2026");
}
