//! Looking back: `?as-at=2026-11-30` on a page shows what this register showed at the end of that day.
//!
//! A handler asks [`AsAt::of`] its query, opens it as the first thing in its snapshot, and computes days as of
//! [`Then::day`]. Links on such a page stay on that day ([`kept_on`]).

use lol_html::{RewriteStrSettings, element, rewrite_str};

use super::query::{self, Query};
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::store::hold::{self, Hold};
use crate::store::past::{self, Past};
use crate::store::{ReadTx, ledger};
use crate::web::error::Error;
use crate::web::part::hold::Notice;
use crate::web::place;
use crate::web::shell::{AsAtLine, Look, Shell};
use crate::web::state::Site;

/// The parameter.
pub const AS_AT: &str = "as-at";

/// The lists that are kept as they are today and no other way: a page of an earlier day does not lead to them.
const OF_TODAY: [&str; 4] = ["/recommendations", "/overdue", "/themes", "/families"];

/// The day that a page is asked about.
#[derive(Debug, Clone, Copy)]
pub struct AsAt {
    asked: Option<Day>,
    today: Day,
}

/// Which state of the register a page shows.
#[derive(Debug, Clone)]
pub struct Then {
    /// The day as of which everything is computed: today, or the day that is looked back to.
    pub day: Day,
    /// What is looked back to.
    pub past: Option<Past>,
    /// The newest change that it shows.
    pub newest: Seq,
    /// Looking back, the holds on the whole register that were in force then.
    pub holds: Vec<Hold>,
    today: Day,
}

impl AsAt {
    /// Reads the parameter, and notes what is wrong with it.
    pub fn of(query: &mut Query, today: Day) -> Self {
        let asked = query.day(AS_AT);
        if asked.is_some_and(|day| day > today) {
            query.refuse(AS_AT, words::still_to_come(today));
        }
        Self { asked, today }
    }

    /// Makes the snapshot one of that day.
    ///
    /// # Errors
    /// 400 where nothing had been published by then.
    pub fn open(self, tx: &mut ReadTx<'_>) -> Result<Then, Error> {
        let today = self.today;
        let Some(day) = self.asked else {
            return Ok(Then { day: today, past: None, newest: ledger::newest(tx)?, holds: Vec::new(), today });
        };
        let Some(past) = past::end_of(tx, day)? else {
            let said = words::before_the_first(past::first_day(tx)?);
            let said = format!("\u{201c}{AS_AT}\u{201d} in the address cannot be used: {said}");
            return Err(Error::Address(Problems::one(AS_AT, said)));
        };
        tx.look_back(Some(past));
        let holds = hold::in_force(tx, None, None)?;
        Ok(Then { day, past: Some(past), newest: past.seq, holds, today })
    }
}

impl Then {
    /// A page's frame, marked with the day, and with the question for another one.
    pub fn around(&self, shell: Shell, site: &Site) -> Shell {
        let line = self.past.map(|past| AsAtLine {
            day: past.day,
            said: words::as_it_stood(past.day, past.seq),
            iso: past.day.to_string(),
        });
        let canonical = format!("{}{}", site.base_url, shell.path);
        let holds = if self.past.is_some() { Notice::of(&self.holds) } else { shell.holds };
        Shell { look: Some(Look { today: self.today.to_string(), canonical, past: line }), holds, ..shell }
    }

    /// How to cite what stands at `path`, which may hold parameters of its own.
    pub fn cite(&self, what: &str, path: &str, site: &Site) -> String {
        let joint = if path.contains('?') { '&' } else { '?' };
        let address = format!("{}{path}{joint}{AS_AT}={}", site.base_url, self.day);
        words::cite(what, &site.name, self.day, self.newest, &address)
    }
}

/// An address on the day that is looked back to, where one is.
pub fn on_day(address: String, past: Option<Past>) -> String {
    match past {
        Some(past) => query::address(&address, &[(AS_AT, &past.day.to_string())]),
        None => address,
    }
}

/// Finds something. What stands here today and did not on the day that is looked back to says so.
///
/// # Errors
/// 404.
pub fn find_then<T, E>(tx: &mut ReadTx<'_>, find: impl Fn(&mut ReadTx<'_>) -> Result<T, E>) -> Result<T, Error>
where
    Error: From<E>,
{
    match (find(tx).map_err(Error::from), tx.past()) {
        (Err(Error::NotFound), Some(past)) => {
            tx.look_back(None);
            Err(if find(tx).is_ok() { Error::NotThen(past.day) } else { Error::NotFound })
        }
        (found, _) => found,
    }
}

/// A page whose links stay on the day that it is about. Lists that are only of today are named without a link.
///
/// # Errors
/// When the page cannot be read again.
pub fn kept_on(day: &str, page: &str) -> Result<String, Error> {
    let stay = element!("main a[href], nav.govuk-breadcrumbs a[href], head link[rel=alternate]", |link| {
        let Some(href) = link.get_attribute("href").filter(|_| !link.has_attribute("data-today")) else {
            return Ok(());
        };
        match leads(&href, day) {
            Leads::Then(href) => link.set_attribute("href", &href)?,
            Leads::ToToday => link.remove_and_keep_content(),
            Leads::Anywhere => {}
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(stay);
    rewrite_str(page, settings).map_err(|fault| Error::Failed(format!("a page of an earlier day: {fault}")))
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
enum Leads {
    /// To a page that can be looked back to: its address on that day.
    Then(String),
    /// To a list that is only of today.
    ToToday,
    /// Somewhere that has no days.
    Anywhere,
}

/// Reads an address as it stands in HTML, where `&` is written as an entity.
fn leads(href: &str, day: &str) -> Leads {
    let hash = href.rfind('#').filter(|at| !href[..*at].ends_with('&')).unwrap_or(href.len());
    let (address, anchor) = href.split_at(hash);
    let path = address.split('?').next().unwrap_or_default();
    if place::is_looked_back_to(path) {
        let joint = if address.contains('?') { "&amp;" } else { "?" };
        return Leads::Then(format!("{address}{joint}{AS_AT}={day}{anchor}"));
    }
    let below = |list: &str| path.strip_prefix(list).is_some_and(|below| below.is_empty() || below.starts_with('/'));
    if OF_TODAY.iter().any(|list| below(list)) { Leads::ToToday } else { Leads::Anywhere }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_on_the_day() {
        let then = |href: &str| leads(href, "2026-11-24");
        let at = |href: &str| Leads::Then(href.to_owned());
        assert_eq!(then("/inquiries/ashgrove"), at("/inquiries/ashgrove?as-at=2026-11-24"));
        assert_eq!(then("/inquiries/ashgrove.json"), at("/inquiries/ashgrove.json?as-at=2026-11-24"));
        assert_eq!(then("/bodies/a?after=1_2#x"), at("/bodies/a?after=1_2&amp;as-at=2026-11-24#x"));
        assert_eq!(then("/themes/x"), at("/themes/x?as-at=2026-11-24"));
        assert_eq!(then("/families/x.json"), at("/families/x.json?as-at=2026-11-24"));
        assert_eq!(then("/changes?a=1&#38;b=2"), at("/changes?a=1&#38;b=2&amp;as-at=2026-11-24"));
        for list in
            ["/recommendations?inquiry=a&#38;gap=yes", "/recommendations", "/overdue?body=a", "/themes", "/families"]
        {
            assert_eq!(then(list), Leads::ToToday, "{list}");
        }
        for other in [
            "/inquiries/a.atom",
            "/changes.atom",
            "#answers",
            "https://example.org/inquiries/a",
            "/changes/4",
            "/help",
            "/",
            "mailto:a@example.org",
        ] {
            assert_eq!(then(other), Leads::Anywhere, "{other}");
        }
    }

    #[test]
    fn a_page_is_changed_in_its_links_alone() {
        let page = "<!DOCTYPE html>\n<html><head><link rel=\"alternate\" href=\"/bodies/a.json\"></head><body>\
                    <nav><a href=\"/bodies/a\">A</a></nav><main><p>&amp; <a href=\"/bodies/a\" data-today>today</a> \
                    <a href=\"/bodies/a\">A</a> <a href=\"/overdue\"><b>3</b> overdue</a></p></main></body></html>";
        let kept = kept_on("2026-11-24", page).unwrap();
        assert_eq!(
            kept,
            "<!DOCTYPE html>\n<html><head><link rel=\"alternate\" href=\"/bodies/a.json?as-at=2026-11-24\"></head><body>\
             <nav><a href=\"/bodies/a\">A</a></nav><main><p>&amp; <a href=\"/bodies/a\" data-today>today</a> \
             <a href=\"/bodies/a?as-at=2026-11-24\">A</a> <b>3</b> overdue</p></main></body></html>"
        );
    }
}
