//! Where the pieces of a chart are drawn: whole numbers, worked out once, so that what is drawn is what was counted.
//!
//! A piece of something is never drawn too thin to be seen, and all pieces together are always the whole. Charts are drawn across
//! in thousandths of their width, and up in points.

/// The width of a chart.
pub const WIDTH: u64 = 1000;
/// The least width of a piece that is not nothing: about five points on the narrowest screen.
pub const LEAST_WIDTH: u64 = 16;
/// How far the keys of two pieces stand apart at least: room for two digits on the narrowest screen.
const APART: u64 = 64;
/// How high the columns of a chart over time are at most, in points.
pub const HEIGHT: u64 = 120;
/// The least height of a piece of a column, in points.
const LEAST_HEIGHT: u64 = 2;

/// Divides a length among counts: nothing for none, `least` at least for any other, and the rest by their shares. The lengths sum to
/// `whole` unless nothing was counted.
#[must_use]
pub fn lengths(counts: &[u64], whole: u64, least: u64) -> Vec<u64> {
    let some = counts.iter().filter(|count| **count > 0).fold(0_u64, |n, _| n + 1);
    if some == 0 {
        return vec![0; counts.len()];
    }
    let least = least.min(whole / some);
    // What would come out too thin is drawn as thin as may be, and the others share what is left; until none is too thin.
    let mut thin = vec![false; counts.len()];
    loop {
        let (room, total) = left(counts, &thin, whole, least);
        let before = thin.clone();
        for (thin, count) in thin.iter_mut().zip(counts) {
            *thin |= *count > 0 && u128::from(*count) * u128::from(room) < u128::from(least) * total;
        }
        if thin == before {
            break;
        }
    }
    let (room, total) = left(counts, &thin, whole, least);
    let mut before = 0_u128;
    let mut drawn = 0_u64;
    let mut lengths = Vec::with_capacity(counts.len());
    for (count, thin) in counts.iter().zip(&thin) {
        if *thin {
            lengths.push(least);
            continue;
        }
        before += u128::from(*count);
        let end = rounded(before * u128::from(room), total);
        lengths.push(end - drawn);
        drawn = end;
    }
    lengths
}

/// What is left of the whole for those that are not thin, and what these count together.
fn left(counts: &[u64], thin: &[bool], whole: u64, least: u64) -> (u64, u128) {
    let mut room = whole;
    let mut total = 0_u128;
    for (count, thin) in counts.iter().zip(thin) {
        if *thin {
            room = room.saturating_sub(least);
        } else {
            total += u128::from(*count);
        }
    }
    (room, total)
}

/// `part` of `total` as the nearest whole number.
fn rounded(part: u128, total: u128) -> u64 {
    u64::try_from((part * 2 + total) / (total * 2).max(1)).unwrap_or(u64::MAX)
}

/// Where the key of each piece stands along a chart, whose pieces have these widths: in the middle of its piece, or as near to it as
/// the others leave room.
#[must_use]
pub fn keys(widths: &[u64]) -> Vec<u64> {
    let apart = APART.min(WIDTH / (widths.len() as u64).max(1));
    let mut places = Vec::with_capacity(widths.len());
    let (mut start, mut free) = (0_u64, apart / 2);
    for width in widths {
        let place = free.max(start + width / 2);
        places.push(place);
        free = place + apart;
        start += width;
    }
    let mut last = WIDTH - apart / 2;
    for place in places.iter_mut().rev() {
        *place = last.min(*place);
        last = place.saturating_sub(apart);
    }
    places
}

/// One piece of a column: how far below the top of the chart it begins, and how high it is, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Block {
    /// Where its upper edge is.
    pub top: u64,
    /// How high it is.
    pub height: u64,
}

/// One column of a chart over time, its pieces from the bottom to the top.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// Where it begins, in thousandths of the width.
    pub start: u64,
    /// How wide it is.
    pub width: u64,
    /// Its pieces, in the order of the counts.
    pub blocks: Vec<Block>,
}

/// Columns side by side, each as high as its counts come to together; the highest fills the chart.
#[must_use]
pub fn columns<const N: usize>(counts: &[[u64; N]]) -> Vec<Column> {
    let sums: Vec<u128> = counts.iter().map(|some| some.iter().map(|count| u128::from(*count)).sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(0);
    let along = |at: usize| at as u64 * WIDTH / (counts.len() as u64).max(1);
    let mut columns = Vec::with_capacity(counts.len());
    for (at, (some, sum)) in counts.iter().zip(sums).enumerate() {
        let room = some.iter().filter(|count| **count > 0).fold(0_u64, |room, _| room + LEAST_HEIGHT);
        let high = rounded(sum * u128::from(HEIGHT), most).max(room).min(HEIGHT);
        let mut top = HEIGHT;
        let mut blocks = Vec::with_capacity(N);
        for height in lengths(some, high, LEAST_HEIGHT) {
            top = top.saturating_sub(height);
            blocks.push(Block { top, height });
        }
        columns.push(Column { start: along(at), width: along(at + 1) - along(at), blocks });
    }
    columns
}

/// Thousandths as the hundredths that drawings are written in: `33.4`.
#[must_use]
pub fn hundredths(thousandths: u64) -> String {
    match thousandths % 10 {
        0 => (thousandths / 10).to_string(),
        tenth => format!("{}.{tenth}", thousandths / 10),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shares_are_as_they_were_counted() {
        assert_eq!(lengths(&[1, 0, 1, 1], WIDTH, LEAST_WIDTH), [333, 0, 334, 333]);
        assert_eq!(lengths(&[9, 1], WIDTH, LEAST_WIDTH), [900, 100]);
        assert_eq!(lengths(&[0, 0], WIDTH, LEAST_WIDTH), [0, 0]);
        assert_eq!(lengths(&[], WIDTH, LEAST_WIDTH), Vec::<u64>::new());
    }

    #[test]
    fn one_of_a_hundred_thousand_can_be_seen() {
        assert_eq!(lengths(&[99_999, 1], WIDTH, LEAST_WIDTH), [984, 16]);
    }

    #[test]
    fn a_key_stands_in_the_middle_where_there_is_room() {
        assert_eq!(keys(&[500, 500]), [250, 750]);
        assert_eq!(keys(&[984, 16]), [492, 968]);
        assert_eq!(keys(&[952, 16, 16, 16]), [476, 840, 904, 968]);
        assert_eq!(keys(&[]), Vec::<u64>::new());
    }

    #[test]
    fn the_highest_column_fills_the_chart() {
        let drawn = columns(&[[0, 0, 0], [1, 2, 1], [0, 0, 8]]);
        assert_eq!(drawn.iter().map(|column| column.start).collect::<Vec<_>>(), [0, 333, 666]);
        assert!(drawn[0].blocks.iter().all(|block| block.height == 0));
        assert_eq!(drawn[1].blocks[0], Block { top: 105, height: 15 });
        assert_eq!(drawn[1].blocks[1], Block { top: 75, height: 30 });
        assert_eq!(drawn[2].blocks[2], Block { top: 0, height: 120 });
    }

    #[test]
    fn hundredths_have_one_place() {
        assert_eq!([hundredths(0), hundredths(334), hundredths(1000)], ["0", "33.4", "100"]);
    }

    proptest! {
        #[test]
        fn pieces_fill_the_whole_and_none_is_invisible(counts in prop::collection::vec(0_u64..1_000_000, 1..14)) {
            let drawn = lengths(&counts, WIDTH, LEAST_WIDTH);
            let any = counts.iter().any(|count| *count > 0);
            prop_assert_eq!(drawn.iter().sum::<u64>(), if any { WIDTH } else { 0 });
            for (count, width) in counts.iter().zip(&drawn) {
                prop_assert_eq!(*count == 0, *width == 0);
                prop_assert!(*count == 0 || *width >= LEAST_WIDTH);
            }
            // What was counted more often is never drawn narrower.
            for (one, wide) in counts.iter().zip(&drawn) {
                for (other, narrow) in counts.iter().zip(&drawn) {
                    prop_assert!(one <= other || wide + 1 >= *narrow);
                }
            }
        }

        #[test]
        fn keys_never_overlap_and_never_leave_the_chart(counts in prop::collection::vec(1_u64..1_000_000, 1..14)) {
            let places = keys(&lengths(&counts, WIDTH, LEAST_WIDTH));
            prop_assert!(places.windows(2).all(|two| two[1] - two[0] >= APART));
            prop_assert!(places.iter().all(|place| (APART / 2..=WIDTH - APART / 2).contains(place)));
        }

        #[test]
        fn columns_fill_the_width_and_stay_within_the_height(
            counts in prop::collection::vec(prop::array::uniform3(0_u64..5_000), 1..61),
        ) {
            let drawn = columns(&counts);
            prop_assert_eq!(drawn.iter().map(|column| column.width).sum::<u64>(), WIDTH);
            for (column, some) in drawn.iter().zip(&counts) {
                let high: u64 = column.blocks.iter().map(|block| block.height).sum();
                prop_assert!(high <= HEIGHT);
                for (block, count) in column.blocks.iter().zip(some) {
                    prop_assert_eq!(*count == 0, block.height == 0);
                    prop_assert!(block.top + block.height <= HEIGHT);
                }
            }
        }
    }
}
