//! What the facts of an answer rest on, as JSON.

use serde::Serialize;
use utoipa::ToSchema;

use super::Maker;
use crate::domain::address;
use crate::domain::change::Fact;
use crate::domain::evidence::{EvidenceKind, FileKind, Rung};
use crate::domain::id::Seq;
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::store::addressee::Answer;
use crate::store::evidence::Evidence;

/// A piece of evidence. What is withheld says so, and nothing of what it said.
#[derive(Serialize, ToSchema)]
#[schema(as = Evidence)]
pub struct EvidenceData {
    supports: Fact,
    rests_on: Rung,
    rung: u8,
    kind: EvidenceKind,
    title: Option<String>,
    what: Option<String>,
    summary: Option<String>,
    page: Option<String>,
    quote: Option<String>,
    language: Option<Language>,
    /// The licence of what it says; null where nobody has said so.
    licence: Option<Licence>,
    /// Of a link its address, of a file where it is kept here.
    url: Option<String>,
    seen_on: Option<Day>,
    file_kind: Option<FileKind>,
    bytes: Option<u64>,
    sha256: Option<String>,
    #[schema(value_type = i64)]
    change: Seq,
    withheld: bool,
}

impl Maker<'_> {
    /// What the facts that stand rest on, in the order of the facts.
    pub(super) fn evidence(&self, answer: &Answer) -> Vec<EvidenceData> {
        let updates = [answer.response.update, answer.reported.update, answer.assessed.update, answer.lifecycle.update];
        let pieces = updates.into_iter().flat_map(|update| self.details.evidence(update));
        pieces.map(|piece| self.piece(piece)).collect()
    }

    fn piece(&self, piece: &Evidence) -> EvidenceData {
        let kept = piece.file.as_ref();
        EvidenceData {
            supports: piece.fact,
            rests_on: piece.rung,
            rung: piece.rung.number(),
            kind: piece.kind,
            title: piece.title.said().map(str::to_owned),
            what: piece.what.clone(),
            summary: piece.summary.clone(),
            page: piece.page.clone(),
            quote: piece.quote.clone(),
            language: piece.rights.language,
            licence: piece.rights.licence,
            url: kept.map(|file| self.address(&address::evidence(&file.reference, file.kind))).or(piece.url.clone()),
            seen_on: piece.seen_on,
            file_kind: kept.map(|file| file.kind),
            bytes: kept.map(|file| file.bytes),
            sha256: kept.and_then(|file| file.sha256.clone()),
            change: piece.place.seq,
            withheld: piece.title.said().is_none(),
        }
    }
}
