//! Takes a composed mail to a mail server, or into a folder where there is none.
//!
//! One try, bounded in time, and what became of it. Trying again later is the postman's affair.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files;
use super::smtp::Server;
use crate::domain::email::Email;
use crate::domain::moment::Moment;
use crate::domain::refusal::Refusal;

/// The way out for mail. Cheap to clone; every clone shares the connections.
#[derive(Debug, Clone)]
pub struct Transport {
    way: Way,
}

#[derive(Debug, Clone)]
enum Way {
    Smtp(Arc<Server>),
    Files(Arc<Path>),
}

/// What is handed over: a mail just composed (`Composed::parcel`), or the bytes of one that was kept from an earlier try.
#[derive(Debug, Clone, Copy)]
pub struct Parcel<'a> {
    /// The outbox row's reference.
    pub reference: &'a str,
    /// When it was queued.
    pub at: Moment,
    /// The address that it comes from.
    pub from: &'a Email,
    /// The recipient.
    pub to: &'a Email,
    /// The whole mail.
    pub bytes: &'a [u8],
}

/// What became of one try. "Accepted" is what is known; whether it was read, or even delivered, nobody tells us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it on, or the file is on disk.
    Accepted {
        /// What the server said, or where the file lies.
        answer: String,
    },
    /// Not now; another try may do better.
    Temporary {
        /// Why, on one line, for staff.
        reason: String,
    },
    /// Never: the server refuses this mail for good.
    Permanent {
        /// Why, on one line, for staff.
        reason: String,
        /// What the server refused and how, where it was a server.
        refusal: Option<Refusal>,
    },
}

/// Why `SMTP_URL` names no server that mail could be handed to.
#[derive(Debug, thiserror::Error)]
#[error("SMTP_URL cannot be used: {0}")]
pub struct BadUrl(pub(super) String);

impl Transport {
    /// To a mail server, by the form of address that lettre documents: `smtps://user:password@host:port/ehlo-name` or
    /// `smtp://…?tls=required`. Connects only when there is something to send.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn smtp(url: &str) -> Result<Self, BadUrl> {
        Ok(Self { way: Way::Smtp(Arc::new(Server::at(url)?)) })
    }

    /// The same, signed in to with an access token in the place of a password. It lies in `token`, which is read anew before each
    /// connection; the address names the user.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn smtp_with_token(url: &str, token: impl Into<PathBuf>) -> Result<Self, BadUrl> {
        Ok(Self { way: Way::Smtp(Arc::new(Server::with_token(url, token.into())?)) })
    }

    /// Into files of a folder, which is made when the first mail comes.
    #[must_use]
    pub fn files(folder: impl Into<PathBuf>) -> Self {
        Self { way: Way::Files(folder.into().into()) }
    }

    /// Hands one mail over. Never takes much longer than a minute, whatever the server does.
    pub async fn send(&self, mail: &Parcel<'_>) -> Outcome {
        match &self.way {
            Way::Smtp(server) => server.hand_over(mail).await,
            Way::Files(folder) => {
                let (folder, name, bytes) = (Arc::clone(folder), files::name(mail), mail.bytes.to_vec());
                match tokio::task::spawn_blocking(move || files::write(&folder, &name, &bytes)).await {
                    Ok(Ok(path)) => Outcome::Accepted { answer: path.display().to_string() },
                    Ok(Err(fault)) => Outcome::Temporary { reason: format!("the file could not be written: {fault}") },
                    Err(fault) => Outcome::Temporary { reason: format!("the file could not be written: {fault}") },
                }
            }
        }
    }

    /// Says goodbye on the connections that wait for another mail. More mail may be sent afterwards.
    pub async fn rest(&self) {
        if let Way::Smtp(server) = &self.way {
            server.rest().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::mail::compose::tests::reset;

    #[tokio::test]
    async fn a_mail_becomes_one_file_however_often_it_is_tried() {
        let folder = tempfile::tempdir().unwrap();
        let transport = Transport::files(folder.path().join("mail"));
        let mail = reset("r-17");
        for _ in 0..2 {
            let Outcome::Accepted { answer } = transport.send(&mail.parcel()).await else { panic!("not accepted") };
            assert!(answer.ends_with("mail/2026-11-23T083000Z-r-17.eml"), "{answer}");
            assert_eq!(fs::read(answer).unwrap(), mail.bytes);
        }
        assert_eq!(fs::read_dir(folder.path().join("mail")).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_is_a_temporary_failure() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mail"), "in the way").unwrap();
        let outcome = Transport::files(folder.path().join("mail")).send(&reset("r-18").parcel()).await;
        assert!(matches!(outcome, Outcome::Temporary { .. }), "{outcome:?}");
    }
}
