//! How many failed tries are let through before the next has to wait. A wait is never longer than the window, and nothing
//! is locked for ever: whoever keeps guessing can slow nobody down but those at their own address, or behind the one link that they
//! have. The code of such a link alone has an end, `by_link::WRONG_CODES`.

/// So many tries within so many seconds; the next waits until the window has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The tries that are let through.
    pub tries: i64,
    /// The seconds, counted from the first of them.
    pub seconds: i64,
}

/// Signing in to one account from one network address.
pub const ACCOUNT_AT_ADDRESS: Limit = Limit { tries: 10, seconds: 5 * 60 };
/// Signing in to any account from one network address: high, for a whole office may share one.
pub const ADDRESS: Limit = Limit { tries: 200, seconds: 5 * 60 };
/// Mails with a link for a new password to one account: the rest are not sent.
pub const RESET_OF_ACCOUNT: Limit = Limit { tries: 3, seconds: 60 * 60 };
/// Asking for such mails from one network address.
pub const RESET_FROM_ADDRESS: Limit = Limit { tries: 30, seconds: 60 * 60 };
/// Saying what is wrong from one network address: an office may share one.
pub const COMPLAINT_FROM_ADDRESS: Limit = Limit { tries: 30, seconds: 60 * 60 };
/// Asking for mail from one network address, in a minute: more than people in one room do, less than a program would.
pub const FOLLOW_FROM_ADDRESS: Limit = Limit { tries: 10, seconds: 60 };
/// Asking for mail from everywhere together: each makes a mail to somebody at most.
pub const FOLLOW_OVERALL: Limit = Limit { tries: 500, seconds: 60 * 60 };
/// Saying what is wrong, from everywhere together: more than people have to say, less than would bury their words.
pub const COMPLAINT_OVERALL: Limit = Limit { tries: 500, seconds: 60 * 60 };
/// Codes for one link to file by: the rest are not sent.
pub const CODES_OF_LINK: Limit = Limit { tries: 5, seconds: 60 * 60 };
/// Asking for such codes from one network address.
pub const CODES_FROM_ADDRESS: Limit = Limit { tries: 30, seconds: 60 * 60 };
/// Entering a code for one link. That slows guessing down; what ends it is [`WRONG_CODES`](super::by_link::WRONG_CODES).
pub const CODE_TRIES: Limit = Limit { tries: 5, seconds: 10 * 60 };
/// Entering codes for any link from one network address: an office may share one.
pub const CODE_TRIES_FROM_ADDRESS: Limit = Limit { tries: 30, seconds: 10 * 60 };
