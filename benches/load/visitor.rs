//! Somebody at a browser without scripts: cookies, and forms filled in by the names of their fields.

use std::io::{self, Write};
use std::net::TcpStream;

use scraper::{ElementRef, Html, Selector};
use url::form_urlencoded::Serializer;

use crate::support::line::{read, said, status};

/// A person with a cookie jar.
pub struct Visitor {
    address: String,
    cookies: Vec<(String, String)>,
}

/// An answer.
pub struct Page {
    /// `200` and the like.
    pub status: u16,
    /// Where it leads.
    pub location: String,
    /// Its words.
    pub body: String,
}

/// The fields of a form, as they would be sent.
pub struct Form(Vec<(String, String)>);

impl Visitor {
    /// Somebody new.
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), cookies: Vec::new() }
    }

    /// Signs in.
    pub fn sign_in(&mut self, email: &str, password: &str) -> io::Result<()> {
        let mut form = self.get("/sign-in")?.form("password")?;
        form.set("email", email).set("password", password);
        let page = self.post("/sign-in", &form)?;
        if page.status == 303 && !page.location.starts_with("/sign-in") {
            return Ok(());
        }
        Err(io::Error::other(format!("{email} cannot sign in: {} {}", page.status, page.complaint())))
    }

    /// `GET`, whatever comes.
    pub fn get(&mut self, path: &str) -> io::Result<Page> {
        self.send(&format!("GET {path} HTTP/1.1\r\n"), "")
    }

    /// Sends a form.
    pub fn post(&mut self, path: &str, form: &Form) -> io::Result<Page> {
        let body = Serializer::new(String::new()).extend_pairs(&form.0).finish();
        let head = format!(
            "POST {path} HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n",
            body.len()
        );
        self.send(&head, &body)
    }

    fn send(&mut self, head: &str, body: &str) -> io::Result<Page> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = if cookies.is_empty() { String::new() } else { format!("Cookie: {}\r\n", cookies.join("; ")) };
        // A form is thought over, so each request has a line of its own.
        let mut line = TcpStream::connect(&self.address)?;
        line.set_nodelay(true)?;
        line.write_all(format!("{head}Host: localhost\r\nConnection: close\r\n{cookies}\r\n{body}").as_bytes())?;
        let (head, body) = read(&mut line)?;
        for set in head.split("\r\n").filter_map(|line| line.split_once(": ")) {
            if set.0.eq_ignore_ascii_case("set-cookie")
                && let Some((name, value)) = set.1.split(';').next().and_then(|pair| pair.split_once('='))
            {
                self.cookies.retain(|(known, _)| known != name);
                if !value.is_empty() {
                    self.cookies.push((name.to_owned(), value.to_owned()));
                }
            }
        }
        Ok(Page {
            status: status(&head),
            location: said(&head, "location").to_owned(),
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }
}

impl Page {
    /// The form that has a field of this name.
    pub fn form(&self, holds: &str) -> io::Result<Form> {
        let html = Html::parse_document(&self.body);
        let held = css(&format!("[name=\"{holds}\"]"))?;
        let found = html.select(&css("form[method=post]")?).find(|form| form.select(&held).next().is_some());
        let missing = || io::Error::other(format!("a page ({}) has no form with {holds}", self.status));
        let controls = css("input, select, textarea")?;
        let option = css("option[selected]")?;
        let sent = |control: ElementRef<'_>| {
            let name = control.attr("name")?.to_owned();
            let value = control.attr("value").unwrap_or_default().to_owned();
            match (control.value().name(), control.attr("type").unwrap_or_default()) {
                ("textarea", _) => Some((name, control.text().collect())),
                ("select", _) => {
                    let chosen = control.select(&option).next().and_then(|option| option.attr("value"));
                    Some((name, chosen.unwrap_or_default().to_owned()))
                }
                (_, "radio" | "checkbox") => control.attr("checked").map(|_| (name, value)),
                _ => Some((name, value)),
            }
        };
        Ok(Form(found.ok_or_else(missing)?.select(&controls).filter_map(sent).collect()))
    }

    /// What it complains of, in short.
    pub fn complaint(&self) -> String {
        let html = Html::parse_document(&self.body);
        let Ok(summary) = css(".govuk-error-summary, h1") else { return String::new() };
        let words: Vec<String> = html.select(&summary).map(|part| part.text().collect::<String>()).collect();
        words.join(" ").split_whitespace().take(60).collect::<Vec<_>>().join(" ")
    }
}

impl Form {
    /// Fills in one field.
    pub fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }
}

fn css(selector: &str) -> io::Result<Selector> {
    Selector::parse(selector).map_err(|fault| io::Error::other(fault.to_string()))
}
