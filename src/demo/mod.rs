//! The fictional register of `serve --demo`: three years of inquiries that never were, told by the program's own deeds.
//!
//! [`make`] lets people record, file, assess and publish day by day on a clock that is set to each of them, with the jobs in
//! between; so the demo can hold nothing that the program would refuse. All time is reckoned back from `today`, and all
//! chance comes from one seed: made twice for the same day, what it publishes is the same to the byte. May import domain, clock, store
//! (reading), service and jobs.

mod beginning;
mod bodies;
mod cast;
mod deeds;
mod families;
mod first_year;
mod links;
mod meetings;
mod memory;
mod names;
mod second_year;
mod stage;
mod third_year;
mod trust;
mod work;

use crate::domain::moment::Day;
use crate::jobs::Jobs;
use crate::service;
use crate::store;

pub use cast::{PASSWORD, SIGN_INS, SignIn};
use stage::Stage;

/// What pages, mails and files call the demo's register: wherever its name goes, it says that nothing in it is real.
pub const SITE_NAME: &str = "Demonstration register (fictional)";

/// Over how many days the history goes: three years and a little.
const DAYS: i64 = 1_100;

/// Why the demo could not be made. Each is a fault of this program: nothing that a person did.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A deed was refused.
    #[error("day {day} of the demo, {deed}: {fault}")]
    Deed {
        /// On which day of the story, counted from its first.
        day: i64,
        /// Which deed.
        deed: &'static str,
        /// Why.
        fault: service::Error,
    },
    /// A job failed, or a mail could not be written.
    #[error("day {0} of the demo: {1}")]
    Jobs(i64, String),
    /// The register could not be read.
    #[error("the demo could not read its register: {0}")]
    Store(#[from] store::Error),
}

/// Plays the history up to the day before `today` on an empty register. The jobs' clock is moved along and stands at the end of
/// that day afterwards; their chance should be seeded.
///
/// # Errors
/// When a deed is refused or the database fails; what was played until then stays.
pub async fn make(jobs: &Jobs, today: Day) -> Result<(), Error> {
    let mut stage = Stage::set(jobs, today.plus_days(-DAYS));
    beginning::play(&mut stage).await?;
    first_year::play(&mut stage).await?;
    second_year::play(&mut stage).await?;
    trust::is_asked(&mut stage).await?;
    names::a_panel_is_asked(&stage).await?;
    third_year::play(&mut stage).await?;
    families::play(&mut stage).await?;
    bodies::play(&mut stage).await?;
    trust::is_split(&stage).await?;
    names::later_changes(&stage).await?;
    links::play(&mut stage).await?;
    memory::play(&mut stage).await?;
    stage.until(DAYS - 1).await
}
