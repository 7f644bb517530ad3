//! The plans of every question that public pages ask: none of them walks a table that grows with the register.
//!
//! How it is decided. Diesel tells each connection of this process what it is asked; while every public address is opened, with
//! parameters of every kind, the questions to this story's database are noted as they are put. Each that reads is then explained
//! by the database itself, with its parameters left open.
//!
//! - On SQLite, which plans without knowing how many rows there are, a line that begins with `SCAN` walks a whole table or index. It
//!   is allowed on derived tables (what the question itself has cut out before), on [`SMALL`] tables, along an index that
//!   holds [`NOTHING_ELSE`] than what is asked for, and where a list has a limit, no condition and no sorting: then every row that
//!   is walked is shown. What is left must stand in [`WALKS`], with its reason.
//! - PostgreSQL would walk any table of the few rows that a story has. So it is told not to, and to plan for any parameters; a
//!   `Seq Scan` that is still there is one that no index can take the place of. Whether it would take the right one with many rows is
//!   not decided here: it depends on its statistics. The questions are the same on both, but for the search by words.
//!
//! What is not seen like this is a question that finds by an index, and without a limit, what grows with the register: all answers of a
//! body are found by an index, too. What was made to hold few rows must be found by the index that holds no others: see [`ALONG`].
//! What is known to grow stands in [`WHOLES`], with its reason; how much all of it costs is measured by `benches/load`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection, set_default_instrumentation};
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection};
use followthrough::web::{Door, ROUTES};

use crate::stories;
use crate::support::{DatabaseKind, Place, TestApp};

stories![no_public_question_walks_a_table_that_grows];

/// Tables that do not grow with the number of recommendations, or by so little that they are read whole.
const SMALL: [(&str, &str); 14] = [
    ("__diesel_schema_migrations", "the steps of the schema"),
    ("body", "bodies are few beside what they are asked"),
    ("complaint", "what readers sent in and how each was decided, which one page lists"),
    ("counter", "one row"),
    ("grounds", "how the operator pays for the register: a handful of entries"),
    ("hold", "holds are few, and all of them bear on what may be shown"),
    ("inquiry", "inquiries are few beside what they recommend"),
    ("inquiry_text", "the same, with each wording of them"),
    ("redaction", "words are removed for legal reasons now and then, and one page lists it"),
    ("restored_redaction", "the same of a register that was restored"),
    ("schema_floor", "one row"),
    ("succession", "bodies end or change their names now and then"),
    ("theme", "themes are few"),
    ("theme_text", "the same, with each name of them"),
];

/// Indexes of nothing but what is asked for.
const NOTHING_ELSE: [&str; 3] = ["addressee_gap_idx", "addressee_in_error_idx", "recommendation_in_error_idx"];

/// Questions that walk a table all the same: the table, words of the question, and why.
const WALKS: [(&str, &str, &str); 3] = [
    ("change", "change.day <= ", "who looks back goes from the newest change to the last of that day, and no further"),
    ("tie", "tie.kind = ", "families follow from all ties together; they are made by hand and few"),
    ("tag", "tag.present", "no counts are kept by theme: the page of all themes counts the tags"),
];

/// Words of questions, and the index by which each must be found: it holds nothing but what is asked for.
const ALONG: [(&str, &str); 8] = [
    ("and addressee.taken_in_on <= addressee.response_due_on and addressee.lifecycle", "owed_response_idx"),
    ("and addressee.taken_in_on <= addressee.decision_due_on and addressee.lifecycle", "owed_decision_idx"),
    ("and addressee.taken_in_on <= addressee.return_due_on and addressee.lifecycle", "owed_return_idx"),
    ("and addressee.taken_in_on <= addressee.target_on and addressee.lifecycle", "owed_target_idx"),
    ("addressee.present and addressee.taken_in_on <= addressee.recheck_due_on", "owed_recheck_idx"),
    ("addressee.times_moved > 0 and addressee.lifecycle", "moved_idx"),
    (
        "where recommendation.inquiry_id = inquiry.id and recommendation.not_looked_at",
        "recommendation_not_looked_at_idx",
    ),
    ("fact in ('done', 'disputed') and value < ", "tally"),
];

/// Questions that find by an index all that something has, however much that is: words of the question, and why. One more is not asked
/// here: a page of a body that has ended reads all that it was ever asked, for that is kept in no one order with what it took over.
const WHOLES: [(&str, &str); 4] = [
    (
        "from tag join recommendation on recommendation.id = tag.recommendation_id",
        "no counts are kept by theme: its page counts all that has it, and each of their answers",
    ),
    (
        "recommendation.id in (select tag.recommendation_id from tag where tag.theme_id",
        "the oldest that has a theme and that nobody has looked at is found among all that have it",
    ),
    (
        "select coalesce(item.parent_id, item.id) from addressee inner join recommendation as item",
        "the oldest of what a body answers and nobody has looked at is found among its answers to each inquiry, up to 5,000 of them",
    ),
    (
        "as number from addressee where addressee.present and addressee.inquiry_id",
        "the dates of what one body answers to one inquiry are counted among these answers; they are kept by the one and by the other",
    ),
];

/// What is asked of the search, one filter after the other and some together.
const FILTERS: [&str; 34] = [
    "inquiry=ashgrove",
    "body=ashgrove-council",
    "body=not_known",
    "theme=inspection",
    "response=rejected",
    "response=accepted,rejected",
    "reported=under_way",
    "assessed=implemented",
    "lifecycle=open",
    "gap=yes",
    "gap=claimed",
    "gap=not_lately",
    "gap=confirmed",
    "looked=yes",
    "in_error=yes",
    "due=passed",
    "due=soon",
    "checked=source",
    "text_kind=verbatim",
    "sort=changed",
    "q=ferry",
    "q=ferry&sort=changed",
    "q=fery",
    "q=timeta*",
    "q=%22second+crossing%22",
    "q=recommendation+4",
    "q=ferry+4",
    "q=ferry&response=rejected&due=soon",
    "response=accepted&reported=under_way&lifecycle=open",
    "inquiry=ashgrove&assessed=not_assessed&theme=inspection",
    "body=ashgrove-council&gap=yes&sort=changed",
    "theme=inspection&due=soon&sort=changed",
    "inquiry=ashgrove&body=not_known",
    "in_error=yes&response=rejected",
];

/// What else is asked of addresses that take parameters.
const OTHERS: [&str; 17] = [
    "/inquiries/ashgrove?as-at=2026-11-23",
    "/inquiries/ashgrove/recommendations/2?as-at=2026-11-23",
    "/bodies/ashgrove-council?as-at=2026-11-23",
    "/themes/inspection?as-at=2026-11-23",
    "/changes?as-at=2026-11-23",
    "/changes?from=2026-11-22&to=2026-11-23",
    "/changes?inquiry=ashgrove",
    "/changes?body=ashgrove-council",
    "/overdue?inquiry=ashgrove",
    "/overdue?body=ashgrove-council",
    "/overdue?inquiry=ashgrove&body=ashgrove-council",
    "/overdue?kind=target",
    "/inquiries?after=0_0",
    "/bodies?after=1",
    "/families?after=0",
    "/api/v1/changes?inquiry=ashgrove&limit=1",
    "/api/v1/recommendations?limit=1&sort=changed",
];

/// What is asked of the databases that somebody listens to, by their addresses.
static HEARD: Mutex<BTreeMap<String, BTreeSet<String>>> = Mutex::new(BTreeMap::new());

/// Hears what one connection is asked. Made by diesel for each.
fn listener() -> Option<Box<dyn Instrumentation>> {
    let mut address = String::new();
    Some(Box::new(move |event: InstrumentationEvent<'_>| match event {
        InstrumentationEvent::StartEstablishConnection { url, .. } => url.clone_into(&mut address),
        InstrumentationEvent::StartQuery { query, .. } => {
            let mut heard = HEARD.lock().expect("what is heard");
            // The program adds to the address how long it waits.
            if let Some((_, heard)) = heard.iter_mut().find(|(database, _)| address.starts_with(database.as_str())) {
                heard.insert(query.to_string());
            }
        }
        _ => {}
    }))
}

/// What was asked of a database since this was called last.
fn heard(database: &str) -> BTreeSet<String> {
    HEARD.lock().expect("what is heard").insert(database.to_owned(), BTreeSet::new()).unwrap_or_default()
}

fn no_public_question_walks_a_table_that_grows(place: &Place) {
    set_default_instrumentation(listener).expect("diesel listens");
    let app = place.app();
    crate::reports::plants(&app, "planned");
    crate::outside::plants(&app, "planned");
    let paths = every_address(&app);
    let questions = asked(&app, &paths);
    assert!(questions.len() > 150, "only {} questions were heard", questions.len());

    let mut plans = Plans::of(place);
    for (words, why) in WHOLES {
        assert!(questions.keys().any(|question| question.contains(words)), "not asked any more: {why}");
    }
    for (words, index) in ALONG {
        let mut asked = questions.keys().filter(|question| question.contains(words)).peekable();
        assert!(asked.peek().is_some(), "nobody asks any more: {words}");
        asked.for_each(|question| plans.goes_along(question, index));
    }
    let mut faults = Vec::new();
    for (question, path) in &questions {
        let plain = question.replace(['`', '"'], "");
        for walk in plans.walks(question) {
            if !WALKS.iter().any(|(table, words, _)| *table == walk.table && plain.contains(words)) {
                faults.push(format!("{path}\n    {}\n    {question}", walk.line));
            }
        }
    }
    assert!(faults.is_empty(), "{} questions walk a table:\n{}", faults.len(), faults.join("\n"));
}

/// Every public address, with something in its places, and what takes parameters with these.
fn every_address(app: &TestApp) -> Vec<String> {
    let place = app.place();
    let one = |question: &str| place.rows(question).into_iter().next();
    let report = one("select cast(began as text) as value from report").expect("a report");
    let file = one("select reference || '.' || kind as value from file").unwrap_or_else(|| "none.pdf".to_owned());
    let family = one("select slug as value from family").unwrap_or_else(|| "none".to_owned());
    let mut paths = Vec::new();
    for route in ROUTES.iter().filter(|route| route.method == "GET" && route.door == Door::Public) {
        let path = route.path.replace("{seq}", if route.path.starts_with("/reports") { report.as_str() } else { "2" });
        let values = [
            ("{inquiry}", "ashgrove"),
            ("{number}", "2"),
            ("{body}", "ashgrove-council"),
            ("{theme}", "inspection"),
            ("{family}", family.as_str()),
            ("{name}", file.as_str()),
        ];
        paths.push(values.iter().fold(path, |path, (name, value)| path.replace(name, value)));
    }
    for filter in FILTERS {
        paths.push(format!("/recommendations?{filter}"));
        paths.push(format!("/recommendations.json?{filter}"));
    }
    paths.extend(OTHERS.map(str::to_owned));
    paths
}

/// Opens each and notes what was asked for it, with the first address that asked it.
fn asked(app: &TestApp, paths: &[String]) -> BTreeMap<String, String> {
    let url = app.place().setting("DATABASE_URL").expect("a database");
    let database = url.trim_start_matches("sqlite:");
    let public = app.public();
    let mut questions = BTreeMap::new();
    heard(database);
    for path in paths {
        let page = public.get(path);
        assert!(page.status() < 500, "{path} answered {}", page.status());
        for question in heard(database) {
            // The values stand behind it.
            let question = question.rsplit_once(" -- binds: ").map_or(question.as_str(), |(question, _)| question);
            let begin = question.trim_start().get(..6).unwrap_or_default().to_lowercase();
            // What is looked for in an empty list is looked for nowhere: the condition is false before the first row.
            let asks = !question.contains("(1=0)");
            if asks && (begin.starts_with("select") || begin.starts_with("with ")) {
                questions.entry(question.to_owned()).or_insert_with(|| path.clone());
            }
        }
    }
    HEARD.lock().expect("what is heard").remove(database);
    questions
}

/// A walk over a whole table.
struct Walk {
    table: String,
    /// As the database says it.
    line: String,
}

/// Explains questions.
enum Plans {
    Sqlite { connection: SqliteConnection, tables: BTreeSet<String> },
    Postgres(PgConnection),
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    detail: String,
}

impl Plans {
    fn of(place: &Place) -> Self {
        let url = place.setting("DATABASE_URL").expect("a database");
        if place.database() == DatabaseKind::Sqlite {
            let connection = SqliteConnection::establish(url.trim_start_matches("sqlite:")).expect("the database");
            let tables = place.rows("select name as value from sqlite_master where type = 'table'");
            return Self::Sqlite { connection, tables: tables.into_iter().collect() };
        }
        let mut connection = PgConnection::establish(&url).expect("the database");
        connection
            .batch_execute(
                "create function pg_temp.plan_of(question text) returns setof text language plpgsql as
                   $$ begin return query execute 'explain ' || question; end $$;
                 set enable_seqscan = off; set plan_cache_mode = force_generic_plan",
            )
            .expect("settings");
        Self::Postgres(connection)
    }

    /// SQLite finds by this index what a question asks for; what PostgreSQL takes depends on its statistics.
    fn goes_along(&mut self, question: &str, index: &str) {
        if let Self::Sqlite { connection, .. } = self {
            let lines = explained(connection, question);
            let goes = lines.iter().any(|line| line.detail.contains("INDEX") && line.detail.contains(index));
            let lines: Vec<&str> = lines.iter().map(|line| line.detail.as_str()).collect();
            assert!(goes, "not along {index}:\n{}\n{question}", lines.join("\n"));
        }
    }

    /// The walks that a question takes and that nothing allows.
    fn walks(&mut self, question: &str) -> Vec<Walk> {
        let mut walks = match self {
            Self::Sqlite { connection, tables } => walks_of_sqlite(&explained(connection, question), question, tables),
            Self::Postgres(connection) => {
                let last = (1..100).take_while(|number| question.contains(&format!("${number}"))).count();
                let values = if last == 0 { String::new() } else { format!("({})", vec!["null"; last].join(", ")) };
                connection
                    .batch_execute(&format!("prepare question as {question}"))
                    .unwrap_or_else(|fault| panic!("{question}: {fault}"));
                let lines: Vec<Line> = diesel::sql_query(format!(
                    "select plan_of as detail from pg_temp.plan_of('execute question{values}')"
                ))
                .get_results(connection)
                .unwrap_or_else(|fault| panic!("{question}: {fault}"));
                connection.batch_execute("deallocate question").expect("it is let go");
                lines.into_iter().filter_map(walk_of_postgres).collect()
            }
        };
        walks.retain(|walk| !SMALL.iter().any(|(table, _)| *table == walk.table));
        walks
    }
}

/// The plan of SQLite.
fn explained(connection: &mut SqliteConnection, question: &str) -> Vec<Line> {
    diesel::sql_query(format!("explain query plan {question}"))
        .get_results(connection)
        .unwrap_or_else(|fault| panic!("{question}: {fault}"))
}

fn walks_of_sqlite(lines: &[Line], question: &str, tables: &BTreeSet<String>) -> Vec<Walk> {
    let upper = question.to_uppercase();
    let sorts = lines.iter().any(|line| line.detail.contains("TEMP B-TREE"));
    if upper.contains(" LIMIT ") && !upper.contains(" WHERE ") && !sorts {
        return Vec::new();
    }
    let walk = |line: &Line| {
        let rest = line.detail.strip_prefix("SCAN ").filter(|rest| !rest.contains("VIRTUAL TABLE"))?;
        let (name, along) = rest.split_once(' ').unwrap_or((rest, ""));
        let table = table_of(name, question, tables)?;
        let nothing_else = NOTHING_ELSE.iter().any(|index| along.split(' ').any(|word| word == *index));
        (!nothing_else).then(|| Walk { table, line: line.detail.clone() })
    };
    lines.iter().filter_map(walk).collect()
}

/// The table that a plan speaks of: by its own name, or by the one that the question gives it. What is neither was cut out by the
/// question itself.
fn table_of(name: &str, question: &str, tables: &BTreeSet<String>) -> Option<String> {
    if tables.contains(name) {
        return Some(name.to_owned());
    }
    let words: Vec<&str> = question
        .split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_')
        .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("as"))
        .collect();
    words.windows(2).find(|pair| pair[1] == name && tables.contains(pair[0])).map(|pair| pair[0].to_owned())
}

fn walk_of_postgres(line: Line) -> Option<Walk> {
    let table = line.detail.split_once("Seq Scan on ")?.1.split(' ').next()?.to_owned();
    Some(Walk { table, line: line.detail.trim().to_owned() })
}
