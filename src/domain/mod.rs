//! Nouns and rules, pure: no I/O, no clock, no SQL, no HTML. Imports nothing of ours.
//!
//! Start with the four facts (`response`, `reported`, `assessed`, `lifecycle`), then `access` (who may) and `deadline`
//! (when silence counts). All words that pages and mails use for them are in `words`.

pub mod access;
pub mod address;
pub mod assessed;
pub mod bulk;
pub mod calendar;
pub mod change;
pub mod charge;
pub mod chase;
pub mod checked;
pub mod combination;
pub mod complaint;
pub mod coverage;
pub mod deadline;
pub mod deadline_rule;
pub mod disclosure;
pub mod duty;
pub mod email;
pub mod event;
pub mod evidence;
pub mod fairness;
pub mod filing;
pub mod gap;
pub mod hold;
pub mod id;
pub mod licence;
pub mod lifecycle;
pub mod link;
pub mod looked;
pub mod mail;
pub mod moment;
pub mod nothing_new;
pub mod numbering;
pub mod operator;
pub mod operator_page;
pub mod outbox;
pub mod outside;
pub mod password;
pub mod person;
pub mod problem;
pub mod publication;
pub mod recheck;
pub mod record;
mod record_rules;
#[cfg(test)]
mod record_tests;
pub mod redaction;
pub mod register_file;
pub mod report;
pub mod reported;
pub mod response;
pub mod retention;
pub mod rule;
pub mod secret;
pub mod session;
pub mod sheet;
pub mod subscription;
pub mod support;
pub mod target_ask;
pub mod text;
pub mod throttle;
pub mod tie;
pub mod token;
pub mod words;
