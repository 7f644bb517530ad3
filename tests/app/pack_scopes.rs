//! What a scrutiny pack counts and says of it: which answers, until which day, since which change; and that silence is not said of a
//! body whose update is being read.

use crate::deeds_record::confirmed;
use crate::filing::arranged::{files, files_elsewhere};
use crate::meetings::name_of;
use crate::packs::{ASHGROVE, TARGET, made, making, target_moved};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::browser::Window;
use crate::support::printed::Printed;

stories![
    a_target_that_passed_while_an_update_is_read_is_no_silence,
    what_went_back_to_its_body_is_private_as_that,
    a_pack_without_a_meeting_says_how_far_it_looks_ahead,
    packs_of_different_inquiries_are_compared_with_a_word,
    each_move_of_a_date_counts_in_a_comparison,
    the_private_paper_bears_its_mark_on_every_page,
];

const MILLBROOK: &str = "Millbrook Pier Inspection";

fn a_target_that_passed_while_an_update_is_read_is_no_silence(app: &TestApp) {
    files_elsewhere(app);
    app.clock().set("2027-03-01T09:00:00Z".parse().expect("a moment"));
    let pack = made(app, "2026-11-22");
    let text = pack.text();
    assert!(text.contains("Silent None. 1 target passed while an update is being read"), "{text}");
    let said = "Target date of 26 February 2027 has passed; an update received on 23 November 2026 is being read";
    pack.sees("Target passed, an update is being read").sees(said);
    pack.follow("The paper, to print").sees("Target passed, an update is being read").sees(said);
}

fn what_went_back_to_its_body_is_private_as_that(app: &TestApp) {
    let filing = files(app, "What nobody has published.");
    app.clock().advance(days(1));
    let back = app.person("overseer").open(filing.path()).form("Send it back");
    back.fill("What should be looked at again?", "By whom?").send();
    let pack = made(app, "2026-11-22");
    let form = pack.follow("The private paper").form("Name the exemption").tick("Paragraph 1:");
    let paper = form.fill("Why is the public interest", "It is not decided.").send();
    paper
        .sees("Sent back to the body with questions")
        .sees("24 November 2026")
        .does_not_see("Handed in, not published");
    paper.sees("What nobody has published.");
}

fn a_pack_without_a_meeting_says_how_far_it_looks_ahead(app: &TestApp) {
    // Without any pack the form asks for a day; with one it goes on from the last.
    let form = || app.person("overseer").open("/staff/packs/new").form("Make the pack").tick(ASHGROVE);
    form().submit().is(422).complains("Enter the day of the last meeting");
    let first = made(app, "2026-11-22");
    first.sees("Due in the next 90 days").sees("No meeting to come was chosen for this paper");
    first.sees("until 21 February 2027").does_not_see("Due before the next meeting");
    // Which answers it counts is said.
    first.sees("of 7 open answers looked through").sees("Open answers alone are counted here");
    first.sees("Closed answers are counted, too.");
    // Another one of the same day says by its changes what it covers.
    target_moved(app);
    let second = form().send();
    second.sees("on 23 November 2026").sees("after change").does_not_see("after 23 November 2026 and up to");
    let paper = second.follow("The paper, to print");
    let columns = paper.texts("table thead th");
    assert!(columns.iter().any(|column| column == "Item"), "which item an answer is about has no place: {columns:?}");
}

fn packs_of_different_inquiries_are_compared_with_a_word(app: &TestApp) {
    let first = made(app, "2026-11-22");
    let form = app.person("overseer").open("/staff/packs/new").form("Make the pack").tick(MILLBROOK);
    let form = form.choose("Since the end of a day").date("Since the end of which day?", "2026-11-22");
    let other = form.send();
    let compared = app.person("overseer").open(&format!("{}/compare/{}", first.path(), name_of(&other)));
    compared.sees("These packs are about different inquiries. The earlier one is about Ashgrove Ferry Inquiry");
    compared.sees("the later one is about Millbrook inspection");
    app.clock().advance(days(1));
    let same = made(app, "2026-11-22");
    let compared = app.person("overseer").open(&format!("{}/compare/{}", first.path(), name_of(&same)));
    compared.does_not_see("These packs are about different inquiries");
}

fn each_move_of_a_date_counts_in_a_comparison(app: &TestApp) {
    let first = made(app, "2026-11-22");
    app.clock().advance(days(1));
    target_moved(app);
    app.clock().advance(days(1));
    let form = app.person("overseer").open(TARGET).follow("Move the target date").form("Publish the target date");
    let form = form.date("The target date", "2027-06-01").choose("Compared with the source");
    let form = form.fill("Why is it set or moved", "The grant comes later.").fill("Who agreed to it?", "nobody");
    confirmed(form).send();
    let second = made(app, "2026-11-22");
    let text = second.text();
    assert!(text.contains("Target dates moved 2 dates"), "{text}");
    let compared = app.person("overseer").open(&format!("{}/compare/{}", first.path(), name_of(&second)));
    let section = "Target dates moved 0 left, 2 entered, 0 stayed";
    assert!(compared.text().contains(section), "{}", compared.text());
}

fn the_private_paper_bears_its_mark_on_every_page(app: &TestApp) {
    files(app, &"What nobody has published. ".repeat(40));
    let pack = making(app, "2026-11-22").send();
    let form = pack.follow("The private paper").form("Name the exemption").tick("Paragraph 1:");
    let paper = form.fill("Why is the public interest", "It is not decided.").send().path().to_owned();
    let window = app.window(Window::desk(), &app.person("overseer"));
    assert_eq!(window.open(&paper), 200);
    let printed = Printed::read(&window.pdf("private-paper"));
    for (at, text) in printed.texts().iter().enumerate() {
        // Above and below, beside what the first page says of it.
        let marks = text.matches("Not for publication").count();
        assert!(marks >= 2, "page {} of the private paper bears {marks} marks:\n{text}", at + 1);
        assert!(text.contains(&format!("Page {} of", at + 1)), "{text}");
    }
    let headings = app.person("overseer").open(&paper).texts("main h2");
    let margins = ["Private paper of a scrutiny pack", "Not for publication"];
    assert_eq!(printed.left_behind(&headings, &margins), Vec::<String>::new());
}
