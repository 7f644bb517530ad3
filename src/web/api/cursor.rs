//! Where a page of a list begins, as it stands in addresses: opaque, and good for the very question it was given for.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::store::page::Cursor;
use crate::web::public::query::{self, Query};

/// How many items a page holds that nobody asked for more or fewer of.
const USUAL: usize = 50;
/// How many it holds at most.
pub const MOST: usize = 100;

/// How much of a list is asked for, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// How many items.
    pub limit: usize,
    after: Option<String>,
    /// The address of the first page: the question.
    question: String,
    asked_limit: Option<String>,
}

impl Paging {
    /// From the address; what is wrong in it is noted with the query.
    pub fn of(query: &mut Query, path: &str, given: &[(&str, &str)]) -> Self {
        query.once(&["limit", "after"]);
        let asked_limit = query.text("limit").map(str::to_owned);
        let limit = match asked_limit.as_deref().map(str::parse::<usize>) {
            None => USUAL,
            Some(Ok(limit)) if (1..=MOST).contains(&limit) => limit,
            Some(_) => {
                query.refuse("limit", format!("it is a number from 1 to {MOST}"));
                USUAL
            }
        };
        let after = query.text("after").map(str::to_owned);
        Self { limit, after, question: query::address(path, given), asked_limit }
    }

    /// The place at which the page begins.
    pub fn after<const N: usize>(&self, query: &mut Query) -> Option<Cursor<N>> {
        let found = self.opened(self.after.as_deref()?);
        if found.is_none() {
            query.refuse(
                "after",
                "it is no place in this list. Take it from the “next” of the page before, as it stands",
            );
        }
        found
    }

    fn opened<const N: usize>(&self, text: &str) -> Option<Cursor<N>> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (question, place) = text.split_once('.')?;
        if question == self.mark() { place.parse().ok() } else { None }
    }

    /// The address of the next page.
    pub fn next<const N: usize>(&self, base: &str, next: Option<Cursor<N>>) -> Option<String> {
        let sealed = BASE64_URL_SAFE_NO_PAD.encode(format!("{}.{}", self.mark(), next?));
        let limit = self.asked_limit.as_deref().map(|limit| format!("&limit={limit}")).unwrap_or_default();
        let joint = if self.question.contains('?') { '&' } else { '?' };
        Some(format!("{base}{}{joint}after={sealed}{limit}", self.question))
    }

    /// What the question is known by.
    fn mark(&self) -> String {
        let hash = Sha256::digest(self.question.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(&hash[..9])
    }
}
