//! A mail as it was composed, kept and shown without what its link lets a reader do.

use super::outbox::MASK;

/// How a line of quoted-printable that is too long is broken (RFC 2045, 6.7).
const SOFT_BREAK: &[u8] = b"=\r\n";
/// How a part says that its letters stand for others, in small letters.
const BASE64: &[u8] = b"transfer-encoding: base64";

/// The bytes of a mail with what stands in the place of a token wherever the token is, also where a line is broken within it. `None`
/// where it is not found, or where some part is encoded so that it may still be there: such a mail must not be kept.
#[must_use]
pub fn without_token(message: &[u8], token: &str) -> Option<Vec<u8>> {
    let is_hidden = message.to_ascii_lowercase().windows(BASE64.len()).any(|some| some == BASE64);
    if token.is_empty() || is_hidden {
        return None;
    }
    let mut masked = Vec::with_capacity(message.len());
    let (mut rest, mut found) = (message, false);
    while let Some((first, more)) = rest.split_first() {
        if let Some(after) = after_token(rest, token.as_bytes()) {
            masked.extend_from_slice(MASK.as_bytes());
            (rest, found) = (after, true);
        } else {
            masked.push(*first);
            rest = more;
        }
    }
    found.then_some(masked)
}

/// What follows a token with which these bytes begin.
fn after_token<'a>(bytes: &'a [u8], token: &[u8]) -> Option<&'a [u8]> {
    let mut rest = bytes;
    for sign in token {
        rest = rest.strip_prefix(SOFT_BREAK).unwrap_or(rest);
        rest = rest.strip_prefix(std::slice::from_ref(sign))?;
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn masked(message: &str, token: &str) -> Option<String> {
        without_token(message.as_bytes(), token).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_token_goes_wherever_it_is() {
        let mail = "To: a\r\n\r\nhttp://a.example/filing/abcd-ef\r\n<a href=3D\"/filing/abc=\r\nd-ef\">\r\n";
        let without = "To: a\r\n\r\nhttp://a.example/filing/(not-shown)\r\n<a href=3D\"/filing/(not-shown)\">\r\n";
        assert_eq!(masked(mail, "abcd-ef").as_deref(), Some(without));
    }

    #[test]
    fn what_may_still_hold_it_is_not_kept() {
        assert_eq!(masked("no link here", "abcd"), None);
        assert_eq!(masked("abcd", ""), None);
        assert_eq!(masked("Content-Transfer-Encoding: Base64\r\n\r\nYWJjZA==\r\nabcd", "abcd"), None);
    }

    proptest! {
        #[test]
        fn nothing_is_left_of_it_and_all_else_stays(before in "[xyz \r\n]{0,40}", after in "[xyz \r\n]{0,40}", cut in 0_usize..43) {
            let token = "Q".repeat(43);
            let (first, rest) = token.split_at(cut);
            let broken = if cut == 0 { token.clone() } else { format!("{first}=\r\n{rest}") };
            let mail = format!("{before}{broken}{after}{token}");
            prop_assert_eq!(masked(&mail, &token), Some(format!("{before}{MASK}{after}{MASK}")));
        }
    }
}
