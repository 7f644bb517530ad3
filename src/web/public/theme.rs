//! Themes across inquiries: all of them with their numbers, and one with what each inquiry made of it.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::ground::{self, Ground};
use super::past::{AsAt, Then};
use super::query::address;
use super::search::{self, Results};
use super::{chart, look, place, say, shown, slug, total};
use crate::domain::address as addresses;
use crate::domain::assessed::{Assessed, AssessedGroup};
use crate::domain::denominators::Denominators;
use crate::domain::id::{InquiryId, RecommendationId, ThemeId};
use crate::domain::moment::Day;
use crate::domain::response::Response;
use crate::domain::subscription::TopicKind;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::alias::AliasKind;
use crate::store::inquiry::{self, InquiryName};
use crate::store::oldest::{self, Among};
use crate::store::page::{Capped, Cursor, Page};
use crate::store::recommendation::{self, Recommendation};
use crate::store::search::{Cut, Filter, Found, Sort};
use crate::store::tally::{self, Counted};
use crate::store::theme::{self, Theme};
use crate::store::theme_total::{self, Total};
use crate::store::{ReadTx, addressee, denominators, detail, family, part};
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::part::count::{Bar, Count};
use crate::web::part::gap::GapLine;
use crate::web::public::query::Query;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many themes the list of all has room for.
const MOST: i64 = 1000;

/// All themes.
#[derive(Template)]
#[template(path = "public/theme/list.html")]
struct ListPage {
    shell: Shell,
    themes: Vec<Listed>,
    /// What all the reports count, whatever theme anything of theirs has.
    ground: Ground,
}

/// A theme in the list.
struct Listed {
    name: Link,
    retired: bool,
    numbers: Numbers,
    /// Whose words these recommendations are; none where there are none.
    words: Option<String>,
}

/// Numbers that stand together, each with its denominator.
struct Numbers {
    recommendations: String,
    standing: String,
    gap: Option<GapLine>,
}

impl Numbers {
    fn of(total: &Total, inquiries: u64, slug: &str) -> Self {
        Self {
            recommendations: words::made_by(total.recommendations, total.recommendations_done, inquiries),
            standing: words::standing(total.answers, total.responded, total.assessed(), total.done),
            gap: (total.gap.answers > 0).then(|| total::gap(&total.gap, &[("theme", slug)])),
        }
    }
}

/// Lists them, by name.
///
/// # Errors
/// When the database fails.
pub async fn list(state: web::Data<State>, shell: Shell) -> Result<HttpResponse, Error> {
    let today = state.today();
    let read = move |tx: &mut ReadTx<'_>| {
        let ground = ground::Read::of_register(tx, None)?;
        let all = (theme::choices(tx, MOST)?, theme::retired(tx)?, theme_total::find(tx, None, today)?, ground);
        Ok::<_, crate::store::Error>(all)
    };
    let (themes, retired, totals, ground) = state.reader.read_or_again(read).await?;
    let listed = |theme: &Theme| {
        let by_inquiry = totals.get(&theme.id);
        let inquiries = by_inquiry.map_or(0, |by| by.len() as u64);
        let total = whole(by_inquiry.into_iter().flat_map(|by| by.values()));
        Listed {
            name: say::theme(theme),
            retired: retired.contains(&theme.id),
            numbers: Numbers::of(&total, inquiries, theme.slug.as_str()),
            words: (total.words.recommendations > 0).then(|| words::denominators(&total.words)),
        }
    };
    let page = ListPage {
        themes: themes.iter().map(listed).collect(),
        ground: Ground::of(&ground),
        shell: shell.titled("Themes").crumb("/", "Home").crumb("/recommendations", "Recommendations"),
    };
    shown(&page, &page.shell)
}

fn whole<'t>(each: impl Iterator<Item = &'t Total>) -> Total {
    each.fold(Total::default(), |sum, one| sum.and(*one))
}

/// One theme.
#[derive(Template)]
#[template(path = "public/theme/show.html")]
struct ShowPage {
    shell: Shell,
    slug: String,
    follow_href: String,
    retired: Option<&'static str>,
    numbers: Numbers,
    /// What these numbers rest on; whose words they are stands beside the list.
    ground: Ground,
    boxes: Vec<Count>,
    bars: Vec<Bar>,
    inquiries: Vec<OfInquiry>,
    groups: Vec<String>,
    results: Results,
    /// That the page is not full though the list goes on.
    cut: Option<&'static str>,
    cite: String,
    data: String,
}

/// What one inquiry made of a theme.
struct OfInquiry {
    name: Link,
    recommendations: Link,
    answers: u64,
    /// By the groups of findings, in their order: the heading, the number, and the list behind it.
    groups: Vec<(String, u64, String)>,
}

/// A theme with its numbers and one page of what has it.
pub(super) struct Read {
    pub(super) theme: Theme,
    pub(super) retired: bool,
    /// Each inquiry with how many recommendations it made in all.
    pub(super) inquiries: Vec<(InquiryName, u64, Total)>,
    pub(super) whole: Total,
    pub(super) ground: ground::Read,
    pub(super) found: search::Read,
}

/// Shows it.
///
/// # Errors
/// 404 when there is none, 400 for a page that is not there.
pub async fn show(
    state: web::Data<State>,
    shell: Shell,
    path: web::Path<String>,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    let as_at = AsAt::of(&mut query, state.today());
    let after = place::asked(&mut query, "after", &addresses::theme(name.as_str()), &[]);
    query.finish()?;
    let (then, read) = state
        .reader
        .read_or_again(move |tx| {
            let then = as_at.open(tx)?;
            let alias = (AliasKind::Theme, "", name.as_str());
            let read = look(tx, alias, addresses::theme, |tx| read(tx, &name, after, then.day))?;
            Ok::<_, Error>((then, read))
        })
        .await?;
    let page = page(then.around(shell, &state.site), read, after.is_some(), &then, &state);
    shown(&page, &page.shell)
}

/// Reads it on a day.
pub(super) fn read(
    tx: &mut ReadTx<'_>,
    slug: &Slug,
    after: Option<Cursor<3>>,
    today: Day,
) -> Result<Read, crate::store::Error> {
    let theme = theme::find_then(tx, slug)?;
    let totals = theme_total::find(tx, Some(theme.id), today)?.remove(&theme.id).unwrap_or_default();
    let made: Vec<InquiryId> = totals.keys().copied().collect();
    let names = inquiry::names(tx, made.clone())?;
    let oldest = oldest::find(tx, Among::Theme(theme.id))?;
    let tallies = tally::of_inquiries(tx, made.iter().copied())?;
    let held = inquiry::held(tx, made.clone())?;
    let behind = denominators::together(&made, &tallies, &held);
    let why = ground::Why::read(tx, &held)?;
    let whole = whole(totals.values());
    let each = totals.into_iter().filter_map(|(id, total)| {
        let name = names.iter().find(|name| name.id == id)?.clone();
        let all = tallies.get(&id.0).map_or(0, |tally| tally.all(Counted::Recommendations));
        Some((name, all, total))
    });
    let inquiries = each.collect();
    let filter = Filter { theme: Some(theme.id), ..Filter::default() };
    let mut found = match tx.past() {
        None => search::read(tx, "", &filter, Sort::Register, today, after)?,
        Some(_) => then(tx, theme.id, after)?,
    };
    // Counted to the end, where a search stops.
    found.found.recommendations = Capped { number: whole.recommendations, more: false };
    found.found.parts = whole.parts;
    found.found.words = whole.words;
    found.found.answers = Capped { number: whole.answers, more: false };
    found.found.gap = whole.gap;
    let ground = ground::Read { words: whole.words, behind, reports: made.len() as u64, why, oldest };
    Ok(Read { retired: theme::retired(tx)?.contains(&theme.id), theme, inquiries, whole, ground, found })
}

/// One page of what had the theme then.
fn then(tx: &mut ReadTx<'_>, theme: ThemeId, after: Option<Cursor<3>>) -> Result<search::Read, crate::store::Error> {
    let mut left = theme_total::tagged_then(tx, theme)?;
    if let Some(Cursor([.., id])) = after {
        let last = left.iter().position(|one| one.0 == id).map_or(left.len(), |at| at + 1);
        left.drain(..last);
    }
    let mut items: Vec<Recommendation> = Vec::new();
    for some in left.chunks(search::SIZE * 2) {
        let known: HashMap<RecommendationId, Recommendation> =
            recommendation::many(tx, some.to_vec())?.into_iter().map(|one| (one.id, one)).collect();
        items.extend(some.iter().filter_map(|id| known.get(id).filter(|one| !one.in_error).cloned()));
        if items.len() > search::SIZE {
            break;
        }
    }
    let more = items.len() > search::SIZE;
    items.truncate(search::SIZE);
    let next = items.last().filter(|_| more).map(|one| Cursor([one.inquiry.id.0, one.position, one.id.0]));
    let ids: Vec<RecommendationId> = items.iter().map(|one| one.id).collect();
    let answers = addressee::of_recommendations(tx, part::with_parts(&items))?;
    let none = Capped { number: 0, more: false };
    Ok(search::Read {
        details: detail::dates_of(tx, answers.values().flatten())?,
        families: family::of(tx, &ids)?,
        found: Found {
            page: Page { items, next },
            recommendations: none,
            parts: 0,
            words: Denominators::default(),
            answers: none,
            gap: crate::domain::gap::Gap::default(),
            cut: None,
            sought: None,
        },
        answers,
    })
}

fn page(shell: Shell, read: Read, later: bool, then: &Then, state: &State) -> ShowPage {
    let Read { theme, retired, inquiries, whole, ground, found } = read;
    let name = theme.slug.as_str();
    let here = addresses::theme(name);
    let title = say::theme(&theme).words;
    let assessor = say::assessor(&shell);
    let scope = [("theme", name)];
    let rows = inquiries.iter().map(|(inquiry, all, total)| of_inquiry(name, inquiry, *all, total));
    let rows: Vec<OfInquiry> = rows.collect();
    ShowPage {
        retired: retired.then_some(words::THEME_IS_RETIRED),
        numbers: Numbers::of(&whole, inquiries.len() as u64, name),
        ground: Ground { words: None, ..Ground::of(&ground) },
        boxes: boxes(&whole, name),
        bars: chart::of_theme(&whole, name),
        groups: AssessedGroup::ALL.iter().map(|group| words::assessed_group(*group).words.to_string()).collect(),
        inquiries: rows,
        cut: (found.found.cut == Some(Cut::Short)).then_some(words::CUT_SHORT),
        results: search::results(found, &assessor, then.day, (&here, &scope), &[], later),
        cite: then.cite(&title, &here, &state.site),
        data: format!("{here}.json"),
        slug: name.to_owned(),
        follow_href: addresses::subscribe(TopicKind::Theme, name, None),
        shell: shell.titled(title).crumb("/", "Home").crumb(addresses::THEMES, "Themes"),
    }
}

fn of_inquiry(theme: &str, inquiry: &InquiryName, all: u64, total: &Total) -> OfInquiry {
    let scope = [("inquiry", inquiry.slug.as_str()), ("theme", theme)];
    let list = |group: AssessedGroup| {
        let mut parameters = scope.to_vec();
        parameters.push(("assessed", group.as_str()));
        address("/recommendations", &parameters)
    };
    let groups = AssessedGroup::ALL.iter().copied();
    OfInquiry {
        name: say::inquiry(inquiry),
        recommendations: Link::new(address("/recommendations", &scope), words::of_theme(total.recommendations, all)),
        answers: total.answers,
        groups: groups.map(|of| (words::assessed_group(of).words.to_string(), total.group(of), list(of))).collect(),
    }
}

/// The numbers of answers, each with the list behind it.
fn boxes(total: &Total, theme: &str) -> Vec<Count> {
    let count = |n: u64, what: &str, name: &str, values: String| Count {
        number: words::out_of(n, total.answers),
        words: what.to_owned(),
        href: Some(address("/recommendations", &[("theme", theme), (name, &values)])),
    };
    let responded = picked(Response::ALL, Response::is_answer);
    let assessed = picked(Assessed::ALL, |value| value != Assessed::NotAssessed);
    vec![
        count(total.responded, "answers recorded", "response", responded),
        count(total.assessed(), "answers assessed", "assessed", assessed),
        Count {
            href: Some(address(
                "/recommendations",
                &[
                    ("theme", theme),
                    ("assessed", &picked(Assessed::ALL, Assessed::is_done)),
                    ("lifecycle", "open,closed"),
                ],
            )),
            ..count(total.done, "answers done, as assessed", "assessed", String::new())
        },
    ]
}

/// The values that `which` picks, as a parameter.
fn picked<V: Copy + ToString>(values: &[V], which: impl Fn(V) -> bool) -> String {
    let picked: Vec<String> = values.iter().copied().filter(|value| which(*value)).map(|it| it.to_string()).collect();
    picked.join(",")
}
