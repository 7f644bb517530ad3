//! What is published about the register itself.

use crate::domain::operator::Operator;

/// The heading of what the register has published about itself.
pub const ABOUT_REGISTER: &str = "What this register says of itself";

/// The operator was entered, or changed: what was said before stands beside what is said now.
#[must_use]
pub fn operator_is(now: &Operator, before: Option<&Operator>) -> String {
    let Some(before) = before else { return format!("{} has taken responsibility for this register.", now.name) };
    let said = |operator: &Operator| {
        [
            ("who runs it", operator.name.clone()),
            ("by what right", operator.right.clone()),
            ("the address for the public", operator.contact.to_string()),
            ("the data protection contact", operator.data_protection.clone()),
            ("where to complain", operator.complaints.clone()),
        ]
    };
    let changed = said(before).into_iter().zip(said(now)).filter(|((_, was), (_, is))| was != is);
    let changed: Vec<String> =
        changed.map(|((what, was), (_, is))| format!("{what}: “{is}”, before “{was}”")).collect();
    format!("What this register says about its operator was changed: {}.", changed.join("; "))
}

/// The check by a second person was switched.
#[must_use]
pub const fn second_key_switched(on: bool) -> &'static str {
    if on {
        "The check by a second person was switched on."
    } else {
        "The check by a second person was switched off: one person may both write and publish a finding."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_over_and_changing_read_differently() {
        let operator = |name: &str| Operator {
            name: name.to_owned(),
            right: "A resolution.".to_owned(),
            contact: "register@example.org".parse().unwrap(),
            data_protection: "The officer".to_owned(),
            complaints: "The office".to_owned(),
        };
        let (one, other) = (operator("Ashgrove Council"), operator("Ashgrove Board"));
        assert_eq!(operator_is(&one, None), "Ashgrove Council has taken responsibility for this register.");
        assert_eq!(
            operator_is(&other, Some(&one)),
            "What this register says about its operator was changed: who runs it: “Ashgrove Board”, before “Ashgrove Council”."
        );
        assert_ne!(second_key_switched(true), second_key_switched(false));
    }
}
