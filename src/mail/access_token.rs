//! Signing in to a mail server with an access token (XOAUTH2), where a provider takes no password.
//!
//! A token works for an hour or so. Another program gets the next one in time and writes it into a file, which is read anew before
//! each connection; nothing of it is kept here.

use std::fmt;
use std::path::PathBuf;

use lettre::transport::smtp::authentication::Credentials;

/// The longest token that is believed to be one, in bytes.
const LONGEST: u64 = 16 * 1024;

/// Who signs in, and where the token is.
pub(super) struct AccessToken {
    user: String,
    file: PathBuf,
}

/// Why there is no token to sign in with.
#[derive(Debug)]
pub(super) struct NoToken(String);

impl AccessToken {
    pub(super) const fn new(user: String, file: PathBuf) -> Self {
        Self { user, file }
    }

    /// What signs in now.
    pub(super) async fn read(&self) -> Result<Credentials, NoToken> {
        let file = self.file.display();
        let unread = |fault: std::io::Error| NoToken(format!("the access token in {file} could not be read: {fault}"));
        if tokio::fs::metadata(&self.file).await.map_err(unread)?.len() > LONGEST {
            return Err(NoToken(format!("{file} is too long to be an access token")));
        }
        let text = tokio::fs::read_to_string(&self.file).await.map_err(unread)?;
        let token = text.trim();
        if token.is_empty() || !token.bytes().all(|sign| sign.is_ascii_graphic()) {
            return Err(NoToken(format!("{file} holds no access token: it must be one line without spaces")));
        }
        Ok(Credentials::new(self.user.clone(), token.to_owned()))
    }
}

impl fmt::Display for NoToken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[tokio::test]
    async fn a_token_is_one_line_of_its_file_as_it_stands_now() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        let token = AccessToken::new("register@example.org".to_owned(), file.clone());
        assert!(token.read().await.unwrap_err().to_string().contains("could not be read"));
        for good in ["first\n", " second "] {
            fs::write(&file, good).unwrap();
            let wanted = Credentials::new("register@example.org".to_owned(), good.trim().to_owned());
            assert_eq!(token.read().await.unwrap(), wanted);
        }
        for bad in ["", "\n", "two words", "one\ntwo", "t\u{f6}ken"] {
            fs::write(&file, bad).unwrap();
            let fault = token.read().await.unwrap_err().to_string();
            assert!(fault.contains("one line") && !fault.contains("two words"), "{fault}");
        }
        fs::write(&file, "a".repeat(20_000)).unwrap();
        assert!(token.read().await.unwrap_err().to_string().contains("too long"));
    }
}
