//! A body's open items as a sheet: taken, filled in, and sent back as unfinished updates.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::arranged::{count, nothing_of_it};
use crate::filing::arranged::{COUNCIL, ITEM, asks_for_updates, files, publication, return_page};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::page::Page;

stories![
    the_sheet_holds_what_was_said_last_and_nothing_unpublished,
    a_filled_sheet_becomes_unfinished_updates_and_nothing_more,
    a_filled_workbook_does_the_same,
];

/// Where the council's sheet is.
pub const SHEET: &str = "/staff/bodies/ashgrove-council/sheet";

/// The rows of the table as taken, without the mark at its beginning.
pub fn taken(app: &TestApp) -> Vec<Vec<String>> {
    let table = app.person(COUNCIL).open(&format!("{SHEET}.csv"));
    let text = table.body().trim_start_matches('\u{feff}').to_owned();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

/// The table with these cells filled in: the item, then the five columns.
pub fn filled(app: &TestApp, rows: &[(&str, [&str; 5])]) -> Vec<u8> {
    let mut all = taken(app);
    for (item, cells) in rows {
        let at = all.iter().position(|row| row[0] == *item).unwrap_or_else(|| {
            let mut other = vec![String::new(); 14];
            other[0] = (*item).to_owned();
            all.push(other);
            all.len() - 1
        });
        for (place, cell) in cells.iter().enumerate() {
            all[at][9 + place] = (*cell).to_owned();
        }
    }
    let mut out = csv::Writer::from_writer(Vec::new());
    for row in all {
        out.write_record(row).expect("a row");
    }
    out.into_inner().expect("a table")
}

/// Sends a sheet back.
pub fn sends(app: &TestApp, name: &str, bytes: &[u8]) -> Page {
    app.person(COUNCIL).open(SHEET).form("Keep as unfinished updates").submit_with(name, bytes)
}

fn the_sheet_holds_what_was_said_last_and_nothing_unpublished(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    let filed = files(app, "=1+1 is what a formula would be.");
    publication(&app.person("overseer").open(filed.path())).send();
    // The next date is asked for already.
    app.clock().advance(days(75));
    return_page(&app.person(COUNCIL)).form("No change since last time").send();
    files(app, "Not published yet");
    let rows = taken(app);
    let row = rows.iter().find(|row| row[0] == "ashgrove/2").expect("the item");
    let said: Vec<&str> = row.iter().map(String::as_str).collect();
    assert_eq!(
        said[1..6],
        ["Ashgrove Ferry Inquiry", "2", "Inspect both landing stages every year", "Under way", "20 November 2026"]
    );
    assert_eq!(
        said[6..9],
        ["'=1+1 is what a formula would be.", "No change, first time; last news 23 November 2026", "1 June 2027"]
    );
    assert_eq!(said[9..], ["", "", "", "", ""]);
    assert!(rows.iter().all(|row| row.iter().all(|cell| !cell.contains("Not published yet"))));
    let home = app.person(COUNCIL).open("/staff").follow("All of these as a sheet");
    home.sees("Nothing is sent to the register").sees("Take the sheet for Excel");

    let page = app.person("overseer").open(&format!("{SHEET}.xlsx"));
    assert_eq!(page.header("content-disposition"), Some("attachment; filename=\"ashgrove-council-updates.xlsx\""));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(page.bytes().to_vec())).expect("a workbook");
    assert_eq!(book.sheet_names(), ["Your items", "How to fill it in"]);
    let sheet = book.worksheet_range("Your items").expect("the items");
    assert_eq!(sheet.height(), rows.len());
    let words = sheet.rows().find(|row| row[0] == Data::String("ashgrove/2".to_owned())).expect("the item");
    assert_eq!(words[6], Data::String("=1+1 is what a formula would be.".to_owned()), "text, and no formula");
    // Others of the register take it and cannot send it; people of another body cannot even take it.
    let page = app.person("observer").open(SHEET);
    assert!(!page.has_form("Keep as unfinished updates"));
    for end in ["", ".csv", ".xlsx"] {
        app.person("contributor of ashgrove-harbour").get(&format!("{SHEET}{end}")).is(403);
    }
}

fn a_filled_sheet_becomes_unfinished_updates_and_nothing_more(app: &TestApp) {
    let sheet = filled(
        app,
        &[
            ("ashgrove/1", ["reported_complete", "1/11/2026", "The timetable is out.", "", ""]),
            ("ashgrove/2", ["under way", "2026-11-20", "Both stages\nwere inspected.", "", "30 November 2027"]),
        ],
    );
    let kept = sends(app, "filled.csv", &sheet);
    kept.is(303);
    let home = kept.follow_redirects();
    home.sees("Nothing is sent yet").sees("Unfinished, not sent");
    assert_eq!((count(app, "filing where state = 'draft'"), count(app, "arrival")), (2, 0));
    nothing_of_it(app, "were inspected.");
    let draft = return_page(&app.person(COUNCIL)).follow("Go on with the unfinished update");
    let form = draft.form("Send this update");
    assert!(form.is_chosen("Under way"));
    assert_eq!(form.value("What was done").replace("\r\n", "\n"), "Both stages\nwere inspected.");
    assert_eq!((form.value("target_day"), form.value("target_year")), ("30", "2027"));
    form.send().sees("With the register, being read");
    app.public().open(ITEM).sees("being read");
    // The same sheet again: what is unfinished is not overwritten.
    let again = sends(app, "filled.csv", &filled(app, &[("ashgrove/1", ["planned", "", "Otherwise", "", ""])]));
    again.is(422).sees("An unfinished update on this item is kept already");
    assert_eq!(count(app, "filing where proposal like '%Otherwise%'"), 0);
}

fn a_filled_workbook_does_the_same(app: &TestApp) {
    let rows = taken(app);
    let at = u32::try_from(rows.iter().position(|row| row[0] == "ashgrove/2").expect("the item")).expect("a row");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(&rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    sheet.write_string(at, 9, "Stopped").expect("a cell");
    let day = ExcelDateTime::from_ymd(2026, 11, 20).expect("a day");
    sheet.write_datetime_with_format(at, 10, &day, &Format::new().set_num_format("d mmmm yyyy")).expect("a cell");
    sheet.write_string(at, 11, "Work has stopped.").expect("a cell");
    sheet.write_string(at, 12, "No money").expect("a cell");
    sends(app, "filled.xlsx", &book.save_to_buffer().expect("a workbook")).is(303);
    let draft = return_page(&app.person(COUNCIL)).follow("Go on with the unfinished update");
    let form = draft.form("Send this update");
    assert!(form.is_chosen("Stopped"));
    assert_eq!((form.value("Why it stopped"), form.value("happened_day")), ("No money", "20"));
    assert_eq!(count(app, "filing"), 1, "empty rows are left out");
}
