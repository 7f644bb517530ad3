//! What is said of an inquiry and of one recommendation alike: dated words, and answers.

use super::model::{DatedWords, ResponseFile};
use super::place::{Known, Scope};
use super::raw;
use crate::domain::moment::Day;
use crate::domain::response::{Basis, Response};
use crate::domain::text::WORDS_LIMIT;

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
    bodies: &Known,
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
