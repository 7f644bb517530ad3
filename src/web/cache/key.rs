//! What an answer is kept under: its path, and the parameters that its handler reads, in one order and without what is empty.
//! Whatever else an address says finds the same answer and keeps no second one.

use std::sync::Arc;

use super::route::TYPED;

/// The longest question that is kept.
const LONGEST: usize = 2000;

/// A name for an answer, and whether it answers something that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub name: Arc<str>,
    pub is_typed: bool,
}

/// The key of an address with these known parameters; `None` for an address that is kept under no name: one that asks twice
/// for the same thing, cannot be read, or spells its path in a way of its own.
pub fn key(path: &str, query: &str, known: &[&'static str]) -> Option<Key> {
    if !is_spelt_as_usual(path) || query.len() > LONGEST {
        return None;
    }
    if query.is_empty() || known.is_empty() {
        return Some(Key { name: path.into(), is_typed: false });
    }
    let mut given: Vec<(String, String)> = serde_html_form::from_str(query).ok()?;
    given.retain(|(name, _)| known.contains(&name.as_str()));
    let twice = |name: &str| given.iter().filter(|(other, _)| other == name).count() > 1;
    if given.iter().any(|(name, _)| twice(name)) {
        return None;
    }
    let value = |name: &'static str| {
        let (_, value) = given.iter().find(|(given, _)| given == name)?;
        Some((name, value.trim())).filter(|(_, value)| !value.is_empty())
    };
    let asked: Vec<(&str, &str)> = known.iter().filter_map(|name| value(name)).collect();
    if asked.is_empty() {
        return Some(Key { name: path.into(), is_typed: false });
    }
    let is_typed = asked.iter().any(|(name, _)| *name == TYPED);
    let query = serde_html_form::to_string(asked).ok()?;
    Some(Key { name: format!("{path}?{query}").into(), is_typed })
}

/// Whether nothing in a path is written as `%..` that could stand there as itself, so that one page has one address.
fn is_spelt_as_usual(path: &str) -> bool {
    path.split('%').skip(1).all(|rest| {
        let Some(code) = rest.get(..2).filter(|code| !code.bytes().any(|sign| sign.is_ascii_lowercase())) else {
            return false;
        };
        let sign = u8::from_str_radix(code, 16).map(char::from);
        sign.is_ok_and(|sign| !sign.is_ascii_alphanumeric() && !"-._~".contains(sign))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["q", "body", "after"];

    fn name(path: &str, query: &str) -> Option<String> {
        key(path, query, KNOWN).map(|key| key.name.to_string())
    }

    #[test]
    fn order_spelling_and_what_is_empty_make_no_difference() {
        let one = name("/recommendations", "q=ferry+boat&body=council").unwrap();
        assert_eq!(one, "/recommendations?q=ferry+boat&body=council");
        for same in ["body=council&q=ferry%20boat", "body=council&after=&q=+ferry+boat+", "%71=ferry+boat&body=council"]
        {
            assert_eq!(name("/recommendations", same).as_deref(), Some(one.as_str()), "{same}");
        }
        assert_ne!(name("/recommendations", "q=ferry&body=council"), Some(one));
        assert_eq!(name("/bodies", "after=+&q=").as_deref(), Some("/bodies"));
    }

    #[test]
    fn unknown_parameters_make_no_other_key() {
        assert_eq!(name("/bodies", "fbclid=1&utm_source=x&utm_source=y").as_deref(), Some("/bodies"));
        assert_eq!(name("/bodies", "x=1&after=4").as_deref(), Some("/bodies?after=4"));
        assert_eq!(key("/about", "after=4&q=x", &[]).map(|key| key.name.to_string()).as_deref(), Some("/about"));
    }

    #[test]
    fn a_value_cannot_pass_for_two() {
        let sly = name("/recommendations", "q=a%26body%3Db");
        assert_ne!(sly, name("/recommendations", "q=a&body=b"));
        assert_eq!(sly.as_deref(), Some("/recommendations?q=a%26body%3Db"));
    }

    #[test]
    fn what_is_asked_twice_or_spelt_oddly_is_not_kept() {
        assert_eq!(name("/bodies", "after=1&after=2"), None);
        assert_eq!(name("/bodies", "after=&after=2"), None);
        assert_eq!(name("/%62odies", ""), None);
        assert_eq!(name("/inquiries/a%2fb", ""), None);
        assert_eq!(name("/inquiries/a%", ""), None);
        assert_eq!(name("/bodies", &format!("q={}", "a".repeat(2000))), None);
        assert_eq!(name("/inquiries/a%20b", "").as_deref(), Some("/inquiries/a%20b"));
    }

    #[test]
    fn what_was_typed_is_known_as_such() {
        let typed = |query: &str| key("/recommendations", query, KNOWN).unwrap().is_typed;
        assert!(typed("q=ferry"));
        assert!(!typed("q=&body=council"));
    }
}
