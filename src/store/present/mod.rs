//! Current values, worked out again from the ledger in the same transaction that published something, with the counts.

mod addressee;
mod findable;
mod inquiry;
mod recommendation;
mod tally;
mod theme;
mod then;
mod verify;

pub use addressee::{
    AddresseeRow, Holder, NewAddressee, Place, find_addressee, insert_addressee, lock_addressee, place,
    refresh_addressee, replayed,
};
pub use findable::findable;
pub use inquiry::{NewInquiry, insert_inquiry, show_inquiry_text};
pub use recommendation::{
    NewRecommendation, RecommendationPlace, StandingWords, insert_recommendation, lock_recommendation,
    recommendation_place, refresh_recommendation, refresh_words, standing_words,
};
pub use tally::{Scope, stored, worked_out};
pub use theme::find_or_insert_theme;
pub use then::{StandingThen, WordsThen, answers_in, answers_then, counted_then, standing_then, words_then};
pub use verify::{Verified, verify};
