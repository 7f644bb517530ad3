//! Followthrough: the register that owns the question "was it done?" after an inquiry has gone.
//!
//! This file is the map and holds no code. Read a room's own first lines to see what it is for and what it may import;
//! start with `domain` for the nouns and rules, with `web` for the addresses, with `service` for what can be done.

pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod embed;
pub mod jobs;
pub mod mail;
pub mod server;
pub mod service;
pub mod store;
pub mod telemetry;
pub mod web;
