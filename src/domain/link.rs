//! Addresses of sources on the web, as people and files give them.

use url::Url;

/// Room for an address.
pub const LINK_LIMIT: usize = 2_000;

/// Why an address was refused; the sentence is meant for the person who gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    /// Not an address that a reader can open, or one that could run something.
    #[error("Enter a full web address that begins with https:// or http://")]
    NotWeb,
    /// White space or a control character inside it.
    #[error("A web address has no spaces or line breaks in it")]
    Space,
    /// A name or a password inside it.
    #[error("Take the user name or password out of the web address")]
    Credentials,
    /// Longer than anybody's address.
    #[error("The web address must be 2,000 characters or fewer")]
    TooLong,
}

/// The address of a source, without white space around it; nothing where nothing was given. It is kept as it was given,
/// so that a reader can compare it letter by letter.
///
/// # Errors
/// When it is no http or https address, or holds what an address must not.
pub fn web_address(given: &str) -> Result<Option<String>, LinkFault> {
    let given = given.trim();
    if given.is_empty() {
        return Ok(None);
    }
    if given.chars().count() > LINK_LIMIT {
        return Err(LinkFault::TooLong);
    }
    if given.chars().any(|sign| sign.is_whitespace() || sign.is_control()) {
        return Err(LinkFault::Space);
    }
    let url = Url::parse(given).map_err(|_| LinkFault::NotWeb)?;
    let lower = given.to_ascii_lowercase();
    let web = lower.starts_with("https://") || lower.starts_with("http://");
    if !web || url.host_str().is_none_or(str::is_empty) {
        return Err(LinkFault::NotWeb);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(LinkFault::Credentials);
    }
    Ok(Some(given.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_a_reader_can_open() {
        let good = "https://moderngov.example.org/mgAi.aspx?ID=66266#page=4";
        assert_eq!(web_address(&format!(" {good} ")), Ok(Some(good.to_owned())));
        assert_eq!(web_address("  "), Ok(None));
        let long = format!("https://example.org/{}", "a".repeat(LINK_LIMIT));
        for (bad, fault) in [
            ("javascript:alert(1)", LinkFault::NotWeb),
            ("data:text/html,x", LinkFault::NotWeb),
            ("example.org/report", LinkFault::NotWeb),
            ("//example.org/report", LinkFault::NotWeb),
            ("http:example.org", LinkFault::NotWeb),
            ("https://", LinkFault::NotWeb),
            ("ftp://example.org/report", LinkFault::NotWeb),
            ("https://example.org/a b", LinkFault::Space),
            ("https://example.org/\nX", LinkFault::Space),
            ("https://name:word@example.org/", LinkFault::Credentials),
            (long.as_str(), LinkFault::TooLong),
        ] {
            assert_eq!(web_address(bad), Err(fault), "{bad}");
        }
    }
}
