//! Charts: what is drawn is what was counted, the table beside it says the same, and an earlier day has its own.

use crate::deeds_record::confirmed;
use crate::fairness::run_by_somebody;
use crate::gap::{found, says_complete};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::page::{Page, css};

stories![
    a_bar_is_drawn_of_each_fact_with_two_values_and_says_what_its_table_says,
    a_bar_of_an_earlier_day_is_that_days,
    progress_is_drawn_once_there_is_a_year_of_it,
    bodies_stand_side_by_side_by_name_with_their_denominators,
];

const INQUIRY: &str = "/inquiries/ashgrove";
/// The council's item that has a target.
const TARGET: &str = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";

/// The number with which a text begins.
fn number(text: &str) -> u64 {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("{text:?} begins with no number"))
}

/// The numbers of a bar as it says them to those who do not see it: the same must stand in its table, and be drawn.
fn bar(page: &Page, fact: &str) -> Vec<(String, u64)> {
    let said = page.texts(&format!("#{fact}-said")).join("");
    let pieces: Vec<(String, u64)> = said
        .split_inclusive("answers.")
        .filter_map(|piece| piece.trim().rsplit_once(": "))
        .map(|(words, share)| (words.to_owned(), number(share)))
        .collect();
    let table = page.texts(&format!("table[aria-labelledby={fact}-caption] td"));
    let rows: Vec<u64> = table.iter().map(|cell| number(cell)).collect();
    assert_eq!(pieces.iter().map(|(_, count)| *count).collect::<Vec<_>>(), rows, "{}: {said}", page.name());
    let html = page.html();
    let drawn: Vec<f64> = html
        .select(&css(&format!("svg[aria-labelledby^={fact}-bar] rect.f-bar__piece")))
        .map(|piece| piece.attr("width").unwrap_or_default().trim_end_matches('%').parse().expect("a width"))
        .collect();
    assert_eq!(drawn.len(), pieces.len(), "{}: {said}", page.name());
    assert!(drawn.iter().all(|width| *width >= 1.6), "{drawn:?}");
    assert!(drawn.is_empty() || (drawn.iter().sum::<f64>() - 100.0).abs() < 0.01, "{drawn:?}");
    pieces
}

fn pairs(pieces: &[(String, u64)]) -> Vec<(&str, u64)> {
    pieces.iter().map(|(words, count)| (words.as_str(), *count)).collect()
}

fn a_bar_is_drawn_of_each_fact_with_two_values_and_says_what_its_table_says(app: &TestApp) {
    let public = app.public();
    let page = public.open(INQUIRY);
    assert_eq!(page.texts("#response-caption"), ["What bodies answered: 7 answers"]);
    // What is not recorded is a piece of its own, in the order of the values and not of the numbers.
    let pieces = bar(&page, "response");
    assert_eq!(pairs(&pieces), [("No answer recorded here", 4), ("Accepted", 2), ("Rejected", 1)]);
    // All of one value: no bar.
    for fact in ["reported", "assessed", "lifecycle"] {
        assert!(page.texts(&format!("#{fact}-caption")).is_empty(), "{fact} has a bar of one piece");
        assert!(bar(&page, fact).is_empty());
    }
    says_complete(app);
    let page = public.open(INQUIRY);
    let pieces = bar(&page, "reported");
    assert_eq!(pairs(&pieces), [("No update recorded here", 6), ("Reported complete", 1)]);
    assert_eq!(page.texts("#reported-caption"), ["What bodies report: 7 answers"]);
    // The front page counts the whole register, a body and a theme what is theirs.
    for (path, caption, counts) in [
        ("/", "What bodies answered: 8 answers", vec![5, 2, 1]),
        ("/themes/inspection", "What bodies answered: 4 answers", vec![3, 1]),
        ("/bodies/ashgrove-harbour", "What it answered: 3 answers", vec![2, 1]),
    ] {
        let page = public.open(path);
        assert_eq!(page.texts("#response-caption"), [caption], "{path}");
        let pieces = bar(&page, "response");
        assert_eq!(pieces.iter().map(|(_, count)| *count).collect::<Vec<_>>(), counts, "{path}");
        let pieces = bar(&page, "reported");
        assert_eq!(
            pieces.last().map(|(words, count)| (words.as_str(), *count)),
            Some(("Reported complete", 1)),
            "{path}"
        );
        // The pages allow no styles but those of the file.
        assert!(!page.body().contains("style=") && !page.body().contains("<style"), "{path}");
    }
    // What was entered in error is in none.
    let item = "/staff/inquiries/millbrook/recommendations/a/ashgrove-harbour";
    let form = app.person("overseer").open(item).follow("Close").form("Record the decision");
    let form = form.choose_in("Why is it closed?", "Entered in error").fill("The reason", "It was never made.");
    confirmed(form).send();
    let page = public.open("/");
    assert_eq!(page.texts("#response-caption"), ["What bodies answered: 7 answers"]);
    assert_eq!(pairs(&bar(&page, "response"))[0], ("No answer recorded here", 4));
    assert!(page.texts("#lifecycle-caption").is_empty(), "it is closed, and counted nowhere");
    public.open("/about").sees("There is one bar for each fact");
    app.place().run(&["verify"]).succeeds();
}

fn a_bar_of_an_earlier_day_is_that_days(app: &TestApp) {
    app.clock().advance(days(1));
    says_complete(app);
    let public = app.public();
    for path in [INQUIRY, "/bodies/ashgrove-harbour", "/themes/inspection"] {
        let before = public.open(&format!("{path}?as-at=2026-11-23"));
        assert!(before.texts("#reported-caption").is_empty(), "{path}");
        assert!(!bar(&before, "response").is_empty(), "{path}");
        let then = public.open(&format!("{path}?as-at=2026-11-24"));
        let now = public.open(path);
        for fact in ["response", "reported"] {
            assert_eq!(bar(&then, fact), bar(&now, fact), "{path}");
        }
        assert_eq!(bar(&now, "reported").last().map(|(_, count)| *count), Some(1), "{path}");
    }
}

fn progress_is_drawn_once_there_is_a_year_of_it(app: &TestApp) {
    run_by_somebody(app);
    let public = app.public();
    says_complete(app);
    for path in ["/", INQUIRY] {
        assert!(public.open(path).texts("#progress").is_empty(), "{path} draws what is of one day");
    }
    app.clock().set("2027-11-22T09:00:00Z".parse().expect("a moment"));
    found(app, "Confirmed implemented");
    assert!(public.open(INQUIRY).texts("#progress").is_empty(), "it is a day too early");
    app.clock().set("2027-11-23T09:00:00Z".parse().expect("a moment"));
    let page = public.open(INQUIRY);
    page.sees("1 of 7 answers says complete or in place: 1 confirmed.");
    page.sees("On 23 November 2027, 1 of 7 answers was said to be done: 1 of 1 found done, 0 not.");
    let said = page.texts("#progress-said").join("");
    assert!(said.contains("From 30 November 2026 to 23 November 2027."), "{said}");
    assert!(
        said.contains("On 30 November 2026, 1 of 7 answers was said to be done: 0 of 1 found done, 1 not."),
        "{said}"
    );
    let rows = page.texts(".f-bar__more tbody tr");
    assert_eq!(rows.len(), 13, "{rows:?}");
    assert_eq!(rows[0], "23 November 2027 1 of 7 1 of 1 0 of 1");
    assert_eq!(rows[12], "30 November 2026 1 of 7 0 of 1 1 of 1");
    // One piece of each column is shaded: what was said and not found done.
    let shaded = page.html().select(&css("g[fill] rect")).count();
    assert_eq!(shaded, 12, "every column but the last");
    public.open("/").sees("On 23 November 2027, 1 of 8 answers was said to be done: 1 of 1 found done, 0 not.");
    // An earlier day has what was shown then, and nothing where that was too little.
    app.clock().set("2028-01-10T09:00:00Z".parse().expect("a moment"));
    public.open(INQUIRY).sees("On 10 January 2028, 1 of 7 answers was said to be done");
    let then = public.open(&format!("{INQUIRY}?as-at=2027-11-23"));
    assert_eq!(then.texts(".f-bar__more tbody tr"), rows);
    assert!(public.open(&format!("{INQUIRY}?as-at=2027-11-22")).texts("#progress").is_empty());
    // An inquiry of which nobody says anything is drawn all the same: nought of one.
    public.open("/inquiries/millbrook").sees("On 10 January 2028, 0 of 1 answer was said to be done.");
}

/// The rows of the table of bodies: each with the beginnings of its three cells.
fn bodies(page: &Page) -> Vec<(String, Vec<String>)> {
    let names = page.texts(".f-bodies tbody th");
    let cells = page.texts(".f-bodies tbody td");
    let begins = |cell: &String| cell.split(':').next().unwrap_or_default().trim().to_owned();
    names.into_iter().zip(cells.chunks(3)).map(|(name, three)| (name, three.iter().map(begins).collect())).collect()
}

fn bodies_stand_side_by_side_by_name_with_their_denominators(app: &TestApp) {
    const NONE: &str = "no target date set";
    let public = app.public();
    let page = public.open(INQUIRY);
    page.sees("this is no ranking");
    let rows = bodies(&page);
    let plain: Vec<(&str, Vec<&str>)> =
        rows.iter().map(|(name, cells)| (name.as_str(), cells.iter().map(String::as_str).collect())).collect();
    let expected = [
        ("Ashgrove District Council", vec!["2 of 3", "0 of 3", "0 of 1"]),
        ("Ashgrove Ferry Board", vec!["0 of 1", "0 of 1", NONE]),
        ("Ashgrove Harbour Authority", vec!["1 of 2", "0 of 2", NONE]),
        ("Coastal Transport Agency", vec!["0 of 1", "0 of 1", NONE]),
    ];
    assert_eq!(plain, expected);
    page.follow("2 of 3: Answers recorded, Ashgrove District Council").sees("2 recommendations");
    page.does_not_see("0 of 3: Silent");
    // The date passes with nothing received.
    app.clock().set("2027-03-08T09:00:00Z".parse().expect("a moment"));
    let council = |at: &str| bodies(&public.open(&format!("{INQUIRY}{at}")))[0].1.clone();
    assert_eq!(council(""), ["2 of 3", "1 of 3", "0 of 1"]);
    public
        .open(INQUIRY)
        .follow("1 of 3: Silent, Ashgrove District Council")
        .sees("Publish the ferry timetable in advance");
    app.clock().set("2027-03-09T09:00:00Z".parse().expect("a moment"));
    let form = app.person("overseer").open(TARGET).follow("Move the target date").form("Publish the target date");
    let form = form.date("The target date", "2027-12-01").choose("Compared with the source");
    let form = form.fill("Why is it set or moved", "Staff were lacking.").fill("Who agreed to it?", "nobody");
    confirmed(form).send();
    assert_eq!(council(""), ["2 of 3", "0 of 3", "1 of 1"]);
    assert_eq!(council("?as-at=2027-03-09"), ["2 of 3", "0 of 3", "1 of 1"]);
    assert_eq!(council("?as-at=2027-03-08"), ["2 of 3", "1 of 3", "0 of 1"]);
    assert_eq!(bodies(&public.open(&format!("{INQUIRY}?as-at=2026-11-23"))), rows);
}
