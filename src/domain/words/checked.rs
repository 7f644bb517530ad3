//! How far an entry, a claim or an addressee was compared with a source, in sentences; and the warning that stands inside
//! the words of what nobody has compared.

use crate::domain::checked::{Checked, TextKind};

/// Where it is not known to whom a recommendation was put. Counted, never hidden.
pub const ADDRESSEE_NOT_KNOWN: &str = "Body asked: not known here.";
/// Stands by every number or letter that is ours.
pub const OWN_REFERENCE: &str = "The number or letter is this register's own, not the source's.";

/// Whose words these are and how far they were compared, in full sentences.
#[must_use]
pub const fn entry_checked(kind: TextKind, checked: Checked) -> &'static str {
    match (kind, checked) {
        (_, Checked::Topic) => {
            "A source confirms that a recommendation on this subject exists. Its words have not been compared."
        }
        (TextKind::NotTranscribed, Checked::Absent) => {
            "A source says that this recommendation exists. Nobody has transcribed it yet."
        }
        (_, Checked::Absent) => {
            "A source says that this recommendation exists. Nobody has transcribed it: the words here were compared with nothing."
        }
        (TextKind::Verbatim, Checked::Source) => "The report's own words. Compared with the report.",
        (TextKind::Verbatim, Checked::Quoted) => {
            "The report's own words, as an official body or a newspaper quotes them. Not yet compared with the report."
        }
        (TextKind::Verbatim, Checked::Secondary) => {
            "The report's own words, as a secondary source gives them. Not yet compared with the report."
        }
        (TextKind::Verbatim, Checked::Probable) => {
            "Probably the report's own words, not confirmed by a source. Not yet compared with the report."
        }
        (TextKind::Verbatim, Checked::Unverified) => {
            "Entered as the report's own words. Not yet compared with any source."
        }
        (TextKind::Summary, Checked::Source) => {
            "Summary in our own words. Compared with the wording of the issuer or of the body asked."
        }
        (TextKind::Summary, Checked::Quoted) => {
            "Summary in our own words. Compared with the wording as an official body or a newspaper quotes it. Not yet \
             compared with the report."
        }
        (TextKind::Summary, Checked::Secondary) => {
            "Summary in our own words. Compared with a secondary source. Not yet compared with the report."
        }
        (TextKind::Summary, Checked::Probable) => {
            "Summary in our own words, drawn from an account that does not say it outright. Not yet compared with the report."
        }
        (TextKind::Summary, Checked::Unverified) => {
            "Summary in our own words, from general knowledge. Not yet compared with any source."
        }
        (TextKind::NotTranscribed, Checked::Source) => {
            "The wording of the issuer or of the body asked was seen. Nobody has transcribed it yet."
        }
        (TextKind::NotTranscribed, Checked::Quoted) => {
            "The wording was seen as an official body or a newspaper quotes it. Nobody has transcribed it yet."
        }
        (TextKind::NotTranscribed, Checked::Secondary) => {
            "A secondary source describes this recommendation. Nobody has transcribed it yet."
        }
        (TextKind::NotTranscribed, Checked::Probable) => {
            "This recommendation probably exists; no source confirms it. Nobody has transcribed it yet."
        }
        (TextKind::NotTranscribed, Checked::Unverified) => {
            "Known only from general knowledge, not yet compared with any source. Nobody has transcribed it yet."
        }
    }
}

/// The warning that must stand inside the words of an entry, on pages, in feeds and in exports; none where it was compared.
#[must_use]
pub const fn warning(checked: Checked) -> Option<&'static str> {
    match checked {
        Checked::Topic => Some("Not compared: a source confirms only that a recommendation on this subject exists."),
        Checked::Unverified => Some("Not compared with any source: written from general knowledge."),
        Checked::Absent => Some("Not transcribed: a source says only that this recommendation exists."),
        Checked::Source | Checked::Quoted | Checked::Secondary | Checked::Probable => None,
    }
}

/// The words of an entry with their warning inside, for feeds, exports and wherever words travel without their page.
#[must_use]
pub fn warned(text: &str, checked: Checked) -> String {
    match warning(checked) {
        None => text.to_owned(),
        Some(warning) if text.is_empty() => format!("[{warning}]"),
        Some(warning) => format!("[{warning}] {text}"),
    }
}

/// How it is known that a recommendation was put to this body.
#[must_use]
pub const fn addressee_checked(checked: Checked) -> &'static str {
    match checked {
        Checked::Source => "Put to this body, as the wording of the issuer or of the body says.",
        Checked::Quoted => "Put to this body, as an official body or a newspaper quotes the wording.",
        Checked::Secondary => "Put to this body, as a secondary source says. Not yet compared with the report.",
        Checked::Probable => {
            "Probably put to this body: it follows from an account that does not say so, and is not confirmed by a source."
        }
        Checked::Topic => {
            "Perhaps put to this body: a source confirms the subject only, and this is not confirmed by a source."
        }
        Checked::Unverified => "Put to this body, from general knowledge. Not yet compared with any source.",
        Checked::Absent => "That it was put to this body is said to be on record. Nobody has transcribed it yet.",
    }
}

/// In a list, beside a body that is only likely to have been asked; its own page says more.
#[must_use]
pub const fn asked_in_doubt(checked: Checked) -> Option<&'static str> {
    match checked {
        Checked::Source | Checked::Quoted | Checked::Secondary => None,
        Checked::Probable => Some("probably asked"),
        Checked::Topic => Some("perhaps asked"),
        Checked::Unverified => Some("asked, not compared with a source"),
        Checked::Absent => Some("asked, by a record not transcribed"),
    }
}

/// Said on a probable addressee where the same body accepted all the recommendations at once.
#[must_use]
pub fn block_not_counted(body: &str) -> String {
    format!(
        "{body} answered all the recommendations in one statement. It is not counted here, because no source confirms that \
         this one was put to it."
    )
}

/// How far one claim (an answer, an update, an event, a date) was compared, beside the link to its source.
#[must_use]
pub const fn claim_checked(checked: Checked) -> &'static str {
    match checked {
        Checked::Source => "Seen in the issuer's or the body's own words.",
        Checked::Quoted => "Seen as an official body or a newspaper quotes it.",
        Checked::Secondary => "Seen in a secondary source only.",
        Checked::Probable => "Follows from an account that does not say it outright.",
        Checked::Topic => "A source confirms the subject only.",
        Checked::Unverified => "Not yet compared with any source.",
        Checked::Absent => "Said to exist; not transcribed.",
    }
}

/// Of an update that a body sent in itself.
pub const AS_SENT_IN: &str = "The body's own words, as it sent them in.";
/// Of published words with no address to read them at.
pub const NO_LINK: &str = "No link is recorded.";

/// The same where no link stands beside it: that none is recorded.
#[must_use]
pub fn claim_unlinked(checked: Checked) -> String {
    match checked {
        // There was nothing to compare with, so there is nothing to link to.
        Checked::Unverified | Checked::Absent => claim_checked(checked).to_owned(),
        _ => format!("{} {NO_LINK}", claim_checked(checked)),
    }
}

/// How a form or a filter names each degree.
#[must_use]
pub const fn checked_label(checked: Checked) -> &'static str {
    match checked {
        Checked::Source => "Compared with the source",
        Checked::Quoted => "Compared with a quotation",
        Checked::Secondary => "Compared with a secondary source",
        Checked::Probable => "Probable, not confirmed",
        Checked::Topic => "Only the subject is confirmed",
        Checked::Unverified => "Not compared with any source",
        Checked::Absent => "Known to exist, not transcribed",
    }
}

/// Whose words, in a form or a list.
#[must_use]
pub const fn text_kind(kind: TextKind) -> &'static str {
    match kind {
        TextKind::Verbatim => "The report's own words",
        TextKind::Summary => "Summary in our own words",
        TextKind::NotTranscribed => "Not transcribed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::all_different;

    #[test]
    fn entries_say_how_far_they_were_compared() {
        for (kind, checked, said) in [
            (
                TextKind::Summary,
                Checked::Secondary,
                "Summary in our own words. Compared with a secondary source. Not yet compared with the report.",
            ),
            (
                TextKind::Summary,
                Checked::Unverified,
                "Summary in our own words, from general knowledge. Not yet compared with any source.",
            ),
            (
                TextKind::Summary,
                Checked::Topic,
                "A source confirms that a recommendation on this subject exists. Its words have not been compared.",
            ),
            (
                TextKind::NotTranscribed,
                Checked::Absent,
                "A source says that this recommendation exists. Nobody has transcribed it yet.",
            ),
        ] {
            assert_eq!(entry_checked(kind, checked), said);
        }
        for kind in TextKind::ALL.iter().copied() {
            all_different(Checked::ALL, |checked| entry_checked(kind, checked).to_owned());
        }
    }

    #[test]
    fn a_warning_stands_inside_the_words_exactly_where_one_is_needed() {
        for checked in Checked::ALL.iter().copied() {
            assert_eq!(warning(checked).is_some(), checked.needs_warning(), "{checked}");
        }
        assert_eq!(warned("Words.", Checked::Secondary), "Words.");
        assert_eq!(
            warned("Words.", Checked::Unverified),
            "[Not compared with any source: written from general knowledge.] Words."
        );
        assert_eq!(
            warned("", Checked::Absent),
            "[Not transcribed: a source says only that this recommendation exists.]"
        );
    }

    #[test]
    fn every_degree_has_its_own_words() {
        all_different(Checked::ALL, |checked| addressee_checked(checked).to_owned());
        all_different(Checked::ALL, |checked| claim_checked(checked).to_owned());
        all_different(Checked::ALL, claim_unlinked);
        assert_eq!(claim_unlinked(Checked::Secondary), "Seen in a secondary source only. No link is recorded.");
        all_different(Checked::ALL, |checked| checked_label(checked).to_owned());
        all_different(TextKind::ALL, |kind| text_kind(kind).to_owned());
        let probable = addressee_checked(Checked::Probable);
        assert!(
            probable.starts_with("Probably put to this body: ") && probable.ends_with("not confirmed by a source.")
        );
        assert!(block_not_counted("Ferry Authority").starts_with("Ferry Authority answered all"));
    }
}
