//! The sheet as it is taken away: a line for each open item with what was said last, and empty cells to fill in.

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use crate::domain::id::{BodyId, UpdateId};
use crate::domain::moment::Moment;
use crate::domain::reported::Reported;
use crate::domain::sheet::Column;
use crate::domain::words;
use crate::store::desk::OwnItem;
use crate::store::withheld::Words;
use crate::store::{self, ReadTx, chase, desk, update};
use crate::web::error::Error;
use crate::web::public::columns::harmless;

/// How many items a sheet holds.
const MOST: i64 = 1_500;
/// Rows below the headings for which the list of answers is offered.
const OFFERED: u32 = 2_000;
/// The most signs that a cell of a workbook holds.
const CELL: usize = 32_000;

/// One open item.
pub struct Line([String; 9]);

/// The open items of a body, the next due first.
pub fn lines(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<Line>, store::Error> {
    let items = desk::items_of(tx, body, MOST)?;
    let said: Vec<UpdateId> = items.iter().filter_map(|item| item.update).collect();
    let mut said = update::many(tx, said)?;
    let mut names = chase::names(&chase::items(tx, body)?);
    let of_item = |item: &OwnItem| {
        let words = item.update.and_then(|id| said.remove(&id)).and_then(|update| update.words);
        Line::new(item, names.remove(&item.id).unwrap_or_default(), words.as_ref())
    };
    Ok(items.iter().map(of_item).collect())
}

impl Line {
    fn new(item: &OwnItem, name: String, said: Option<&Words>) -> Self {
        let recorded = item.reported != Reported::NotReported;
        let words = said.map(|words| match words {
            Words::Said(words) => words.clone(),
            Words::Withheld(taken) => words::withheld_on(*taken),
        });
        Self([
            name,
            item.inquiry.clone(),
            item.number.clone(),
            item.title.named(&item.number),
            words::reported(item.reported).words.into_owned(),
            if recorded { words::happened_bare(item.reported_when) } else { String::new() },
            words.unwrap_or_default(),
            item.nothing_new.map(words::nothing_new).unwrap_or_default(),
            item.due_on.map(words::day).unwrap_or_default(),
        ])
    }
}

/// The sheet as a table. It begins with the mark by which Excel knows that it is UTF-8.
pub fn to_csv(lines: &[Line]) -> Result<Vec<u8>, Error> {
    let failed = |fault: csv::Error| Error::from(std::io::Error::other(fault));
    let mut out =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(Column::ALL.map(Column::heading)).map_err(failed)?;
    for Line(cells) in lines {
        let empty = Column::TO_FILL.map(|_| String::new());
        out.write_record(cells.iter().cloned().map(harmless).chain(empty)).map_err(failed)?;
    }
    Ok(out.into_inner().map_err(|fault| fault.into_error())?)
}

/// The sheet as a workbook, with a second sheet that says how to fill it in.
pub fn to_xlsx(lines: &[Line], now: Moment) -> Result<Vec<u8>, Error> {
    workbook(lines, now).map_err(|fault| Error::from(std::io::Error::other(fault)))
}

fn workbook(lines: &[Line], now: Moment) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(now.timestamp().as_second())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    items(book.add_worksheet(), lines)?;
    guidance(book.add_worksheet())?;
    book.save_to_buffer()
}

fn items(sheet: &mut Worksheet, lines: &[Line]) -> Result<(), XlsxError> {
    sheet.set_name("Your items")?;
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("d mmmm yyyy").set_align(FormatAlign::Top);
    for (at, column) in (0_u16..).zip(Column::ALL) {
        sheet.write_string_with_format(0, at, column.heading(), &head)?;
        let width = match column {
            Column::Title | Column::LastWords | Column::Words | Column::Reason => 45,
            Column::Number => 10,
            _ => 22,
        };
        sheet.set_column_width(at, width)?;
        match column {
            Column::Value => {
                let answers: Vec<_> = Reported::recordable().map(|value| words::reported(value).words).collect();
                let list = DataValidation::new().allow_list_strings(&answers)?;
                let list = list.set_error_message("Choose one of the answers in the list, or leave the cell empty.")?;
                sheet.add_data_validation(1, at, OFFERED, at, &list)?;
            }
            Column::Happened | Column::Target => {
                sheet.set_column_format(at, &day)?;
            }
            Column::Words | Column::Reason => {
                sheet.set_column_format(at, &text)?;
            }
            _ => {}
        }
    }
    for (row, Line(cells)) in (1_u32..).zip(lines) {
        for (at, cell) in (0_u16..).zip(cells) {
            // A cell of text is never taken for a formula.
            sheet.write_string_with_format(row, at, cell.chars().take(CELL).collect::<String>(), &text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn guidance(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("How to fill it in")?;
    sheet.set_column_width(0, 100)?;
    let text = Format::new().set_text_wrap();
    let answers: Vec<_> = Reported::recordable().map(|value| words::reported(value).words).collect();
    let lines = [
        "Fill in the last five columns of the rows on which you have something to say. Leave the others empty: empty rows are left out.".to_owned(),
        "Leave the first row and the first column as they are: by them a row is known when it comes back.".to_owned(),
        format!("\u{201c}{}\u{201d}: choose from the list, or write one of: {}.", Column::Value.heading(), answers.join(", ")),
        "Days are written with the day first, such as 27/3/2027.".to_owned(),
        "Name no victim, no suspect and no private person: what you write will be public once it is published.".to_owned(),
        "When you send the sheet back, each row is kept as an unfinished update. Nothing is sent in by it: look at each, and send it.".to_owned(),
        "If nothing has changed on an item, say so on its own page with one click: \u{201c}no change\u{201d} is an update too.".to_owned(),
    ];
    for (row, line) in (0_u32..).zip(lines) {
        sheet.write_string_with_format(row, 0, line, &text)?;
    }
    Ok(())
}
