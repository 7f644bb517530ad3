//! Somebody at a browser: a cookie jar and the verbs of going somewhere.

use std::sync::Arc;

use super::page::Page;
use crate::servers::Servers;

/// A person, signed in or not, with a cookie jar of their own. A clone shares the jar.
#[derive(Clone)]
pub struct Visitor {
    agent: ureq::Agent,
    /// `http://127.0.0.1:PORT`
    address: String,
    /// What links in mails and feeds begin with.
    base_url: String,
    servers: Arc<Servers>,
    /// Whether the pages they see are kept for `every_page`.
    watched: bool,
}

impl Visitor {
    /// Somebody new, with no cookies.
    pub fn new(servers: &Arc<Servers>, address: &str, base_url: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(std::time::Duration::from_secs(60)))
            .build();
        Visitor {
            agent: config.new_agent(),
            address: address.to_owned(),
            base_url: base_url.trim_end_matches('/').to_owned(),
            servers: Arc::clone(servers),
            watched: true,
        }
    }

    /// Somebody whose pages are nobody's concern: of another server than ours.
    pub fn unseen(servers: &Arc<Servers>, address: &str, base_url: &str) -> Self {
        Visitor { watched: false, ..Visitor::new(servers, address, base_url) }
    }

    /// The same person with the same cookies at another server, or at ours once it listens elsewhere; nobody's concern.
    pub fn at(&self, address: &str) -> Self {
        Visitor { address: address.to_owned(), watched: false, ..self.clone() }
    }

    /// `GET`, whatever the answer; a redirect is an answer too. Takes a path, or a whole address as a mail has it.
    pub fn get(&self, path: &str) -> Page {
        self.send("GET", path, &[], &[])
    }

    /// `GET`, following redirects to the page that answers 200.
    pub fn open(&self, path: &str) -> Page {
        let page = self.get(path).follow_redirects();
        page.is(200);
        page
    }

    /// `GET` with headers of one's own.
    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Page {
        self.send("GET", path, headers, &[])
    }

    /// `POST` of fields without having seen a form: for what the server must refuse. Stories fill `page.form(..)`.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_with(path, &[], fields)
    }

    /// The same with headers of one's own.
    pub fn post_with(&self, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Page {
        self.try_post_with(path, headers, fields).unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// The same where the server may be gone, or go before it has answered: then nobody knows whether it was done.
    pub fn try_post_with(&self, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Result<Page, String> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
        all.extend_from_slice(headers);
        self.try_send("POST", path, &all, body.as_bytes())
    }

    /// Any request.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Page {
        self.try_send(method, path, headers, body).unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// The same where the server may be gone.
    pub fn try_send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Page, String> {
        let path = self.path(path);
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).unwrap_or_else(|error| panic!("{method} {path} cannot be asked: {error}"));
        let mut response = if body.is_empty() {
            let (parts, _) = request.into_parts();
            self.agent.run(ureq::http::Request::from_parts(parts, ()))
        } else {
            self.agent.run(request)
        }
        .map_err(|error| format!("{method} {path}: {error}"))?;
        let read = response.body_mut().with_config().limit(64 * 1024 * 1024).read_to_vec();
        let body = read.map_err(|error| format!("{method} {path} broke off: {error}"))?;
        let page = Page::new(self.clone(), method, &path, response.status().as_u16(), response.headers().clone(), body);
        // Bytes that a story asked to have compressed are no page to look at.
        if self.watched && page.header("content-encoding").is_none() {
            self.servers.seen.keep(&page);
            if !self.cookies().iter().any(|(name, _)| name.ends_with("followthrough")) {
                self.servers.naming.answer(&page);
            }
        }
        Ok(page)
    }

    /// The value of a cookie, if there is one by that name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies().into_iter().find(|(found, _)| found == name).map(|(_, value)| value)
    }

    /// All cookies, name and value.
    pub fn cookies(&self) -> Vec<(String, String)> {
        let jar = self.agent.cookie_jar_lock();
        jar.iter().map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned())).collect()
    }

    /// Throws the cookies away, as closing a private window does.
    pub fn forget(&self) {
        self.agent.cookie_jar_lock().clear();
    }

    /// The path within this server: strips our own origin from an address, refuses any other.
    fn path(&self, address: &str) -> String {
        for origin in [&self.address, &self.base_url] {
            if let Some(path) = address.strip_prefix(origin.as_str()) {
                return if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
            }
        }
        assert!(address.starts_with('/'), "{address} is not on this server");
        address.to_owned()
    }
}
