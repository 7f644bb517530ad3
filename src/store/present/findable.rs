//! The words by which a recommendation can be found: only what the public may read.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::standing_words;
use crate::domain::id::{BodyId, InquiryId, RecommendationId, ThemeId};
use crate::store::schema::{addressee, body_text, inquiry, recommendation, wording};
use crate::store::{Error, ReadTx, theme};

/// Its title, its text, its themes, its inquiry's titles and every name that the bodies asked, and those that answer now, had
/// here.
///
/// # Errors
/// When the database fails.
pub fn findable(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<Vec<String>, Error> {
    let words = standing_words(tx, id)?;
    let mut texts: Vec<String> = [words.title, words.text].into_iter().flatten().collect();
    let (title, short_title): (String, String) = recommendation::table
        .inner_join(inquiry::table.on(inquiry::id.eq(recommendation::inquiry_id)))
        .filter(recommendation::id.eq(id))
        .select((inquiry::title, inquiry::short_title))
        .first(tx.conn)?;
    texts.extend([title, short_title]);
    let themes = theme::of(tx, vec![id])?.remove(&id).unwrap_or_default();
    texts.extend(themes.into_iter().map(|theme| theme.name));
    let asked: Vec<(BodyId, BodyId)> = addressee::table
        .filter(addressee::recommendation_id.eq(id).and(addressee::present.eq(true)))
        .select((addressee::body_id, addressee::answerer_id))
        .load(tx.conn)?;
    let of: BTreeSet<BodyId> = asked.into_iter().flat_map(|(asked, answers)| [asked, answers]).collect();
    // Whoever looks for a body by a name that it had before finds what was put to it, too.
    let bodies: Vec<(String, Option<String>, Option<String>)> = body_text::table
        .filter(body_text::body_id.eq_any(of))
        .filter(body_text::withheld.is_null())
        .order((body_text::body_id, body_text::id))
        .select((body_text::name, body_text::short_name, body_text::also))
        .load(tx.conn)?;
    for (name, short_name, also) in bodies {
        texts.push(name);
        texts.extend(short_name.into_iter().chain(also));
    }
    Ok(texts)
}

/// The same of many at once, for a question that asks for the very words.
///
/// # Errors
/// When the database fails.
pub fn findable_of(
    tx: &mut ReadTx<'_>,
    ids: &[RecommendationId],
) -> Result<HashMap<RecommendationId, Vec<String>>, Error> {
    type Row = (RecommendationId, Option<String>, Option<String>, String, String);
    let rows: Vec<Row> = recommendation::table
        .inner_join(inquiry::table)
        .left_join(wording::table.on(wording::id.nullable().eq(recommendation::wording_id)))
        .filter(recommendation::id.eq_any(ids.to_vec()))
        .select((
            recommendation::id,
            diesel::dsl::case_when(wording::withheld.nullable().is_null(), recommendation::title),
            diesel::dsl::case_when(wording::withheld.nullable().is_null(), wording::text.nullable()),
            inquiry::title,
            inquiry::short_title,
        ))
        .load(tx.conn)?;
    let mut texts = HashMap::<RecommendationId, Vec<String>>::new();
    for (id, title, text, inquiry, short_title) in rows {
        let own = [title, text].into_iter().flatten();
        texts.entry(id).or_default().extend(own.chain([inquiry, short_title]));
    }
    for (id, themes) in theme::of(tx, ids.to_vec())? {
        texts.entry(id).or_default().extend(themes.into_iter().map(|theme| theme.name));
    }
    let asked: Vec<(RecommendationId, BodyId, BodyId)> = addressee::table
        .filter(addressee::recommendation_id.eq_any(ids.to_vec()).and(addressee::present.eq(true)))
        .select((addressee::recommendation_id, addressee::body_id, addressee::answerer_id))
        .load(tx.conn)?;
    let names = names(tx, asked.iter().flat_map(|(_, asked, answers)| [*asked, *answers]).collect())?;
    for (id, asked, answers) in asked {
        let of: BTreeSet<BodyId> = [asked, answers].into();
        let named = of.iter().filter_map(|body| names.get(body)).flatten().cloned();
        texts.entry(id).or_default().extend(named);
    }
    Ok(texts)
}

/// Every name that each of these bodies had here.
fn names(tx: &mut ReadTx<'_>, of: BTreeSet<BodyId>) -> Result<HashMap<BodyId, Vec<String>>, Error> {
    let bodies: Vec<(BodyId, String, Option<String>, Option<String>)> = body_text::table
        .filter(body_text::body_id.eq_any(of))
        .filter(body_text::withheld.is_null())
        .order((body_text::body_id, body_text::id))
        .select((body_text::body_id, body_text::name, body_text::short_name, body_text::also))
        .load(tx.conn)?;
    let mut names = HashMap::<BodyId, Vec<String>>::new();
    for (body, name, short_name, also) in bodies {
        names.entry(body).or_default().extend([Some(name), short_name, also].into_iter().flatten());
    }
    Ok(names)
}

/// What the recommendations of one inquiry are found by beside their own words, each name read once: for many that are new.
pub(in crate::store) struct Around {
    titles: [String; 2],
    themes: HashMap<ThemeId, String>,
    names: HashMap<BodyId, Vec<String>>,
}

impl Around {
    /// The inquiry's titles; the rest is read when it is met.
    pub fn read(tx: &mut ReadTx<'_>, of: InquiryId) -> Result<Self, Error> {
        let (title, short_title): (String, String) =
            inquiry::table.find(of).select((inquiry::title, inquiry::short_title)).first(tx.conn)?;
        Ok(Self { titles: [title, short_title], themes: HashMap::new(), names: HashMap::new() })
    }

    /// Reads the names of these themes and bodies, as far as they are not known.
    pub fn meet(
        &mut self,
        tx: &mut ReadTx<'_>,
        themes: impl Iterator<Item = ThemeId>,
        bodies: impl Iterator<Item = BodyId>,
    ) -> Result<(), Error> {
        let themes: BTreeSet<ThemeId> = themes.filter(|theme| !self.themes.contains_key(theme)).collect();
        if !themes.is_empty() {
            let named = theme::names(tx, themes.into_iter().collect())?;
            self.themes.extend(named.into_iter().map(|theme| (theme.id, theme.name)));
        }
        let bodies: BTreeSet<BodyId> = bodies.filter(|body| !self.names.contains_key(body)).collect();
        if !bodies.is_empty() {
            self.names.extend(names(tx, bodies)?);
        }
        Ok(())
    }

    /// Everything by which one can be found that has these words of its own and these themes, and that these bodies were asked for
    /// or answer now.
    pub fn texts(&self, own: [Option<String>; 2], themes: &[ThemeId], bodies: &BTreeSet<BodyId>) -> Vec<String> {
        let themes = themes.iter().filter_map(|theme| self.themes.get(theme));
        let names = bodies.iter().filter_map(|body| self.names.get(body)).flatten();
        let around = self.titles.iter().chain(themes).chain(names).cloned();
        own.into_iter().flatten().chain(around).collect()
    }
}
