//! Forms with a file. The check of the token comes first here too: the token is the form's first field, and before it counts no
//! byte of a file is kept. What is written beside the file is read as on any other form.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tokio::sync::OwnedSemaphorePermit;
use url::form_urlencoded;

use super::{Arrived, Counts, FORM_LIMIT, behind_the_staff_door, counts, from_our_pages};
use crate::domain::evidence::FILE_LIMIT;
use crate::service::FileSent;
use crate::web::error::{Error, remember};
use crate::web::frame;

/// The most bytes of a file that are read at all. What is beyond [`FILE_LIMIT`] is read and thrown away, so that whoever sent
/// it gets the form back with everything they wrote; what is beyond this is not read.
const READ_LIMIT: usize = 64 * 1024 * 1024;
/// How long a form with a file may take to come.
const PATIENCE: Duration = Duration::from_secs(300);
/// How long an upload waits for others to be done.
const TURN: Duration = Duration::from_secs(10);
/// What a file is called in the fields that a form is told apart by.
const HASH: &str = "file_sha256";

/// The addresses whose forms may hold a file: no other form may be larger than it was.
pub fn is_upload(request: &HttpRequest) -> bool {
    let holds_file =
        ["/evidence", "/sheet", "/reports", "/description", "/bounces"].iter().any(|end| request.path().ends_with(end));
    holds_file && is_multipart(request)
}

fn is_multipart(request: &HttpRequest) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data")
}

/// The fields of a form that stood on a page of ours, and the file that came with them.
#[derive(Debug)]
pub struct Upload<T> {
    /// The fields.
    pub form: T,
    /// The file, where one was chosen.
    pub file: Option<FileSent>,
    /// Held for as long as the file is in memory.
    _turn: Option<OwnedSemaphorePermit>,
}

impl<T: DeserializeOwned + 'static> FromRequest for Upload<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        if !is_multipart(&request) {
            // The same form as it is sent on from the page that kept it: without its file.
            let body = web::Bytes::from_request(&request, payload);
            return Box::pin(async move {
                let arrived = Arrived::new(&request, body.await).await?;
                finished(&request, &arrived, None, None)
            });
        }
        let parts = Multipart::new(request.headers(), payload.take());
        Box::pin(async move {
            from_our_pages(request.headers(), &frame::state(&request)?.site)?;
            let known = frame::known(&request).await?;
            let mut coming = Coming::new(&request, None);
            coming.read(parts).await?;
            remember(&request, &coming.words());
            let token = coming.token.unwrap_or(Counts::No);
            let arrived = Arrived { body: coming.body(), has_file: coming.has_file, known, token };
            finished(&request, &arrived, coming.file, coming.turn)
        })
    }
}

fn finished<T: DeserializeOwned>(
    request: &HttpRequest,
    arrived: &Arrived,
    file: Option<FileSent>,
    turn: Option<OwnedSemaphorePermit>,
) -> Result<Upload<T>, Error> {
    match arrived.token {
        Counts::Yes => Ok(Upload { form: arrived.read(request)?, file, _turn: turn }),
        Counts::Expired | Counts::No => Err(arrived.refused(request)?),
    }
}

/// What was written into a form, as a form without a file sends it.
#[derive(Debug, Clone)]
pub struct Words {
    /// The fields.
    pub fields: web::Bytes,
    /// Whether a file came with them, which is not among them: what is sent again from here is another form.
    pub has_file: bool,
}

/// The fields of a form with a file, as a form without one would have sent them; the file is thrown away.
///
/// # Errors
/// When it cannot be read, or is too large.
pub async fn words_of(request: &HttpRequest, payload: &mut Payload) -> Result<Words, Error> {
    let parts = Multipart::new(request.headers(), payload.take());
    let mut coming = Coming::new(request, Some(Counts::No));
    coming.read(parts).await?;
    Ok(coming.words())
}

/// A form with a file while it comes.
struct Coming<'a> {
    request: &'a HttpRequest,
    /// What its token is worth; `None` until it has come.
    token: Option<Counts>,
    texts: Vec<(String, String)>,
    /// How many more bytes of text are taken.
    room: usize,
    file: Option<FileSent>,
    /// Whether a file came, whatever became of it.
    has_file: bool,
    turn: Option<OwnedSemaphorePermit>,
}

impl<'a> Coming<'a> {
    const fn new(request: &'a HttpRequest, token: Option<Counts>) -> Self {
        Self { request, token, texts: Vec::new(), room: FORM_LIMIT, file: None, has_file: false, turn: None }
    }

    async fn read(&mut self, parts: Multipart) -> Result<(), Error> {
        let all = self.read_all(parts);
        tokio::time::timeout(PATIENCE, all).await.map_err(|_| Error::Unreadable)?
    }

    async fn read_all(&mut self, mut parts: Multipart) -> Result<(), Error> {
        while let Some(part) = parts.next().await {
            let mut part = part.map_err(|_| Error::Unreadable)?;
            let name = part.name().ok_or(Error::Unreadable)?.to_owned();
            let file = part.content_disposition().and_then(|said| said.get_filename()).map(str::to_owned);
            if self.token.is_none() && name != "csrf" {
                return Err(Error::Forged);
            }
            match file {
                Some(file) => self.take_file(&mut part, file).await?,
                None => self.take_text(&mut part, name).await?,
            }
        }
        Ok(())
    }

    async fn take_text(&mut self, part: &mut Field, name: String) -> Result<(), Error> {
        let mut bytes = Vec::new();
        while let Some(piece) = part.next().await {
            let piece = piece.map_err(|_| Error::Unreadable)?;
            self.room = self.room.checked_sub(piece.len()).ok_or(Error::TooLarge)?;
            bytes.extend_from_slice(&piece);
        }
        self.room = self.room.checked_sub(name.len()).ok_or(Error::TooLarge)?;
        let text = String::from_utf8(bytes).map_err(|_| Error::Unreadable)?;
        if name == "csrf" && self.token.is_none() {
            let known = frame::known(self.request).await?;
            let door = behind_the_staff_door(self.request);
            self.token = Some(counts(frame::state(self.request)?, &known, &text, door));
        }
        self.texts.push((name, text));
        Ok(())
    }

    async fn take_file(&mut self, part: &mut Field, name: String) -> Result<(), Error> {
        let keeps = self.token == Some(Counts::Yes);
        let (mut bytes, mut read) = (Vec::new(), 0_usize);
        while let Some(piece) = part.next().await {
            let piece = piece.map_err(|_| Error::Unreadable)?;
            read = read.saturating_add(piece.len());
            if read > READ_LIMIT || !keeps && read > FILE_LIMIT + FORM_LIMIT {
                return Err(Error::TooLarge);
            }
            if keeps && self.turn.is_none() {
                self.turn = Some(self.wait().await?);
            }
            if keeps && read <= FILE_LIMIT {
                bytes.extend_from_slice(&piece);
            } else {
                bytes = Vec::new();
            }
        }
        // A form whose field for a file was left empty sends it without a name.
        if name.is_empty() && read == 0 {
            return Ok(());
        }
        self.has_file = true;
        if !keeps {
            return Ok(());
        }
        if self.file.is_some() {
            return Err(Error::Unreadable);
        }
        self.file = Some(FileSent { name, too_large: read > FILE_LIMIT, bytes });
        Ok(())
    }

    /// At most so many files are in memory at once; who comes later waits a while, and is then told to try again.
    async fn wait(&self) -> Result<OwnedSemaphorePermit, Error> {
        let uploads = frame::state(self.request)?.uploads.clone();
        let turn = tokio::time::timeout(TURN, uploads.acquire_owned()).await.map_err(|_| Error::Busy)?;
        turn.map_err(|_| Error::Busy)
    }

    /// What was written beside the file.
    fn words(&self) -> Words {
        let texts = self.texts.iter().filter(|(name, _)| name != HASH);
        let fields = form_urlencoded::Serializer::new(String::new()).extend_pairs(texts).finish().into();
        Words { fields, has_file: self.has_file }
    }

    /// The fields as a form without a file sends them. The file's hash is among them, so that the same form with another file
    /// is another form.
    fn body(&self) -> web::Bytes {
        let texts = self.texts.iter().filter(|(name, _)| name != HASH);
        let mut all = form_urlencoded::Serializer::new(String::new());
        all.extend_pairs(texts);
        if let Some(file) = &self.file {
            let hash: String = Sha256::digest(&file.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            all.append_pair(HASH, &hash);
        }
        all.finish().into()
    }
}
