//! An inquiry that is new with the load: what it recommended is taken in as a whole, for nothing of it can be held.

use std::collections::{BTreeMap, HashMap};
use std::vec::IntoIter;

use super::{Loaded, Loading, answer, recommendation};
use crate::domain::id::{AddresseeId, BodyId, InquiryId, RecommendationId, Seq, ThemeId};
use crate::domain::loaded::Loadable;
use crate::domain::moment::Day;
use crate::domain::register_file::{AddresseeFile, DatedWords, InquiryFile, RecommendationFile};
use crate::domain::text::Slug;
use crate::service::Error;
use crate::store::intake::{self, Item, Piece, Put};
use crate::store::present::{NewAddressee, find_or_insert_theme};
use crate::store::{Error as StoreError, WriteTx};

/// How many recommendations are made ready at once, each with its parts.
const AT_ONCE: usize = 250;

pub(super) fn all(loading: &mut Loading<'_, '_>, id: InquiryId, file: &InquiryFile) -> Result<(), Error> {
    if file.recommendations.is_empty() {
        return Ok(());
    }
    // Nothing but the whole register can be held of what is new.
    let seq = loading.seq(Some(id), None)?;
    let Loading { tx, load, done, bodies, items, themes, intake, .. } = loading;
    let mut making = Making { inquiry: id, file, seq, day: load.day, bodies, themes, items, done, rows: 0 };
    let mut pieces = file.recommendations.chunks(AT_ONCE);
    intake.take_in(tx, id, (seq, load.day), |tx| pieces.next().map(|wholes| making.piece(tx, wholes)).transpose())
}

/// Makes rows of an inquiry's recommendations.
struct Making<'l> {
    inquiry: InquiryId,
    file: &'l InquiryFile,
    seq: Seq,
    day: Day,
    bodies: &'l BTreeMap<Slug, BodyId>,
    themes: &'l mut HashMap<String, ThemeId>,
    items: &'l mut BTreeMap<(Slug, String), RecommendationId>,
    done: &'l mut Loaded,
    /// How many recommendations and parts were made.
    rows: i64,
}

/// Numbers that rows get, and what is made of them.
struct Made {
    ids: IntoIter<RecommendationId>,
    answer_ids: IntoIter<AddresseeId>,
    piece: Piece,
}

impl Making<'_> {
    fn piece(&mut self, tx: &mut WriteTx<'_>, wholes: &[RecommendationFile]) -> Result<Piece, Error> {
        let with_parts = || wholes.iter().flat_map(RecommendationFile::with_parts);
        let (count, answers) = (with_parts().count(), with_parts().map(|file| file.addressees.len()).sum());
        let mut made = Made {
            ids: intake::recommendations(tx, count)?.into_iter(),
            answer_ids: intake::answers(tx, answers)?.into_iter(),
            piece: Piece { items: Vec::with_capacity(count), answers: Vec::with_capacity(answers) },
        };
        for whole in wholes {
            let place = self.item(tx, &mut made, whole, None)?;
            for part in &whole.parts {
                self.item(tx, &mut made, part, Some(place))?;
            }
        }
        Ok(made.piece)
    }

    /// One recommendation, or a part of the whole that has this row and this place in the list. Answers its own.
    fn item(
        &mut self,
        tx: &mut WriteTx<'_>,
        made: &mut Made,
        file: &RecommendationFile,
        whole: Option<(RecommendationId, i64)>,
    ) -> Result<(RecommendationId, i64), Error> {
        let id = made.ids.next().ok_or(StoreError::NotFound)?;
        self.rows += 1;
        let position = whole.map_or(self.rows, |(_, position)| position);
        let of = (self.inquiry, whole.map(|(whole, _)| whole));
        let new = recommendation::new(file, of, &file.number, (position, self.seq));
        let mut themes = Vec::with_capacity(file.themes.len());
        for name in &file.themes {
            themes.push(self.theme(tx, name)?);
        }
        self.done.add(if whole.is_some() { Loadable::Part } else { Loadable::Recommendation });
        let mut notes = Vec::with_capacity(file.notes.len());
        for (at, note) in file.notes.iter().enumerate() {
            // What the file says twice of one day is said once.
            let is_same = |before: &DatedWords| before.words == note.words && before.happened.day == note.happened.day;
            if !file.notes[..at].iter().any(is_same) {
                notes.push(recommendation::remark(self.inquiry, id, note));
                self.done.add(Loadable::Note);
            }
        }
        made.piece.items.push(Item {
            id,
            new,
            wording: recommendation::wording(id, file),
            entry: recommendation::entry(id, &file.number),
            themes,
            notes,
        });
        self.items.insert((self.file.slug.clone(), file.number.clone()), id);
        for addressee in &file.addressees {
            let answer_id = made.answer_ids.next().ok_or(StoreError::NotFound)?;
            made.piece.answers.push(self.answer((id, answer_id), file, addressee)?);
        }
        Ok((id, position))
    }

    fn answer(
        &mut self,
        (recommendation, id): (RecommendationId, AddresseeId),
        file: &RecommendationFile,
        addressee: &AddresseeFile,
    ) -> Result<Put, Error> {
        let body = self.body(&addressee.body)?;
        self.done.add(Loadable::Asked);
        let response = answer::last(self.done, self.file, &self.file.answer(file, addressee));
        let mut deadlines = Vec::new();
        if let Some(response) = response {
            self.done.add(Loadable::Response);
            deadlines.extend(answer::decision(id, body, response));
        }
        if let Some(target) = &addressee.target {
            self.done.add(Loadable::Target);
            deadlines.push(answer::target(id, self.body(&target.set_by)?, target));
        }
        let new = NewAddressee {
            recommendation,
            inquiry: self.inquiry,
            body,
            taken_in_on: self.day,
            checked: addressee.checked,
        };
        Ok(Put { id, new, response: response.map(answer::update), deadlines })
    }

    fn body(&self, slug: &Slug) -> Result<BodyId, Error> {
        self.bodies.get(slug).copied().ok_or(Error::NotFound)
    }

    fn theme(&mut self, tx: &mut WriteTx<'_>, name: &str) -> Result<ThemeId, Error> {
        if let Some(known) = self.themes.get(name) {
            return Ok(*known);
        }
        let theme = find_or_insert_theme(tx, self.seq, name)?;
        self.themes.insert(name.to_owned(), theme);
        Ok(theme)
    }
}
