//! A sheet that a body filled in: each row that is right becomes an unfinished update, and nothing more.

use std::collections::BTreeMap;

use super::draft::{begin, check};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::filing::ReturnFiled;
use crate::domain::id::AddresseeId;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::problem::Problems;
use crate::domain::reported::Reported;
use crate::domain::rule;
use crate::domain::sheet::{Column, Filled, fault_of, field_of};
use crate::domain::text::Slug;
use crate::service::answer::Answer;
use crate::service::{Act, Done, Error, Service};
use crate::store::chase::{self, ItemName};
use crate::store::{self, WriteTx, body, filing, recommendation};

/// A sheet, read.
#[derive(Debug, Clone)]
pub struct TakeSheet {
    /// The body whose sheet it is.
    pub body: Slug,
    /// Its rows, those with faults too.
    pub rows: Vec<Filled>,
    /// Whether the rows that are right are kept where others are not. Else it is all of them or none.
    pub only_right: bool,
}

impl Service {
    /// Keeps the rows of a sheet as unfinished updates; nothing is sent in.
    ///
    /// # Errors
    /// `Refused` to people of another body; `Problems`, each at the field that [`field_of`] names for its row and column, or at
    /// `file`: nothing was kept then.
    pub async fn take_sheet(&self, act: Act, command: TakeSheet) -> Result<Done, Error> {
        self.once(act, move |tx, act| take(tx, act, &command)).await
    }
}

fn take(tx: &mut WriteTx<'_>, act: &Act, command: &TakeSheet) -> Result<Done, Error> {
    let of = body::name(tx, &command.body)?;
    may(act.actor, Deed::FileReturn, About::body(of.id))?;
    let mut problems = act.faults.clone();
    let items = chase::items(tx, of.id)?;
    let mut seen: BTreeMap<AddresseeId, usize> = BTreeMap::new();
    let mut right = Vec::new();
    for row in &command.rows {
        match item(tx, &items, row, &mut seen)? {
            Err(sentence) => problems.add(field_of(row.number, Column::Item), sentence),
            Ok(id) => {
                let answer = Answer::of(tx, id)?;
                let mut faults = check(&row.update, &answer, act);
                said(&mut faults, &row.update);
                for fault in faults.iter() {
                    let column = match fault.field.as_str() {
                        "target" => Column::Target,
                        "reason" => Column::Reason,
                        "words" => Column::Words,
                        "value" => Column::Value,
                        _ => Column::Happened,
                    };
                    problems.add(field_of(row.number, column), fault.sentence.clone());
                }
                right.push((row, answer));
            }
        }
    }
    let is_wrong = |number| problems.iter().filter_map(fault_of).any(|fault| fault.number == number);
    right.retain(|(row, _)| !is_wrong(row.number));
    if right.is_empty() && problems.is_empty() {
        problems.add("file", "Nothing is filled in. Fill in at least one row");
    }
    if right.is_empty() || !(problems.is_empty() || command.only_right) {
        return Err(problems.into());
    }
    for (row, answer) in right {
        // Of one deed, and yet each its own.
        let own = Act { fresh: format!("{}-{}", act.fresh, row.number), ..act.clone() };
        begin(tx, &own, &answer, &row.update)?;
    }
    Ok(Done::at(address::STAFF.to_owned()))
}

/// What must stand beside what the body says, by the rule of the form: a row that chose an answer is held to it.
fn said(problems: &mut Problems, update: &ReturnFiled) {
    if update.value != Reported::NotReported {
        let words = Some(update.words.as_str()).filter(|words| !words.is_empty());
        rule::reported(problems, update.value, words, update.reason.as_deref(), false);
    }
}

/// The item that a row is about, or why there can be no update on it.
fn item(
    tx: &mut WriteTx<'_>,
    items: &[ItemName],
    row: &Filled,
    seen: &mut BTreeMap<AddresseeId, usize>,
) -> Result<Result<AddresseeId, String>, Error> {
    let Some((inquiry, number)) = row.item.split_once('/') else {
        return Ok(Err("The item is missing. Leave the first column as it was in the sheet that you took".to_owned()));
    };
    let mut meant = items.iter().filter(|one| one.is_called(&row.item));
    let (known, another) = (meant.next(), meant.next());
    if another.is_some() {
        let sentence = "Your organisation now answers this recommendation for several bodies, so it is not clear which \
                        answer is meant. Take a new sheet and fill in the row there";
        return Ok(Err(sentence.to_owned()));
    }
    let Some(known) = known else {
        // The body asked may stand after the number.
        let number = number.split_once('/').map_or(number, |(number, _)| number);
        let there = match inquiry.parse() {
            Ok(slug) => recommendation::find(tx, &slug, number).map(drop),
            Err(_) => Err(store::Error::NotFound),
        };
        return Ok(Err(match there {
            Ok(()) => "This recommendation was not put to your organisation. Take the row out".to_owned(),
            Err(store::Error::NotFound) => {
                "There is no such recommendation. Leave the first column as it was in the sheet that you took"
                    .to_owned()
            }
            Err(fault) => return Err(fault.into()),
        }));
    };
    if known.lifecycle == Lifecycle::Closed {
        return Ok(Err("This item is closed, so no update is needed. Take the row out".to_owned()));
    }
    if let Some(first) = seen.insert(known.id, row.number) {
        return Ok(Err(format!("Row {first} is about this item already. Put both into one row")));
    }
    if filing::open_draft(tx, known.id)?.is_some() {
        let sentence =
            "An unfinished update on this item is kept already. Finish it or take it back first, or take the row out";
        return Ok(Err(sentence.to_owned()));
    }
    Ok(Ok(known.id))
}
