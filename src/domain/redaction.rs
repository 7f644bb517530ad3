//! Taking words out for good, because the law asks for it: proposed by an administrator, done by a second person.

use super::text::text_enum;

text_enum! {
    /// Why the law asks for it. The kind is public; what the words were is kept nowhere.
    pub enum RedactionKind as "reason for removing words" {
        /// A court has ordered it.
        CourtOrder = "court_order",
        /// Somebody whom the words could identify has anonymity for life (Sexual Offences (Amendment) Act 1992, section 1).
        Anonymity = "anonymity",
        /// They could prejudice live proceedings (Contempt of Court Act 1981, section 2).
        Proceedings = "proceedings",
        /// A person has asked for erasure and is owed it (UK GDPR, article 17).
        DataProtection = "data_protection",
        /// They were protectively marked or disclosed without authority (Official Secrets Act 1989).
        Marking = "marking",
        /// They were found to be defamatory, or are removed to settle a claim (Defamation Act 2013).
        Defamation = "defamation",
        /// Another rule of law, named in the operator's own file.
        OtherLaw = "other_law",
    }
}

text_enum! {
    /// Where a proposal to remove words stands.
    pub enum RedactionState as "state of a removal" {
        /// Waits for a second person. The words are withheld meanwhile.
        Proposed = "proposed",
        /// The words are gone.
        Done = "done",
        /// A second person declined. The words stay withheld until somebody shows them again.
        Declined = "declined",
    }
}
