//! The demo's register: made in a folder of its own, before it is served.

use std::path::Path;

use jiff::tz::TimeZone;

use super::{StartError, open};
use crate::clock::{Chance, Clock};
use crate::config::{Config, DatabaseUrl};
use crate::demo;
use crate::domain::moment::Moment;

/// From where the demo's chance begins: the same history each time.
const SEED: u64 = 15;

/// The settings of the demo: nothing of it lies outside `folder`, and no mail leaves the machine.
#[must_use]
pub fn demo_config(config: Config, folder: &Path) -> Config {
    Config {
        data_dir: folder.to_owned(),
        database: DatabaseUrl::Sqlite(folder.join("followthrough.db")),
        replica: None,
        smtp_url: None,
        smtp_token_file: None,
        site_name: demo::SITE_NAME.to_owned(),
        time_zone: TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC),
        ..config
    }
}

/// Makes the demo's register where these settings say. `secret` gives the register's own secret, which a demo that others can
/// reach keeps from them; everything else is the same each time.
///
/// # Errors
/// When the folder cannot be written, or a deed of the history is refused.
pub fn make_demo(config: &Config, secret: &Chance, now: Moment) -> Result<(), StartError> {
    let today = now.day_in(&config.time_zone);
    let clock = Clock::set_at(now);
    let opened = open(config, &clock, secret)?;
    opened.service.leave_empty(now)?;
    let jobs = super::jobs(config, &opened, clock, Chance::seeded(SEED))?;
    drop(opened);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.map_err(StartError::Thread)?.block_on(demo::make(&jobs, today))?;
    Ok(())
}
