//! Reading the rows: each with the one before it about the same thing.

use diesel::prelude::*;

use super::{Called, Described, Edit, Of, What};
use crate::domain::id::{BodyId, InquiryId, RecommendationId, Seq, ThemeId};
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::part::letter;
use crate::domain::text::Slug;
use crate::store::schema::{body_text, entry, inquiry_text, recommendation, tag, theme_text};
use crate::store::{Error, ReadTx, body, inquiry, theme, withheld};

/// Each row that is wanted with the one before it about the same thing. Rows are in the order of publication.
fn with_before<R, K: PartialEq>(
    rows: &[R],
    key: impl Fn(&R) -> K,
    wanted: impl Fn(&R) -> bool,
) -> Vec<(&R, Option<&R>)> {
    let before = |at: usize| rows[..at].iter().rev().find(|earlier| key(earlier) == key(&rows[at]));
    rows.iter().enumerate().filter(|(_, row)| wanted(row)).map(|(at, row)| (row, before(at))).collect()
}

/// Chair, legal basis, source, note on the source, who monitors it, note.
type Six = (Option<String>, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>);

#[derive(Queryable)]
struct TextRow {
    id: i64,
    seq: Seq,
    inquiry: InquiryId,
    names: (String, String, String),
    words: Six,
    bodies: (Option<BodyId>, Option<BodyId>),
    own_references: bool,
    published_on: Option<Day>,
    withheld: Option<Seq>,
    not_tracked: (Option<i64>, Option<String>),
}

pub(super) fn descriptions(tx: &mut ReadTx<'_>, of: &Of) -> Result<Vec<Edit>, Error> {
    let about: Vec<InquiryId> = match of {
        Of::Inquiry(id) => vec![*id],
        Of::Changes(seqs) => inquiry_text::table
            .filter(inquiry_text::seq.eq_any(seqs.clone()))
            .select(inquiry_text::inquiry_id)
            .distinct()
            .load(tx.conn)?,
        _ => return Ok(Vec::new()),
    };
    if about.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<TextRow> = inquiry_text::table
        .filter(inquiry_text::inquiry_id.eq_any(about.clone()).and(inquiry_text::seq.le(tx.upto())))
        .order((inquiry_text::seq, inquiry_text::id))
        .select((
            inquiry_text::id,
            inquiry_text::seq,
            inquiry_text::inquiry_id,
            (inquiry_text::kind, inquiry_text::title, inquiry_text::short_title),
            (
                inquiry_text::chair,
                inquiry_text::legal_basis,
                inquiry_text::source_url,
                inquiry_text::source_note,
                inquiry_text::monitored_by,
                inquiry_text::note,
            ),
            (inquiry_text::commissioned_by, inquiry_text::issued_by),
            inquiry_text::own_references,
            inquiry_text::published_on,
            inquiry_text::withheld,
            (inquiry_text::not_tracked, inquiry_text::not_tracked_why),
        ))
        .load(tx.conn)?;
    let days = withheld::days(tx, rows.iter().map(|row| row.withheld))?;
    let known = rows.iter().flat_map(|row| [row.bodies.0, row.bodies.1]).flatten().collect();
    let known = body::names(tx, known)?;
    let name =
        |id: Option<BodyId>| id.and_then(|id| known.iter().find(|body| body.id == id)).map(|one| one.name.clone());
    let described = |row: &TextRow| {
        let shown = row.withheld.is_none();
        let (kind, title, short) = row.names.clone();
        let (chair, right, source, about, monitored, note) = row.words.clone();
        Described {
            withheld: days.taken(row.withheld),
            names: [kind, title, short].map(|word| Some(word).filter(|_| shown)),
            words: [chair, right, source, about, monitored, note].map(|word| word.filter(|_| shown)),
            bodies: [name(row.bodies.0), name(row.bodies.1)],
            own_references: row.own_references,
            published_on: row.published_on,
            not_tracked: (row.not_tracked.0, row.not_tracked.1.clone().filter(|_| shown)),
        }
    };
    let inquiries = inquiry::names(tx, about)?;
    let wanted = |row: &TextRow| matches!(of, Of::Inquiry(_)) || asked(of, row.seq);
    let edits = with_before(&rows, |row| row.inquiry, wanted).into_iter().filter_map(|(row, before)| {
        let inquiry = inquiries.iter().find(|one| one.id == row.inquiry)?.clone();
        let before = before.map(|before| Box::new(described(before)));
        let what = What::Inquiry { row: row.id, inquiry, now: Box::new(described(row)), before };
        Some(Edit { seq: row.seq, what })
    });
    Ok(edits.collect())
}

fn asked(of: &Of, seq: Seq) -> bool {
    matches!(of, Of::Changes(seqs) if seqs.contains(&seq))
}

#[derive(Queryable)]
struct BodyRow {
    id: i64,
    seq: Seq,
    body: BodyId,
    words: (String, Option<String>, String, Option<String>, Option<String>),
    since: (Option<Day>, Precision),
    slug: Slug,
    withheld: Option<Seq>,
}

pub(super) fn bodies(tx: &mut ReadTx<'_>, of: &Of) -> Result<Vec<Edit>, Error> {
    let about: Vec<BodyId> = match of {
        Of::Body(id) => vec![*id],
        Of::Changes(seqs) => body_text::table
            .filter(body_text::seq.eq_any(seqs.clone()))
            .select(body_text::body_id)
            .distinct()
            .load(tx.conn)?,
        _ => return Ok(Vec::new()),
    };
    if about.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<BodyRow> = body_text::table
        .filter(body_text::body_id.eq_any(about.clone()).and(body_text::seq.le(tx.upto())))
        .order((body_text::seq, body_text::id))
        .select((
            body_text::id,
            body_text::seq,
            body_text::body_id,
            (body_text::name, body_text::short_name, body_text::kind, body_text::link, body_text::also),
            (body_text::named_on, body_text::named_precision),
            body_text::slug,
            body_text::withheld,
        ))
        .load(tx.conn)?;
    let days = withheld::days(tx, rows.iter().map(|row| row.withheld))?;
    let called = |row: &BodyRow| {
        let (name, short, kind, link, also) = row.words.clone();
        let also = also.map(|names| names.lines().collect::<Vec<_>>().join("; "));
        let words = [Some(name), short, Some(kind), link, also];
        Called {
            withheld: days.taken(row.withheld),
            words: words.map(|word| word.filter(|_| row.withheld.is_none())),
            since: Happened::new(row.since.0, row.since.1),
            slug: row.slug.clone(),
        }
    };
    let names = body::names(tx, about)?;
    let wanted = |row: &BodyRow| matches!(of, Of::Body(_)) || asked(of, row.seq);
    let edits = with_before(&rows, |row| row.body, wanted).into_iter().filter_map(|(row, before)| {
        let body = names.iter().find(|one| one.id == row.body)?.clone();
        let before = before.map(|before| Box::new(called(before)));
        Some(Edit { seq: row.seq, what: What::Body { row: row.id, body, now: Box::new(called(row)), before } })
    });
    Ok(edits.collect())
}

pub(super) fn numbers(tx: &mut ReadTx<'_>, of: &Of) -> Result<Vec<Edit>, Error> {
    let about: Vec<RecommendationId> = match of {
        Of::Recommendation(id) => vec![*id],
        Of::Changes(seqs) => entry::table
            .filter(entry::seq.eq_any(seqs.clone()))
            .select(entry::recommendation_id)
            .distinct()
            .load(tx.conn)?,
        _ => return Ok(Vec::new()),
    };
    type Row = (Seq, RecommendationId, String, bool);
    let rows: Vec<Row> = entry::table
        .filter(entry::recommendation_id.eq_any(about).and(entry::seq.le(tx.upto())))
        .order((entry::seq, entry::id))
        .select((entry::seq, entry::recommendation_id, entry::number, entry::in_error))
        .load(tx.conn)?;
    let wanted = |row: &Row| matches!(of, Of::Recommendation(_)) || asked(of, row.0);
    let edits = with_before(&rows, |row| row.1, wanted).into_iter().filter_map(|(row, before)| {
        let (_, _, number, in_error) = before?;
        let recommendation = row.1;
        let what = if row.3 == *in_error {
            What::Number { recommendation, now: row.2.clone(), before: number.clone() }
        } else {
            What::Mistaken { recommendation, in_error: row.3 }
        };
        Some(Edit { seq: row.0, what })
    });
    Ok(edits.collect())
}

/// That parts came in, for the timeline of their whole: the first entry of each.
pub(super) fn parts(tx: &mut ReadTx<'_>, of: &Of) -> Result<Vec<Edit>, Error> {
    let Of::Recommendation(whole) = of else { return Ok(Vec::new()) };
    let rows: Vec<(Seq, RecommendationId, String)> = entry::table
        .inner_join(recommendation::table)
        .filter(recommendation::parent_id.eq(*whole).and(entry::seq.le(tx.upto())))
        .order((entry::seq, entry::id))
        .select((entry::seq, entry::recommendation_id, recommendation::number))
        .load(tx.conn)?;
    let number: String = recommendation::table.find(*whole).select(recommendation::number).first(tx.conn)?;
    let mut seen: Vec<RecommendationId> = Vec::new();
    let mut edits = Vec::new();
    for (seq, part, of_part) in rows {
        if !seen.contains(&part) {
            seen.push(part);
            let letter = letter(&number, &of_part).to_owned();
            edits.push(Edit { seq, what: What::Part { recommendation: *whole, letter } });
        }
    }
    Ok(edits)
}

pub(super) fn tags(tx: &mut ReadTx<'_>, of: &Of) -> Result<Vec<Edit>, Error> {
    let all = tag::table
        .filter(tag::seq.le(tx.upto()))
        .order(tag::id)
        .select((tag::seq, tag::recommendation_id, tag::theme_id, tag::present))
        .into_boxed();
    let rows: Vec<(Seq, RecommendationId, ThemeId, bool)> = match of {
        Of::Recommendation(id) => all.filter(tag::recommendation_id.eq(*id)).load(tx.conn)?,
        Of::Changes(seqs) => all.filter(tag::seq.eq_any(seqs.clone())).load(tx.conn)?,
        _ => return Ok(Vec::new()),
    };
    let names = theme::names(tx, rows.iter().map(|row| row.2).collect())?;
    let edits = rows.into_iter().filter_map(|(seq, recommendation, theme, present)| {
        let theme = names.iter().find(|one| one.id == theme)?.name.clone();
        Some(Edit { seq, what: What::Tag { recommendation, theme, present } })
    });
    Ok(edits.collect())
}

/// A name of a theme: its row, its change, the theme, the name where it may be read, what took it out of sight, whether the theme
/// is retired from then on.
type NameRow = (i64, Seq, ThemeId, Option<String>, Option<Seq>, bool);

pub(super) fn themes(tx: &mut ReadTx<'_>, seqs: &[Seq]) -> Result<Vec<Edit>, Error> {
    let about: Vec<ThemeId> = theme_text::table
        .filter(theme_text::seq.eq_any(seqs.to_vec()))
        .select(theme_text::theme_id)
        .distinct()
        .load(tx.conn)?;
    // The address is today's: an earlier name may stand in an earlier one, and be out of sight.
    let themes = theme::names(tx, about.clone())?;
    let rows: Vec<NameRow> = theme_text::table
        .filter(theme_text::theme_id.eq_any(about).and(theme_text::seq.le(tx.upto())))
        .order((theme_text::seq, theme_text::id))
        .select((
            theme_text::id,
            theme_text::seq,
            theme_text::theme_id,
            diesel::dsl::case_when(theme_text::withheld.is_null(), theme_text::name.nullable()),
            theme_text::withheld,
            theme_text::retired,
        ))
        .load(tx.conn)?;
    let days = withheld::days(tx, rows.iter().map(|row| row.4))?;
    let edits = with_before(&rows, |row| row.2, |row| seqs.contains(&row.1)).into_iter().filter_map(|(row, before)| {
        let slug = themes.iter().find(|theme| theme.id == row.2)?.slug.clone();
        let now = days.words(row.3.clone(), row.4)?;
        let retired = before.filter(|before| before.5 != row.5).map(|_| row.5);
        let before = before.and_then(|row| days.words(row.3.clone(), row.4));
        Some(Edit { seq: row.1, what: What::Theme { row: row.0, slug, now, before, retired } })
    });
    Ok(edits.collect())
}
