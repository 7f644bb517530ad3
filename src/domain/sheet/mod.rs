//! A body's open items as a sheet: which columns it has, and what a sheet that was filled in says.
//!
//! Start with [`Column`]; `file` takes a file apart into rows, within bounds, and `fill` reads what a row says.

mod column;
mod day;
mod file;
mod fill;

pub use column::Column;
pub use file::{Row, SheetFault, read};
pub use fill::{Filled, RowFault, fault_of, field_of, fill};
