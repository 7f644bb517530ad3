//! A day in the address of a page that is of today alone. Such a page leads to its address without the day, so that nobody takes
//! what stands there today for what stood there then.

use crate::web::public::past::AS_AT;

/// Where an address leads that asks for a day; nothing where it asks for none, where its page reads the day, as `names` says, or
/// where it cannot be read.
pub fn without_day(path: &str, query: &str, names: &[&'static str]) -> Option<String> {
    if names.contains(&AS_AT) {
        return None;
    }
    let given: Vec<(String, String)> = serde_html_form::from_str(query).ok()?;
    let (days, others): (Vec<_>, Vec<_>) = given.into_iter().partition(|(name, _)| name == AS_AT);
    if days.iter().all(|(_, value)| value.trim().is_empty()) {
        return None;
    }
    let rest = serde_html_form::to_string(others).ok()?;
    Some(if rest.is_empty() { path.to_owned() } else { format!("{path}?{rest}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_today_is_asked_for_no_day() {
        let to = |query: &str| without_day("/bodies", query, &["after"]);
        assert_eq!(to("as-at=2026-11-23").as_deref(), Some("/bodies"));
        assert_eq!(to("after=4&as-at=2026-11-23&x=a%26b").as_deref(), Some("/bodies?after=4&x=a%26b"));
        assert_eq!(to("as-at=yesterday&as-at=").as_deref(), Some("/bodies"));
        for none in ["", "after=4", "as-at=", "after=4&as-at=+", "as-attic=2026-11-23"] {
            assert_eq!(to(none), None, "{none}");
        }
        assert_eq!(without_day("/changes", "as-at=2026-11-23", &["as-at", "after"]), None, "it looks back");
    }
}
