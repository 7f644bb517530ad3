//! A page made of every piece, to see that the layout and the macros hold together.

use askama::Template;

use super::form::{Choice, ChoiceField, DateField, Field, FourQuestions, Keys};
use super::notice::Notice;
use super::part::card::{Card, FactRow};
use super::part::count::{Bar, Count, Piece};
use super::part::pager::Pager;
use super::part::row::{Answer, Row, Stretch};
use super::part::tag::{Tag, Tone};
use super::part::timeline::{Entry, Year};
use super::part::{Link, SummaryRow, When};
use super::shell::{OperatorLine, Shell, SignedIn};
use crate::domain::problem::Problems;
use crate::domain::publication;

#[derive(Template)]
#[template(path = "part/specimen.html")]
struct Specimen {
    shell: Shell,
    problems: Problems,
    keys: Keys,
    email: Field,
    secret: Field,
    note: Field,
    file: Field,
    answer: ChoiceField,
    order: ChoiceField,
    kinds: ChoiceField,
    day: DateField,
    questions: FourQuestions,
    tags: Vec<Tag>,
    cards: Vec<Card>,
    found: Vec<Row>,
    years: Vec<Year>,
    rows: Vec<SummaryRow>,
    counts: Vec<Count>,
    bar: Bar,
    pager: Pager,
    words: String,
}

fn fact(heading: &str, words: &'static str, tone: Tone, line: &str, when: Option<When>) -> FactRow {
    FactRow { heading: heading.into(), tag: Tag::new(words, tone), when, line: line.into(), ..FactRow::default() }
}

fn card(slug: &str, name: &str) -> Card {
    let on = When::new("2026-03-03", "3 March 2026");
    let mut answer = fact("Answer", "Accepted", Tone::Yes, "Accepted on 3 March 2026, with all the others;", Some(on));
    answer.source = Some(Link::new("https://example.org/minutes", "minutes of the cabinet"));
    Card {
        id: slug.into(),
        body: Link::new(format!("/inquiries/ashgrove/recommendations/4/{slug}"), name),
        doubt: Some("Probably put to this body; the report has not been compared.".into()),
        handed: vec!["The Harbour Authority answers now".into()],
        facts: vec![
            answer,
            fact(
                "Reports",
                "Under way",
                Tone::Going,
                "New boats were ordered.",
                Some(When::new("2026-06-01", "about 1 June 2026")),
            ),
            fact("Harbour Commission found", "Not yet assessed", Tone::Unknown, "Nobody has judged yet.", None),
            fact("Open or closed", "Open", Tone::Unknown, "", None),
        ],
        mark: Some(Link::new("/reports/12", "Progress report of 3 March 2026: answered on page 12")),
        only_mentioned: false,
        others: Vec::new(),
        agreed: Some("agreed on 3 March 2026: minutes of two inspections".to_owned()),
        targets: vec!["The body set 30 November 2026, moved from 30 June 2026.".into()],
        next: Some("Next return due 1 March 2027".into()),
        deeds: vec![Link::new("/staff", "Record a response")],
    }
}

fn entry(seq: i64, sentence: &str, tag: Tag) -> Entry {
    Entry {
        seq,
        href: format!("/changes/{seq}"),
        happened: Some(When::new("2026-06-01", "about 1 June 2026")),
        recorded: Some(When::new("2026-11-22", "22 November 2026")),
        sentence: sentence.into(),
        tag: Some(tag),
        words: Some(
            "New boats have been ordered and the timetable is being redrawn.\n\nCrews are being trained.".into(),
        ),
        reason: Some("The first delivery was late.".into()),
        evidence: vec![Link::new("", "a document"), Link::new("https://example.org/order", "the order")],
        by: "Published by an overseer".into(),
        corrected_by: (seq == 3).then(|| Link::new("/changes/4", "Corrected on 23 November 2026 by change 4")),
        ..Entry::default()
    }
}

fn specimen(problems: Problems) -> Specimen {
    let operator = OperatorLine { name: "Ashgrove Council".into(), contact: "register@example.org".into() };
    let person = SignedIn {
        name: "Overseer One".into(),
        role: "overseer".into(),
        reads_unpublished: true,
        csrf: "token".into(),
    };
    let keys = Keys { csrf: "token".into(), version: Some(3), key: Some("once".into()) };
    let answers = [
        Choice::new("accepted", "Accepted").hint("The body says that it will do it."),
        Choice::new("rejected", "Rejected").reveals("reason"),
    ];
    let kinds = [Choice::new("report", "A report"), Choice::new("minutes", "Minutes of a meeting")];
    let piece =
        |words: &str, tone, count| Piece { words: words.into(), tone, count, href: Some("/recommendations".into()) };
    Specimen {
        shell: Shell::new("Followthrough", "/inquiries/ashgrove")
            .titled("Safe boats by the spring")
            .crumb("/", "Home")
            .crumb("/inquiries/ashgrove", "Ashgrove Ferry Inquiry")
            .run_by(problems.is_empty().then_some(operator))
            .signed_in(Some(person))
            .noticed(problems.is_empty().then(|| Notice { words: "The response was recorded.".into(), changed: true }))
            .faulty(!problems.is_empty()),
        keys,
        email: Field::new("email", "Email address")
            .hint("We write to nobody else.")
            .value("<overseer>")
            .checked(&problems),
        secret: Field::new("password", "Password").checked(&problems),
        note: Field::new("note", "What was said")
            .hint("This will be public.")
            .value("</textarea><b>")
            .checked(&problems),
        file: Field::new("file", "A document").checked(&problems),
        answer: ChoiceField::new("answer", "What did the body answer?", answers).value("accepted").checked(&problems),
        order: ChoiceField::new("sort", "Order", kinds.clone()).value("minutes").checked(&problems),
        kinds: ChoiceField::new("kinds", "What does it rest on?", kinds).values(&["report"]).checked(&problems),
        day: DateField::new("happened", "When did it happen?")
            .hint("For example, 27 3 2026")
            .value("27", "13", "2026")
            .precision("about", false)
            .checked(&problems),
        questions: FourQuestions {
            answers: publication::FourQuestions { no_live_case: true, ..publication::FourQuestions::default() },
            error: None,
        }
        .checked(&problems),
        tags: vec![
            Tag::new("No answer recorded here", Tone::Unknown),
            Tag::new("Reported complete", Tone::Going),
            Tag::new("Confirmed implemented", Tone::Yes),
            Tag::new("Accepted in part", Tone::Partly),
            Tag::new("Action against the recommendation", Tone::No),
        ],
        cards: vec![
            card("ashgrove-council", "Ashgrove Council"),
            card("ferry-company", "Ashgrove and Lower Marsh Ferry Company"),
        ],
        found: vec![Row {
            title: Link::new("/inquiries/ashgrove/recommendations/4", "4. Safe boats by the spring"),
            marked: vec![
                Stretch { words: "4. ".into(), found: false },
                Stretch { words: "Safe".into(), found: true },
                Stretch { words: " boats by the spring".into(), found: false },
            ],
            line: "Ashgrove Ferry Inquiry".into(),
            found: vec![
                Stretch { words: "Every boat should be \u{2026} ".into(), found: false },
                Stretch { words: "safe".into(), found: true },
            ],
            whose: Some("The report's own words"),
            warning: Some("Our own reference; not yet compared with the report.".into()),
            parts: Some("1 of 2 parts confirmed; not confirmed: part (b)".into()),
            held: Some("Held back since 3 March 2027".into()),
            family: Some(Link::new("/families/ashgrove-4", "First recommended in 2014, made twice, never confirmed")),
            answers: vec![Answer {
                of: "recommendation 4".into(),
                body: Link::new("/bodies/a", "Ashgrove Council"),
                doubt: Some("probably asked"),
                facts: card("a", "A").facts,
            }],
        }],
        years: vec![Year {
            words: "2026".into(),
            entries: vec![
                entry(4, "The body reported", Tag::new("Under way", Tone::Going)),
                entry(3, "Harbour Commission found", Tag::new("Not enough shown", Tone::Partly)),
            ],
        }],
        rows: vec![SummaryRow {
            name: "Contact".into(),
            value: "register@example.org".into(),
            change: Some(Link::new("/staff", "Change the contact")),
        }],
        counts: vec![
            Count { number: "15".into(), words: "recommendations".into(), href: Some("/recommendations".into()) },
            Count { number: "0 of 25".into(), words: "answers assessed".into(), href: None },
        ],
        bar: Bar {
            id: "response".into(),
            caption: "How 25 answers stand".into(),
            heading: "Answer".into(),
            unit: "Answers".into(),
            pieces: vec![
                piece("Accepted", Tone::Yes, 12),
                piece("Accepted in part", Tone::Partly, 4),
                piece("Under consideration", Tone::Going, 3),
                piece("Rejected", Tone::No, 2),
                piece("No answer recorded here", Tone::Unknown, 4),
            ],
        },
        pager: Pager { previous: Some("?before=4".into()), next: Some("?after=9".into()) },
        words:
            "Every boat should carry enough places for everybody on board.\n\nThe crew should be trained each spring."
                .into(),
        problems,
    }
}

fn faults() -> Problems {
    let mut problems = Problems::none();
    for field in ["email", "password", "note", "file", "answer", "sort", "kinds", "happened", "names_nobody"] {
        problems.add(field, format!("Put {field} right, and say it <plainly>."));
    }
    problems
}

#[test]
fn a_page_of_every_piece_holds_together() {
    let calm = specimen(Problems::none()).render().expect("renders");
    let faulty = specimen(faults()).render().expect("renders");
    if let Some(folder) = std::option_env!("FOLLOWTHROUGH_SPECIMEN") {
        std::fs::write(format!("{folder}/calm.html"), &calm).expect("written");
        std::fs::write(format!("{folder}/faulty.html"), &faulty).expect("written");
    }
    assert!(calm.contains("<title>Safe boats by the spring - Followthrough</title>"));
    assert!(calm.contains("Ashgrove Council at <a href=\"mailto:register@example.org\">"));
    assert!(!calm.contains("noindex") && !calm.contains("Not in service"));
    assert!(faulty.contains("<title>Error: Safe boats by the spring - Followthrough</title>"));
    assert!(faulty.contains("noindex") && faulty.contains("Not in service"));
    assert!(calm.contains("&#60;/textarea&#62;&#60;b&#62;") && !calm.contains("<b>"), "what was sent is text");
}

#[test]
fn each_line_of_the_error_summary_leads_to_a_field() {
    let faulty = specimen(faults()).render().expect("renders");
    let page = scraper::Html::parse_document(&faulty);
    let links = scraper::Selector::parse(".govuk-error-summary a").expect("selector");
    let mut seen = 0;
    for link in page.select(&links) {
        let id = link.attr("href").and_then(|href| href.strip_prefix('#')).expect("an anchor");
        let field = scraper::Selector::parse(&format!("input#{id}, select#{id}, textarea#{id}")).expect("selector");
        assert_eq!(page.select(&field).count(), 1, "{id}");
        seen += 1;
    }
    assert_eq!(seen, 9);
}

#[test]
fn no_page_carries_a_script_a_style_or_a_handler_of_its_own() {
    let page = scraper::Html::parse_document(&specimen(faults()).render().expect("renders"));
    for node in page.tree.values().filter_map(scraper::Node::as_element) {
        assert!(node.attr("style").is_none() && node.name() != "style");
        assert!(node.attrs().all(|(name, _)| !name.starts_with("on")), "{node:?}");
        assert!(node.name() != "script" || node.attr("src").is_some());
    }
}

#[test]
fn every_id_is_there_once_and_every_reference_leads_somewhere() {
    let page = scraper::Html::parse_document(&specimen(faults()).render().expect("renders"));
    let mut ids = std::collections::BTreeSet::new();
    let elements: Vec<_> = page.tree.values().filter_map(scraper::Node::as_element).collect();
    for id in elements.iter().filter_map(|node| node.attr("id")) {
        assert!(ids.insert(id.to_owned()), "{id} is there twice");
    }
    for name in ["for", "aria-describedby", "aria-labelledby"] {
        for id in elements.iter().filter_map(|node| node.attr(name)).flat_map(str::split_whitespace) {
            assert!(ids.contains(id), "{name} leads to {id}, which is not there");
        }
    }
}
