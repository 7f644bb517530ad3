//! Words of the search page: how to ask, what was chosen, what may have been meant. What somebody typed is in none of them.

/// How to ask.
pub const SEARCH_HINT: &str =
    "Quotes find words in that very order: \u{201c}action plan\u{201d}. A star finds words that begin so: train*.";
/// The name of the list of what was chosen.
pub const CHOSEN: &str = "What you have chosen: each link removes it";
/// In the place of what was typed.
pub const TYPED: &str = "Your words";
/// A choice of the address that no list holds.
pub const AS_IN_ADDRESS: &str = "As in the address";
/// The choice of what was found and not looked at since.
pub const NOT_LATELY_CHOICE: &str = "Not looked at lately";
/// The choice of errors alone.
pub const ONLY_ERRORS_CHOICE: &str = "Only what was entered in error";
/// Before words of the register that may have been meant.
pub const MEANT: &str = "No recommendation here holds the words as they were typed. Did you mean";
/// Where more has the number of a question than is looked through.
pub const CUT: &str = "So many recommendations have this number that only the first of them were looked through. Add a word, or choose an inquiry or a body.";
/// Where more holds the words of a question than is put in order.
pub const CUT_ORDERED: &str = "So many recommendations hold these words that only the first of them were put in this order. The others follow on the last pages; in any other order, all stand where they belong.";
/// Where more holds the words of a question than is looked through for its number.
pub const CUT_COUNTED: &str =
    "So many recommendations hold these words that not all of them were counted. The pages go on to the last of them.";
/// Where a page is not full though the list goes on.
pub const CUT_SHORT: &str =
    "Only some of what may fit was looked through for this page. The next page goes on from there.";
/// Where so much fits one choice that what fits the others too is looked for among the first of it.
pub const CUT_FILTERS: &str = "Only the first of what one choice holds were looked through for the others. The next page goes on from there; choose an inquiry or a body to see them all at once.";
/// What the number beside a choice says.
pub const COUNTED_CHOICES: &str = "The number beside a choice counts the answers that fit it and everything else that is chosen; with a +, at least so many.";
