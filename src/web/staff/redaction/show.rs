//! One removal: what is proposed, the words as long as they are there, and what else must be purged by hand.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::purge::{self, Elsewhere};
use super::state_words;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::RemarkKind;
use crate::domain::problem::Problems;
use crate::domain::redaction::RedactionState;
use crate::domain::words;
use crate::service::{self, DecideRedaction};
use crate::store::pack::{self, Pack};
use crate::store::redaction::{self, Redaction};
use crate::store::{self, ReadTx, ledger, remark, setting};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::notice;
use crate::web::part::{Link, SummaryRow};
use crate::web::shell::Shell;
use crate::web::staff::form_sent::Sent;
use crate::web::staff::pack::{made, title};
use crate::web::state::State;

/// How many packs are named that ask some of the words.
const PACKS: usize = 20;

/// The page.
#[derive(Template)]
#[template(path = "staff/redaction/show.html")]
struct ShowPage {
    shell: Shell,
    rows: Vec<SummaryRow>,
    /// The words, for the person who must decide; none once that is done.
    words: Vec<String>,
    /// Packs that ask some of the words, as long as they are there: a removal does not reach them.
    asking: Vec<Link>,
    more_asking: Option<String>,
    /// Why this person cannot decide it.
    why_not: Option<String>,
    waits: bool,
    removed: bool,
    /// Whether the database's own files still hold traces of removed words.
    traces: bool,
    /// Where the words were public, and the files in which they may have been taken away.
    lists: Elsewhere,
    href: String,
    change: Option<String>,
    keys: Keys,
}

/// What the page shows.
struct Read {
    row: Redaction,
    words: Vec<String>,
    asking: Asking,
    about: purge::About,
    with_it: Option<String>,
    traces: bool,
    /// What kind of remark it is, where it is one.
    remark: Option<RemarkKind>,
}

/// Where words of the record are asked as a question, and offered to whoever minutes an answer.
#[derive(Default)]
struct Asking {
    packs: Vec<Pack>,
    /// How many more packs there are.
    more: u64,
    /// Whether every new pack asks them.
    by_all: bool,
}

impl Asking {
    fn of(tx: &mut ReadTx<'_>, words: &[String]) -> Result<Self, store::Error> {
        if words.is_empty() {
            return Ok(Self::default());
        }
        let (packs, all) = pack::that_ask(tx, words, PACKS)?;
        let more = all.saturating_sub(packs.len() as u64);
        let by_all = setting::pack_questions(tx)?.iter().any(|question| words.contains(question));
        Ok(Self { packs, more, by_all })
    }

    /// The pages on which something else can be asked; what every pack asks is chosen by those alone who oversee the whole register.
    fn links(&self, chooses: bool) -> Vec<Link> {
        let chosen = if chooses { format!("{}/questions", address::PACKS) } else { address::PACKS.to_owned() };
        let of_all = self.by_all.then(|| Link::new(chosen, "What every pack asks"));
        let named = |one: &Pack| Link::new(address::pack(&one.reference), format!("{}. {}", title(one), made(one)));
        of_all.into_iter().chain(self.packs.iter().map(named)).collect()
    }
}

fn read(tx: &mut ReadTx<'_>, reference: &str) -> Result<Read, store::Error> {
    let row = redaction::find(tx, reference)?;
    let waits = row.state == RedactionState::Proposed;
    let words = if waits { ledger::words_of(tx, row.subject, row.row)? } else { Vec::new() };
    let asking = Asking::of(tx, &words)?;
    let about = purge::about(tx, (row.subject, row.row), row.seq)?;
    let with_it = if waits { super::new::with_it(tx, row.subject, row.row)? } else { None };
    let remark = remark::kinds(tx, [(row.subject, row.row)])?.remove(&row.row);
    Ok(Read { row, words, asking, about, with_it, traces: setting::traces(tx)?.is_some(), remark })
}

/// Shows it.
///
/// # Errors
/// 404 when there is none, 403 when the person may not.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Redact, About::default())?;
    let reference = reference.into_inner();
    let Read { row, words: said, asking, about, with_it, traces, remark } =
        state.reader.read(move |tx| read(tx, &reference)).await?;
    let waits = row.state == RedactionState::Proposed;
    let refused = staff.may(Deed::Redact, About { author: Some(row.proposed_by), ..About::register() }).err();
    let moment = |at| words::moment(at, &state.site.zone);
    let mut rows = vec![
        SummaryRow::new("What", words::subject_of(row.subject, remark)),
        SummaryRow::new("Of", row.place.clone()),
        SummaryRow::new("Why", words::redaction_kind(row.kind)),
        SummaryRow::new("State", state_words(row.state)),
        SummaryRow::new("Proposed", format!("{}, by {}", moment(row.proposed_at), row.proposer)),
    ];
    rows.extend(with_it.map(|said| SummaryRow::new("With it", said)));
    rows.extend(row.decided_at.map(|at| SummaryRow::new("Decided", moment(at))));
    page(&ShowPage {
        shell: shell
            .titled(format!("Removal of words: {}", row.place))
            .crumb(address::STAFF, "Your work")
            .crumb(address::REDACTIONS, "Removals"),
        rows,
        words: said,
        asking: asking.links(staff.may(Deed::MakePack, About::register()).is_ok()),
        more_asking: (asking.more > 0).then(|| words::and_more_packs(asking.more)),
        why_not: waits.then(|| refused.map(|refusal| refusal.to_string())).flatten(),
        waits,
        removed: row.state == RedactionState::Done,
        traces,
        lists: Elsewhere::of(&state, &about),
        href: address::staff_redaction(&row.reference),
        change: row.seq.map(address::change),
        keys: keys.of_version(row.version),
    })
}

/// Removes the words, or declines to.
///
/// # Errors
/// 404 when there is none, 403 for the person who proposed it, 409 when it was decided meanwhile.
pub async fn remove(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Redact, About::default())?;
    let known = reference.clone();
    state.reader.read(move |tx| redaction::find(tx, &known)).await?;
    let remove = match sent.get("decision") {
        "remove" => true,
        "keep" => false,
        _ => return Err(Problems::one("decision", "Choose whether the words are removed").into()),
    };
    let command = DecideRedaction { reference: reference.clone(), version: sent.version(), remove };
    match state.service.decide_redaction(staff.act(sent.key()), command).await {
        Ok(done) if !done.changed => notice::see_other_unchanged(&state, &done.location, words::DONE_ALREADY),
        Ok(done) => {
            let traces = remove && state.reader.read(setting::traces).await?.is_some();
            let said = match (remove, traces) {
                (true, false) => "The words are removed",
                (true, true) => {
                    "The words are removed; their traces in the database’s own files could not be overwritten yet"
                }
                (false, _) => "The words stay withheld; nothing is removed",
            };
            notice::see_other_saying(&state, &done.location, said)
        }
        Err(service::Error::Stale) => {
            notice::see_other_unchanged(&state, &address::staff_redaction(&reference), words::DONE_ALREADY)
        }
        Err(fault) => Err(fault.into()),
    }
}
