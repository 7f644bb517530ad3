//! Looking back, by chance: whatever is published in whatever order, each day is found again as its pages showed it when it ended.
//! Which deeds happen on which day is drawn from a seed; `endurance` plays many more of these histories.
//!
//! Words that are withheld are out of the pages of earlier days too. A deed of these histories withholds words, looks that no
//! earlier day says them, and shows them again before its day ends: what is compared is then the same to the last word.

mod deeds;
mod tally;

use std::collections::BTreeMap;

use deeds::{Play, marks};
pub use tally::Tally;

use crate::deeds_judge::run_by_somebody;
use crate::past::{data, said};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::{days, minutes};
use crate::support::page::Page;
use crate::support::place::BASE_URL;
use crate::support::visitor::Visitor;

stories![a_history_is_found_again_day_by_day];

/// So many days a history has, and so many the one that is played each time.
pub const DAYS: usize = 12;
const FEW_DAYS: usize = 7;
/// So many deeds a day has at most.
const MOST: usize = 5;
/// One deed in so many withholds words.
const RARELY: usize = 12;

/// What is looked at on the evening of each day.
const PAGES: [&str; 16] = [
    "/inquiries/ashgrove",
    "/inquiries/ashgrove/recommendations/1",
    "/inquiries/ashgrove/recommendations/2",
    "/inquiries/ashgrove/recommendations/5",
    "/inquiries/ashgrove/recommendations/6",
    "/inquiries/ashgrove/recommendations/1/ashgrove-council",
    "/inquiries/ashgrove/recommendations/2/ashgrove-harbour",
    "/bodies/ashgrove-council",
    "/bodies/ashgrove-harbour",
    "/bodies/coastal-agency",
    "/themes/inspection",
    "/changes",
    "/inquiries/ashgrove.json",
    "/inquiries/ashgrove/recommendations/2.json",
    "/bodies/ashgrove-harbour.json",
    "/themes/inspection.json",
];

/// What each of them showed on the evening of a day.
type Kept = BTreeMap<(String, &'static str), String>;

fn a_history_is_found_again_day_by_day(app: &TestApp) {
    let tally = found_again(app, 1, FEW_DAYS);
    assert!(tally.published() as usize > FEW_DAYS / 2, "the history is no history:\n{tally}");
}

/// Plays the history of a seed, and demands that each of its days is found again. Answers what was done in it.
pub fn found_again(app: &TestApp, seed: u64, length: usize) -> Tally {
    run_by_somebody(app);
    let play = Play::new(app, seed);
    let mut kept = Kept::new();
    play.begins();
    for day in 0..length {
        if day + 1 == length {
            // Whatever chance brought: once at least, words are withheld that pages of earlier days said.
            withheld_for_an_hour(&play, &kept);
        }
        for _ in 0..=play.luck.below(MOST) {
            if play.luck.below(RARELY) == 0 {
                withheld_for_an_hour(&play, &kept);
            } else {
                play.deed();
            }
            app.clock().advance(minutes(10));
        }
        let public = reader(app);
        for path in PAGES {
            kept.insert((play.today().to_string(), path), shown(&public.open(path)));
        }
        app.clock().advance(days(1));
    }
    let tally = play.tally();
    assert!(
        tally.withheld() > 0,
        "FOLLOWTHROUGH_SEED={seed}: no words were withheld that anybody could read:\n{tally}"
    );
    compare(app, &kept, seed, &tally);
    app.place().run(&["verify"]).succeeds();
    // What mail is left goes on a working day.
    app.clock().advance(days(2));
    tally
}

/// Somebody who reads many pages that differ in their words alone.
fn reader(app: &TestApp) -> Visitor {
    Visitor::unseen(app.place().servers(), app.address(), BASE_URL)
}

/// What a page says, without what only one of the two states of it says.
fn shown(page: &Page) -> String {
    if page.is_html() { format!("{} | {}", page.heading(), said(page)) } else { data(page) }
}

/// Each page of each day once more, as it was kept.
fn compare(app: &TestApp, kept: &Kept, seed: u64, tally: &Tally) {
    let public = reader(app);
    let mut differing = Vec::new();
    for ((day, path), was) in kept {
        let now = shown(&public.open(&format!("{path}?as-at={day}")));
        if now != *was {
            differing.push(format!("{path} as at {day}, {}", first_difference(was, &now)));
        }
    }
    assert!(
        differing.is_empty(),
        "FOLLOWTHROUGH_SEED={seed}: {} of {} differ:\n{}\n{tally}",
        differing.len(),
        kept.len(),
        differing.join("\n")
    );
}

/// Where two texts part, with what stands around it.
fn first_difference(was: &str, now: &str) -> String {
    const AROUND: usize = 120;
    let (was, now): (Vec<char>, Vec<char>) = (was.chars().collect(), now.chars().collect());
    let at = was.iter().zip(&now).take_while(|(one, other)| one == other).count();
    let around =
        |text: &[char]| -> String { text[at.saturating_sub(AROUND)..text.len().min(at + AROUND)].iter().collect() };
    format!("at sign {at}\n  was: …{}…\n  now: …{}…", around(&was), around(&now))
}

/// Withholds words of one answer; no page of an earlier day says them meanwhile. Then they are shown again.
fn withheld_for_an_hour(play: &Play<'_>, kept: &Kept) {
    let Some((done, taken)) = play.withholds() else { return };
    let public = reader(play.app);
    for ((day, path), _) in kept.iter().filter(|(_, text)| !marks(text).is_disjoint(&taken)) {
        let page = public.open(&format!("{path}?as-at={day}"));
        let left: Vec<u32> = marks(&page.body()).intersection(&taken).copied().collect();
        assert!(left.is_empty(), "FOLLOWTHROUGH_SEED={}: {path} as at {day} says {left:?}", play.seed);
    }
    play.shows_again(&done);
}
