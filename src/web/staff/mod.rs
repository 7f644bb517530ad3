//! The pages behind sign-in. Everything under `/staff` demands a session; the right for each deed is asked in `service`.
//!
//! Every form of theirs is a `form_sent::Sent`, read with `form_reading::Reading`.

pub mod answer;
pub mod deed;
pub mod form_reading;
pub mod form_sent;

pub mod account;
pub mod accuracy;
pub mod body;
pub mod body_return;
pub mod bounce;
pub mod button;
pub mod chase;
pub mod complaint;
pub mod contact;
pub mod coverage;
pub mod dead_address;
pub mod duty;
pub mod evidence;
pub mod filing;
pub mod finding;
pub mod format_link;
pub mod handover;
pub mod held;
pub mod hold;
pub mod holiday;
pub mod home;
pub mod inquiry;
pub mod ladder;
pub mod lead;
pub mod mail_preview;
pub mod mailing;
pub mod meeting;
pub mod moved;
pub mod operator_page;
pub mod outbox;
pub mod owed;
pub mod pack;
pub mod person;
pub mod published;
pub mod reach;
pub mod reading;
pub mod recommendation;
pub mod redaction;
pub mod register;
pub mod report;
pub mod retention;
pub mod row;
pub mod rule;
pub mod setting;
pub mod several;
pub mod sheet;
pub mod stage;
pub mod waiting;
pub mod withholding;
