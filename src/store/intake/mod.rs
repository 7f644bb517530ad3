//! What is taken in as a whole: the recommendations of an inquiry that is new, with everything that is published about them. Nothing
//! of it can be held, so that nothing is looked up: its rows are made here, put in by the hundred, and counted once.

mod row;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::thread::ScopedJoinHandle;

use super::conn::make_room;
use super::ledger::{
    NewDeadline, NewEntry, NewRemark, NewUpdate, NewWording, PlacedUpdate, insert_all_asked, insert_deadlines,
    insert_entries, insert_remarks, insert_tags, insert_updates, insert_wordings, record_of_new, voice_of_answer,
};
use super::present::{
    Around, NewAddressee, NewRecommendation, Placed, PlacedAnswer, Shifts, insert_addressees, insert_recommendations,
    is_looked_at, taken_in,
};
use super::succession::Answerers;
use super::{Error, WriteTx, search};
use crate::domain::id::{
    AddresseeId, BodyId, DeadlineId, InquiryId, RecommendationId, Seq, ThemeId, UpdateId, WordingId,
};
use crate::domain::moment::Day;
use crate::domain::part::all_done;

pub use row::{answers, recommendations};

/// A recommendation, or a part, that is new.
#[derive(Debug, Clone)]
pub struct Item {
    /// The row that it gets, drawn by [`recommendations`].
    pub id: RecommendationId,
    /// Itself.
    pub new: NewRecommendation,
    /// Its words.
    pub wording: NewWording,
    /// Its number.
    pub entry: NewEntry,
    /// What it is about.
    pub themes: Vec<ThemeId>,
    /// Dated notes on it.
    pub notes: Vec<NewRemark>,
}

/// One put to a body.
#[derive(Debug, Clone)]
pub struct Put {
    /// The row that it gets, drawn by [`answers`].
    pub id: AddresseeId,
    /// Itself.
    pub new: NewAddressee,
    /// What the body answered.
    pub response: Option<NewUpdate>,
    /// The dates that are owed.
    pub deadlines: Vec<NewDeadline>,
}

/// Some of it, in the order of the register: each whole with all its parts after it, and with all that they were put to.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// The recommendations and their parts.
    pub items: Vec<Item>,
    /// The answers.
    pub answers: Vec<Put>,
}

/// What a load takes in as a whole; [`Intake::finish`] ends it.
#[derive(Debug, Default)]
pub struct Intake {
    shifts: Shifts,
}

impl Intake {
    /// Publishes under `seq`, the change of that day, piece by piece, what `next` gives of an inquiry until it gives nothing more.
    /// While the rows of one piece are put in, the words of the one before are stemmed beside it. The writer's connection has more room
    /// for as long as that takes, and gives it back whatever comes of it.
    ///
    /// # Errors
    /// What `next` returns; when the database fails.
    pub fn take_in<E: From<Error>>(
        &mut self,
        tx: &mut WriteTx<'_>,
        inquiry: InquiryId,
        on: (Seq, Day),
        next: impl FnMut(&mut WriteTx<'_>) -> Result<Option<Piece>, E>,
    ) -> Result<(), E> {
        make_room(tx.conn, true).map_err(Error::from)?;
        let taken = self.take_in_all(tx, inquiry, on, next);
        let given_back = make_room(tx.conn, false).map_err(|fault| E::from(Error::from(fault)));
        taken?;
        given_back
    }

    fn take_in_all<E: From<Error>>(
        &mut self,
        tx: &mut WriteTx<'_>,
        inquiry: InquiryId,
        (seq, day): (Seq, Day),
        mut next: impl FnMut(&mut WriteTx<'_>) -> Result<Option<Piece>, E>,
    ) -> Result<(), E> {
        let answerers = Answerers::read(tx, &[])?;
        let mut around = Around::read(tx, inquiry)?;
        std::thread::scope(|scope| -> Result<(), E> {
            let mut before: Option<ScopedJoinHandle<'_, search::Stemmed>> = None;
            while let Some(mut piece) = next(tx)? {
                let named = self.put_in(tx, (seq, day), &answerers, &mut piece)?;
                let themes = piece.items.iter().flat_map(|item| item.themes.iter().copied());
                around.meet(tx, themes, named.values().flatten().copied())?;
                let nobody = BTreeSet::new();
                let texts = |Item { id, wording, themes, .. }: Item| {
                    (id, around.texts([wording.title, wording.text], &themes, named.get(&id).unwrap_or(&nobody)))
                };
                let texts: Vec<(RecommendationId, Vec<String>)> = piece.items.into_iter().map(texts).collect();
                if let Some(stemmed) = before.replace(scope.spawn(move || search::stemmed(texts))) {
                    search::put_in(tx, &finished(stemmed))?;
                }
            }
            if let Some(stemmed) = before {
                search::put_in(tx, &finished(stemmed))?;
            }
            Ok(())
        })
    }

    /// Puts the rows of one piece in, those of the ledger and those that follow from them. Answers which bodies each was put to, and
    /// which answer now.
    fn put_in(
        &mut self,
        tx: &mut WriteTx<'_>,
        (seq, day): (Seq, Day),
        answerers: &Answerers,
        piece: &mut Piece,
    ) -> Result<HashMap<RecommendationId, BTreeSet<BodyId>>, Error> {
        let Piece { items, answers } = piece;
        let mut updates: Vec<PlacedUpdate<'_>> = Vec::new();
        let mut deadlines: Vec<(DeadlineId, &NewDeadline)> = Vec::new();
        let places: HashMap<RecommendationId, i64> = items.iter().map(|item| (item.id, item.new.position)).collect();
        let mut rows: Vec<PlacedAnswer> = Vec::with_capacity(answers.len());
        // Of each recommendation: what of its answers and parts is done, and what of that counts.
        let mut each: HashMap<RecommendationId, Vec<(bool, bool)>> = HashMap::new();
        // Who answers each, and which somebody has looked at.
        let mut answering: HashMap<RecommendationId, BTreeSet<BodyId>> = HashMap::new();
        let mut looked: HashSet<RecommendationId> = HashSet::new();
        let mut named: HashMap<RecommendationId, BTreeSet<BodyId>> = HashMap::new();
        let mut update_ids = row::draw(tx, "fact_update", answers.iter().filter(|put| put.response.is_some()).count())?;
        let mut deadline_ids = row::draw(tx, "deadline", answers.iter().map(|put| put.deadlines.len()).sum())?;
        for put in answers.iter() {
            let now = answerers.of(put.id, put.new.body);
            let of_update = put.response.iter().zip(update_ids.by_ref().map(UpdateId));
            let of_update: Vec<(UpdateId, &NewUpdate)> = of_update.map(|(new, id)| (id, new)).collect();
            let of_date = put.deadlines.iter().zip(deadline_ids.by_ref().map(DeadlineId));
            let of_date: Vec<(DeadlineId, &NewDeadline)> = of_date.map(|(new, id)| (id, new)).collect();
            let record = record_of_new(seq, of_update.iter().copied(), of_date.iter().copied());
            let row = taken_in((put.id, seq, day), &put.new, &now, &record);
            self.shifts.answer(&row);
            each.entry(row.recommendation_id).or_default().push((row.done, row.is_counted()));
            let answerer = row.is_counted().then_some(row.answerer_id);
            answering.entry(row.recommendation_id).or_default().extend(answerer);
            looked.extend(is_looked_at(row.closure, row.assessed).then_some(row.recommendation_id));
            named.entry(row.recommendation_id).or_default().extend([row.body_id, row.answerer_id]);
            let place = places.get(&row.recommendation_id).copied().ok_or(Error::NotFound)?;
            rows.push((row, place));
            updates.extend(
                of_update.iter().map(|(id, new)| (*id, put.id, voice_of_answer(&now, put.new.body, new), *new)),
            );
            deadlines.extend(of_date);
        }
        // From the end, so that each part is decided before its whole.
        for item in items.iter_mut().rev() {
            item.new.done = each.get(&item.id).is_some_and(|each| all_done(each));
            item.new.not_looked_at = !looked.contains(&item.id);
            let bodies = answering.remove(&item.id).unwrap_or_default();
            item.new.put = !bodies.is_empty();
            if let Some(whole) = item.new.parent_id {
                looked.extend((!item.new.not_looked_at).then_some(whole));
                answering.entry(whole).or_default().extend(bodies.iter().copied());
                each.entry(whole).or_default().push((item.new.done, !item.entry.in_error));
            }
            let people = (item.wording.author_id, item.wording.publisher_id);
            self.shifts.recommendation(&item.new, people, item.entry.in_error, &bodies);
        }
        let items: &[Item] = items;
        let wordings: Vec<WordingId> = row::draw(tx, "wording", items.len())?.map(WordingId).collect();
        let with_words = || items.iter().zip(wordings.iter().copied());
        let placed: Vec<Placed<'_>> =
            with_words().map(|(item, words)| (item.id, &item.new, words, item.wording.title.as_deref())).collect();
        insert_recommendations(tx, &placed)?;
        insert_wordings(tx, seq, &with_words().map(|(item, words)| (words, &item.wording)).collect::<Vec<_>>())?;
        insert_entries(tx, seq, &items.iter().map(|item| &item.entry).collect::<Vec<_>>())?;
        let tagged = items.iter().flat_map(|item| {
            item.themes.iter().map(move |theme| (item.id, item.new.inquiry_id, item.new.position, *theme))
        });
        insert_tags(tx, seq, &tagged.collect::<Vec<_>>())?;
        insert_remarks(tx, seq, &items.iter().flat_map(|item| &item.notes).collect::<Vec<_>>())?;
        insert_addressees(tx, &rows)?;
        insert_all_asked(tx, seq, &answers.iter().map(|put| (put.id, put.new.checked)).collect::<Vec<_>>())?;
        insert_updates(tx, seq, &updates)?;
        insert_deadlines(tx, seq, &deadlines)?;
        Ok(named)
    }

    /// Moves the counts.
    ///
    /// # Errors
    /// When the database fails.
    pub fn finish(self, tx: &mut WriteTx<'_>) -> Result<(), Error> {
        self.shifts.put_in(tx)
    }
}

/// What a thread made; where it panicked, so does this one.
fn finished<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use diesel::RunQueryDsl;
    use diesel::sql_types::BigInt;

    use super::super::{Address, migrate, open};
    use super::*;

    #[derive(diesel::QueryableByName)]
    struct Pages {
        #[diesel(sql_type = BigInt)]
        cache_size: i64,
    }

    fn cache_size(tx: &mut WriteTx<'_>) -> Result<i64, Error> {
        let asked = diesel::sql_query("select cache_size from pragma_cache_size()");
        Ok(asked.get_result::<Pages>(tx.conn)?.cache_size)
    }

    #[test]
    fn a_load_that_fails_gives_its_room_back() {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::Sqlite(folder.path().join("register.db"));
        migrate::bring_up_to_date(&address).unwrap();
        let (_, writer) = open(&address).unwrap();
        let usual = writer.write_now(cache_size).unwrap();
        // There is no such inquiry.
        let failed: Result<(), Error> = writer.write_now(|tx| {
            let on = (Seq(1), "2026-11-23".parse().unwrap());
            Intake::default().take_in(tx, InquiryId(1), on, |_| Ok(None))
        });
        assert!(matches!(failed, Err(Error::NotFound)), "{failed:?}");
        assert_eq!(writer.write_now(cache_size).unwrap(), usual);
    }
}
