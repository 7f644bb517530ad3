//! Published words that may have been withheld since. A public view holds the words or the day they were withheld, never both.

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::change;
use super::{Error, ReadTx};
use crate::domain::change::{ChangeKind, TakenOut};
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::words;

/// Words of a ledger row, as far as the public may read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// As published.
    Said(String),
    /// Out of sight since that day, or gone.
    Withheld(TakenOut),
}

impl Words {
    /// The words, where they may be read.
    #[must_use]
    pub fn said(&self) -> Option<&str> {
        match self {
            Self::Said(words) => Some(words),
            Self::Withheld(_) => None,
        }
    }
}

/// The day of each change that withheld something.
pub(super) struct Days(HashMap<Seq, TakenOut>);

/// Reads the days on which these changes were published.
pub(super) fn days(tx: &mut ReadTx<'_>, seqs: impl IntoIterator<Item = Option<Seq>>) -> Result<Days, Error> {
    let mut seqs: Vec<Seq> = seqs.into_iter().flatten().collect();
    seqs.sort_unstable();
    seqs.dedup();
    if seqs.is_empty() {
        return Ok(Days(HashMap::new()));
    }
    let days: Vec<(Seq, Day, ChangeKind)> = change::table
        .filter(change::seq.eq_any(seqs))
        .select((change::seq, change::day, change::kind))
        .load(tx.conn)?;
    let taken = |by, on, kind| TakenOut { on, for_good: kind == ChangeKind::Redacted, by };
    Ok(Days(days.into_iter().map(|(seq, day, kind)| (seq, taken(seq, day, kind))).collect()))
}

impl Days {
    /// The words of a row, or the day they were withheld. A row that never had words has none to withhold.
    pub fn words(&self, words: Option<String>, withheld: Option<Seq>) -> Option<Words> {
        match withheld {
            None => words.map(Words::Said),
            Some(seq) => self.0.get(&seq).copied().map(Words::Withheld),
        }
    }

    /// Since when a row is out of sight.
    pub fn taken(&self, withheld: Option<Seq>) -> Option<TakenOut> {
        self.0.get(&withheld?).copied()
    }
}

/// The title of a recommendation as lists of staff name it: where it has none, whether nobody has transcribed it or it is out of
/// sight.
#[derive(Debug, Clone, PartialEq, Eq, Default, Queryable)]
pub struct Title {
    words: Option<String>,
    withheld: Option<Seq>,
}

impl Title {
    /// The title, or what is said in its place of a recommendation with this number.
    #[must_use]
    pub fn named(&self, number: &str) -> String {
        match self.withheld {
            Some(_) => words::title_withheld(number),
            None => words::title(number, self.words.as_deref()),
        }
    }

    /// The title after an item's inquiry and number.
    #[must_use]
    pub fn after(&self, item: &str) -> String {
        match self.withheld {
            Some(_) => words::with_title_withheld(item),
            None => words::with_title(item, self.words.as_deref()),
        }
    }
}

/// The columns of a [`Title`], over `recommendation` and a left join of its `wording`.
macro_rules! title {
    () => {
        (
            diesel::dsl::case_when(
                $crate::store::schema::wording::withheld.nullable().is_null(),
                $crate::store::schema::recommendation::title,
            ),
            $crate::store::schema::wording::withheld.nullable(),
        )
    };
}
pub(in crate::store) use title;
