//! Our two cookies: the session's, and the one that carries a notice to the next page. Nothing else is ever kept in a
//! browser, and neither is readable by a script.

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderValue};

use super::error::Error;
use super::state::Site;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Names a session, until the browser is closed or the session ends.
    Session,
    /// Says once what has been done.
    Notice,
}

impl Cookie {
    /// With https nobody but this very host can set it, which browsers enforce by the name.
    const fn name(self, site: &Site) -> &'static str {
        match (self, site.secure) {
            (Self::Session, true) => "__Host-followthrough",
            (Self::Session, false) => "followthrough",
            (Self::Notice, true) => "__Host-followthrough-notice",
            (Self::Notice, false) => "followthrough-notice",
        }
    }

    /// Its value in a request.
    #[must_use]
    pub fn of(self, request: &HttpRequest, site: &Site) -> Option<String> {
        let name = self.name(site);
        let lines = request.headers().get_all(header::COOKIE).filter_map(|line| line.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(found, _)| *found == name).map(|(_, value)| value.to_owned())
    }

    /// Sets it. The value must consist of letters, digits and `-_.` only.
    ///
    /// # Errors
    /// When the value has other signs.
    pub fn set(self, value: &str, site: &Site) -> Result<HeaderValue, Error> {
        let age = if self == Self::Notice { "; Max-Age=60" } else { "" };
        self.line(value, age, site)
    }

    /// Takes it back.
    ///
    /// # Errors
    /// Never in practice.
    pub fn remove(self, site: &Site) -> Result<HeaderValue, Error> {
        self.line("", "; Max-Age=0", site)
    }

    fn line(self, value: &str, age: &str, site: &Site) -> Result<HeaderValue, Error> {
        if !value.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"-_.".contains(&sign)) {
            return Err(Error::Failed("a cookie's value has a sign that no cookie may have".to_owned()));
        }
        let secure = if site.secure { "; Secure" } else { "" };
        let line = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", self.name(site));
        HeaderValue::try_from(line).map_err(|fault| Error::Failed(format!("a cookie: {fault}")))
    }
}
