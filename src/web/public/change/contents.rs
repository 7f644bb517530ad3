//! How many rows of each kind a change published, in words.

use crate::domain::words;
use crate::store::change::Contents;

/// `3 answers recorded, 1 date`.
pub fn contents_in_words(contents: Contents) -> String {
    let kinds = [
        (contents.inquiries, "inquiry", "inquiries"),
        (contents.bodies, "body", "bodies"),
        (contents.wordings, "recommendation", "recommendations"),
        (contents.asked, "answer asked for", "answers asked for"),
        (contents.responses, "answer recorded", "answers recorded"),
        (contents.reported, "update from a body", "updates from bodies"),
        (contents.assessed, "assessment", "assessments"),
        (contents.lifecycle, "opening or closing", "openings or closings"),
        (contents.dates, "date", "dates"),
        (contents.arrivals, "update received", "updates received"),
        (contents.remarks, "remark", "remarks"),
        (contents.events, "event", "events"),
        (contents.looks, "look for answers", "looks for answers"),
        (contents.evidence, "piece of evidence", "pieces of evidence"),
        (contents.reports, "document of a body", "documents of bodies"),
        (contents.marks, "mark in a document", "marks in documents"),
        (contents.outside, "finding of an outside body", "findings of outside bodies"),
        (contents.numbers, "number changed", "numbers changed"),
        (contents.mistaken, "decision on what was entered in error", "decisions on what was entered in error"),
        (contents.themes, "act about themes", "acts about themes"),
        (contents.ties, "link between recommendations", "links between recommendations"),
        (contents.agreements, "agreement on what would show it", "agreements on what would show it"),
    ];
    words::contents_upto(&kinds.map(|(of, one, many)| ((of.number, of.more), one, many)))
}
