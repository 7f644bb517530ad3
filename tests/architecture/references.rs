//! Every path that a file names, wherever it stands: in a `use`, in an expression, within a macro, in an attribute.

use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::source::File;

/// One path, such as `crate::store::Reader`, with what precedes it in a group: `use a::{b, c::d}` names `a::b` and
/// `a::c::d`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its steps.
    pub steps: Vec<String>,
    /// The line it stands on.
    pub line: usize,
    /// Whether it stands in an attribute.
    pub in_attribute: bool,
}

impl Reference {
    /// The path as it is written.
    pub fn text(&self) -> String {
        self.steps.join("::")
    }

    /// The path from the crate's root within `module`, where it begins with `crate`, `self` or `super`.
    pub fn path_from_root(&self, module: &[&str]) -> Option<Vec<String>> {
        let mut at: Vec<String> = module.iter().map(|step| (*step).to_owned()).collect();
        let mut steps = self.steps.iter().peekable();
        match steps.next()?.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => drop(at.pop()),
            _ => return None,
        }
        while steps.peek().is_some_and(|step| *step == "super") {
            steps.next();
            at.pop();
        }
        at.extend(steps.cloned());
        Some(at)
    }
}

/// All paths of a file, single names too.
pub fn of(file: &File) -> Vec<Reference> {
    let tokens = TokenStream::from_str(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
    let mut found = Vec::new();
    scan(tokens, &[], false, &mut found);
    found
}

/// All string literals of a file, without their quotes.
pub fn literals(file: &File) -> Vec<String> {
    fn gather(tokens: TokenStream, found: &mut Vec<String>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => gather(group.stream(), found),
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    found.extend(text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).map(str::to_owned));
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    gather(TokenStream::from_str(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path)), &mut found);
    found
}

fn scan(tokens: TokenStream, before: &[String], in_attribute: bool, found: &mut Vec<Reference>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |at: usize, mark: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(first) => {
                let line = first.span().start().line;
                let mut steps = before.to_vec();
                steps.push(first.to_string());
                let mut next = at + 1;
                while is(next, ':') && is(next + 1, ':') {
                    match tokens.get(next + 2) {
                        Some(TokenTree::Ident(step)) => steps.push(step.to_string()),
                        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                            scan(group.stream(), &steps, in_attribute, found);
                        }
                        _ => break,
                    }
                    next += 3;
                }
                found.push(Reference { steps, line, in_attribute });
                at = next;
                continue;
            }
            TokenTree::Group(group) => {
                let attribute =
                    group.delimiter() == Delimiter::Bracket && at > 0 && (is(at - 1, '#') || is(at - 1, '!'));
                scan(group.stream(), &[], in_attribute || attribute, found);
            }
            _ => {}
        }
        at += 1;
    }
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let text = "use crate::{store::Reader, domain::{id, text::Slug}};
                #[derive(diesel::Queryable)] struct A(super::super::web::Page);
                fn b() { each!(conn, crate::mail::send(x.y)); }";
    let found = of(&File::sample("src/a/b.rs", text));
    let texts: Vec<String> = found.iter().map(Reference::text).collect();
    for path in ["crate::store::Reader", "crate::domain::id", "crate::domain::text::Slug", "crate::mail::send"] {
        assert!(texts.iter().any(|text| text == path), "{path} not in {texts:?}");
    }
    let derived = found.iter().find(|reference| reference.text() == "diesel::Queryable").expect("the derive");
    assert!(derived.in_attribute);
    let above = found.iter().find(|reference| reference.text() == "super::super::web::Page").expect("the field");
    assert_eq!(above.path_from_root(&["a", "b"]).expect("from the root"), ["web", "Page"]);
    assert_eq!((above.line, above.in_attribute), (2, false));
}
