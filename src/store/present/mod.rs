//! Current values, worked out again from the ledger in the same transaction that published something, with the counts.

mod addressee;
mod body;
mod date_columns;
mod done;
mod findable;
mod inquiry;
mod recommendation;
mod settle;
mod taken_in;
mod tally;
mod theme;
mod then;
mod verify;
mod words_of_body;

pub use addressee::{
    AddresseeRow, COUNTED, ENTERED_RIGHTLY, Holder, NewAddressee, Place, find_addressee, insert_addressee,
    lock_addressee, place, refresh_addressee, replayed, rows_of_inquiry, target_unmet,
};
pub use body::{lock_body, refresh_body, standing_body};
pub(super) use date_columns::DATE_COLUMNS;
pub use done::done_at;
pub(super) use findable::Around;
pub use findable::{findable, findable_of};
pub use inquiry::{NewInquiry, insert_inquiry, lock_inquiry, name_inquiry, refresh_inquiry, standing_inquiry};
pub(super) use recommendation::is_looked_at;
pub use recommendation::{
    NewRecommendation, RecommendationPlace, StandingEntry, StandingWords, insert_recommendation, lock_recommendation,
    recommendation_place, refresh_entry, refresh_recommendation, refresh_words, standing_entry, standing_words,
};
pub use settle::settle_addressee;
pub(super) use taken_in::{Placed, PlacedAnswer, insert_addressees, insert_recommendations, taken_in};
pub(super) use tally::{
    ANSWERERS, BY_TWO, DATES_OF_BODY, DATES_OF_INQUIRY, UNTIL_OF_BODY, UNTIL_OF_INQUIRY, UNTIL_OF_REGISTER, is_by_two,
};
pub use tally::{Scope, Shifts, stored, worked_out};
pub use theme::{find_or_insert_theme, insert_theme, refresh_theme, standing_theme};
pub use then::{StandingThen, WordsThen, answers_in, answers_then, asked_of, counted_then, standing_then, words_then};
pub use verify::{Verified, verify};
pub(super) use words_of_body::WORDS_OF_BODY;
