//! Current values, worked out again from the ledger in the same transaction that published something, with the counts.

mod addressee;
mod inquiry;
mod recommendation;
mod tally;
mod theme;

pub use addressee::{
    AddresseeRow, Holder, NewAddressee, find_addressee, insert_addressee, lock_addressee, refresh_addressee, replayed,
};
pub use inquiry::{NewInquiry, insert_inquiry, show_inquiry_text};
pub use recommendation::{
    NewRecommendation, insert_recommendation, lock_recommendation, refresh_recommendation, show_wording,
};
pub use tally::{Scope, rebuild, stored, worked_out};
pub use theme::find_or_insert_theme;
