//! A few overseers who write at the same moment, before the program itself. Fifty of them: see `endurance::writers`.

use crate::endurance::writers::all_at_once;
use crate::stories;
use crate::support::Place;

stories![ten_overseers_write_at_once_and_each_write_stands_once];

const WRITERS: usize = 10;
/// One of each kind.
const TURNS: usize = 5;

fn ten_overseers_write_at_once_and_each_write_stands_once(place: &Place) {
    let written = all_at_once(place, WRITERS, TURNS);
    // A finding is handed in, and published: two forms.
    assert_eq!(written.took.len(), WRITERS * (TURNS + 1));
}
