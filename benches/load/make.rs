//! Makes the register, by the roads by which a real one is made: register files loaded one after another, then deeds of people.

use std::fs;
use std::time::{Duration, Instant};

use followthrough::clock::{Chance, Clock};
use followthrough::domain::moment::Moment;
use followthrough::domain::register_file;
use followthrough::server;
use followthrough::service::Load;

use crate::chance::SEED;
use crate::place::Place;
use crate::plan::Plan;
use crate::{Fault, deeds, file};

/// When the register takes its files in: on the day of [`file::LOADED`].
const LOADED_AT: &str = "2026-10-05T09:00:00Z";

/// Sees to it that there is a register of this size, and says how it was made.
pub fn made(place: &Place, plan: Plan, server: Option<&str>) -> Result<(), Fault> {
    if let Some(noted) = place.noted() {
        println!("The register that was made before is used again.\n{noted}");
        return Ok(());
    }
    place.empty(server)?;
    let clock = Clock::set_at(LOADED_AT.parse::<Moment>().map_err(|fault| fault.to_string())?);
    let opened = server::open(&place.config()?, &clock, &Chance::seeded(SEED))?;
    // Served later, it is not filled with the register inside the program.
    opened.service.leave_empty(clock.now())?;
    let (mut read, mut loaded) = (Duration::ZERO, Duration::ZERO);
    let mut rates = Vec::new();
    for number in 0..plan.files() {
        let text = file::text(plan, number);
        let begun = Instant::now();
        let file = register_file::parse(&text)?;
        let parsed = begun.elapsed();
        drop(text);
        let now = clock.now().plus_seconds(60);
        clock.set(now);
        let config = place.config()?;
        let load = Load {
            now,
            day: now.day_in(&config.time_zone),
            dry_run: false,
            only_if_empty: false,
            unless_left_empty: false,
        };
        let report = opened.service.load_now(load, &file)?;
        let took = begun.elapsed();
        if let Some(first) = report.differs.first() {
            return Err(
                format!("{} things of a new file are held otherwise, such as: {first}", report.differs.len()).into()
            );
        }
        read += parsed;
        loaded += took - parsed;
        let count: usize = plan.of_file(number).iter().map(|inquiry| inquiry.count).sum();
        rates.push(count as f64 / took.as_secs_f64());
        eprintln!("file {} of {}: {} in {:.1} s", number + 1, plan.files(), report.summary(), took.as_secs_f64());
    }
    if place.is_postgres() {
        // The server does so by itself within minutes; here nobody waits for it.
        place.execute("analyze")?;
    }
    let all = (read + loaded).as_secs_f64();
    let [first, last] = [rates.first(), rates.last()].map(|rate| rate.copied().unwrap_or_default());
    let mut noted = format!(
        "Loaded {} recommendations in {} files, {:.0} a second with everything: {:.1} s to read and check the files, {:.1} s to write \
         them, search included. The first file: {first:.0} a second, the last: {last:.0}.\n",
        plan.size,
        plan.files(),
        plan.size as f64 / all,
        read.as_secs_f64(),
        loaded.as_secs_f64()
    );
    noted.push_str(&deeds::played(&opened, plan, &clock)?);
    drop(opened);
    noted.push_str(&format!("The database takes {:.0} MiB.", place.mebibytes()?));
    fs::write(&place.note, &noted)?;
    println!("{noted}");
    Ok(())
}
