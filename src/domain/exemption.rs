//! Why a paper is kept from the public: the seven descriptions of exempt information of an English principal council.

use super::text::text_enum;

text_enum! {
    /// A paragraph of Part 1 of Schedule 12A to the Local Government Act 1972, as substituted for England by the Local
    /// Government (Access to Information) (Variation) Order 2006 (SI 2006/88), from 1 March 2006.
    pub enum Exemption as "paragraph of Schedule 12A" {
        /// Paragraph 1.
        Individual = "1",
        /// Paragraph 2.
        Identity = "2",
        /// Paragraph 3.
        Business = "3",
        /// Paragraph 4.
        Labour = "4",
        /// Paragraph 5.
        Privilege = "5",
        /// Paragraph 6.
        Notice = "6",
        /// Paragraph 7.
        Crime = "7",
    }
}

/// Where the descriptions stand.
pub const SOURCE: &str = "https://www.legislation.gov.uk/ukpga/1972/70/schedule/12A";

impl Exemption {
    /// What the paragraph describes.
    #[must_use]
    pub const fn describes(self) -> &'static str {
        match self {
            Self::Individual => "information relating to any individual",
            Self::Identity => "information which is likely to reveal the identity of an individual",
            Self::Business => {
                "information relating to the financial or business affairs of any particular person (including the \
                 authority holding that information)"
            }
            Self::Labour => {
                "information relating to any consultations or negotiations, or contemplated consultations or negotiations, \
                 in connection with any labour relations matter arising between the authority or a Minister of the Crown \
                 and employees of, or office holders under, the authority"
            }
            Self::Privilege => {
                "information in respect of which a claim to legal professional privilege could be maintained in legal \
                 proceedings"
            }
            Self::Notice => {
                "information which reveals that the authority proposes to give under any enactment a notice under or by \
                 virtue of which requirements are imposed on a person, or to make an order or direction under any enactment"
            }
            Self::Crime => {
                "information relating to any action taken or to be taken in connection with the prevention, investigation \
                 or prosecution of crime"
            }
        }
    }
}

/// Which paragraphs, and why the public interest is in keeping it back: paragraph 10 of the same schedule asks for that.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Named {
    /// The paragraphs, in their order.
    pub paragraphs: Vec<Exemption>,
    /// Why the public interest in maintaining the exemption outweighs that in disclosing the information.
    pub why: String,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_seven_paragraphs_each_with_its_own_words() {
        let words: BTreeSet<&str> = Exemption::ALL.iter().map(|one| one.describes()).collect();
        assert_eq!((Exemption::ALL.len(), words.len()), (7, 7));
        assert!(words.iter().all(|words| words.starts_with("information ")));
    }
}
