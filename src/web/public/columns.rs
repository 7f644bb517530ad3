//! The columns of the two tables that can be taken away, recommendations and answers: names as in the JSON, with what each
//! holds. A table never mixes the two units.

use serde_json::{Value, json};

use crate::domain::assessed::Assessed;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::fairness::Approval;
use crate::domain::licence::{Language, Licence};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::moment::Precision;
use crate::domain::report::Marked;
use crate::domain::reported::Reported;
use crate::domain::response::{Basis, Response};
use crate::domain::succession::Handed;

/// What kind of values a column holds, in the words of a table schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any words.
    Text,
    /// An address of the web.
    Address,
    /// A day as ISO 8601 writes it.
    Day,
    /// `true` or `false`.
    Truth,
    /// A whole number.
    Number,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the first line, and in the JSON.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What that means.
    pub means: &'static str,
    /// The words that can stand in it, where that is a closed list.
    pub words: Vec<&'static str>,
}

fn column(name: &'static str, kind: Kind, means: &'static str) -> Column {
    Column { name, kind, means, words: Vec::new() }
}

macro_rules! closed {
    ($name:literal, $type:ty, $means:literal) => {
        Column { words: <$type>::ALL.iter().map(|value| value.as_str()).collect(), ..column($name, Kind::Text, $means) }
    };
}

/// The holds that bear on a row.
const HOLDS: &str =
    "Holds under which nothing new is published about it, each as in the JSON: since when, why, reviewed when.";

/// The columns of `recommendations.csv`: one row for each recommendation.
#[must_use]
pub fn of_recommendations() -> Vec<Column> {
    use Kind::{Address, Day, Number, Text, Truth};
    vec![
        column("inquiry", Text, "The inquiry that made it: its part of the address."),
        column("number", Text, "Its number or letter within the inquiry."),
        column(
            "part_of",
            Text,
            "The number of the recommendation that it is a lettered part of; empty where it is none. Count only rows where it is \
             empty as recommendations.",
        ),
        column("letter", Text, "Its letter, where it is a part."),
        column("own_reference", Truth, "Whether that number is this register's own and not the source's."),
        column("title", Text, "A short title. Where nobody has compared it with a source, the warning stands in it."),
        column("text", Text, "Its words. Where nobody has compared them with a source, the warning stands in them."),
        closed!("text_kind", TextKind, "Whose words these are: the report's, a summary of ours, or none yet."),
        closed!("checked", Checked, "How far the entry was compared with a source."),
        column("warning", Text, "What must be said with the words, where they were not compared."),
        column("withheld_on", Day, "The day since which the words are withheld from the public."),
        column("removed_for_legal_reasons", Truth, "Whether the words were removed for good on that day."),
        column("source_url", Address, "Where the words can be read."),
        closed!("text_language", Language, "The language of the words."),
        closed!("text_licence", Licence, "The licence of the words; empty where nobody has said so."),
        column(
            "made_on",
            Day,
            "The day on which it was made; empty where that is not known of this very recommendation.",
        ),
        column("addressed_to", Text, "To whom it is put, in its own words."),
        column("may_repeat", Text, "The number of another one of the same inquiry that it may say again."),
        column("themes", Text, "What it is about, with semicolons between."),
        column(
            "done",
            Truth,
            "Whether every answer to it, and to each of its parts, was found implemented by oversight and still holds.",
        ),
        column("part_numbers", Text, "The numbers of its lettered parts, with semicolons between."),
        column("parts_not_confirmed", Text, "The numbers of those of them that are not confirmed."),
        column("entered_in_error", Truth, "Whether it should never have been entered: then it is in no number."),
        column(
            "family",
            Text,
            "The family of recommendations that say the same: its part of the address; empty where there is none.",
        ),
        column(
            "family_says",
            Text,
            "What can be said of that family as a whole. \u{201c}Made 3 times\u{201d} counts recommendations; where one \
             inquiry made several, it says by how many inquiries.",
        ),
        column("ties", Text, "What it is linked to, each as in the JSON: which says what of which."),
        column("holds", Text, HOLDS),
        column("change", Number, "The number of the last change of anything about it."),
        column("address", Address, "Its page."),
    ]
}

/// The columns of `answers.csv`: one row for each recommendation and body that it was put to.
#[must_use]
pub fn of_answers() -> Vec<Column> {
    use Kind::{Address, Day, Number, Text, Truth};
    vec![
        column("inquiry", Text, "The inquiry that made the recommendation: its part of the address."),
        column("number", Text, "The number or letter of the recommendation within the inquiry."),
        column(
            "part_of",
            Text,
            "The number of the recommendation that it is a lettered part of; empty where it is none.",
        ),
        column("title", Text, "Its short title, with the warning in it where nobody has compared it with a source."),
        column("warning", Text, "What must be said with the words, where they were not compared."),
        column("holds", Text, HOLDS),
        column("address", Address, "The page of this answer."),
        column("body", Text, "The body asked: its part of the address."),
        column(
            "answered_by",
            Text,
            "The body that answers now, and is counted: another one where the body asked has ended.",
        ),
        closed!(
            "who_answers",
            Handed,
            "What that rests on: asked itself, taken over, not decided here, or nobody took it over."
        ),
        closed!("checked", Checked, "How far it was compared with a source that this body was asked."),
        column(
            "taken_in_on",
            Day,
            "The day from which this register listens: before it, silence is not held against anybody.",
        ),
        closed!(
            "response",
            Response,
            "What the body answered; not_recorded where this register has not looked or not asked."
        ),
        column("response_on", Day, "When it answered."),
        closed!("response_precision", Precision, "How exactly that day is known."),
        closed!("response_basis", Basis, "Whether it answered this recommendation itself, or all of them at once."),
        closed!("reported", Reported, "What the body says it has done. Nobody has confirmed it by that."),
        column("reported_on", Day, "Since when."),
        closed!("reported_precision", Precision, "How exactly that day is known."),
        closed!("assessed", Assessed, "What oversight found when it looked."),
        column("assessed_on", Day, "When it found so."),
        closed!("assessed_precision", Precision, "How exactly that day is known."),
        column("assessed_by", Text, "In whose name."),
        column("decided_by", Text, "The post or the committee that decided the finding."),
        column("decided_on", Day, "When that was decided."),
        column("minute_ref", Text, "Where the decision is minuted."),
        closed!("approval", Approval, "How the decision was taken."),
        column("replied_on", Day, "When the body replied to the finding."),
        column("reply", Text, "What it replied."),
        closed!("reply_language", Language, "In which language that is."),
        closed!("reply_licence", Licence, "The licence of those words; empty where nobody has said so."),
        column(
            "others_found_count",
            Number,
            "How many outside bodies found something about it. It changes no other column.",
        ),
        column("others_found_differ", Number, "How many of them differ from what this register found."),
        column("report_title", Text, "The last document of the body that somebody looked through for it."),
        column("report_on", Day, "The date of that document."),
        column("report_address", Address, "Its page."),
        closed!("report_mark", Marked, "How it fares there: no answer and no finding."),
        column("report_mark_page", Text, "On which page."),
        column("recheck_due_on", Day, "When oversight is to look again."),
        column(
            "looked_until",
            Day,
            "Until when the finding counts as looked at lately: the day to look again, else one return after it; empty where no \
             schedule says.",
        ),
        column(
            "not_looked_at_lately",
            Truth,
            "Whether that day has passed, so that the finding is older than its schedule.",
        ),
        closed!("lifecycle", Lifecycle, "Whether it is open, closed, or was closed as done and no longer holds."),
        column("lifecycle_on", Day, "Since when."),
        closed!("lifecycle_precision", Precision, "How exactly that day is known."),
        closed!("closure", Closure, "Why it is closed."),
        column("entered_in_error", Truth, "Whether it should never have been entered: then it is in no number."),
        column("agreed", Text, "What would show that it is done, as agreed with the body."),
        column("agreed_on", Day, "The day on which that was agreed."),
        column("agreed_recorded_on", Day, "The day on which that was published here."),
        column(
            "done",
            Truth,
            "Whether the last finding is that it was implemented, and it still holds. A refusal alone is never done.",
        ),
        column("response_due_on", Day, "By when an answer is owed."),
        column("response_due_rule", Text, "The rule of law by which it is owed, where one says so."),
        column("response_owed_to", Text, "To whom it is owed."),
        column("response_paused_on", Day, "Since when the time for it stands still."),
        column("response_renewed", Number, "How often the body said again that it is considering."),
        column("plan_owner", Text, "Whose plan an acceptance has."),
        column("plan_action", Text, "What is to be done by it."),
        column("plan_on", Day, "By when."),
        column("return_due_on", Day, "By when the next update is owed."),
        column("target_on", Day, "The date that stands by which it is to be done."),
        column("first_target_on", Day, "The first such date."),
        column("target_set_by", Text, "The body that set the date that stands: its part of the address."),
        column("target_set_by_name", Text, "The same by name; also of somebody who is no body of this register."),
        column("times_moved", Number, "How often that date was moved."),
        column(
            "days_past_first_target",
            Number,
            "Days past the first such date; empty where the register was not there to see.",
        ),
    ]
}

/// One row of a table, from the data that the JSON is made of.
#[must_use]
pub fn row(columns: &[Column], data: &Value) -> Vec<String> {
    columns.iter().map(|column| cell(&data[column.name])).collect()
}

/// A value as a cell.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    };
    harmless(text)
}

/// With an apostrophe before what a spreadsheet would take for a formula.
#[must_use]
pub fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) { format!("'{text}") } else { text }
}

/// The columns as a table schema says them: <https://specs.frictionlessdata.io/table-schema/>.
#[must_use]
pub fn schema(columns: &[Column]) -> Value {
    let fields: Vec<Value> = columns.iter().map(Column::field).collect();
    json!({ "fields": fields, "missingValues": [""] })
}

impl Column {
    fn field(&self) -> Value {
        let (kind, format) = match self.kind {
            Kind::Text => ("string", "default"),
            Kind::Address => ("string", "uri"),
            Kind::Day => ("date", "default"),
            Kind::Truth => ("boolean", "default"),
            Kind::Number => ("integer", "default"),
        };
        let mut field = json!({ "name": self.name, "type": kind, "format": format, "description": self.means });
        if !self.words.is_empty() {
            field["constraints"] = json!({ "enum": self.words });
        }
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula() {
        for (bad, good) in
            [("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "'\ta"), ("\0", "'\0")]
        {
            assert_eq!(cell(&json!(bad)), good);
        }
        for plain in ["", "1 = 1", "a-b", "[Not compared] =1"] {
            assert_eq!(cell(&json!(plain)), plain);
        }
        assert_eq!(cell(&json!(["=a", "b"])), "'=a; b");
        assert_eq!(
            (cell(&json!(null)), cell(&json!(true)), cell(&json!(3))),
            (String::new(), "true".into(), "3".into())
        );
    }
}
