//! Which question of a scrutiny pack a minute answers: those that are offered, and what was chosen.

use super::item::Item;
use super::piece::Piece;
use crate::domain::id::InquiryId;
use crate::domain::pack::AnswerTo;
use crate::domain::problem::Problems;
use crate::store::{self, ReadTx, pack};
use crate::web::form::Choice;
use crate::web::staff::form_sent::Sent;

/// The name of the field.
pub const NAME: &str = "question";
/// What the form sends for another matter, and before the words of a question.
const ANOTHER: &str = "another_matter";
const ASKED: &str = "asked: ";

/// What the pack of this name asks, or else the last one about the inquiry; nothing where there is none.
///
/// # Errors
/// When the database fails.
pub fn offered(tx: &mut ReadTx<'_>, inquiry: InquiryId, reference: Option<&str>) -> Result<Vec<String>, store::Error> {
    let packs = pack::asking(tx, inquiry)?;
    let named = packs.iter().find(|(name, _)| Some(name.as_str()) == reference);
    Ok(named.or(packs.first()).map(|(_, asked)| asked.to_vec()).unwrap_or_default())
}

/// What the form sends for a question.
pub fn sent_as(question: &str) -> String {
    format!("{ASKED}{question}")
}

/// What was chosen, where anything was.
pub fn chosen(sent: &Sent) -> Option<AnswerTo> {
    match sent.get(NAME) {
        ANOTHER => Some(AnswerTo::AnotherMatter),
        value => value.strip_prefix(ASKED).map(|words| AnswerTo::Question(words.to_owned())),
    }
}

/// The field; none where no pack asks anything. What the minute that gives way answers is offered too.
pub fn piece(item: &Item, sent: &Sent, problems: &Problems) -> Option<Piece> {
    let kept = item.corrects_minute.as_ref().and_then(|row| row.minute.as_ref()?.question.clone());
    let mut asked = item.questions.clone();
    asked.extend(kept.filter(|question| !item.questions.contains(question)));
    if asked.is_empty() {
        return None;
    }
    let choices = asked.into_iter().map(|question| Choice::new(sent_as(&question), question));
    let choices = choices.chain([Choice::new(ANOTHER, "Another matter")]);
    let field = sent.choices(NAME, "Which question does it answer?", choices, problems);
    Some(Piece::Radios(field.hint(
        "What the last pack about this inquiry asks, or the pack that you came from. The words of the question are kept with the \
         minute as they are now, for everybody to read.",
    )))
}
