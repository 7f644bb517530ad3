//! How a page becomes a page of a copy: it says what it is, its links lead to files, its forms to the register.

use askama::Template;
use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element, rewrite_str};
use std::cell::RefCell;

use crate::web::error::Error;

/// What stands at the top of each page.
#[derive(Template)]
#[template(path = "copy/line.html")]
pub struct Line<'a> {
    /// What it is, up to the address of the register.
    pub made: &'a str,
    /// The page on the register.
    pub live: &'a str,
    /// The address of the register, as it is read.
    pub place: &'a str,
    /// What the copy says of itself.
    pub read_me: &'a str,
}

/// What names an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// A link, or a file that the page is shown with.
    Link,
    /// A form, which somebody must be there to answer.
    Form,
}

/// The page with `line` at its top and each address as `lead` says; nothing: as it is.
///
/// # Errors
/// When the page cannot be read.
pub fn turned(page: &str, line: &str, lead: impl FnMut(Names, &str) -> Option<String>) -> Result<String, Error> {
    let lead = RefCell::new(lead);
    let turn = |names: Names, attribute: &'static str| {
        let lead = &lead;
        move |element: &mut lol_html::html_content::Element<'_, '_>| {
            let told = element.get_attribute(attribute).and_then(|told| (lead.borrow_mut())(names, &plain(&told)));
            if let Some(told) = told {
                element.set_attribute(attribute, &told.replace('&', "&amp;").replace('"', "&quot;"))?;
            }
            Ok(())
        }
    };
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("a[href], link[href]", turn(Names::Link, "href")))
        .append_element_content_handler(element!("script[src], img[src]", turn(Names::Link, "src")))
        .append_element_content_handler(element!("form[action]", turn(Names::Form, "action")))
        .append_element_content_handler(element!("body > header", |header| {
            header.prepend(line, ContentType::Html);
            Ok(())
        }));
    rewrite_str(page, settings).map_err(|fault| Error::Failed(format!("a page of the copy: {fault}")))
}

/// An address as it stands in HTML, read.
fn plain(text: &str) -> String {
    let marks = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&quot;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    marks.iter().fold(text.to_owned(), |text, (written, sign)| text.replace(written, sign)).replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_files_and_forms_are_turned() {
        let page = "<!DOCTYPE html>\n<html><head><link href=\"/a.css\"><script src=\"/a.js\"></script></head><body>\
                    <header><p>x</p></header><main><a href=\"/b?c=1&#38;d=2\">b</a><a href=\"#main\">&amp;</a>\
                    <form action=\"/f\"></form><header></header></main></body></html>";
        let turned = turned(page, "<p>Copy</p>", |names, told| match (names, told) {
            (Names::Link, "#main") => None,
            (Names::Link, told) => Some(format!("L{told}")),
            (Names::Form, told) => Some(format!("F{told}")),
        });
        assert_eq!(
            turned.unwrap(),
            "<!DOCTYPE html>\n<html><head><link href=\"L/a.css\"><script src=\"L/a.js\"></script></head><body>\
             <header><p>Copy</p><p>x</p></header><main><a href=\"L/b?c=1&amp;d=2\">b</a><a href=\"#main\">&amp;</a>\
             <form action=\"F/f\"></form><header></header></main></body></html>"
        );
    }
}
