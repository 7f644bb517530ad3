//! Sheets that are wrong: nothing is half-kept, and each fault is named with its row, its column and what to do.

use std::io::{Cursor, Write};

use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::arranged::count;
use super::sheets::{SHEET, filled, sends};
use crate::deeds_record::confirmed;
use crate::filing::arranged::COUNCIL;
use crate::stories;
use crate::support::TestApp;

stories![
    rows_that_are_wrong_are_named_and_nothing_is_kept,
    what_is_no_sheet_is_refused,
    nobody_else_sends_a_sheet_for_a_body,
];

fn rows_that_are_wrong_are_named_and_nothing_is_kept(app: &TestApp) {
    let closed = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";
    let form = app.person("overseer").open(closed).follow("Close").form("Record the decision");
    let form = form
        .choose_in("Why is it closed?", "What it was about no longer exists")
        .fill("The reason", "The ferry is gone.");
    confirmed(form).send();
    let rows = [
        ("ashgrove/2", ["nearly", "31/2/2026", "Words", "", ""]),
        ("ashgrove/4", ["Planned", "1/11/2026", "This one is right.", "", ""]),
        ("ashgrove/1", ["Planned", "1/11/2026", "It is closed.", "", ""]),
        ("ashgrove/3", ["Planned", "1/11/2026", "It is another body's.", "", ""]),
        ("ashgrove/99", ["Planned", "1/11/2026", "There is none.", "", ""]),
        ("", ["Planned", "1/11/2026", "Nobody knows.", "", ""]),
    ];
    let stopped = filled(app, &[("ashgrove/2", ["Stopped", "1/11/2026", "It has stopped.", "", ""])]);
    let refused = sends(app, "filled.csv", &stopped);
    refused.is(422).complains("Nothing was kept: 0 rows are right, 1 not").sees("Enter the reason for stopping");
    let sheet = filled(app, &rows);
    let page = sends(app, "filled.csv", &sheet);
    page.is(422).complains("Nothing was kept: 1 row is right, 5 not");
    page.sees("What is wrong with the sheet").sees("Where does it stand now?").sees("“nearly” is none of the answers");
    page.sees("This is no day. Enter it like 27/3/2027").sees("This item is closed, so no update is needed");
    page.sees("This recommendation was not put to your organisation").sees("There is no such recommendation");
    page.sees("The item is missing");
    assert_eq!(count(app, "filing"), 0);

    // Whoever has read that keeps the right ones all the same.
    let form = page.form("Keep as unfinished updates").tick("Keep the rows that are right");
    let kept = form.submit_with("filled.csv", &sheet);
    kept.is(303);
    kept.follow_redirects().sees("any others were left out");
    assert_eq!(count(app, "filing where state = 'draft' and proposal like '%This one is right%'"), 1);
    assert_eq!(count(app, "filing"), 1);
    let twice = filled(app, &[("ashgrove/2", ["", "1/1/2099", "Not yet.", "", ""])]);
    sends(app, "filled.csv", &twice).is(422).sees("The date must be today or earlier");
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(content).expect("its bytes");
    }
    writer.finish().expect("a zip file").into_inner()
}

fn what_is_no_sheet_is_refused(app: &TestApp) {
    let empty = filled(app, &[]);
    let without = String::from_utf8(empty.clone()).expect("text").replace("What was done, or is planned?", "Else");
    let bomb = packed(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &vec![b' '; 40_000_000])]);
    let mut far = Workbook::new();
    far.add_worksheet().write_string(1_048_575, 16_383, "far away").expect("a cell");
    let far = far.save_to_buffer().expect("a workbook");
    let large = vec![b'a'; 11 * 1024 * 1024];
    let refused: [(&str, &[u8], &str); 8] = [
        ("filled.csv", &empty, "Nothing is filled in"),
        ("filled.csv", without.as_bytes(), "The column “What was done, or is planned?” is missing"),
        ("filled.xlsx", &bomb, "unpacks to far more than its size. Fill in the sheet that you took from here"),
        ("filled.xlsx", &far, "The sheet has more than 2000 rows"),
        ("filled.xlsx", b"PK\x03\x04 not much of a workbook", "The file is damaged"),
        ("filled.csv", b"%PDF-1.7\n%%EOF\n", "another kind of file than it is"),
        ("filled.pdf", b"%PDF-1.7\n%%EOF\n", "The file must be an Excel workbook (XLSX) or a CSV table"),
        ("filled.csv", &large, "larger than 10 MiB"),
    ];
    for (name, bytes, said) in refused {
        sends(app, name, bytes).is(422).complains(said);
    }
    app.person(COUNCIL).open(SHEET).form("Keep as unfinished updates").submit().is(422).complains("Choose the sheet");
    assert_eq!(count(app, "filing"), 0);
}

fn nobody_else_sends_a_sheet_for_a_body(app: &TestApp) {
    let sheet = filled(app, &[("ashgrove/1", ["Planned", "1/11/2026", "Ours", "", ""])]);
    let own = app.person("contributor of ashgrove-harbour");
    let form = own.open("/staff/bodies/ashgrove-harbour/sheet").form("Keep as unfinished updates");
    // The council's rows in the harbour's sheet.
    let page = form.submit_with("filled.csv", &sheet);
    page.is(422).sees("This recommendation was not put to your organisation");
    assert_eq!(count(app, "filing where proposal like '%Ours%'"), 0);
    for who in ["contributor of ashgrove-harbour", "overseer", "observer"] {
        let visitor = app.person(who);
        let token = visitor.open("/staff/account").form("Change the password").value("csrf").to_owned();
        let answer = visitor.post_with(SHEET, &[("sec-fetch-site", "same-origin")], &[("csrf", &token)]);
        answer.is(403);
    }
}
