//! Search: recommendations by their words and by what became of them. Every page of results has an address that can be
//! shared; what was typed stands in the search box alone.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::ground::{self, Ground};
use super::handed::{Elsewhere, ElsewhereLine};
use super::query::{self, Query};
use super::{place, say, shown, total};
use crate::domain::id::{InquiryId, RecommendationId};
use crate::domain::moment::Day;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::addressee::{self, Answer};
use crate::store::alias::{self, AliasKind};
use crate::store::body::BodyName;
use crate::store::detail::{self, Details};
use crate::store::family::{self, Families};
use crate::store::inquiry::InquiryName;
use crate::store::page::Cursor;
use crate::store::part;
use crate::store::recommendation::Recommendation;
use crate::store::search::{Asked, Errors, Filter, Found, Sort};
use crate::store::theme::Theme;
use crate::store::{self, ReadTx};
use crate::web::error::Error;
use crate::web::form::ChoiceField;
use crate::web::part::Link;
use crate::web::part::gap::GapLine;
use crate::web::part::pager::Pager;
use crate::web::part::row::Row;
use crate::web::shell::Shell;
use crate::web::state::State;

use beside::Beside;
pub use choices::Choices;

mod beside;
pub(super) mod choices;
mod chosen;
mod value;

/// How many recommendations a page of results lists.
pub const SIZE: usize = 25;

/// Where the list is. Its pages and its data give the same places, for they hold the same rows in one order.
const LIST: &str = "/recommendations";

/// Says that the body asked is not known; no slug can be this.
const NOT_KNOWN: &str = "not_known";

/// The page.
#[derive(Template)]
#[template(path = "public/search/list.html")]
struct ListPage {
    shell: Shell,
    words: String,
    fields: Vec<ChoiceField>,
    /// What was chosen; each link takes it out.
    chosen: Vec<Link>,
    /// What may have been meant, where nothing was found.
    meant: Option<Link>,
    not_lately: bool,
    /// The label of the box for what was not looked at lately.
    looked: String,
    /// The label of the box for errors alone.
    errors: String,
    /// What a list of nothing but errors is.
    only_errors: Option<&'static str>,
    is_asked: bool,
    /// How far was looked, where that must be said.
    cut: Option<&'static str>,
    results: Results,
    /// Where what was put to the body asked for is counted, if it does not answer that itself.
    elsewhere: Option<ElsewhereLine>,
    /// What the reports behind these numbers count.
    ground: Ground,
    data: String,
    table: String,
    answers: String,
}

/// What was found, ready to print.
pub struct Results {
    /// How much, in both units.
    pub found: String,
    /// Whose words the recommendations are, and how far they were compared; none where there are none.
    pub words: Option<String>,
    /// What bodies say is done and what was found, of exactly these answers; none where there are none.
    pub gap: Option<GapLine>,
    /// Whether there is nothing.
    pub is_empty: bool,
    /// The rows, each with its inquiry.
    pub rows: Vec<Row>,
    /// The way on.
    pub pager: Pager,
}

/// What was asked for, as it stands in the address and as the store takes it.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// What was typed.
    pub words: String,
    /// The filters.
    pub filter: Filter,
    /// The order.
    pub sort: Option<Sort>,
    /// Where the page begins.
    pub after: Option<Cursor<3>>,
    /// The parameters as they were given, without the place: what every other page of the list carries too.
    pub given: Vec<(&'static str, String)>,
    /// What was asked for by a slug, still to be looked up.
    names: Names,
}

#[derive(Debug, Clone, Default)]
struct Names {
    inquiry: Option<Slug>,
    body: Option<Slug>,
    theme: Option<Slug>,
}

/// A page of what was found, with all that its rows need.
pub struct Read {
    pub(super) found: Found,
    pub(super) answers: HashMap<RecommendationId, Vec<Answer>>,
    pub(super) details: Details,
    pub(super) families: Families,
}

/// The names of the parameters, in the order in which addresses give them.
pub const NAMES: [&str; 15] = [
    "q",
    "inquiry",
    "body",
    "theme",
    "response",
    "reported",
    "assessed",
    "lifecycle",
    "gap",
    "looked",
    "in_error",
    "due",
    "checked",
    "text_kind",
    "sort",
];

/// Shows it.
///
/// # Errors
/// 400 for a value that is not known, each named.
pub async fn list(state: web::Data<State>, shell: Shell, query: Query) -> Result<HttpResponse, Error> {
    let ask = ask(query)?;
    let today = state.today();
    let (ask, (read, snippets), beside, (ground, elsewhere)) = state
        .reader
        .read_or_again(move |tx| {
            let ask = ask.resolved(tx)?;
            let found = read(tx, &ask.words, &ask.filter, ask.order(), today, ask.after)?;
            let ground = ground::Read::of_ask(tx, &ask)?;
            let elsewhere = Elsewhere::of_ask(tx, &ask)?;
            let beside = Beside::read(tx, &ask, &found.found, today)?;
            let snippet = |one: &Recommendation| (beside::snippet(&ask.words, one), one.text_kind);
            let snippets: Vec<_> = found.found.page.items.iter().map(snippet).collect();
            Ok::<_, Error>((ask, (found, snippets), beside, (ground, elsewhere)))
        })
        .await?;
    let given = pairs(&ask.given);
    let counted = !read.found.recommendations.more;
    let cut = read.found.cut.map(|cut| beside::cut(cut, !ask.words.is_empty()));
    let here = (LIST, &given[..]);
    let mut results = results(read, &say::assessor(&shell), today, here, &given, ask.after.is_some());
    for (row, (snippet, kind)) in results.rows.iter_mut().zip(snippets) {
        row.whose = (!snippet.is_empty()).then(|| words::text_kind(kind));
        row.found = snippet;
        row.marked = beside::marked(&ask.words, &row.title.words);
    }
    let mut ground = Ground::of(&ground);
    // Of all there is the kept counts tell, however many these are; they stand in one place.
    let all = ground.words.take();
    if !counted && results.words.is_some() && all.is_some() {
        results.words = all;
    }
    let fields = beside.fields(&ask);
    let page = ListPage {
        chosen: chosen::chosen(&given, &fields),
        fields: beside.counted(fields),
        cut,
        meant: beside.meant.as_ref().map(|meant| beside::meant(meant, &given)),
        results,
        elsewhere: elsewhere.map(|of| of.line("/recommendations", &given)),
        ground,
        not_lately: ask.filter.not_lately,
        looked: beside.looked(),
        errors: beside.errors(),
        only_errors: (ask.filter.errors == Errors::Only).then_some(words::ONLY_ERRORS),
        is_asked: !given.is_empty(),
        data: query::address("/recommendations.json", &given),
        table: query::address("/recommendations.csv", &given),
        answers: query::address("/answers.csv", &given),
        // Pages of results are not for search engines; what was typed stands in no title.
        shell: shell.titled("Recommendations").crumb("/", "Home").unlisted(),
        words: ask.words,
    };
    shown(&page, &page.shell)
}

/// Reads the address.
///
/// # Errors
/// 400 for a value that is not known, each named.
pub fn ask(mut query: Query) -> Result<Ask, Error> {
    query.once(&NAMES);
    query.once(&["after"]);
    let given: Vec<(&'static str, String)> =
        NAMES.iter().filter_map(|name| Some((*name, query.text(name)?.to_owned()))).collect();
    let body_known = query.text("body") != Some(NOT_KNOWN);
    let names = Names {
        inquiry: query.one("inquiry"),
        body: if body_known { query.one("body") } else { None },
        theme: query.one("theme"),
    };
    let gap = value::gap(&mut query);
    let not_lately = value::yes(&mut query, "looked");
    let errors = if value::yes(&mut query, "in_error") { Errors::Only } else { Errors::LeftOut };
    let filter = Filter {
        asked: (!body_known).then_some(Asked::NotKnown),
        response: query.several("response"),
        reported: query.several("reported"),
        assessed: value::assessed(&mut query),
        lifecycle: query.several("lifecycle"),
        checked: query.several("checked"),
        text_kind: query.several("text_kind"),
        gap,
        not_lately,
        errors,
        due: query.one("due"),
        ..Filter::default()
    };
    let after = place::asked(&mut query, "after", LIST, &pairs(&given));
    let ask = Ask { words: query.words("q"), filter, sort: query.one("sort"), after, given, names };
    query.finish()?;
    Ok(ask)
}

/// The parameters as addresses take them.
fn pairs<'a>(given: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    given.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

impl Ask {
    /// Everything of one inquiry, in its own order.
    #[must_use]
    pub fn inquiry(id: InquiryId) -> Self {
        let filter = Filter { inquiry: Some(id), ..Filter::default() };
        Self { filter, sort: Some(Sort::Register), ..Self::default() }
    }

    /// These words and filters, in no order of their own, from the first row on.
    #[must_use]
    pub fn of(words: String, filter: Filter) -> Self {
        Self { words, filter, ..Self::default() }
    }

    /// The order: the best first where words were typed, else that of the register.
    #[must_use]
    pub fn order(&self) -> Sort {
        self.sort.unwrap_or(if self.words.is_empty() { Sort::Register } else { Sort::Best })
    }

    /// Whether it lists all that an inquiry, or the register, holds.
    #[must_use]
    pub fn leaves_out_nothing(&self) -> bool {
        self.words.is_empty() && self.filter == Filter { inquiry: self.filter.inquiry, ..Filter::default() }
    }

    /// Where the next page begins, for the address of this search.
    #[must_use]
    pub fn place(&self, next: Cursor<3>) -> String {
        place::sealed(next, LIST, &pairs(&self.given))
    }

    /// Looks the named inquiry, body and theme up.
    ///
    /// # Errors
    /// 400 for one that is not in the register.
    pub fn resolved(mut self, tx: &mut ReadTx<'_>) -> Result<Self, Error> {
        let mut missing = Query::default();
        if let Some(name) = &self.names.inquiry {
            let found = store::inquiry::name(tx, name).map(|inquiry: InquiryName| inquiry.id);
            self.filter.inquiry = known(&mut missing, "inquiry", found)?;
        }
        if let Some(name) = &self.names.body {
            let name = alias::current(tx, AliasKind::Body, name)?;
            let found = store::body::name(tx, &name).map(|body: BodyName| Asked::Body(body.id));
            self.filter.asked = known(&mut missing, "body", found)?;
        }
        if let Some(name) = &self.names.theme {
            let name = alias::current(tx, AliasKind::Theme, name)?;
            let found = store::theme::find(tx, &name).map(|theme: Theme| theme.id);
            self.filter.theme = known(&mut missing, "theme", found)?;
        }
        missing.finish()?;
        Ok(self)
    }
}

/// What was found; what is not there is noted with the query, and a failure is no such thing.
///
/// # Errors
/// When the database fails.
pub(super) fn known<T>(missing: &mut Query, name: &str, found: Result<T, store::Error>) -> Result<Option<T>, Error> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(store::Error::NotFound) => {
            missing.refuse(name, "there is none of this name in the register");
            Ok(None)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// One page of a search, with all that its rows need.
///
/// # Errors
/// When the database fails.
pub fn read(
    tx: &mut ReadTx<'_>,
    words: &str,
    filter: &Filter,
    sort: Sort,
    today: Day,
    after: Option<Cursor<3>>,
) -> Result<Read, store::Error> {
    let found = store::search::find(tx, words, filter, sort, today, after, SIZE)?;
    let answers = addressee::of_recommendations(tx, part::with_parts(&found.page.items))?;
    let details = detail::dates_of(tx, answers.values().flatten())?;
    let families = family::of(tx, &found.page.items.iter().map(|one| one.id).collect::<Vec<_>>())?;
    Ok(Read { found, answers, details, families })
}

/// What was found, ready to print. `here` is the page, with what a search for the same answers would be given; `given` is what its own pages carry.
pub fn results(
    read: Read,
    assessor: &str,
    today: Day,
    (here, same): (&str, &[(&str, &str)]),
    given: &[(&str, &str)],
    later: bool,
) -> Results {
    let found = &read.found;
    let row = |one: &Recommendation| {
        let put = read.answers.get(&one.id).map_or(&[][..], Vec::as_slice);
        let mut row = say::row(one, put, &read.details, assessor, today);
        row.line = format!("{}. {}", one.inquiry.short_title, row.line).trim_end_matches(['.', ' ']).to_owned();
        row.family = read.families.of(one.id).map(say::family);
        row
    };
    // A place is good for this very list alone.
    let next = found.page.next.map(|next| place::sealed(next, here, given));
    Results {
        found: words::found_with_parts(
            (found.recommendations.number, found.recommendations.more),
            found.parts,
            (found.answers.number, found.answers.more),
        ),
        // Parts are no recommendations of their own, and what stopped being counted is not all there is.
        words: (found.words.recommendations > 0 && !found.is_cut()).then(|| {
            let more = found.recommendations.more;
            if more { words::WORDS_NOT_COUNTED.to_owned() } else { words::denominators(&found.words) }
        }),
        // What is in no number says nothing of what was done.
        gap: (found.gap.answers > 0 && !same.contains(&("in_error", "yes"))).then(|| total::gap(&found.gap, same)),
        // A later page may go on from where nothing was found.
        is_empty: found.recommendations.number + found.parts == 0 && found.page.items.is_empty(),
        rows: found.page.items.iter().map(row).collect(),
        pager: Pager {
            previous: later.then(|| query::address(here, given)),
            next: next.map(|next| {
                let mut all = given.to_vec();
                all.push(("after", &next));
                query::address(here, &all)
            }),
        },
    }
}
