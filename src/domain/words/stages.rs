//! When bodies are reminded of a date.

use super::numbers;
use crate::domain::stage::Stages;

/// `30, 14, 7 and 1 working days before the date, on the day after it, then every week`.
#[must_use]
pub fn stages(stages: &Stages) -> String {
    let before: Vec<String> = stages.before().iter().map(u32::to_string).collect();
    let unit = if stages.before().len() == 1 && stages.before().first() == Some(&1) { "day" } else { "days" };
    let before = format!("{} working {unit} before the date", numbers::list(&before));
    let first = match stages.first_after() {
        1 => "on the day after it".to_owned(),
        days => format!("{} after it", numbers::days(days)),
    };
    let every = match stages.every() {
        7 => "every week".to_owned(),
        days => format!("every {}", numbers::days(days)),
    };
    format!("{before}, {first}, then {every}")
}

/// At the head of a reminder: `3 of them are overdue`; nothing where none of those that it names is.
#[must_use]
pub fn overdue_among(all: u64, overdue: u64) -> Option<String> {
    match (all, overdue) {
        (_, 0) => None,
        (1, _) => Some("It is overdue".to_owned()),
        (all, overdue) if all == overdue => Some("All of them are overdue".to_owned()),
        (_, 1) => Some("1 of them is overdue".to_owned()),
        (_, overdue) => Some(format!("{overdue} of them are overdue")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_said_in_a_line() {
        assert_eq!(
            stages(&Stages::default()),
            "30, 14, 7 and 1 working days before the date, on the day after it, then every week"
        );
        let own = Stages::read("1", "5", "14").unwrap();
        assert_eq!(stages(&own), "1 working day before the date, 5 days after it, then every 14 days");
    }

    #[test]
    fn how_much_is_overdue_is_said_where_anything_is() {
        let said = |all, overdue| overdue_among(all, overdue).unwrap_or_default();
        assert_eq!([said(1, 0), said(1, 1)], ["", "It is overdue"]);
        let of_many = [said(20, 1), said(20, 3), said(20, 20)];
        assert_eq!(of_many, ["1 of them is overdue", "3 of them are overdue", "All of them are overdue"]);
    }
}
