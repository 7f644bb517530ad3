//! What a hold does to the forms on the pages of documents. A document is a body's, and a hold is on an inquiry or an item of it,
//! which no address here names: so these pages say it themselves, beside the form that it bears on.

use std::collections::HashSet;

use super::show::item_line;
use crate::domain::hold::{Fate, Held, Reach};
use crate::domain::words;
use crate::store::hold::{Hold, InForce};
use crate::store::mark::Item;

/// What stands beside a form.
pub struct Beside {
    /// What becomes of the form.
    pub lead: String,
    /// What is held, each with since when and why; none where everything is.
    pub lines: Vec<String>,
}

/// What a form about these items says: where the whole register is held, that; else with `lead` what of them is held. Nothing
/// where nothing is.
pub fn beside<'a>(held: &InForce, items: impl IntoIterator<Item = &'a Item>, lead: &str) -> Option<Beside> {
    if let Some(whole) = of_register(held) {
        return Some(whole);
    }
    let mut known = HashSet::new();
    let mut lines = Vec::new();
    for item in items {
        let bearing = held.bearing_on(Some(item.inquiry), Some(item.recommendation));
        for hold in bearing.filter(|hold| known.insert(hold.began)) {
            let name = if hold.on.reach() == Reach::Inquiry { item.inquiry_title.clone() } else { item_line(item) };
            lines.push(words::held_named(&name, hold.held()));
        }
    }
    (!lines.is_empty()).then(|| Beside { lead: lead.to_owned(), lines })
}

/// What every form says while the whole register is held.
pub fn of_register(held: &InForce) -> Option<Beside> {
    let hold = held.bearing_on(None, None).next()?;
    Some(Beside { lead: words::held_form(hold.held(), Fate::Refused), lines: Vec::new() })
}

/// The hold on one item or its inquiry, which stands beside that item.
pub fn on_item(held: &InForce, item: &Item) -> Option<Held> {
    let mut bearing = held.bearing_on(Some(item.inquiry), Some(item.recommendation));
    bearing.find(|hold| hold.on.reach() != Reach::Register).map(Hold::held)
}
