//! Recommendations of a register file: words, themes and notes.

use super::Loading;
use crate::domain::change::RemarkKind;
use crate::domain::id::{InquiryId, RecommendationId};
use crate::domain::licence::{Language, Rights};
use crate::domain::loaded::Loadable;
use crate::domain::register_file::{InquiryFile, RecommendationFile};
use crate::service::Error;
use crate::store::held;
use crate::store::ledger::{NewEntry, NewRemark, NewWording, insert_entry, insert_remark, insert_tag, insert_wording};
use crate::store::present::{
    NewRecommendation, find_or_insert_theme, insert_recommendation, refresh_words, standing_words,
};

pub(super) fn one(
    loading: &mut Loading<'_, '_>,
    inquiry: InquiryId,
    of: &InquiryFile,
    file: &RecommendationFile,
) -> Result<RecommendationId, Error> {
    let id = match held::recommendation(loading.tx, inquiry, &file.number)? {
        Some(id) => {
            let words = standing_words(loading.tx, id)?;
            let pairs = [
                ("its title", words.title == file.title),
                ("its text", words.text == file.text),
                ("the kind of its text", words.text_kind == file.text_kind),
                ("how far it was checked", words.checked == file.checked),
            ];
            loading.compare(&format!("recommendation {} of {}", file.number, of.slug), &pairs);
            id
        }
        None => insert(loading, inquiry, file)?,
    };
    for note in &file.notes {
        if !held::has_remark(loading.tx, id, note.happened, &note.words)? {
            let seq = loading.seq(Some(inquiry), Some(id))?;
            let remark = NewRemark {
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
            };
            insert_remark(loading.tx, seq, &remark)?;
            loading.added(Loadable::Note);
        }
    }
    Ok(id)
}

fn insert(
    loading: &mut Loading<'_, '_>,
    inquiry: InquiryId,
    file: &RecommendationFile,
) -> Result<RecommendationId, Error> {
    let seq = loading.seq(Some(inquiry), None)?;
    let new = NewRecommendation {
        inquiry_id: inquiry,
        parent_id: None,
        number: file.number.clone(),
        position: held::recommendations(loading.tx, inquiry)? + 1,
        text_kind: file.text_kind,
        checked: file.checked,
        may_repeat: file.may_repeat.clone(),
        done: false,
        version: 1,
        seq,
    };
    let id = insert_recommendation(loading.tx, &new)?;
    let wording = NewWording {
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
    };
    insert_wording(loading.tx, seq, &wording)?;
    let entry = NewEntry {
        recommendation_id: id,
        number: file.number.clone(),
        own_reference: None,
        made_on: None,
        in_error: false,
    };
    insert_entry(loading.tx, seq, &entry)?;
    refresh_words(loading.tx, seq, id)?;
    for name in &file.themes {
        let theme = find_or_insert_theme(loading.tx, seq, name)?;
        insert_tag(loading.tx, seq, id, theme, true)?;
    }
    loading.added(Loadable::Recommendation);
    Ok(id)
}
