//! Recommendations of a register file: words, themes and notes.

use super::Loading;
use crate::domain::change::RemarkKind;
use crate::domain::id::{InquiryId, RecommendationId, Seq};
use crate::domain::licence::{Language, Rights};
use crate::domain::loaded::Loadable;
use crate::domain::part::number as numbered;
use crate::domain::register_file::{DatedWords, InquiryFile, RecommendationFile};
use crate::service::Error;
use crate::store::ledger::{NewEntry, NewRemark, NewWording, insert_entry, insert_remark, insert_tag, insert_wording};
use crate::store::present::{
    NewRecommendation, find_or_insert_theme, insert_recommendation, recommendation_place, refresh_words, standing_words,
};
use crate::store::{held, part};

pub(super) fn one(
    loading: &mut Loading<'_, '_>,
    inquiry: InquiryId,
    of: &InquiryFile,
    (file, whole): (&RecommendationFile, Option<RecommendationId>),
) -> Result<RecommendationId, Error> {
    // A part follows the number that its whole has by now.
    let number = match (whole, &file.letter) {
        (Some(whole), Some(letter)) => {
            let standing = recommendation_place(loading.tx, whole)?.number;
            numbered(&standing, letter).unwrap_or_else(|_| file.number.clone())
        }
        _ => file.number.clone(),
    };
    let known = match held::recommendation(loading.tx, inquiry, &number)? {
        None => held::recommendation(loading.tx, inquiry, &file.number)?,
        known => known,
    };
    let id = match known {
        Some(id) => {
            let words = standing_words(loading.tx, id)?;
            let pairs = [
                ("its title", words.title == file.title),
                ("its text", words.text == file.text),
                ("the kind of its text", words.text_kind == file.text_kind),
                ("how far it was checked", words.checked == file.checked),
                ("what it is a part of", part::whole_of(loading.tx, id)?.map(|(whole, _)| whole) == whole),
            ];
            loading.compare(&format!("recommendation {} of {}", file.number, of.slug), &pairs);
            id
        }
        None => insert(loading, inquiry, file, (&number, whole))?,
    };
    for note in &file.notes {
        if !held::has_remark(loading.tx, id, note.happened, &note.words)? {
            let seq = loading.seq(Some(inquiry), Some(id))?;
            insert_remark(loading.tx, seq, &remark(inquiry, id, note))?;
            loading.added(Loadable::Note);
        }
    }
    Ok(id)
}

fn insert(
    loading: &mut Loading<'_, '_>,
    inquiry: InquiryId,
    file: &RecommendationFile,
    (number, whole): (&str, Option<RecommendationId>),
) -> Result<RecommendationId, Error> {
    let seq = loading.seq(Some(inquiry), whole)?;
    let position = match whole {
        Some(whole) => part::position(loading.tx, whole)?,
        None => loading.rows_of(inquiry)? + 1,
    };
    let id = insert_recommendation(loading.tx, &new(file, (inquiry, whole), number, (position, seq)))?;
    loading.one_more_of(inquiry);
    insert_wording(loading.tx, seq, &wording(id, file))?;
    insert_entry(loading.tx, seq, &entry(id, number))?;
    refresh_words(loading.tx, seq, id)?;
    for name in &file.themes {
        let theme = find_or_insert_theme(loading.tx, seq, name)?;
        insert_tag(loading.tx, seq, id, theme, true)?;
    }
    loading.added(if whole.is_some() { Loadable::Part } else { Loadable::Recommendation });
    Ok(id)
}

/// The recommendation of an inquiry, or the part of a whole, that the file has.
pub(super) fn new(
    file: &RecommendationFile,
    (inquiry, whole): (InquiryId, Option<RecommendationId>),
    number: &str,
    (position, seq): (i64, Seq),
) -> NewRecommendation {
    NewRecommendation {
        inquiry_id: inquiry,
        parent_id: whole,
        number: number.to_owned(),
        position,
        text_kind: file.text_kind,
        checked: file.checked,
        may_repeat: file.may_repeat.clone(),
        done: false,
        not_looked_at: true,
        put: false,
        version: 1,
        seq,
    }
}

/// Its words.
pub(super) fn wording(id: RecommendationId, file: &RecommendationFile) -> NewWording {
    NewWording {
        recommendation_id: id,
        title: file.title.clone(),
        text: file.text.clone(),
        text_kind: file.text_kind,
        checked: file.checked,
        source_url: file.source_url.clone(),
        compared_on: None,
        addressed_to_words: file.addressed_to_words.clone(),
        language: Language::English,
        licence: None,
        author_id: None,
        publisher_id: None,
    }
}

/// Its number.
pub(super) fn entry(id: RecommendationId, number: &str) -> NewEntry {
    NewEntry { recommendation_id: id, number: number.to_owned(), own_reference: None, made_on: None, in_error: false }
}

/// A note on it.
pub(super) fn remark(inquiry: InquiryId, id: RecommendationId, note: &DatedWords) -> NewRemark {
    NewRemark {
        kind: RemarkKind::Note,
        inquiry: Some(inquiry),
        recommendation: Some(id),
        addressee: None,
        deadline: None,
        happened: note.happened,
        words: note.words.clone(),
        rights: Rights::default(),
        source_url: note.source_url.clone(),
        checked: Some(note.checked),
        author: None,
        ask: None,
        replies_to: None,
    }
}
