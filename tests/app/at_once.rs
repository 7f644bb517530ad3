//! A few overseers who write at the same moment, before the program itself. Fifty of them: see `endurance::writers`.

use crate::endurance::writers::all_at_once;
use crate::stories;
use crate::support::Place;

stories![
    ten_overseers_write_at_once_and_each_write_stands_once,
    a_load_beside_them_is_waited_for_and_nobody_is_told_of_a_lock,
];

const WRITERS: usize = 10;
/// One of each kind.
const TURNS: usize = 5;
/// How many recommendations are loaded meanwhile: it takes a while, and by far not as long as a writer waits.
const LOADED: usize = 400;

fn ten_overseers_write_at_once_and_each_write_stands_once(place: &Place) {
    let written = all_at_once(place, WRITERS, TURNS, None);
    // A finding is handed in, and published: two forms.
    assert_eq!(written.took.len(), WRITERS * (TURNS + 1));
}

fn a_load_beside_them_is_waited_for_and_nobody_is_told_of_a_lock(place: &Place) {
    let written = all_at_once(place, WRITERS, 2 * TURNS, Some(LOADED));
    assert_eq!(written.took.len(), WRITERS * 2 * (TURNS + 1));
}
