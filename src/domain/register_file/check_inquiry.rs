//! What must hold for one inquiry: its own words and dates, its events, and the answers given to all at once.

use std::collections::BTreeSet;

use super::check_dated::{dated, response};
use super::model::{CountInSource, InquiryFile};
use super::place::{Faults, Known, Scope, short};
use super::read::InquiryTables;
use super::{check_recommendation, raw};
use crate::domain::moment::Day;
use crate::domain::part;
use crate::domain::response::Basis;
use crate::domain::text::{KIND_LIMIT, TITLE_LIMIT, WORDS_LIMIT};

/// The checked inquiry with its recommendations.
pub fn inquiry(tables: &InquiryTables, bodies: &Known, faults: &mut Faults<'_>) -> Option<InquiryFile> {
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
        for letter in item.part.iter().map(|part| &part.letter) {
            let number = part::number(item.number.get_ref(), letter.get_ref());
            if number.is_ok_and(|number| !seen.insert(number.to_lowercase())) {
                of.at(&letter.span(), "There is another recommendation or part with this number in the inquiry");
            }
        }
        let about = check_recommendation::About { bodies, numbers: &tables.numbers, published_on };
        recommendations.extend(check_recommendation::recommendation(item, &about, &mut of));
    }
    let table = table?;
    let mut of = faults.of(format!("inquiry {}", short(&tables.slug)));
    let asked: BTreeSet<&str> = tables
        .recommendations
        .iter()
        .flat_map(|item| item.addressees.iter().chain(item.part.iter().flat_map(|part| &part.addressees)))
        .map(|addressee| addressee.body.get_ref().as_str())
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
    bodies: &Known,
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
    let not_tracked = table.not_tracked.as_ref().and_then(|said| {
        if said.count == 0 {
            of.at(&said.why.span(), "Leave not_tracked out where everything is tracked");
        }
        Some((said.count, of.text(&said.why, "Why they are not tracked", WORDS_LIMIT)?))
    });
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
        not_tracked,
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
