//! Licences, languages and other formats.

use crate::domain::licence::{DataLicence, FormatKind, Language, Licence, Rights};

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

/// The licence of the data by its name.
#[must_use]
pub const fn data_licence(licence: DataLicence) -> &'static str {
    match licence {
        DataLicence::OpenGovernment => "Open Government Licence v3.0",
        DataLicence::Attribution => "Creative Commons Attribution 4.0 International",
        DataLicence::Zero => "Creative Commons Zero 1.0",
        DataLicence::Reserved => "All rights reserved",
    }
}

/// Where it was not entered.
pub const NO_DATA_LICENCE: &str = "The operator has not entered a licence for the data, so ask before you use it.";

/// The sentence under which it is published, and which stands on `/about`.
#[must_use]
pub fn data_licence_is(licence: DataLicence) -> String {
    match licence {
        DataLicence::Reserved => {
            "The operator reserves all rights in the data of this register: ask before you use it.".to_owned()
        }
        licence => format!(
            "The operator gives the data of this register to everybody under this licence: {}. It does not reach words \
             that are quoted from others.",
            data_licence(licence)
        ),
    }
}

/// Beside the words of a recommendation; nothing where nobody has said so.
#[must_use]
pub fn rights(rights: Rights) -> Option<String> {
    let licence = rights.licence.map(|one| format!("Licence of these words: {}.", self::licence(one)));
    let other = rights.language.filter(|one| *one != Language::English);
    let language = other.map(|one| format!("In {}.", self::language(one)));
    let said: Vec<String> = [language, licence].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Beside the words of an update: only what a reader would not take for granted. The operator's own words and words of
/// which nobody knows it say nothing.
#[must_use]
pub fn update_rights(of: Rights) -> Option<String> {
    let licence = of.licence.filter(|one| !matches!(one, Licence::Own | Licence::Unknown));
    rights(Rights { licence, ..of })
}

/// Beside a piece of evidence or a reply, as the end of a sentence: its language where that is not English, and its licence; also
/// that it is not known.
#[must_use]
pub fn source_rights(of: Rights) -> String {
    let licence = match of.licence {
        Some(Licence::Unknown) | None => "Licence not known".to_owned(),
        Some(known) => format!("Licence: {}", self::licence(known)),
    };
    match of.language.filter(|one| *one != Language::English) {
        Some(other) => format!("In {}. {licence}", self::language(other)),
        None => licence,
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
        all_different(DataLicence::ALL, data_licence_is);
        assert_eq!(rights(Rights::default()), None);
        for licence in [None, Some(Licence::Own), Some(Licence::Unknown)] {
            assert_eq!(update_rights(Rights { language: Some(Language::English), licence }), None);
            let welsh = Rights { language: Some(Language::Welsh), licence };
            assert_eq!((update_rights(welsh).as_deref(), welsh.lang()), (Some("In Welsh."), Some("cy")));
        }
        let open = Rights { language: Some(Language::English), licence: Some(Licence::OpenGovernment) };
        assert_eq!(
            (update_rights(open).as_deref(), open.lang()),
            (Some("Licence of these words: Open Government Licence v3.0."), None)
        );
        all_different(FormatKind::ALL, |one| format_kind(one).to_owned());
    }
}
