//! Licences, languages and other formats.

use crate::domain::licence::{FormatKind, Language, Licence};

/// A licence by its name.
#[must_use]
pub const fn licence(licence: Licence) -> &'static str {
    match licence {
        Licence::OpenGovernment => "Open Government Licence v3.0",
        Licence::Quoted => {
            "All rights reserved; quoted under section 30 of the Copyright, Designs and Patents Act 1988"
        }
        Licence::Own => "The operator\u{2019}s own words",
        Licence::Unknown => "Unknown: nobody has found out under which licence these words stand",
    }
}

/// A language by its name.
#[must_use]
pub const fn language(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::Welsh => "Welsh",
        Language::BritishSign => "British Sign Language",
        Language::IrishSign => "Irish Sign Language",
        Language::Irish => "Irish",
        Language::Gaelic => "Scottish Gaelic",
        Language::Urdu => "Urdu",
        Language::Punjabi => "Punjabi",
        Language::Polish => "Polish",
    }
}

/// A format by its name.
#[must_use]
pub const fn format_kind(kind: FormatKind) -> &'static str {
    match kind {
        FormatKind::EasyRead => "Easy read",
        FormatKind::Translation => "Translation",
        FormatKind::Signed => "Signed",
        FormatKind::LargePrint => "Large print",
        FormatKind::Audio => "Audio",
        FormatKind::Young => "For children and young people",
    }
}

/// A report in another format: "Easy read, in English".
#[must_use]
pub fn format_line(kind: FormatKind, language: Language) -> String {
    format!("{}, in {}", format_kind(kind), self::language(language))
}

/// What became of a link to another format.
#[must_use]
pub const fn format_linked(present: bool) -> &'static str {
    if present { "Linked" } else { "Taken back" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::all_different;

    #[test]
    fn every_licence_language_and_format_has_a_name() {
        all_different(Licence::ALL, |one| licence(one).to_owned());
        all_different(Language::ALL, |one| language(one).to_owned());
        all_different(FormatKind::ALL, |one| format_kind(one).to_owned());
    }
}
