//! Filling an empty register: with the one inside the program, with a file, or not at all.

use std::path::Path;

use super::{FirstRegister, Opened, StartError};
use crate::config::Config;
use crate::domain::moment::Moment;
use crate::domain::register_file::{self, RegisterFile};
use crate::service::{Load, Loaded};

/// The first register, as it stood when the program was built.
const OURS: &str = include_str!("../../data/rotherham.toml");

/// Fills the register if nothing was ever published in it; says what was loaded.
///
/// # Errors
/// When the file cannot be read or has faults, or the database fails; nothing is loaded then.
pub fn fill(
    opened: &Opened,
    register: &FirstRegister,
    config: &Config,
    now: Moment,
) -> Result<Option<Loaded>, StartError> {
    let file = match register {
        FirstRegister::Empty => {
            opened.service.leave_empty(now)?;
            return Ok(None);
        }
        FirstRegister::Ours => parse(OURS, Path::new("data/rotherham.toml"))?,
        FirstRegister::File(path) => read(path)?,
    };
    let unless_left_empty = *register == FirstRegister::Ours;
    let load = Load { now, day: now.day_in(&config.time_zone), dry_run: false, only_if_empty: true, unless_left_empty };
    let loaded = opened.service.load_now(load, &file)?;
    Ok(loaded.seq.is_some().then_some(loaded))
}

/// Reads a register file.
///
/// # Errors
/// When it cannot be read, or every fault in it.
pub fn read(path: &Path) -> Result<RegisterFile, StartError> {
    let text = std::fs::read_to_string(path).map_err(|fault| StartError::File(path.to_owned(), fault))?;
    parse(&text, path)
}

fn parse(text: &str, path: &Path) -> Result<RegisterFile, StartError> {
    register_file::parse(text).map_err(|faults| StartError::Register(path.to_owned(), faults))
}
