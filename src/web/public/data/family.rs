//! Families as data, and the ties that they are made of.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::denominators::GroundData;
use super::{Maker, RecommendationData};
use crate::domain::address;
use crate::domain::moment::Day;
use crate::domain::tie::TieKind;
use crate::domain::words;
use crate::store::family::{self, Families, Family, Found};
use crate::store::hold::InForce;
use crate::store::recommendation::Recommendation;
use crate::store::tie::Tie;
use crate::store::{addressee, detail, inquiry, part, setting};
use crate::web::error::Error;
use crate::web::public::family::ground_of;
use crate::web::public::past::{AsAt, find_then, on_day};
use crate::web::public::query::Query;
use crate::web::public::{DataFrame, shown_as_data, slug};
use crate::web::state::State;

/// A link between two recommendations: the first says something of the second.
#[derive(Serialize, ToSchema)]
#[schema(as = Tie)]
pub(in crate::web) struct TieData {
    kind: TieKind,
    /// The page of the first.
    from: String,
    /// The page of the second.
    to: String,
    /// Whether it is in a count: it claims something, and both were compared with their sources.
    counted: bool,
    /// Whether both were compared with their sources. Of two that may be related, nobody has said then how they are.
    both_compared: bool,
    /// The change that published it, with its reason.
    change: i64,
}

/// A family.
#[derive(Serialize)]
struct FamilyData {
    family: String,
    address: String,
    /// That it came apart, and nothing stands at its address any more.
    came_apart: bool,
    /// What can be said of it as a whole.
    says: Option<String>,
    /// How many recommendations it holds: how often it was made.
    made: u64,
    /// By how many inquiries: one can have made several of them.
    made_by_inquiries: u64,
    /// The first day on which one is known to have been made.
    first_made_on: Option<Day>,
    /// Of how many the day is not known: one of them may have been the first.
    made_on_unknown: u64,
    assessed: u64,
    confirmed: u64,
    /// How many are not done, while an answer is confirmed.
    confirmed_in_part: u64,
    /// How many were confirmed, of which somebody found that it holds no longer.
    lost: u64,
    /// How many were confirmed once and are not now, while nobody found that it holds no longer.
    confirmed_before: u64,
    #[serde(flatten)]
    ground: GroundData,
    items: Vec<RecommendationData>,
    ties: Vec<TieData>,
    /// What asks for the opposite of a member: no member, and in no count.
    contradictions: Vec<TieData>,
}

impl Maker<'_> {
    /// The ties of one recommendation.
    pub(in crate::web) fn ties(&self, one: &Recommendation) -> Vec<TieData> {
        self.families.told_of(one.id).filter_map(|(tie, _)| self.tie(&self.families, tie)).collect()
    }

    fn tie(&self, families: &Families, tie: &Tie) -> Option<TieData> {
        let page = |id| {
            let one = families.end(id)?;
            Some(self.address(&address::recommendation(one.inquiry.slug.as_str(), &one.number)))
        };
        Some(TieData {
            kind: tie.kind,
            from: page(tie.from)?,
            to: page(tie.to)?,
            counted: families.counts(tie),
            both_compared: families.both_compared(tie),
            change: tie.seq.0,
        })
    }
}

/// One family.
///
/// # Errors
/// 404 when there was never one of this name.
pub async fn family(state: web::Data<State>, path: web::Path<String>, mut query: Query) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    let as_at = AsAt::of(&mut query, state.today());
    query.finish()?;
    let base = state.site.base_url.clone();
    let (then, data, in_service) = state
        .reader
        .read_or_again(move |tx| {
            let then = as_at.open(tx)?;
            let found = find_then(tx, |tx| family::find(tx, &name))?;
            let (members, of, families) = match found {
                Found::Joined(slug) => {
                    let there = format!("{}.json", address::family(slug.as_str()));
                    return Err(Error::Elsewhere(on_day(there, then.past)));
                }
                Found::Apart(_) => (Vec::new(), None, Families::default()),
                Found::Here(found) => (found.0.members.clone(), Some(found.0), found.1),
            };
            let ground = GroundData::of(&ground_of(tx, &members)?, &base);
            let answers = addressee::of_recommendations(tx, part::with_parts(&members))?;
            let all: Vec<_> = answers.values().flatten().cloned().collect();
            let details = detail::of(tx, &all)?;
            let inquiries = inquiry::published(tx, members.iter().map(|one| one.inquiry.id).collect())?;
            let in_force = InForce::read(tx)?;
            let maker = Maker { base: &base, details: &details, in_force, families, today: then.day };
            let items = members.iter().map(|one| {
                let of = inquiries.get(&one.inquiry.id);
                maker.recommendation(
                    one,
                    of.is_some_and(|it| it.own_references),
                    of.and_then(|it| it.made_on),
                    &answers,
                )
            });
            let items = items.collect();
            let data = data(&maker, name.as_str(), of.as_ref(), (items, ground));
            Ok((then, data, setting::in_service(tx)?))
        })
        .await?;
    let frame = DataFrame::of(&in_service, data.came_apart).then(&then);
    shown_as_data(&data, frame)
}

fn data(
    maker: &Maker<'_>,
    slug: &str,
    family: Option<&Family>,
    (items, ground): (Vec<RecommendationData>, GroundData),
) -> FamilyData {
    let standing = family.map(|family| family.standing.clone()).unwrap_or_default();
    let families = &maker.families;
    let ties = |ties: &mut dyn Iterator<Item = &Tie>| ties.filter_map(|tie| maker.tie(families, tie)).collect();
    FamilyData {
        family: slug.to_owned(),
        address: maker.address(&address::family(slug)),
        came_apart: family.is_none(),
        says: family.map(|family| words::family_standing(&family.standing)),
        made: standing.made,
        made_by_inquiries: standing.inquiries,
        first_made_on: standing.first,
        made_on_unknown: standing.undated,
        assessed: standing.assessed,
        confirmed: standing.confirmed,
        confirmed_in_part: standing.partly,
        lost: standing.lost,
        confirmed_before: standing.before,
        ground,
        items,
        ties: family.map(|family| ties(&mut family.ties.iter())).unwrap_or_default(),
        contradictions: family.map(|of| ties(&mut families.against(of).map(|(tie, _)| tie))).unwrap_or_default(),
    }
}
