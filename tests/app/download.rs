//! Taking the register away: tables and archives, read by others' programs, and as files.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use serde_json::Value;

use crate::deeds_record::{ITEM, confirmed, response};
use crate::fairness::run_by_somebody;
use crate::stories;
use crate::support::TestApp;
use crate::support::page::Page;

stories![
    a_search_and_an_inquiry_are_tables_too,
    a_table_says_the_same_to_a_database,
    the_register_is_taken_away_whole,
    nonsense_asks_for_no_table,
];

/// The lines of a table, by the names of its columns.
#[track_caller]
fn lines(bytes: &[u8]) -> Vec<Vec<(String, String)>> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains('\r'), "lines end with CRLF");
    let mut reader = csv::Reader::from_reader(bytes);
    let names: Vec<String> = reader.headers().expect("names").iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|line| names.iter().cloned().zip(line.expect("a line").iter().map(str::to_owned)).collect())
        .collect()
}

#[track_caller]
fn table(page: &Page) -> Vec<Vec<(String, String)>> {
    page.is(200);
    assert_eq!(page.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    assert!(page.header("content-disposition").is_some_and(|how| how.starts_with("attachment; filename=\"")));
    lines(page.bytes())
}

fn cell<'a>(line: &'a [(String, String)], name: &str) -> &'a str {
    &line.iter().find(|(column, _)| column == name).unwrap_or_else(|| panic!("no column {name}")).1
}

/// Words that a spreadsheet would take for a formula, with quotation marks, commas and lines.
const FORMULA: &str = "=HYPERLINK(\"https://elsewhere.example\"), \"so\"\nit said";

fn enters_odd_words(app: &TestApp) {
    let page =
        app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/7").follow("Enter or change the words");
    let form = page.form("Hand in the words").fill("A short title", "@Repair the bell").fill("The words", FORMULA);
    let form = form.choose("Summary in our own words").choose("Compared with a secondary source");
    confirmed(form.fill("Why are the words entered or changed?", "Transcribed.")).send();
}

/// What a value of the JSON is as a cell.
fn as_cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(as_cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn a_search_and_an_inquiry_are_tables_too(app: &TestApp) {
    let public = app.public();
    enters_odd_words(app);

    let search = public.open("/recommendations?inquiry=ashgrove");
    let table_of = public.get(&search.link("These recommendations (CSV)"));
    let rows = table(&table_of);
    let json = public.open(&search.link("These results as data (JSON)")).json();
    let items = json["items"].as_array().expect("items");
    assert_eq!(rows.len(), items.len());
    for (row, item) in rows.iter().zip(items) {
        for (name, value) in row {
            let said = as_cell(&item[name.as_str()]);
            let warned = name == "title" && item["warning"].is_string();
            let expected = match name.as_str() {
                "title" if warned && !said.is_empty() => format!("[{}] {said}", as_cell(&item["warning"])),
                _ if said.starts_with(['=', '@']) => format!("'{said}"),
                _ => said,
            };
            assert_eq!(*value, expected, "{name} of {}", item["number"]);
        }
        let columns: BTreeSet<&str> = row.iter().map(|(name, _)| name.as_str()).collect();
        // Answers have a table of their own, and parts are rows of their own.
        let of_other_units = ["addressees", "parts"];
        let fields = item
            .as_object()
            .expect("an object")
            .keys()
            .map(String::as_str)
            .filter(|name| !of_other_units.contains(name));
        assert_eq!(columns, fields.collect::<BTreeSet<_>>(), "the names are those of the JSON");
    }
    let last = rows.last().expect("a row");
    assert_eq!((cell(last, "title"), cell(last, "text")), ("'@Repair the bell", format!("'{FORMULA}").as_str()));
    assert!(cell(&rows[3], "text").starts_with("[Not compared with any source"), "{}", cell(&rows[3], "text"));
    // One row for each body asked; a filter holds for one and the same answer.
    let answers = table(&public.get("/inquiries/ashgrove/answers.csv"));
    let put: usize = items.iter().map(|item| item["addressees"].as_array().map_or(0, Vec::len)).sum();
    assert_eq!(answers.len(), put);
    let beside = ["inquiry", "number", "part_of", "title", "warning", "holds", "address"];
    let fields = items[0]["addressees"][0].as_object().expect("an object").keys().map(String::as_str);
    // What an answer rests on, and what others found, are lists of another unit, and have no place in a table of answers.
    let fields = fields.filter(|name| !["evidence", "others_found", "in_report", "replies", "minutes"].contains(name));
    assert_eq!(
        answers[0].iter().map(|(name, _)| name.as_str()).collect::<BTreeSet<_>>(),
        fields.chain(beside).collect::<BTreeSet<_>>(),
        "the names are those of the JSON"
    );
    for (name, value) in &answers[0] {
        let (item, answer) = (&items[0], &items[0]["addressees"][0]);
        let said = if matches!(name.as_str(), "inquiry" | "number" | "title" | "warning" | "holds") {
            &item[name]
        } else {
            &answer[name]
        };
        if name != "address" {
            assert_eq!(*value, as_cell(said), "{name}");
        }
    }
    assert_eq!(table(&public.get("/inquiries/ashgrove/recommendations.csv")), rows);
    let rejected = table(&public.get("/answers.csv?response=rejected"));
    assert_eq!(rejected.len(), 1);
    assert_eq!(cell(&rejected[0], "body"), "ashgrove-harbour");
    let of_two = table(&public.get("/answers.csv?q=stages&body=ashgrove-council"));
    assert!(!of_two.is_empty() && of_two.iter().all(|row| cell(row, "body") == "ashgrove-council"));
    assert_eq!(table(&public.get("/recommendations.csv?response=rejected&body=ashgrove-council")).len(), 0);
    assert_eq!(table_of.header("x-robots-tag"), Some("noindex"));
}

/// PostgreSQL reads what it has been given by many programs for decades, and shares no line with what writes here.
fn a_table_says_the_same_to_a_database(app: &TestApp) {
    enters_odd_words(app);
    for path in ["/recommendations.csv", "/answers.csv", "/inquiries/ashgrove/recommendations.csv"] {
        let page = app.public().get(path);
        let rows = table(&page);
        let columns: Vec<String> = rows[0].iter().map(|(name, _)| name.clone()).collect();
        let file = app.place().file("taken.csv", &page.body());
        let read = app.place().servers().postgres().read_csv(&file, &columns);
        let read: Vec<BTreeMap<String, String>> = read
            .unwrap_or_else(|fault| panic!("{path}: {fault}"))
            .iter()
            .map(|row| serde_json::from_str(row).unwrap_or_else(|fault| panic!("{path}: {fault} in {row}")))
            .collect();
        let ours: Vec<BTreeMap<String, String>> = rows.into_iter().map(|row| row.into_iter().collect()).collect();
        assert_eq!(read, ours, "{path}");
    }
}

fn the_register_is_taken_away_whole(app: &TestApp) {
    let public = app.public();
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    let item = response(form, "Accepted", "canary-in-the-archive").send();
    item.form("Withhold these words: Accepted").send();
    assert!(
        archive(&public.get("/register.zip"))
            .iter()
            .any(|(name, text)| name == "README.txt" && text.contains("Not in service"))
    );
    run_by_somebody(app);
    let form = app.person("administrator").open("/staff/settings").form("Publish this licence");
    form.select("Under which licence is the data given?", "Open Government Licence v3.0").send();

    let whole = archive(&public.get(&public.open("/about").link("take the whole register away (ZIP)")));
    let names: Vec<&str> = whole.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["recommendations.csv", "answers.csv", "recommendations.json", "datapackage.json", "README.txt"]);
    let file = |name: &str| &whole.iter().find(|(one, _)| one == name).expect("a file").1;
    for (name, text) in &whole {
        assert!(!text.contains("canary-in-the-archive"), "{name} holds what is withheld");
        assert!(!text.contains("Overseer One") && !text.contains("overseer@"), "{name} names a person");
    }
    let package: Value = serde_json::from_str(file("datapackage.json")).expect("JSON");
    assert_eq!(package["licenses"][0]["name"], "OGL-UK-3.0");
    for resource in &package["resources"].as_array().expect("resources")[..2] {
        let path = resource["path"].as_str().expect("a path");
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let rows = lines(file(path).as_bytes());
        assert!(!rows.is_empty());
        for row in &rows {
            assert_eq!(row.len(), fields.len());
            for ((name, value), field) in row.iter().zip(fields) {
                assert_eq!(field["name"], name.as_str());
                assert!(field["description"].as_str().is_some_and(|text| text.len() > 5), "{name}");
                fits(field, value);
            }
        }
        assert!(file("README.txt").contains(path));
    }
    assert!(
        file("README.txt").contains("Open Government Licence v3.0") && file("README.txt").contains("times_moved: ")
    );
    // What the tables rest on goes with them.
    let behind = "The 2 reports behind these numbers count 8 recommendations in all; 8 are loaded here";
    let oldest = "The oldest that nobody has looked at, made on 11 March 2024: \
         http://register.example/inquiries/millbrook/recommendations/a";
    let description = package["description"].as_str().expect("a description");
    for text in [file("README.txt").as_str(), description] {
        assert!(text.contains("8 recommendations: 6 of 8 summarised") && text.contains(behind), "{text}");
        assert!(text.contains(oldest), "{text}");
    }
    let json: Value = serde_json::from_str(file("recommendations.json")).expect("JSON");
    let rows = lines(file("recommendations.csv").as_bytes());
    assert_eq!(json["items"].as_array().map(Vec::len), Some(rows.len()));
    assert_eq!(json["licence"], "Open Government Licence v3.0");
    // Of one inquiry, that inquiry's alone.
    let one = archive(&public.get(&public.open("/inquiries/millbrook").link("Everything to take away (ZIP)")));
    let rows = lines(one[0].1.as_bytes());
    assert_eq!(rows.iter().map(|row| cell(row, "inquiry")).collect::<Vec<_>>(), ["millbrook"]);

    // The same as files, into an empty folder only.
    let folder = app.place().folder().join("open-data");
    let ran = app.place().run(&["export", &folder.display().to_string()]);
    ran.succeeds().says("recommendations.csv (8 rows)").says("up to change");
    for (name, text) in &whole {
        let written = std::fs::read_to_string(folder.join(name)).expect("a file");
        // The clock of the program is another one than this story's.
        if name.ends_with(".csv") {
            assert_eq!(written.lines().count(), text.lines().count(), "{name}");
        }
        assert!(!written.contains("canary-in-the-archive"));
    }
    app.place().run(&["export", &folder.display().to_string()]).exits(1).says("is not empty");
}

/// Whether a value is what the schema says.
#[track_caller]
fn fits(field: &Value, value: &str) {
    if value.is_empty() {
        return;
    }
    let good = match field["type"].as_str() {
        Some("date") => value.parse::<jiff::civil::Date>().is_ok(),
        Some("boolean") => matches!(value, "true" | "false"),
        Some("integer") => value.parse::<i64>().is_ok(),
        _ => true,
    };
    let listed = field["constraints"]["enum"].as_array().is_none_or(|all| all.iter().any(|one| one == value));
    assert!(good && listed, "{value:?} does not fit {field}");
}

fn archive(page: &Page) -> Vec<(String, String)> {
    page.is(200);
    assert_eq!(page.header("content-type"), Some("application/zip"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(page.bytes())).expect("an archive");
    (0..archive.len())
        .map(|place| {
            let mut file = archive.by_index(place).expect("a file");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("text");
            (file.name().expect("a name").into_owned(), text)
        })
        .collect()
}

fn nonsense_asks_for_no_table(app: &TestApp) {
    let public = app.public();
    for query in ["response=maybe", "q=a%00b", "inquiry=none", "gap=perhaps", &format!("q={}", "a".repeat(50_000))] {
        for path in ["/recommendations.csv", "/answers.csv"] {
            public.get(&format!("{path}?{query}")).is(400);
        }
    }
    for path in [
        "/inquiries/none/recommendations.csv",
        "/inquiries/%00/answers.csv",
        "/inquiries/none.zip",
        "/inquiries/ashgrove/people.csv",
        "/bodies.csv",
    ] {
        public.get(path).is(404);
    }
    assert!(public.send("HEAD", "/register.zip", &[], &[]).is(200).bytes().is_empty());
    public.post("/register.zip", &[]).is(405);
}
