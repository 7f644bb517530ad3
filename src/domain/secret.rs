//! The register's own secret: what signs the small things that come back from a browser unchanged or not at all.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::token::NotAToken;

/// 256 random bits, made once for a database. Each use names its purpose, so that what is signed for one is worthless for
/// another.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A secret of these bytes, which must come from chance.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret as it is stored. For the store alone.
    #[must_use]
    pub fn stored(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The signature of `data` for a purpose.
    #[must_use]
    pub fn sign(&self, purpose: &'static str, data: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(purpose, data).finalize().into_bytes())
    }

    /// Bytes that belong to `data` for a purpose and that nobody can guess: what a link is made of that is never stored.
    #[must_use]
    pub fn derive(&self, purpose: &'static str, data: &[u8]) -> [u8; 32] {
        self.mac(purpose, data).finalize().into_bytes().into()
    }

    /// Whether `signature` is the one of `data` for a purpose; takes the same time wherever they differ.
    #[must_use]
    pub fn signed(&self, purpose: &'static str, data: &[u8], signature: &str) -> bool {
        let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return false };
        self.mac(purpose, data).verify_slice(&signature).is_ok()
    }

    fn mac(&self, purpose: &'static str, data: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key of any length will do");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(data);
        mac
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(..)")
    }
}

impl FromStr for Secret {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotAToken)?;
        bytes.try_into().map(Self).map_err(|_| NotAToken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_one_text_one_purpose_and_one_secret() {
        let secret: Secret = Secret::new([1; 32]).stored().parse().unwrap();
        let signature = secret.sign("form", b"text");
        assert!(secret.signed("form", b"text", &signature));
        assert!(!secret.signed("form", b"texts", &signature));
        assert!(!secret.signed("notice", b"text", &signature));
        assert!(!Secret::new([2; 32]).signed("form", b"text", &signature));
        for bad in ["", "A", &signature[1..], "é"] {
            assert!(!secret.signed("form", b"text", bad), "{bad}");
        }
    }
}
