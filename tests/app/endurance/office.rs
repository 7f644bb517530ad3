//! An office full of overseers before the program itself: each is signed in, and stays so whoever kills the server.

use followthrough::clock::Clock;

use crate::deeds_judge::run_by_somebody;
use crate::public::long_file;
use crate::support::Place;
use crate::support::visitor::Visitor;

/// Makes a register of one inspection with so many recommendations to one body in an empty database, run by somebody, and so many
/// overseers. Nothing serves it yet: see [`Visitor::at`].
pub fn staffed(place: &Place, overseers: usize, recommendations: usize) -> Vec<Visitor> {
    let app = place.with_nothing().app();
    // The program itself goes on from what is done here, by the clock of the machine.
    app.clock().set(Clock::system().now());
    run_by_somebody(&app);
    let people = (1..=overseers).map(|number| app.person(&format!("overseer {number}"))).collect();
    drop(app);
    let file = place.file("long.toml", &long_file(recommendations));
    place.run(&["register", "load", file.to_str().expect("a path in UTF-8")]).succeeds();
    people
}

/// What the staff call the body's answer to this recommendation.
pub fn answer(recommendation: usize) -> String {
    format!("/staff/inquiries/long/recommendations/{recommendation}/ferry")
}

/// The number of the newest change.
pub fn newest(place: &Place) -> usize {
    place.value("select seq from counter").parse().expect("a number")
}

/// Demands that so many changes were published after that one, whose numbers have no gap and no double, and that everything shown
/// follows from them.
#[track_caller]
pub fn published_since(place: &Place, before: usize, changes: usize) {
    assert_eq!(newest(place), before + changes, "changes that nobody was told of, or too few");
    let rows = place.rows("select cast(seq as text) as value from change order by seq");
    let seqs: Vec<usize> = rows.iter().map(|seq| seq.parse().expect("a number")).collect();
    assert!(seqs.iter().copied().eq(1..=before + changes), "the changes' numbers have a gap or a double");
    place.run(&["verify"]).succeeds().says("its numbers have no gap");
}
