//! Since when the register can say that nothing came by a date: the rules of [`heard_on`](crate::domain::heard::heard_on) and
//! [`Owed`](crate::domain::deadline::Owed), once for rows that are read anyhow, and once in words of the database, so that it
//! finds the rows by its indexes.

use std::collections::HashMap;

use diesel::prelude::*;

use super::addressee::Answer;
use super::asking::{self, FirstAsked};
use super::coverage;
use super::hold::On;
use super::schema::{addressee, change, deadline};
use super::{Error, ReadTx};
use crate::domain::checked::Checked;
use crate::domain::coverage::{Found, Look, Sought as LookedFor};
use crate::domain::deadline::DeadlineKind;
use crate::domain::heard::{Sought, heard_on, is_waited_for};
use crate::domain::id::{AddresseeId, BodyId, DeadlineId, InquiryId, RecommendationId};
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::reported::Reported;
use crate::domain::response::Response;
use crate::domain::succession::Handed;

/// What is known of the dates that had passed before they were recorded, of all that are read together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heard {
    /// Since when what is owed by each was waited for.
    late: HashMap<DeadlineId, Day>,
    /// Where answers and updates were looked for.
    looks: Vec<(InquiryId, Look)>,
    /// Since when each answer's body was asked.
    asked: HashMap<AddresseeId, FirstAsked>,
}

/// Whose date it is, and what the body said last: it was heard, where it told of something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    /// The answer.
    pub addressee: AddresseeId,
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// Its inquiry.
    pub inquiry: InquiryId,
    /// The body asked, and the one that answers now: a look for what either owes is for this.
    pub bodies: [BodyId; 2],
    /// What it answered.
    pub response: (Response, Happened),
    /// What it says it has done.
    pub reported: (Reported, Happened),
    /// When its last update came.
    pub last_arrival_on: Option<Day>,
}

impl Answer {
    /// The same of a whole answer.
    #[must_use]
    pub const fn whose(&self) -> Whose {
        Whose {
            addressee: self.id,
            recommendation: self.recommendation_id,
            inquiry: self.inquiry_id,
            bodies: [self.body.id, self.answerer.id],
            response: (self.response.value, self.response.when),
            reported: (self.reported.value, self.reported.when),
            last_arrival_on: self.last_arrival_on,
        }
    }
}

/// A date that had passed before it was recorded.
struct Late {
    id: DeadlineId,
    due_on: Day,
    since: Day,
    /// The date that the earliest one known so far took the place of, or put right.
    before: Option<DeadlineId>,
    of: (AddresseeId, InquiryId),
}

/// Reads what is needed to say since when these dates are heard.
///
/// # Errors
/// When the database fails.
pub fn of(tx: &mut ReadTx<'_>, dates: &[DeadlineId]) -> Result<Heard, Error> {
    if dates.is_empty() {
        return Ok(Heard::default());
    }
    type Row = (DeadlineId, DeadlineKind, Option<Day>, Day, Before, (AddresseeId, InquiryId));
    let rows: Vec<Row> = deadline::table
        .inner_join(change::table)
        .inner_join(addressee::table)
        .filter(deadline::id.eq_any(dates.to_vec()))
        .filter(deadline::due_on.assume_not_null().lt(change::day))
        .select((
            deadline::id,
            deadline::kind,
            deadline::due_on,
            change::day,
            (deadline::corrects, deadline::replaces),
            (deadline::addressee_id, addressee::inquiry_id),
        ))
        .load(tx.conn)?;
    let late = rows.into_iter().filter(|row| is_waited_for(row.1)).filter_map(|(id, _, due_on, since, before, of)| {
        Some(Late { id, due_on: due_on?, since, before: before.0.or(before.1), of })
    });
    let mut late: Vec<Late> = late.collect();
    follow(tx, &mut late)?;
    late.retain(|one| one.since > one.due_on);
    if late.is_empty() {
        return Ok(Heard::default());
    }
    let answers: Vec<AddresseeId> = late.iter().map(|one| one.of.0).collect();
    let mut inquiries: Vec<InquiryId> = late.iter().map(|one| one.of.1).collect();
    inquiries.sort_unstable();
    inquiries.dedup();
    Ok(Heard {
        looks: coverage::standing(tx, inquiries)?,
        asked: asking::first(tx, &answers)?,
        late: late.into_iter().map(|one| (one.id, one.since)).collect(),
    })
}

/// The date that one puts right, and the one that it took the place of.
type Before = (Option<DeadlineId>, Option<DeadlineId>);

/// Goes back to the first of the dates that each took the place of or put right.
fn follow(tx: &mut ReadTx<'_>, late: &mut [Late]) -> Result<(), Error> {
    loop {
        let before: Vec<DeadlineId> = late.iter().filter_map(|one| one.before).collect();
        if before.is_empty() {
            return Ok(());
        }
        let rows: Vec<(DeadlineId, Day, Before)> = deadline::table
            .inner_join(change::table)
            .filter(deadline::id.eq_any(before))
            .select((deadline::id, change::day, (deadline::corrects, deadline::replaces)))
            .load(tx.conn)?;
        let known: HashMap<DeadlineId, (Day, Before)> = rows.into_iter().map(|row| (row.0, (row.1, row.2))).collect();
        for one in late.iter_mut() {
            let Some((day, before)) = one.before.take().and_then(|id| known.get(&id)) else { continue };
            (one.since, one.before) = (*day, before.0.or(before.1));
        }
    }
}

impl Heard {
    /// The first day on which it can be said that nothing came by a date: see [`heard_on`].
    #[must_use]
    pub fn on(&self, (date, kind, due): (DeadlineId, DeadlineKind, Day), whose: &Whose) -> Option<Day> {
        let since = self.late.get(&date).copied().unwrap_or(due);
        heard_on(due, since, self.sought(kind, whose))
    }

    fn sought(&self, kind: DeadlineKind, whose: &Whose) -> Vec<Sought> {
        let of_this =
            |look: &Look| whose.bodies.iter().any(|body| look.was_in_vain((whose.recommendation, *body), kind));
        let here = self.looks.iter().filter(|(inquiry, _)| *inquiry == whose.inquiry);
        let in_vain = here.filter(|(_, look)| of_this(look)).map(|(_, look)| look.looked_on);
        let none_found = whose.response.1.exact().filter(|_| whose.response.0 == Response::NoneFound);
        let told = whose.reported.1.exact().filter(|_| whose.reported.0 != Reported::NotReported);
        let asked = self.asked.get(&whose.addressee).copied().unwrap_or_default();
        let (looked, asked): ([Option<Day>; 2], [Option<Day>; 2]) = if LookedFor::Answers.is_for(kind) {
            ([none_found, None], [asked.by_hand, None])
        } else {
            ([told, whose.last_arrival_on], [asked.by_hand, asked.reminded])
        };
        let looked = in_vain.chain(looked.into_iter().flatten()).map(Sought::Looked);
        looked.chain(asked.into_iter().flatten().map(Sought::Asked)).collect()
    }
}

/// Of the table `addressee`, as condition: the date in these columns counts as missed on `today`, as far as nothing else settles
/// it. The rule is [`Owed::is_missed`](crate::domain::deadline::Owed::is_missed)'s.
pub(super) fn missed(kind: DeadlineKind, (date, row): (&str, &str), today: Day, quiet: &[(On, Day)]) -> String {
    let words = |degrees: &mut dyn Iterator<Item = &Checked>| {
        degrees.map(|degree| format!("'{degree}'")).collect::<Vec<_>>().join(", ")
    };
    let dated = words(&mut Checked::ALL.iter().filter(|degree| degree.is_certain_enough_to_count_silence()));
    let asked = words(&mut Checked::known().iter());
    let answered = Handed::ALL.iter().filter(|how| how.is_answered()).map(|how| format!("'{how}'"));
    let answered = answered.collect::<Vec<_>>().join(", ");
    let heard = if is_waited_for(kind) {
        format!(
            " and (exists (select 1 from change recorded where recorded.seq = waited.seq and recorded.day <= addressee.{date}){})",
            late(kind, date, today, quiet)
        )
    } else {
        String::new()
    };
    // Not "exists": PostgreSQL would then read all dates of the ledger, to look for those of a few answers among them.
    format!(
        "addressee.{date} < '{today}' and addressee.taken_in_on <= addressee.{date} and addressee.checked in ({asked}) \
         and addressee.handed in ({answered}) \
         and coalesce((select 1 from deadline waited where waited.id = addressee.{row} and waited.checked in ({dated}){heard}), 0) = 1{}",
        told(&format!("addressee.{date}"), "<", quiet)
    )
}

/// What makes up for a date that was recorded late, each after an "or".
fn late(kind: DeadlineKind, date: &str, today: Day, quiet: &[(On, Day)]) -> String {
    let by = |day: &str| format!("{day} >= addressee.{date} and {day} <= '{today}'{}", told(day, "<=", quiet));
    let kinds: Vec<String> =
        LookedFor::ALL.iter().filter(|what| what.is_for(kind)).map(|what| format!("'{what}'")).collect();
    let mut all = vec![
        format!(
            "exists (with recursive earlier (id) as (select coalesce(waited.corrects, waited.replaces) union all \
             select coalesce(one.corrects, one.replaces) from earlier inner join deadline one on one.id = earlier.id) \
             select 1 from earlier inner join deadline one on one.id = earlier.id \
             inner join change recorded on recorded.seq = one.seq where recorded.day <= addressee.{date})"
        ),
        format!(
            "exists (select 1 from coverage look where look.inquiry_id = addressee.inquiry_id \
             and (look.body_id is null or look.body_id in (addressee.body_id, addressee.answerer_id)) \
             and (look.recommendation_id is null or look.recommendation_id = addressee.recommendation_id) \
             and look.what in ({}) and look.found = '{}' and {} \
             and not exists (select 1 from coverage later where later.corrects = look.id))",
            kinds.join(", "),
            Found::Nothing,
            by("look.looked_on")
        ),
    ];
    let of_answers = LookedFor::Answers.is_for(kind);
    all.push(format!(
        "exists (select 1 from asking where asking.addressee_id = addressee.id{} and asking.asked_on < '{today}' \
         and (asking.back_on is null or asking.back_on > '{today}'){})",
        if of_answers { " and asking.by_hand" } else { "" },
        told("asking.asked_on", "<", quiet)
    ));
    if of_answers {
        all.push(format!(
            "(addressee.response = '{}' and addressee.response_precision = '{}' and {})",
            Response::NoneFound,
            Precision::On,
            by("addressee.response_on")
        ));
    } else {
        all.push(format!(
            "(addressee.reported <> '{}' and addressee.reported_precision = '{}' and {})",
            Reported::NotReported,
            Precision::On,
            by("addressee.reported_on")
        ));
        all.push(format!("({})", by("addressee.last_arrival_on")));
    }
    all.into_iter().map(|one| format!(" or {one}")).collect()
}

/// That a day came before a hold began, where one lasts; with `<=`, that it came on that day or before.
fn told(day: &str, comes: &str, quiet: &[(On, Day)]) -> String {
    let each = quiet.iter().map(|(on, since)| {
        let before = format!("{day} {comes} '{since}'");
        match (on.inquiry, on.recommendation) {
            (_, Some(one)) => format!(" and (addressee.recommendation_id <> {one} or {before})"),
            (Some(one), None) => format!(" and (addressee.inquiry_id <> {one} or {before})"),
            (None, None) => format!(" and {before}"),
        }
    });
    each.collect()
}
