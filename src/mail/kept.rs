//! A mail as it was composed and kept, read for those who look after mail.

use mail_parser::MessageParser;

/// What a kept mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its subject.
    pub subject: String,
    /// Its words as plain text.
    pub text: String,
    /// Its words as HTML, as they were written.
    pub html: String,
}

/// Reads a mail that [`compose`](super::compose::compose) made; `None` where it cannot be read.
#[must_use]
pub fn read(message: &[u8]) -> Option<Kept> {
    let mail = MessageParser::default().parse(message)?;
    let text = mail.body_text(0)?.into_owned();
    let html = mail.body_html(0)?.into_owned();
    Some(Kept { subject: mail.subject().unwrap_or_default().to_owned(), text, html })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::compose::tests::reset;

    #[test]
    fn what_was_composed_is_read_again() {
        let composed = reset("r-1");
        let kept = read(&composed.bytes).unwrap();
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(kept.subject, composed.subject);
        assert_eq!(lines(kept.text.trim()), lines(composed.text.trim()));
        assert_eq!(lines(kept.html.trim()), lines(composed.html.trim()));
        assert_eq!(read(b""), None);
    }
}
