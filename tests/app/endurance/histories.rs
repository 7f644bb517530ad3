//! Many histories of a register, each drawn from a seed of its own, and each day of each of them looked back to.

use super::alone;
use crate::past_property::{DAYS, Tally, found_again};
use crate::stories;
use crate::support::Place;
use crate::support::luck::Luck;

stories![every_day_of_thirty_histories_is_found_again];

const HISTORIES: u64 = 30;

fn every_day_of_thirty_histories_is_found_again(place: &Place) {
    let _alone = alone();
    let first = Luck::seed("days of thirty histories, a seed each from this one on");
    let mut tally = Tally::default();
    for seed in (0..HISTORIES).map(|number| first.wrapping_add(number)) {
        let app = Place::filled(place.servers(), place.database()).app();
        tally.add(&found_again(&app, seed, DAYS));
    }
    println!("{HISTORIES} histories, {}:\n\n{tally}", place.database().as_str());
    assert!(tally.never().is_empty(), "in none of them these published anything: {:?}", tally.never());
}
