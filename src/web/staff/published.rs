//! `/staff/published`: what the register has published about itself, each piece with the button that withholds it.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::row::Withhold;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::Subject;
use crate::domain::id::Seq;
use crate::domain::operator_page::OperatorPage;
use crate::domain::words;
use crate::store::edit::What;
use crate::store::event::{Around, Event};
use crate::store::withheld::Words;
use crate::store::{self, ReadTx, change, edit, ledger, operator_page};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::part::Link;
use crate::web::part::pager::Pager;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::state::State;

/// Where this page is.
pub const HERE: &str = "/staff/published";
/// How many changes of each kind, and how many versions of each page, a page lists.
const MOST: usize = 200;

/// What an address may ask.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The change before which the page begins.
    before: Option<i64>,
}

/// Something that the register says of itself.
struct Piece {
    subject: Subject,
    row: i64,
    /// The change that published it.
    seq: Seq,
    /// What it is about.
    about: String,
    /// What tells its button from those of others, for whoever hears them one after another.
    label: String,
    /// What it says.
    said: Words,
}

/// One piece, ready to print.
struct Line {
    about: String,
    label: String,
    said: Link,
    button: Option<Withhold>,
}

/// The page.
#[derive(Template)]
#[template(path = "staff/published/list.html")]
struct ListPage {
    shell: Shell,
    pieces: Vec<Line>,
    pager: Pager,
}

/// What was published before a change, the last first; and where there is more, the change before which that begins.
fn read(tx: &mut ReadTx<'_>, before: Seq) -> Result<(Vec<Piece>, Option<Seq>), store::Error> {
    let full = |seqs: &[Seq]| seqs.get(MOST.saturating_sub(1)).copied();
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let changes = change::about_itself(tx, before, most)?;
    let (edits, mut down_to) = edit::names(tx, before, most)?;
    down_to = down_to.max(full(&changes.iter().map(|change| change.seq).collect::<Vec<_>>()));
    let mut pieces = Vec::new();
    for change in changes {
        let about = words::change_kind(change.kind).to_owned();
        let label = format!("{about}, change {}", change.seq);
        let piece = |said| Piece { subject: Subject::Change, row: change.seq.0, seq: change.seq, about, label, said };
        pieces.extend(change.reason.map(piece));
    }
    for edit in edits {
        let address = match &edit.what {
            What::Body { now, .. } => address::body(now.slug.as_str()),
            What::Theme { slug, .. } => address::theme(slug.as_str()),
            What::Event(Event { around: Around::Body(body), .. }) => address::body(body.slug.as_str()),
            _ => continue,
        };
        if let Some((subject, row, said)) = edit.words() {
            let about = words::subject(subject).to_owned();
            let label = format!("{about}: {}, change {}", said.said().unwrap_or(&address), edit.seq);
            pieces.push(Piece { subject, row, seq: edit.seq, about, label, said });
        }
    }
    for own in OperatorPage::ALL.iter().copied() {
        let versions = operator_page::versions(tx, own, i64::MAX)?;
        let earlier: Vec<Seq> =
            versions.into_iter().map(|(seq, _)| seq).filter(|seq| *seq < before).take(MOST).collect();
        down_to = down_to.max(full(&earlier));
        for seq in earlier {
            let parts = operator_page::of_change(tx, seq)?.map(|version| version.parts).unwrap_or_default();
            pieces.extend(parts.into_iter().enumerate().map(|(at, one)| {
                let about = format!("{}: {}", words::operator_page(own), words::part(one.part));
                let label = format!("{about}, part {} of change {seq}", at + 1);
                Piece { subject: Subject::Page, row: one.id, seq, about, label, said: one.text }
            }));
        }
    }
    // Each kind is whole down to its own oldest change: what lies beyond the first of these is told by the next page.
    pieces.retain(|piece| down_to.is_none_or(|oldest| piece.seq >= oldest));
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.seq));
    Ok((pieces, down_to))
}

/// Whether a row is one that this page lists, on whichever of its pages.
///
/// # Errors
/// When the database fails.
pub fn is_own(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<bool, store::Error> {
    match subject {
        Subject::Body | Subject::Theme | Subject::Page => match ledger::seq_of(tx, subject, row) {
            Ok(_) => Ok(true),
            Err(store::Error::NotFound) => Ok(false),
            Err(fault) => Err(fault),
        },
        // An inquiry's own stand on its own page.
        Subject::Event => Ok(ledger::about(tx, subject, row).map_or_else(
            |fault| if matches!(fault, store::Error::NotFound) { Ok(false) } else { Err(fault) },
            |about| Ok(about.body.is_some()),
        )?),
        Subject::Change => {
            let last = change::about_itself(tx, Seq(row.saturating_add(1)), 1)?;
            Ok(last.iter().any(|change| change.seq.0 == row))
        }
        _ => Ok(false),
    }
}

/// Shows it.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn list(
    state: web::Data<State>,
    staff: Staff,
    asked: web::Query<Asked>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Withhold, About::default())?;
    let may_remove = staff.may(Deed::ProposeRedaction, About::default()).is_ok();
    let may_show = staff.may(Deed::Publish, About::register()).is_ok();
    let action = format!("{HERE}/withhold");
    let line = |piece: Piece| Line {
        button: Withhold::new(&action, (piece.subject, piece.row), &piece.said, (may_remove, may_show), &keys),
        said: Link::new(address::change(piece.seq), say::read(&piece.said)),
        about: piece.about,
        label: piece.label,
    };
    let before = asked.before.map_or(Seq(i64::MAX), Seq);
    let (pieces, next) = state.reader.read(move |tx| read(tx, before)).await?;
    page(&ListPage {
        pieces: pieces.into_iter().map(line).collect(),
        pager: Pager {
            previous: asked.before.map(|_| HERE.to_owned()),
            next: next.map(|next| format!("{HERE}?before={next}")),
        },
        shell: shell.titled(words::ABOUT_REGISTER).crumb(address::STAFF, "Your work"),
    })
}
