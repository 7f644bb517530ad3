//! `/staff/published`: what the register has published about itself, each piece with the button that withholds it.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::row::Withhold;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::Subject;
use crate::domain::id::Seq;
use crate::domain::operator_page::OperatorPage;
use crate::domain::words;
use crate::store::withheld::Words;
use crate::store::{self, ReadTx, change, edit, operator_page};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::part::Link;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::state::State;

/// Where this page is.
pub const HERE: &str = "/staff/published";
/// How many changes, and how many versions of each page, are listed.
const MOST: i64 = 200;

/// Something that the register says of itself.
pub struct Piece {
    /// What kind of record.
    pub subject: Subject,
    /// Its number.
    pub row: i64,
    /// The change that published it.
    seq: Seq,
    /// What it is about.
    about: String,
    /// What it says.
    said: Words,
}

/// The page.
#[derive(Template)]
#[template(path = "staff/published/list.html")]
struct ListPage {
    shell: Shell,
    pieces: Vec<(String, Link, Option<Withhold>)>,
}

/// Everything of the kind, the last published first.
///
/// # Errors
/// When the database fails.
pub fn read(tx: &mut ReadTx<'_>) -> Result<Vec<Piece>, store::Error> {
    let mut pieces = Vec::new();
    for change in change::about_itself(tx, MOST)? {
        let about = words::change_kind(change.kind).to_owned();
        let piece = |said| Piece { subject: Subject::Change, row: change.seq.0, seq: change.seq, about, said };
        pieces.extend(change.reason.map(piece));
    }
    for edit in edit::names(tx, MOST)? {
        if let Some((subject, row, said)) = edit.words() {
            let about = words::subject(subject).to_owned();
            pieces.push(Piece { subject, row, seq: edit.seq, about, said });
        }
    }
    for own in OperatorPage::ALL.iter().copied() {
        for (seq, _) in operator_page::versions(tx, own, MOST)? {
            let parts = operator_page::of_change(tx, seq)?.map(|version| version.parts).unwrap_or_default();
            let about = |part| format!("{}: {}", words::operator_page(own), words::part(part));
            pieces.extend(parts.into_iter().map(|one| Piece {
                subject: Subject::Page,
                row: one.id,
                seq,
                about: about(one.part),
                said: one.text,
            }));
        }
    }
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.seq));
    Ok(pieces)
}

/// Shows it.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn list(state: web::Data<State>, staff: Staff, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    staff.may(Deed::Withhold, About::default())?;
    let may_remove = staff.may(Deed::ProposeRedaction, About::default()).is_ok();
    let action = format!("{HERE}/withhold");
    let line = |piece: &Piece| {
        let button = Withhold::new(&action, (piece.subject, piece.row), &piece.said, may_remove, &keys);
        (piece.about.clone(), Link::new(address::change(piece.seq), say::read(&piece.said)), button)
    };
    let pieces = state.reader.read(read).await?.iter().map(line).collect();
    page(&ListPage { pieces, shell: shell.titled(words::ABOUT_REGISTER).crumb(address::STAFF, "Your work") })
}
