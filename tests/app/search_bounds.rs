//! What a search finds does not depend on how much it looks at for one page: the pages put together are what fits, all of it, once
//! and in order, however few rows are looked at. It is held against the facts themselves, one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use followthrough::domain::assessed::Assessed;
use followthrough::domain::checked::TextKind;
use followthrough::domain::id::{BodyId, InquiryId, ThemeId};
use followthrough::domain::lifecycle::Lifecycle;
use followthrough::domain::moment::Day;
use followthrough::domain::reported::Reported;
use followthrough::domain::response::Response;
use followthrough::store::page::Cursor;
use followthrough::store::search::{Asked, At, Bounds, Filter, Sort, all, find};
use followthrough::store::{Address, Error, ReadTx, Reader, open};

use crate::stories;
use crate::support::luck::Luck;
use crate::support::{DatabaseKind, Place, TestApp};

stories![what_is_found_does_not_depend_on_how_much_is_looked_at];

/// How many recommendations each inquiry made.
const EACH: usize = 14;
const INQUIRIES: [&str; 3] = ["pier", "quay", "lock"];
const BODIES: [&str; 3] = ["ferry", "harbour", "council"];
const THEMES: [&str; 2] = ["inspection", "timetables"];
const WORDS: [&str; 3] = ["lantern", "anchor", "ladder"];
const RESPONSES: [Response; 3] = [Response::NotRecorded, Response::Accepted, Response::Rejected];
const REPORTED: [Reported; 2] = [Reported::NotReported, Reported::Planned];
const ASSESSED: [Assessed; 2] = [Assessed::NotAssessed, Assessed::OffCourse];
const LIFECYCLES: [Lifecycle; 2] = [Lifecycle::Open, Lifecycle::Lapsed];
const KINDS: [TextKind; 2] = [TextKind::Verbatim, TextKind::Summary];
/// How many searches are made.
const SEARCHES: usize = 36;
/// So many pages no list has.
const MOST: usize = 1000;

struct Answer {
    body: i64,
    response: Response,
    reported: Reported,
    assessed: Assessed,
    lifecycle: Lifecycle,
}

struct Item {
    id: i64,
    inquiry: i64,
    position: i64,
    seq: i64,
    kind: TextKind,
    words: Vec<&'static str>,
    themes: Vec<i64>,
    answers: Vec<Answer>,
}

fn what_is_found_does_not_depend_on_how_much_is_looked_at(place: &Place) {
    let luck = Luck::of(1);
    let (file, words) = register(&luck);
    let app = place.with_register(&place.file("drawn.toml", &file)).app();
    let items = items(&app, &luck, &words);
    let reader = reader(&app);
    let today: Day = "2026-11-23".parse().expect("a day");
    let mut found = 0;
    for search in 0..SEARCHES {
        let (filter, typed) = asked(&app, &luck);
        let fits: Vec<&Item> = items.iter().filter(|item| fits(item, &filter, &typed)).collect();
        found += fits.len();
        let at = At { day: today, bounds: Bounds::of(u8::try_from(1 + luck.below(7)).expect("a small number")) };
        let size = 1 + luck.below(4);
        for sort in [Sort::Register, Sort::Changed, Sort::Best] {
            let said = format!("search {search}, {typed:?}, {filter:?}, {sort:?}, {at:?}, pages of {size}");
            let pages = |tx: &mut ReadTx<'_>| pages(tx, (&typed, &filter), sort, at, size, fits.len());
            let listed = reader.read_now::<_, Error>(pages).unwrap_or_else(|fault| panic!("{said}: {fault}"));
            let mut wanted: Vec<(i64, i64, i64)> = fits.iter().map(|item| key(item, sort)).collect();
            wanted.sort_unstable();
            let wanted: Vec<i64> = wanted.into_iter().map(|(_, _, id)| id).collect();
            // Behind the first, the best are in no order of their own: they are all there, and once.
            let is_ordered = sort != Sort::Best || typed.is_empty();
            let listed = if is_ordered { listed } else { sorted(&listed) };
            let wanted = if is_ordered { wanted } else { sorted(&wanted) };
            assert_eq!(listed, wanted, "{said}");
            let taken = reader.read_now::<_, Error>(|tx| all(tx, &typed, &filter, sort, at)).expect("a search");
            let taken = taken.map(|ids| sorted(&ids.into_iter().map(|id| id.0).collect::<Vec<_>>()));
            assert_eq!(taken, (!typed.is_empty()).then(|| sorted(&wanted)), "{said}, to take away");
        }
    }
    assert!(found > SEARCHES, "too little fits to tell: {found}");
}

fn sorted(ids: &[i64]) -> Vec<i64> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}

/// What decides the order.
fn key(item: &Item, sort: Sort) -> (i64, i64, i64) {
    match sort {
        Sort::Changed => (-item.seq, 0, item.id),
        Sort::Register | Sort::Best => (item.inquiry, item.position, item.id),
    }
}

/// What all pages of a search list, one after the other; none says more than there is.
fn pages(
    tx: &mut ReadTx<'_>,
    (typed, filter): (&str, &Filter),
    sort: Sort,
    at: At,
    size: usize,
    fitting: usize,
) -> Result<Vec<i64>, Error> {
    let (mut listed, mut after) = (Vec::new(), None::<Cursor<3>>);
    for _ in 0..MOST {
        let found = find(tx, typed, filter, sort, at, after, size)?;
        let counted = usize::try_from(found.recommendations.number + found.parts).expect("a small number");
        assert!(counted == fitting || (found.recommendations.more && counted < fitting), "{counted} of {fitting}");
        assert!(found.page.items.len() <= size, "a page is too long");
        listed.extend(found.page.items.iter().map(|one| one.id.0));
        match found.page.next {
            Some(next) => after = Some(next),
            None => return Ok(listed),
        }
    }
    panic!("the list goes on and on after {listed:?}")
}

/// Whether a recommendation fits: everything that is asked of an answer, of one and the same.
fn fits(item: &Item, filter: &Filter, typed: &str) -> bool {
    fn any<T: PartialEq>(asked: &[T], value: &T) -> bool {
        asked.is_empty() || asked.contains(value)
    }
    let answer_fits = |answer: &Answer| {
        filter.asked.is_none_or(|asked| asked == Asked::Body(BodyId(answer.body)))
            && any(&filter.response, &answer.response)
            && any(&filter.reported, &answer.reported)
            && any(&filter.assessed, &answer.assessed)
            && any(&filter.lifecycle, &answer.lifecycle)
    };
    typed.split_whitespace().all(|word| item.words.contains(&word.trim_matches(['"', '*'])))
        && filter.inquiry.is_none_or(|inquiry| inquiry.0 == item.inquiry)
        && filter.theme.is_none_or(|theme| item.themes.contains(&theme.0))
        && any(&filter.text_kind, &item.kind)
        && (!filter.asks_of_answers() || item.answers.iter().any(answer_fits))
}

/// A search, as luck will have it.
fn asked(app: &TestApp, luck: &Luck) -> (Filter, String) {
    fn some<T: Copy>(luck: &Luck, of: &[T]) -> Vec<T> {
        of.iter().copied().filter(|_| luck.below(2) == 0).collect()
    }
    let rarely = || luck.below(3) == 0;
    let mut filter = Filter::default();
    if rarely() {
        filter.inquiry = Some(InquiryId(row(app, "inquiry", luck.one(&INQUIRIES))));
    }
    if rarely() {
        filter.asked = Some(Asked::Body(BodyId(row(app, "body", luck.one(&BODIES)))));
    }
    if rarely() {
        filter.theme = Some(ThemeId(row(app, "theme", luck.one(&THEMES))));
    }
    if rarely() {
        filter.response = some(luck, &RESPONSES);
    }
    if rarely() {
        filter.reported = some(luck, &REPORTED);
    }
    if rarely() {
        filter.assessed = some(luck, &ASSESSED);
    }
    if rarely() {
        filter.lifecycle = some(luck, &LIFECYCLES);
    }
    if rarely() {
        filter.text_kind = some(luck, &KINDS);
    }
    let mut typed: Vec<String> = Vec::new();
    if luck.below(2) == 0 {
        // As a word in any of its forms, as one that stands there, and as the beginning of one.
        let word = luck.one(&WORDS);
        typed.push([word.to_owned(), format!("\"{word}\""), format!("{word}*")][luck.below(3)].clone());
    }
    if rarely() {
        typed.push(luck.one(&WORDS).to_owned());
    }
    (filter, typed.join(" "))
}

/// The row of what has this part of an address.
fn row(app: &TestApp, table: &str, slug: &str) -> i64 {
    app.place().value(&format!("select id from {table} where slug = '{slug}'")).parse().expect("a row")
}

/// A register file, and which words each of its recommendations holds.
fn register(luck: &Luck) -> (String, BTreeMap<String, Vec<&'static str>>) {
    let (mut file, mut held) = (String::new(), BTreeMap::new());
    for body in BODIES {
        writeln!(file, "[[body]]\nslug = \"{body}\"\nname = \"Ashgrove {body}\"\nkind = \"company\"\n").expect("text");
    }
    for inquiry in INQUIRIES {
        writeln!(
            file,
            "[[inquiry]]\nslug = \"{inquiry}\"\nkind = \"inspection\"\ntitle = \"An inspection of the {inquiry}\"\n\
             short_title = \"{inquiry}\"\nown_references = false\npublished_on = 2026-01-05\ncounts_in_source = []\n"
        )
        .expect("text");
        for _ in 0..EACH {
            let number = (held.len() + 1).to_string();
            let words: Vec<&str> = WORDS.into_iter().filter(|_| luck.below(3) > 0).collect();
            let themes: Vec<String> =
                THEMES.iter().filter(|_| luck.below(2) == 0).map(|theme| format!("\"{theme}\"")).collect();
            let bodies: Vec<String> = BODIES
                .iter()
                .filter(|_| luck.below(3) > 0)
                .map(|body| format!("{{ body = \"{body}\", checked = \"secondary\" }}"))
                .collect();
            writeln!(
                file,
                "[[inquiry.recommendation]]\nnumber = \"{number}\"\ntitle = \"Mend piece {number}\"\ntext_kind = \"summary\"\n\
                 text = \"Somebody should mend this: {}.\"\nchecked = \"secondary\"\nthemes = [{}]\naddressees = [ {} ]\n",
                words.join(", "),
                themes.join(", "),
                bodies.join(", ")
            )
            .expect("text");
            held.insert(number, words);
        }
    }
    (file, held)
}

/// Draws the facts of every answer and the last change of every recommendation, and answers what then stands in the register.
fn items(app: &TestApp, luck: &Luck, words: &BTreeMap<String, Vec<&'static str>>) -> Vec<Item> {
    let place = app.place();
    let mut statements = String::new();
    let numbers = |line: &str| -> Vec<i64> { line.split(' ').map(|one| one.parse().expect("a number")).collect() };
    let rows =
        |question: &str| -> Vec<Vec<i64>> { place.rows(question).iter().map(|line| numbers(line.as_str())).collect() };
    let tags = rows("select cast(recommendation_id as text) || ' ' || cast(theme_id as text) as value from tag");
    let mut answers: BTreeMap<i64, Vec<Answer>> = BTreeMap::new();
    for one in rows(
        "select cast(id as text) || ' ' || cast(recommendation_id as text) || ' ' || cast(answerer_id as text) as value
         from addressee order by id",
    ) {
        let answer = Answer {
            body: one[2],
            response: RESPONSES[luck.below(RESPONSES.len())],
            reported: REPORTED[luck.below(REPORTED.len())],
            assessed: ASSESSED[luck.below(ASSESSED.len())],
            lifecycle: LIFECYCLES[luck.below(LIFECYCLES.len())],
        };
        let Answer { response, reported, assessed, lifecycle, .. } = &answer;
        write!(
            statements,
            "update addressee set response = '{response}', reported = '{reported}', assessed = '{assessed}',
             lifecycle = '{lifecycle}' where id = {};",
            one[0]
        )
        .expect("text");
        answers.entry(one[1]).or_default().push(answer);
    }
    let mut items = Vec::new();
    for one in rows(
        "select cast(id as text) || ' ' || cast(inquiry_id as text) || ' ' || cast(recommendation.position as text) || ' ' || number as value
         from recommendation order by id",
    ) {
        let item = Item {
            id: one[0],
            inquiry: one[1],
            position: one[2],
            seq: 1 + i64::try_from(luck.below(5)).expect("a small number"),
            kind: KINDS[luck.below(KINDS.len())],
            words: words[&one[3].to_string()].clone(),
            themes: tags.iter().filter(|tag| tag[0] == one[0]).map(|tag| tag[1]).collect(),
            answers: answers.remove(&one[0]).unwrap_or_default(),
        };
        let Item { id, seq, kind, .. } = &item;
        write!(statements, "update recommendation set seq = {seq}, text_kind = '{kind}' where id = {id};").expect("text");
        items.push(item);
    }
    place.execute(&statements);
    let different: BTreeSet<i64> = items.iter().map(|item| item.inquiry).collect();
    assert_eq!((items.len(), different.len()), (EACH * INQUIRIES.len(), INQUIRIES.len()));
    items
}

/// One state of the register, read by the store itself.
fn reader(app: &TestApp) -> Reader {
    let url = app.place().setting("DATABASE_URL").expect("a database");
    let address = match app.place().database() {
        DatabaseKind::Sqlite => Address::Sqlite(Path::new(url.trim_start_matches("sqlite:")).to_owned()),
        DatabaseKind::Postgres => Address::Postgres(url),
    };
    open(&address).and_then(|(reader, _)| reader.still()).expect("a snapshot")
}
