//! What the rows of a scrutiny pack say: who moved a date, what is newly confirmed, what a change did to each inquiry, what of the
//! private paper changed since; and that the printed paper cuts none of them.

use scraper::Html;

use crate::deeds_record::confirmed;
use crate::evidence::attached;
use crate::fairness::{self, run_by_somebody};
use crate::families::plants;
use crate::filing::arranged::{COUNCIL, files, publication};
use crate::meetings::called;
use crate::packs::{ASHGROVE, TARGET, made, making, minuting, says_done, target_moved};
use crate::parts::{found, part};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::browser::Window;
use crate::support::page::{css, text_of};
use crate::support::printed::Printed;

stories![
    a_target_that_moved_says_who_set_it,
    what_is_only_looked_at_again_is_not_newly_confirmed,
    what_was_confirmed_before_and_is_again_is_newly_confirmed,
    a_change_about_several_inquiries_stands_for_each,
    a_link_between_two_inquiries_stands_for_each,
    the_private_paper_marks_what_changed_since,
    evidence_that_is_not_published_stands_in_the_private_paper,
    the_printed_paper_cuts_no_row_and_numbers_its_pages,
    the_paper_pastes_with_its_headings_and_tables,
    a_row_names_its_family_and_the_parts_that_are_not_confirmed,
];

const MILLBROOK: &str = "Millbrook Pier Inspection";

fn a_target_that_moved_says_who_set_it(app: &TestApp) {
    target_moved(app);
    app.clock().advance(days(1));
    let form = app.person("overseer").open(TARGET).follow("Move the target date").form("Publish the target date");
    let form = form.date("The target date", "2027-06-01").choose("Compared with the source");
    let form = form.select("Who set it?", "Somebody else").fill("If somebody else: who?", "the Department for Ferries");
    let form = form.fill("Why is it set or moved", "The grant comes later.").fill("Who agreed to it?", "nobody");
    confirmed(form).send();
    let pack = made(app, "2026-11-22");
    pack.sees("Each row says who set it").sees("From 26 February 2027 to 3 May 2027, set by Ashgrove Council");
    pack.sees("From 3 May 2027 to 1 June 2027, set by the Department for Ferries");
    // Its name goes with the words of the date.
    let form = app.person("overseer").open(TARGET).form("Withhold these words: Target moved from 3 May 2027");
    form.send();
    let again = app.person("overseer").open(pack.path());
    again.sees("From 3 May 2027 to 1 June 2027, set by a body not named here").does_not_see("Department for Ferries");
}

fn what_is_only_looked_at_again_is_not_newly_confirmed(app: &TestApp) {
    run_by_somebody(app);
    found(app, TARGET, "Confirmed implemented");
    let text = made(app, "2026-11-22").text();
    assert!(text.contains("Newly confirmed 1 answer"), "{text}");
    app.clock().advance(days(1));
    found(app, TARGET, "Confirmed implemented");
    // Since the last pack.
    let form = app.person("overseer").open("/staff/packs/new").form("Make the pack").tick(ASHGROVE);
    let text = form.send().text();
    assert!(text.contains("Newly confirmed None"), "{text}");
}

fn what_was_confirmed_before_and_is_again_is_newly_confirmed(app: &TestApp) {
    run_by_somebody(app);
    found(app, TARGET, "Confirmed implemented");
    app.clock().advance(days(1));
    let form = app.person("overseer").open(TARGET).follow("Assess").form("Hand in the assessment");
    let form = form.choose_in("What do you find?", "Not implemented");
    let waits = form.fill("What does the finding rest on?", "The times are shown nowhere any more.").send();
    // The body has ten working days to check it.
    app.clock().advance(days(15));
    confirmed(app.person("overseer two").open(waits.path()).form("Publish this")).send();
    let text = made(app, "2026-11-22").text();
    assert!(text.contains("Newly confirmed None"), "{text}");
    app.clock().advance(days(1));
    found(app, TARGET, "Confirmed implemented");
    let form = app.person("overseer").open("/staff/packs/new").form("Make the pack").tick(ASHGROVE);
    let page = form.send();
    page.sees("was not confirmed when that time began").does_not_see("was not confirmed before");
    let text = page.text();
    assert!(text.contains("Newly confirmed 1 answer"), "{text}");
}

/// The rows of a pack of these inquiries, since before the register file was loaded.
fn rows_of_pack(app: &TestApp, titles: &[&str]) -> Vec<String> {
    let form = app.person("overseer").open("/staff/packs/new").form("Make the pack");
    let form = titles.iter().fold(form, |form, title| form.tick(title));
    let page = form.choose("Since the end of a day").date("Since the end of which day?", "2026-11-22").send();
    page.texts("table tr")
}

fn a_link_between_two_inquiries_stands_for_each(app: &TestApp) {
    plants(app, "Both stages, every year.");
    let rows = |titles: &[&str]| -> Vec<String> {
        let rows = rows_of_pack(app, titles).into_iter();
        rows.filter(|row| row.contains("asks for the same again as")).collect()
    };
    let (stages, pier) = ("Inspect both landing stages", "Inspect the pier");
    let of_both = rows(&[ASHGROVE, MILLBROOK]);
    assert_eq!(of_both.len(), 2, "{of_both:?}");
    assert!(of_both[0].contains(stages) && !of_both[0].contains(pier), "{of_both:?}");
    assert!(of_both[1].contains(pier) && !of_both[1].contains(stages), "{of_both:?}");
    // It is told of the end that the pack is about.
    let of_one = rows(&[MILLBROOK]);
    assert!(matches!(&of_one[..], [row] if row.contains(pier)), "{of_one:?}");
}

fn a_change_about_several_inquiries_stands_for_each(app: &TestApp) {
    called(app, &[ASHGROVE, MILLBROOK]);
    let seq = app.place().value("select cast(max(seq) as text) as value from change");
    let rows = |titles: &[&str]| -> Vec<String> {
        let rows = rows_of_pack(app, titles).into_iter();
        rows.filter(|row| row.ends_with(&format!("Change {seq}"))).collect()
    };
    let of_one = rows(&[MILLBROOK]);
    assert!(matches!(&of_one[..], [row] if row.contains("Millbrook") && !row.contains("more")), "{of_one:?}");
    let of_both = rows(&[ASHGROVE, MILLBROOK]);
    assert_eq!(of_both.len(), 2, "{of_both:?}");
    assert!(of_both[0].contains("Ashgrove") && of_both[1].contains("Millbrook"), "{of_both:?}");
    assert!(of_both.iter().all(|row| row.contains("The scrutiny committee meets") && !row.contains("more")));
}

fn the_private_paper_marks_what_changed_since(app: &TestApp) {
    run_by_somebody(app);
    let filing = files(app, "What was first handed in.");
    fairness::found(app, "Not implemented", "What was found.").sees("With the body for accuracy until 7 December 2026");
    let pack = made(app, "2026-11-22");
    let form = pack.follow("The private paper").form("Name the exemption").tick("Paragraph 1:");
    let paper = form.fill("Why is the public interest", "It is not decided.").send();
    paper.sees("What was first handed in.").sees("What was found.").does_not_see("since this paper was made");
    app.clock().advance(days(1));
    let back = app.person("overseer").open(filing.path()).form("Send it back");
    back.fill("What should be looked at again?", "By whom?").send();
    let seen = app.person("overseer").open(paper.path());
    seen.sees("What was first handed in.").does_not_see("since this paper was made");
    let again = app.person(COUNCIL).open(filing.path()).form("Send it again");
    again.fill("What was done", "What was handed in again.").send();
    let seen = app.person("overseer").open(paper.path());
    seen.sees("Changed on 24 November 2026, since this paper was made: what stands here is what it says now");
    seen.sees("What was handed in again.").does_not_see("What was first handed in.");
    seen.does_not_see("The time to check it ended");
    app.clock().set("2026-12-08T09:00:00Z".parse().expect("a moment"));
    let seen = app.person("overseer").open(paper.path());
    seen.sees("The time to check it ended on 7 December 2026, since this paper was made");
}

fn evidence_that_is_not_published_stands_in_the_private_paper(app: &TestApp) {
    const TITLE: &str = "Minutes of the harbour board";
    const SAYS: &str = "That both stages were inspected in May.";
    let filing = files(app, "What was handed in.");
    attached(app, COUNCIL, filing.path());
    let pack = made(app, "2026-11-22");
    pack.sees("2 things are not public").does_not_see(TITLE);
    pack.follow("The paper, to print").does_not_see(TITLE);
    let form = pack.follow("The private paper").does_not_see(TITLE).form("Name the exemption").tick("Paragraph 1:");
    let paper = form.fill("Why is the public interest", "It is not decided.").send();
    paper.sees("Evidence that is kept here, not published").sees(TITLE).sees(SAYS).sees("PDF, 601 KB");
    let piece = app.place().value("select reference from exhibit");
    paper.sees(&format!("Where staff find it: http://register.example/staff/evidence/{piece}"));
    // Published with the update, it is no private matter any more.
    app.clock().advance(days(1));
    publication(&app.person("overseer").open(filing.path())).tick(TITLE).send();
    let again = app.person("overseer").open(paper.path());
    again.sees("not published. Published since, by change").does_not_see(SAYS).does_not_see(TITLE);
    assert_eq!(again.text().matches("Published since, by change").count(), 2);
    let later = app.person("overseer").open("/staff/packs/new").form("Make the pack").tick(ASHGROVE).send();
    later.sees("0 things are not public");
}

/// Words without what lies between them, up to the first one of which a font may draw letters together, as of `confirmed`: read
/// back from a file, such letters are other ones.
fn joined(words: &str) -> String {
    let is_drawn_together = |word: &str| ["ff", "fi", "fl"].iter().any(|pair| word.contains(pair));
    words.split_whitespace().take_while(|word| !is_drawn_together(word)).collect()
}

fn the_printed_paper_cuts_no_row_and_numbers_its_pages(app: &TestApp) {
    // So long that a page ends within some of the rows, if they could be cut.
    let words = "The harbour is asked to show its inspections of both landing stages. ".repeat(18);
    for _ in 0..8 {
        minuting(app, "Approved").fill("What was decided", &words).send();
    }
    let paper = format!("{}/paper", making(app, "2026-11-22").send().path());
    let page = app.person("overseer").open(&paper);
    let (lines, headings) = (page.texts("main th a[href^='#']"), page.texts("main h2"));
    assert_eq!(lines.len(), 10, "{lines:?}");
    let window = app.window(Window::desk(), &app.person("overseer"));
    assert_eq!(window.open(&paper), 200);
    let printed = Printed::read(&window.pdf("scrutiny-pack-long"));
    let pages = printed.texts();
    // The sections begin on a page of their own, so that the first one can have these words from the ten lines alone.
    let first: String = pages[0].split_whitespace().collect();
    for line in lines {
        assert!(first.contains(&joined(&line)), "{line} is not on the first page:\n{}", pages[0]);
    }
    assert!(pages.len() > 2, "the paper has {} pages", pages.len());
    for (at, text) in pages.iter().enumerate() {
        assert!(text.contains("Scrutiny pack"), "page {} bears no running title:\n{text}", at + 1);
        let number = format!("Page {} of {}", at + 1, pages.len());
        assert!(text.contains(&number), "{number} is not on its page:\n{text}");
    }
    assert!(printed.headings("/H2") >= 13, "it has {} headings of parts", printed.headings("/H2"));
    let left = printed.left_behind(&headings, &["Scrutiny pack"]);
    assert!(left.is_empty(), "headings on another page than what follows them: {left:?}");
    // It finds what ends a page: here the last words of all.
    let end = pages.last().expect("a page").split_whitespace().collect::<String>();
    let end: String = end.replace(&format!("Page{0}of{0}", pages.len()), "").replace("Scrutinypack", "");
    let tail: String = end.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    let tail = [tail];
    assert_eq!(printed.left_behind(&tail, &["Scrutiny pack"]), tail);
    let (rows, cut) = printed.rows();
    assert!(rows > 20, "it has {rows} rows");
    assert_eq!(cut, 0, "{cut} of {rows} rows are cut");
    // Rows that may be cut are: what was found above is no accident.
    window.evaluate(
        "(sheet => sheet.insertRule('@media print { tr { break-inside: auto !important } }', sheet.cssRules.length))\
         (document.styleSheets[0])",
    );
    let (_, cut) = Printed::read(&window.pdf("scrutiny-pack-cut")).rows();
    assert!(cut > 0, "no row would be cut anyway");
}

/// Selects the paper; answers what is copied of it as HTML, and the names of elements whose words are out of sight and would not be.
const COPIED: &str = r##"(() => {
    const main = document.querySelector("main");
    const selection = document.getSelection();
    selection.selectAllChildren(main);
    const held = document.createElement("div");
    held.append(selection.getRangeAt(0).cloneContents());
    const unseen = (one) => {
        const style = getComputedStyle(one);
        return style.display === "none" || style.visibility !== "visible";
    };
    const hidden = [...main.querySelectorAll("*")].filter((one) => unseen(one) && one.textContent.trim() !== "");
    return { html: held.innerHTML, hidden: hidden.map((one) => one.tagName) };
})()"##;

fn the_paper_pastes_with_its_headings_and_tables(app: &TestApp) {
    target_moved(app);
    let paper = format!("{}/paper", making(app, "2026-11-22").send().path());
    let overseer = app.person("overseer");
    let page = overseer.open(&paper);
    let window = app.window(Window::desk(), &overseer);
    assert_eq!(window.open(&paper), 200);
    let copied = window.evaluate(COPIED);
    assert_eq!(copied["hidden"].as_array().map(Vec::len), Some(0), "not copied: {}", copied["hidden"]);
    let copied = Html::parse_document(copied["html"].as_str().expect("what was copied"));
    let texts = |selector: &str| -> Vec<String> { copied.select(&css(selector)).map(text_of).collect() };
    for selector in ["h1", "h2", "table", "th", "td", "p", "li", "a"] {
        let there = texts(selector);
        assert!(!there.is_empty(), "no {selector} is copied");
        assert_eq!(there, page.texts(&format!("main {selector}")), "{selector}");
    }
    // Each table brings the names of its columns.
    for table in copied.select(&css("table")) {
        let columns = table.select(&css("thead th[scope=col]")).count();
        let widest = table.select(&css("tbody tr")).map(|row| row.select(&css("th, td")).count()).max();
        assert_eq!(Some(columns), widest, "a table without the names of its columns: {}", text_of(table));
    }
    assert!(texts("td").iter().any(|cell| cell.contains("From 26 February 2027 to 3 May 2027")));
    // A word processor knows a heading and a cell by these elements alone: no class has to come with them.
    assert!(texts("h2").iter().any(|heading| heading == "Target dates moved"));
}

fn a_row_names_its_family_and_the_parts_that_are_not_confirmed(app: &TestApp) {
    says_done(app, "Both stages were inspected.");
    let first = made(app, "2026-11-22");
    app.clock().advance(days(1));
    plants(app, "Both stages, every year.");
    let overseer = app.person("overseer");
    let whole = "/inquiries/ashgrove/recommendations/2";
    part(&overseer, whole, "a", "Inspect the north stage", "Ashgrove District Council").send().sees("Part added");
    let (says, parts) = ("First recommended in 2024, made twice", "Not confirmed: part (a)");
    let pack = made(app, "2026-11-22");
    pack.sees(says).sees(parts);
    pack.follow("The paper, to print").sees(says).sees(parts);
    // The one before stays as it was.
    overseer.open(first.path()).does_not_see(says).does_not_see(parts);
}
