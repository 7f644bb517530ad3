//! What must hold for one inquiry: its own words and dates, its events, and the answers given to all at once.

use std::collections::BTreeSet;

use super::check::KIND_LIMIT;
use super::model::{CountInSource, DatedWords, InquiryFile, ResponseFile};
use super::place::{Faults, Scope, short};
use super::read::InquiryTables;
use super::{check_recommendation, raw};
use crate::domain::moment::Day;
use crate::domain::response::{Basis, Response};
use crate::domain::text::{TITLE_LIMIT, WORDS_LIMIT};

/// The checked inquiry with its recommendations.
pub fn inquiry(tables: &InquiryTables, bodies: &[String], faults: &mut Faults<'_>) -> Option<InquiryFile> {
    let table = tables.inquiry.as_ref();
    let published_on = table.and_then(|table| {
        let date = table.published_on.as_ref()?;
        faults.of(format!("inquiry {}", short(&tables.slug))).day(date)
    });
    let mut seen = BTreeSet::new();
    let mut recommendations = Vec::new();
    for item in &tables.recommendations {
        let mut of = faults.of(format!("recommendation {} of {}", short(item.number.get_ref()), short(&tables.slug)));
        // Addresses are typed by people: 4A and 4a must not be two things.
        if !seen.insert(item.number.get_ref().to_lowercase()) {
            of.at(&item.number.span(), "There is another recommendation with this number in the inquiry");
        }
        let about = check_recommendation::About { bodies, numbers: &tables.numbers, published_on };
        recommendations.extend(check_recommendation::recommendation(item, &about, &mut of));
    }
    let table = table?;
    let mut of = faults.of(format!("inquiry {}", short(&tables.slug)));
    let asked: BTreeSet<&str> = tables
        .recommendations
        .iter()
        .flat_map(|item| item.addressees.iter().map(|addressee| addressee.body.get_ref().as_str()))
        .collect();
    let mut file = words(table, bodies, published_on, &mut of)?;
    file.events = table.event.iter().filter_map(|event| dated(event, &mut of)).collect();
    for response_table in &table.block_response {
        let response = response(response_table, bodies, published_on, Basis::Block, &mut of);
        if let Some(response) = &response
            && tables.whole
            && !asked.contains(response.body.as_str())
        {
            let sentence =
                format!("No recommendation of this inquiry is put to {}, so its answer stands for none", response.body);
            of.at(&response_table.body.span(), sentence);
        }
        file.block_responses.extend(response);
    }
    file.recommendations = recommendations;
    Some(file)
}

fn words(
    table: &raw::Inquiry,
    bodies: &[String],
    published_on: Option<Day>,
    of: &mut Scope<'_, '_>,
) -> Option<InquiryFile> {
    let slug = of.slug(&table.slug);
    let kind = of.line(&table.kind, "Kind", KIND_LIMIT);
    let title = of.line(&table.title, "Title", TITLE_LIMIT);
    let short_title = of.line(&table.short_title, "Short title", TITLE_LIMIT);
    let chair = table.chair.as_ref().and_then(|chair| of.line(chair, "Chair", TITLE_LIMIT));
    let commissioned_by = table.commissioned_by.as_ref().and_then(|body| of.known(body, "a body", bodies));
    let issued_by = table.issued_by.as_ref().and_then(|body| of.known(body, "a body", bodies));
    let legal_basis = table.legal_basis.as_ref().and_then(|text| of.text(text, "Legal basis", WORDS_LIMIT));
    let source_url = of.link(table.source_url.as_ref());
    let source_note = table.source_note.as_ref().and_then(|text| of.text(text, "Source note", WORDS_LIMIT));
    let monitored_by = table.monitored_by.as_ref().and_then(|text| of.text(text, "Monitored by", WORDS_LIMIT));
    let note = table.note.as_ref().and_then(|text| of.text(text, "Note", WORDS_LIMIT));
    let counts_in_source = table.counts_in_source.iter().filter_map(|count| counted(count, of)).collect();
    Some(InquiryFile {
        slug: slug?,
        kind: kind?,
        title: title?,
        short_title: short_title?,
        chair,
        commissioned_by,
        issued_by,
        legal_basis,
        source_url,
        source_note,
        own_references: table.own_references,
        monitored_by,
        note,
        published_on,
        counts_in_source,
        events: Vec::new(),
        block_responses: Vec::new(),
        recommendations: Vec::new(),
    })
}

fn counted(count: &raw::Count, of: &mut Scope<'_, '_>) -> Option<CountInSource> {
    let on = of.day(&count.on);
    let note = count.note.as_ref().and_then(|note| of.line(note, "Note", TITLE_LIMIT));
    Some(CountInSource { count: count.count, on: on?, note })
}

/// An event or a note.
pub fn dated(table: &raw::Dated, of: &mut Scope<'_, '_>) -> Option<DatedWords> {
    let happened = of.happened(table.happened.as_ref());
    let words = of.text(&table.words, "Words", WORDS_LIMIT);
    let source_url = of.link(table.source_url.as_ref());
    let checked = of.word(&table.checked);
    Some(DatedWords { happened, words: words?, source_url, checked: checked? })
}

/// An answer. `basis` is the one that fits the table that it stands in: an answer to all stands with the inquiry.
pub fn response(
    table: &raw::Response,
    bodies: &[String],
    published_on: Option<Day>,
    basis: Basis,
    of: &mut Scope<'_, '_>,
) -> Option<ResponseFile> {
    let body = of.known(&table.body, "a body", bodies);
    let value: Option<Response> = of.word(&table.value);
    let given: Option<Basis> = of.word(&table.basis);
    let happened = of.happened(table.happened.as_ref());
    let words = of.text(&table.words, "Words", WORDS_LIMIT);
    let source_url = of.link(table.source_url.as_ref());
    let checked = of.word(&table.checked);
    let decide_by = table.decide_by.as_ref().and_then(|date| of.day(date));
    if let Some(dated) = &table.happened {
        of.not_before(happened.day, published_on, &dated.span(), "An answer");
    }
    if given.is_some_and(|given| given != basis) {
        let sentence = match basis {
            Basis::Own => {
                "An answer to this recommendation has the basis own; one given to all stands as inquiry.block_response"
            }
            Basis::Block => {
                "An answer given to all has the basis block; one to a single recommendation stands beside it"
            }
        };
        of.at(&table.basis.span(), sentence);
    }
    if value == Some(Response::NotRecorded) {
        of.at(&table.value.span(), "What is not recorded is left out of the file");
    }
    if value.is_some_and(Response::needs_decide_by) && table.decide_by.is_none() {
        of.at(&table.value.span(), "A body that is considering says when it will decide: add decide_by");
    }
    if let (Some(value), Some(date)) = (value, &table.decide_by)
        && !value.needs_decide_by()
    {
        of.at(&date.span(), format!("decide_by goes only with under_consideration, and this answer is {value}"));
    }
    Some(ResponseFile {
        body: body?,
        value: value?,
        basis,
        happened,
        words: words?,
        source_url,
        checked: checked?,
        decide_by,
    })
}
