//! Who runs this copy of the register, and by what right: until somebody has entered it, no page is in service.

use sha2::{Digest, Sha256};

use super::email::Email;
use super::problem::Problems;
use super::text::{TITLE_LIMIT, tidy};

/// Room for a paragraph that the operator writes about itself.
const PARAGRAPH_LIMIT: usize = 2_000;

/// The operator, as every page names it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Operator {
    /// Its name.
    pub name: String,
    /// By what right it monitors: a resolution, a law, an agreement, its own decision.
    pub right: String,
    /// Where to write about anything on a page.
    pub contact: Email,
    /// Whom to ask about data held on oneself.
    pub data_protection: String,
    /// Where to complain about the register.
    pub complaints: String,
}

impl Operator {
    /// A number that differs where anything about the operator differs: what a form shows, to see whether it still holds.
    #[must_use]
    pub fn fingerprint(&self) -> i64 {
        let parts = [&self.name, &self.right, self.contact.as_str(), &self.data_protection, &self.complaints];
        let hash = parts
            .iter()
            .fold(Sha256::new(), |hash, part| hash.chain_update(part.len().to_be_bytes()).chain_update(part));
        let bytes = hash.finalize();
        bytes.iter().take(7).fold(0, |number, byte| number * 256 + i64::from(*byte))
    }
}

/// The operator as typed.
#[derive(Debug, Clone, Default)]
pub struct OperatorTyped<'a> {
    /// Its name.
    pub name: &'a str,
    /// By what right it monitors.
    pub right: &'a str,
    /// The mail address.
    pub contact: &'a str,
    /// Data protection.
    pub data_protection: &'a str,
    /// Complaints.
    pub complaints: &'a str,
}

impl OperatorTyped<'_> {
    /// The operator, where nothing is wrong with it.
    ///
    /// # Errors
    /// Every fault, each at its field.
    pub fn parse(&self) -> Result<Operator, Problems> {
        let mut problems = Problems::none();
        let mut filled = |field: &str, what: &str, empty: &str, typed: &str, limit| {
            let text = problems.take(field, tidy(typed, what, limit)).flatten();
            if text.is_none() && problems.at(field).is_none() {
                problems.add(field, empty);
            }
            text.unwrap_or_default()
        };
        let name = filled("name", "Name", "Enter who runs this register", self.name, TITLE_LIMIT);
        let right = filled("right", "By what right", "Enter by what right it monitors", self.right, PARAGRAPH_LIMIT);
        let data_protection = filled(
            "data_protection",
            "Data protection contact",
            "Enter whom to ask about data held on oneself",
            self.data_protection,
            PARAGRAPH_LIMIT,
        );
        let complaints =
            filled("complaints", "Complaints", "Enter where to complain", self.complaints, PARAGRAPH_LIMIT);
        if name.contains('\n') {
            problems.add("name", "Name must be one line");
        }
        let contact = problems.take("contact", self.contact.parse::<Email>());
        match contact {
            Some(contact) if problems.is_empty() => Ok(Operator { name, right, contact, data_protection, complaints }),
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPED: OperatorTyped<'static> = OperatorTyped {
        name: " Ashgrove Council ",
        right: "A resolution of the council",
        contact: "register@example.org",
        data_protection: "The data protection officer, dpo@example.org",
        complaints: "The monitoring officer",
    };

    #[test]
    fn a_whole_operator_is_taken_and_tidied() {
        assert_eq!(TYPED.parse().unwrap().name, "Ashgrove Council");
    }

    #[test]
    fn each_gap_is_a_fault_at_its_field() {
        let problems = OperatorTyped::default().parse().unwrap_err();
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name", "right", "data_protection", "complaints", "contact"]);
        let long = "x".repeat(2_001);
        let problems = OperatorTyped { right: &long, ..TYPED }.parse().unwrap_err();
        assert!(problems.at("right").unwrap().contains("2000"), "{problems}");
    }
}
