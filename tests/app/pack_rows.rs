//! What the rows of a scrutiny pack say: who moved a date, what is newly confirmed, what a change did to each inquiry, what of the
//! private paper changed since; and that the printed paper cuts none of them.

use crate::deeds_record::confirmed;
use crate::fairness::{self, run_by_somebody};
use crate::filing::arranged::{COUNCIL, files};
use crate::meetings::called;
use crate::packs::{ASHGROVE, TARGET, made, making, minuting, target_moved};
use crate::parts::found;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::browser::Window;
use crate::support::printed::Printed;

stories![
    a_target_that_moved_says_who_set_it,
    what_is_only_looked_at_again_is_not_newly_confirmed,
    a_change_about_several_inquiries_stands_for_each,
    the_private_paper_marks_what_changed_since,
    the_printed_paper_cuts_no_row_and_numbers_its_pages,
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

fn a_change_about_several_inquiries_stands_for_each(app: &TestApp) {
    called(app, &[ASHGROVE, MILLBROOK]);
    let seq = app.place().value("select cast(max(seq) as text) as value from change");
    let rows = |title: &[&str]| -> Vec<String> {
        let form = app.person("overseer").open("/staff/packs/new").form("Make the pack");
        let form = title.iter().fold(form, |form, title| form.tick(title));
        let page = form.choose("Since the end of a day").date("Since the end of which day?", "2026-11-22").send();
        let rows = page.texts("table tr").into_iter().filter(|row| row.ends_with(&format!("Change {seq}")));
        rows.collect()
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

fn the_printed_paper_cuts_no_row_and_numbers_its_pages(app: &TestApp) {
    // So long that a page ends within some of the rows, if they could be cut.
    let words = "The harbour is asked to show its inspections of both landing stages. ".repeat(18);
    for _ in 0..8 {
        minuting(app, "Approved").fill("What was decided", &words).send();
    }
    let paper = format!("{}/paper", making(app, "2026-11-22").send().path());
    let window = app.window(Window::desk(), &app.person("overseer"));
    assert_eq!(window.open(&paper), 200);
    let printed = Printed::read(&window.pdf("scrutiny-pack-long"));
    let pages = printed.texts();
    assert!(pages.len() > 2, "the paper has {} pages", pages.len());
    for (at, text) in pages.iter().enumerate() {
        let number = format!("Page {} of {}", at + 1, pages.len());
        assert!(text.contains(&number), "{number} is not on its page:\n{text}");
    }
    assert!(printed.headings("/H2") >= 13, "it has {} headings of parts", printed.headings("/H2"));
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
