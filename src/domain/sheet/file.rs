//! A file that came back, taken apart into rows. What it is follows from its content, and how much of it is read is bounded: a
//! sheet may claim a cell in its last row, and unpack to far more than its size.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::column::Column;
use crate::domain::evidence::{self, FILE_LIMIT, FileFault, FileKind};

/// The most rows that are read.
const ROWS: usize = 2_000;
/// The most cells that are read of a row.
const CELLS: usize = 60;
/// How much a sheet may unpack to, in bytes.
const UNPACKED: u64 = 24 * 1024 * 1024;
/// The most parts that it may have.
const PARTS: usize = 200;

/// Why a file is not taken as a sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetFault {
    /// More than is taken.
    #[error(
        "The file is larger than 10 MiB. A sheet of this register is far smaller: fill in the one that you took from here"
    )]
    TooLarge,
    /// It is another kind of file.
    #[error("The file must be an Excel workbook (XLSX) or a CSV table. Fill in the sheet that you took from here")]
    Kind,
    /// It unpacks to too much.
    #[error("The file unpacks to far more than its size. Fill in the sheet that you took from here, and send that one")]
    TooLargeInside,
    /// It is damaged, locked or lies about itself.
    #[error("{0}")]
    File(FileFault),
    /// More rows than a sheet of ours has.
    #[error("The sheet has more than {ROWS} rows or {CELLS} columns. Fill in the sheet that you took from here")]
    TooMany,
    /// A column is missing.
    #[error(
        "The column \u{201c}{0}\u{201d} is missing. Fill in the sheet that you took from here, and leave its first row as it is"
    )]
    Missing(&'static str),
}

/// A row, with its cells as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the sheet; the headings are row 1.
    pub number: usize,
    cells: BTreeMap<Column, String>,
}

impl Row {
    /// A cell; empty where there is none.
    #[must_use]
    pub fn cell(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", |text| text.trim())
    }

    /// Whether anything was filled in.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        Column::TO_FILL.iter().any(|column| !self.cell(*column).is_empty())
    }
}

/// Takes a file apart; rows in which nothing was filled in are left out.
///
/// # Errors
/// Why it is not taken.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<Row>, SheetFault> {
    if bytes.len() > FILE_LIMIT {
        return Err(SheetFault::TooLarge);
    }
    let looked = evidence::look_within(name, bytes, UNPACKED, PARTS).map_err(|fault| match fault {
        FileFault::NotListed => SheetFault::Kind,
        FileFault::TooLarge => SheetFault::TooLarge,
        FileFault::TooLargeInside => SheetFault::TooLargeInside,
        other => SheetFault::File(other),
    })?;
    let table = match looked.kind {
        FileKind::Xlsx => of_workbook(bytes)?,
        FileKind::Csv | FileKind::Text => of_text(bytes)?,
        _ => return Err(SheetFault::Kind),
    };
    rows(table)
}

type Table = BTreeMap<usize, BTreeMap<usize, String>>;

/// The first sheet of a workbook, cell by cell: laid out as a whole it could be as large as its last cell says.
fn of_workbook(bytes: &[u8]) -> Result<Table, SheetFault> {
    let broken = |_| SheetFault::File(FileFault::Broken);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let name = book.sheet_names().into_iter().next().ok_or(SheetFault::File(FileFault::Broken))?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(broken)?;
    let mut table = Table::new();
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        put(&mut table, row as usize, column as usize, text)?;
    }
    Ok(table)
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(true) => "yes".to_owned(),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Bool(false) | DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn of_text(bytes: &[u8]) -> Result<Table, SheetFault> {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| first.iter().filter(|byte| **byte == wanted).count();
    // Programs set to other languages write semicolons, and some write tabs.
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|sign| (count(*sign), *sign == b',')).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let mut table = Table::new();
    let mut record = csv::StringRecord::new();
    let mut at = 0;
    while reader.read_record(&mut record).map_err(|_| SheetFault::File(FileFault::Broken))? {
        for (column, text) in record.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            put(&mut table, at, column, text.to_owned())?;
        }
        at += 1;
    }
    Ok(table)
}

fn put(table: &mut Table, row: usize, column: usize, text: String) -> Result<(), SheetFault> {
    if row >= ROWS || column >= CELLS {
        return Err(SheetFault::TooMany);
    }
    table.entry(row).or_default().insert(column, text);
    Ok(())
}

/// The rows below the headings, by column.
fn rows(table: Table) -> Result<Vec<Row>, SheetFault> {
    let is_head = |cells: &BTreeMap<usize, String>| cells.values().any(|text| Column::of(text) == Some(Column::Item));
    let missing = SheetFault::Missing(Column::Item.heading());
    let (head, headings) = table.iter().find(|(_, cells)| is_head(cells)).ok_or(missing)?;
    let places: BTreeMap<usize, Column> =
        headings.iter().filter_map(|(at, text)| Some((*at, Column::of(text)?))).collect();
    for column in Column::TO_FILL {
        if !places.values().any(|known| *known == column) {
            return Err(SheetFault::Missing(column.heading()));
        }
    }
    let below = table.iter().filter(|(at, _)| *at > head);
    let rows = below.map(|(at, cells)| Row {
        number: at + 1,
        cells: cells.iter().filter_map(|(at, text)| Some((*places.get(at)?, text.clone()))).collect(),
    });
    Ok(rows.filter(Row::is_filled).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> String {
        Column::ALL.map(|column| format!("\"{}\"", column.heading())).join(",")
    }

    #[test]
    fn a_table_is_read_by_its_headings_and_empty_rows_are_left_out() {
        let text = format!(
            "\u{feff}{}\nashgrove/1,,,,,,,,,Planned,,\"Two,\nlines\",,\n\nashgrove/2,,,,,,,,,,,,,\nashgrove/3,,,,,,,,,,,,,2027-03-01\n",
            head()
        );
        let rows = read("sheet.csv", text.as_bytes()).unwrap();
        let said: Vec<_> =
            rows.iter().map(|row| (row.number, row.cell(Column::Item), row.cell(Column::Words))).collect();
        // An empty line is none to whoever writes such tables.
        assert_eq!(said, [(2, "ashgrove/1", "Two,\nlines"), (4, "ashgrove/3", "")]);
        let semicolons = text.replace("\",\"", "\";\"").replace("ashgrove/1,,,,,,,,,", "ashgrove/1;;;;;;;;;");
        assert_eq!(read("sheet.csv", semicolons.as_bytes()).unwrap()[0].cell(Column::Item), "ashgrove/1");
    }

    #[test]
    fn what_is_no_sheet_of_ours_is_refused_with_the_reason() {
        let fault = |name: &str, bytes: &[u8]| read(name, bytes).unwrap_err();
        assert_eq!(fault("a.csv", b"a,b\n1,2\n"), SheetFault::Missing(Column::Item.heading()));
        let without = head().replace(Column::Words.heading(), "Something else");
        assert_eq!(fault("a.csv", without.as_bytes()), SheetFault::Missing(Column::Words.heading()));
        assert_eq!(fault("a.pdf", b"%PDF-1.7\n"), SheetFault::Kind);
        assert_eq!(fault("a.csv", b"%PDF-1.7\n"), SheetFault::File(FileFault::NameLies));
        assert_eq!(fault("a.xlsx", b"PK\x03\x04nothing"), SheetFault::File(FileFault::Broken));
        let long = format!("{}\n{}", head(), "ashgrove/1,,,,,,,,,Planned,,,,\n".repeat(ROWS));
        assert_eq!(fault("a.csv", long.as_bytes()), SheetFault::TooMany);
        let wide = format!("{}\n{}x\n", head(), ",".repeat(CELLS));
        assert_eq!(fault("a.csv", wide.as_bytes()), SheetFault::TooMany);
    }
}
