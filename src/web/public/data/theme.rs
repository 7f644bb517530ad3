//! A theme as data: exactly what its page says.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::denominators::GroundData;
use super::{Maker, RecommendationData};
use crate::domain::address;
use crate::domain::assessed::AssessedGroup;
use crate::domain::gap::Gap;
use crate::store::alias::AliasKind;
use crate::store::hold::InForce;
use crate::store::theme_total::Total;
use crate::store::{detail, inquiry, setting};
use crate::web::error::Error;
use crate::web::public::past::AsAt;
use crate::web::public::query::Query;
use crate::web::public::theme::{Read, read};
use crate::web::public::{DataFrame, look, place, search, shown_as_data, slug};
use crate::web::state::State;

/// A theme.
#[derive(Serialize)]
struct ThemeData {
    theme: String,
    name: String,
    /// Whether it is put on nothing any more.
    retired: bool,
    address: String,
    #[serde(flatten)]
    numbers: Numbers,
    #[serde(flatten)]
    ground: GroundData,
    inquiries: Vec<OfInquiry>,
    items: Vec<RecommendationData>,
    next: Option<String>,
}

/// What one inquiry made of it.
#[derive(Serialize)]
struct OfInquiry {
    inquiry: String,
    /// How many recommendations it made in all.
    of_recommendations: u64,
    #[serde(flatten)]
    numbers: Numbers,
}

/// Numbers; what was entered in error is in none.
#[derive(Serialize)]
struct Numbers {
    total: u64,
    recommendations_done: u64,
    answers: u64,
    answers_recorded: u64,
    answers_assessed: u64,
    answers_done: u64,
    assessed: Groups,
    claims: Claims,
}

/// Answers by the five groups of findings.
#[derive(Serialize)]
struct Groups {
    confirmed: u64,
    partly: u64,
    not: u64,
    cannot_tell: u64,
    not_looked_at: u64,
}

/// Answers where the body says complete or in place, by what became of that.
#[derive(Serialize)]
struct Claims {
    all: u64,
    confirmed: u64,
    not_looked_at: u64,
    not_lately: u64,
    disputed: u64,
}

impl Claims {
    const fn of(gap: &Gap) -> Self {
        Self {
            all: gap.claims(),
            confirmed: gap.confirmed,
            not_looked_at: gap.not_looked_at,
            not_lately: gap.not_lately,
            disputed: gap.disputed,
        }
    }
}

impl Numbers {
    fn of(total: &Total) -> Self {
        Self {
            total: total.recommendations,
            recommendations_done: total.recommendations_done,
            answers: total.answers,
            answers_recorded: total.responded,
            answers_assessed: total.assessed(),
            answers_done: total.done,
            assessed: Groups {
                confirmed: total.group(AssessedGroup::Confirmed),
                partly: total.group(AssessedGroup::Partly),
                not: total.group(AssessedGroup::Not),
                cannot_tell: total.group(AssessedGroup::CannotTell),
                not_looked_at: total.group(AssessedGroup::NotLookedAt),
            },
            claims: Claims::of(&total.gap),
        }
    }
}

/// One theme.
///
/// # Errors
/// 404 when there is none, 400 for a page that is not there.
pub async fn theme(state: web::Data<State>, path: web::Path<String>, mut query: Query) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    let as_at = AsAt::of(&mut query, state.today());
    let after = place::asked(&mut query, "after", &address::theme(name.as_str()), &[]);
    query.finish()?;
    let (then, read, details, inquiries, in_service, in_force) = state
        .reader
        .read_or_again(move |tx| {
            let then = as_at.open(tx)?;
            let moved = |to: &str| format!("{}.json", address::theme(to));
            let alias = (AliasKind::Theme, "", name.as_str());
            let read: Read = look(tx, alias, moved, |tx| read(tx, &name, after, then.day))?;
            let all: Vec<_> = read.found.answers.values().flatten().cloned().collect();
            let details = detail::of(tx, &all)?;
            let ids = read.found.found.page.items.iter().map(|one| one.inquiry.id).collect();
            let inquiries = inquiry::published(tx, ids)?;
            Ok::<_, Error>((then, read, details, inquiries, setting::in_service(tx)?, InForce::read(tx)?))
        })
        .await?;
    let Read { theme, retired, inquiries: made, whole, ground, found } = read;
    let search::Read { found, answers, families, .. } = found;
    let maker = Maker { base: &state.site.base_url, details: &details, in_force, families, today: then.day };
    let items = found.page.items.iter().map(|one| {
        let of = inquiries.get(&one.inquiry.id);
        maker.recommendation(one, of.is_some_and(|it| it.own_references), of.and_then(|it| it.made_on), &answers)
    });
    let here = address::theme(theme.slug.as_str());
    let next = found.page.next.map(|next| maker.next(&here, next, &then));
    let data = ThemeData {
        items: items.collect(),
        next,
        address: maker.address(&here),
        numbers: Numbers::of(&whole),
        ground: GroundData::of(&ground, &state.site.base_url),
        inquiries: made
            .iter()
            .map(|(name, all, total)| OfInquiry {
                inquiry: name.slug.to_string(),
                of_recommendations: *all,
                numbers: Numbers::of(total),
            })
            .collect(),
        theme: theme.slug.to_string(),
        name: theme.name,
        retired,
    };
    let unlisted = found.page.items.iter().any(|one| one.checked.needs_warning());
    shown_as_data(&data, DataFrame::of(&in_service, unlisted).then(&then))
}
