//! Themes: made, renamed, put on recommendations and taken off, each as a dated change.

use super::entry::none_retired;
use super::{change, why};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::id::{RecommendationId, ThemeId};
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{Act, Done, Error, Service, search};
use crate::store::alias::{self, AliasKind};
use crate::store::ledger::{NewChange, insert_tag, insert_theme_text, lock_newest, open_change};
use crate::store::present::{
    insert_theme, lock_recommendation, recommendation_place, refresh_recommendation, refresh_theme, standing_theme,
};
use crate::store::{Error as StoreError, ReadTx, WriteTx, theme};

/// A new theme.
#[derive(Debug, Clone)]
pub struct MakeTheme {
    /// What it is called.
    pub name: Option<String>,
    /// Why it is made, in public.
    pub reason: Option<String>,
}

/// Another name for a theme.
#[derive(Debug, Clone)]
pub struct RenameTheme {
    /// The theme.
    pub theme: Slug,
    /// The change that gave it the name which the form showed.
    pub shown: i64,
    /// What it is called from now on.
    pub name: Option<String>,
    /// Why, in public.
    pub reason: Option<String>,
}

/// That a theme is put on nothing any more, or is in use again.
#[derive(Debug, Clone)]
pub struct RetireTheme {
    /// The theme.
    pub theme: Slug,
    /// The change that the form showed as its last.
    pub shown: i64,
    /// Whether it is retired from now on.
    pub retired: bool,
    /// Why, in public.
    pub reason: Option<String>,
}

/// What a recommendation is about.
#[derive(Debug, Clone)]
pub struct SetThemes {
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// The version that the form was made from.
    pub version: i64,
    /// Its themes from now on.
    pub themes: Vec<ThemeId>,
    /// Why, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Makes a theme.
    ///
    /// # Errors
    /// See [`Error`]; the field is `name`.
    pub async fn make_theme(&self, act: Act, command: MakeTheme) -> Result<Done, Error> {
        self.once(act, move |tx, act| make(tx, act, command)).await
    }

    /// Renames a theme. Its earlier address leads to the new one.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `name` and `reason`. `Stale` when somebody renamed it meanwhile.
    pub async fn rename_theme(&self, act: Act, command: RenameTheme) -> Result<Done, Error> {
        self.once(act, move |tx, act| rename(tx, act, command)).await
    }

    /// Retires a theme: it stays where it is, and is put on nothing any more. The same deed takes that back.
    ///
    /// # Errors
    /// See [`Error`]; the field is `reason`. `Stale` when somebody changed it meanwhile.
    pub async fn retire_theme(&self, act: Act, command: RetireTheme) -> Result<Done, Error> {
        self.once(act, move |tx, act| retire(tx, act, command)).await
    }

    /// Puts themes on a recommendation and takes others off.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `themes` and `reason`. `Stale` when somebody changed the recommendation meanwhile.
    pub async fn set_themes(&self, act: Act, command: SetThemes) -> Result<Done, Error> {
        self.once(act, move |tx, act| set(tx, act, command)).await
    }
}

fn make(tx: &mut WriteTx<'_>, act: &Act, command: MakeTheme) -> Result<Done, Error> {
    may(act.actor, Deed::RecordFact, About::register())?;
    lock_newest(tx)?;
    let mut problems = Problems::none();
    let (name, slug) = named(tx, &mut problems, command.name, None)?;
    act.publishable(problems)?;
    let seq = open_change(tx, &change(act, ChangeKind::Theme, command.reason))?;
    insert_theme(tx, seq, &name, &slug)?;
    Ok(Done::published(address::REGISTER.to_owned(), seq))
}

fn rename(tx: &mut WriteTx<'_>, act: &Act, command: RenameTheme) -> Result<Done, Error> {
    may(act.actor, Deed::RecordFact, About::register())?;
    let stands = theme::find(tx, &command.theme)?;
    lock_newest(tx)?;
    if theme::named_by(tx, stands.id)?.0 != command.shown {
        return Err(Error::Stale);
    }
    let mut problems = Problems::none();
    let (name, slug) = named(tx, &mut problems, command.name, Some(&stands.slug))?;
    if name == stands.name {
        problems.add("name", "This is its name already");
    }
    why(&mut problems, command.reason.as_ref());
    act.publishable(problems)?;
    let seq = open_change(tx, &change(act, ChangeKind::Theme, command.reason))?;
    let retired = theme::retired(tx)?.contains(&stands.id);
    insert_theme_text(tx, seq, stands.id, (&name, &slug), retired)?;
    refresh_theme(tx, stands.id)?;
    if slug != stands.slug {
        alias::lead_on(tx, AliasKind::Theme, "", stands.slug.as_str(), slug.as_str())?;
    }
    search::index_theme(tx, stands.id)?;
    Ok(Done::published(address::REGISTER.to_owned(), seq))
}

fn retire(tx: &mut WriteTx<'_>, act: &Act, command: RetireTheme) -> Result<Done, Error> {
    may(act.actor, Deed::RecordFact, About::register())?;
    let stands = theme::find(tx, &command.theme)?;
    lock_newest(tx)?;
    let was = theme::retired(tx)?.contains(&stands.id);
    if theme::named_by(tx, stands.id)?.0 != command.shown || was == command.retired {
        return Err(Error::Stale);
    }
    let mut problems = Problems::none();
    let (slug, name) = standing_theme(tx, stands.id)?;
    if name == words::name_withheld("A theme") {
        problems.add("reason", "Its name is withheld: give it another name first");
    }
    why(&mut problems, command.reason.as_ref());
    act.publishable(problems)?;
    let seq = open_change(tx, &change(act, ChangeKind::Theme, command.reason))?;
    insert_theme_text(tx, seq, stands.id, (&name, &slug), command.retired)?;
    Ok(Done::published(address::REGISTER.to_owned(), seq))
}

fn set(tx: &mut WriteTx<'_>, act: &Act, command: SetThemes) -> Result<Done, Error> {
    let id = command.recommendation;
    let place = recommendation_place(tx, id)?;
    may(act.actor, Deed::RecordFact, About::default().of(place.inquiry_id))?;
    lock_newest(tx)?;
    lock_recommendation(tx, id, command.version)?;
    let stands = theme::of(tx, vec![id])?.remove(&id).unwrap_or_default();
    let stands: Vec<ThemeId> = stands.into_iter().map(|theme| theme.id).collect();
    let off: Vec<ThemeId> = stands.iter().copied().filter(|theme| !command.themes.contains(theme)).collect();
    let on: Vec<ThemeId> = command.themes.iter().copied().filter(|theme| !stands.contains(theme)).collect();
    let mut problems = Problems::none();
    if off.is_empty() && on.is_empty() {
        problems.add("themes", "These are its themes already; tick or untick what is to be changed");
    }
    none_retired(tx, &mut problems, &on)?;
    if !off.is_empty() {
        why(&mut problems, command.reason.as_ref());
    }
    act.publishable(problems)?;
    let change = NewChange {
        inquiry_id: Some(place.inquiry_id),
        recommendation_id: Some(id),
        ..change(act, ChangeKind::Theme, command.reason)
    };
    let seq = open_change(tx, &change)?;
    for theme in off {
        insert_tag(tx, seq, id, theme, false)?;
    }
    for theme in on {
        insert_tag(tx, seq, id, theme, true)?;
    }
    refresh_recommendation(tx, seq, id)?;
    search::index(tx, id)?;
    Ok(Done::published(address::staff_recommendation(&place.inquiry, &place.number), seq))
}

/// The name and the address that follows from it, where no other theme has it or had it.
fn named(
    tx: &mut ReadTx<'_>,
    problems: &mut Problems,
    name: Option<String>,
    own: Option<&Slug>,
) -> Result<(String, Slug), StoreError> {
    let Some(name) = name else {
        problems.add("name", "Enter what the theme is called");
        return Ok((String::new(), Slug::from_words("")));
    };
    let slug = Slug::from_words(&name);
    let held = match theme::find(tx, &slug) {
        Ok(theme) => Some(theme.slug.to_string()),
        Err(StoreError::NotFound) => alias::find(tx, AliasKind::Theme, "", slug.as_str())?,
        Err(fault) => return Err(fault),
    };
    if held.is_some_and(|held| own.is_none_or(|own| held != own.as_str())) {
        problems.add("name", "Another theme is, or was, called so; choose another name");
    }
    Ok((name, slug))
}
