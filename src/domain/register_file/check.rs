//! What must hold across the whole file: bodies and their successions, inquiries, ties.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::model::{BodyFile, InquiryFile, ItemRef, LinkFile, RegisterFile};
use super::place::{Faults, Known, Scope, short};
use super::read::Tables;
use super::{check_inquiry, raw};
use crate::domain::succession::SuccessionKind;
use crate::domain::text::{KIND_LIMIT, Slug, TITLE_LIMIT};

/// Every inquiry's slug with the numbers that it declares.
type Numbers<'t> = BTreeMap<&'t str, Vec<&'t Known>>;

/// The checked file. Where a fault was noted, what it returns is incomplete and thrown away.
pub fn file(tables: Tables, faults: &mut Faults<'_>) -> RegisterFile {
    let mut numbers = Numbers::new();
    for inquiry in &tables.inquiries {
        numbers.entry(&inquiry.slug).or_default().push(&inquiry.numbers);
    }
    let slugs: Known = numbers.keys().map(|slug| (*slug).to_owned()).collect();
    let known = &tables.body_slugs;
    let bodies = bodies(&tables.bodies, known, faults);
    let mut seen = BTreeSet::new();
    let inquiries: Vec<InquiryFile> = tables
        .inquiries
        .iter()
        .filter_map(|tables| {
            if let Some(inquiry) = &tables.inquiry
                && !seen.insert(tables.slug.clone())
            {
                let thing = format!("inquiry {}", short(&tables.slug));
                faults.at(&inquiry.slug.span(), &thing, "There is another inquiry with this slug in the file");
            }
            check_inquiry::inquiry(tables, known, faults)
        })
        .collect();
    let links = tables.links.iter().filter_map(|link| tie(link, (&slugs, &numbers), &mut faults.of("link"))).collect();
    RegisterFile { bodies, inquiries, links }
}

fn bodies(tables: &[raw::Body], known: &Known, faults: &mut Faults<'_>) -> Vec<BodyFile> {
    let mut seen = BTreeSet::new();
    let successors: BTreeMap<&str, &str> = tables
        .iter()
        .filter_map(|body| Some((body.slug.get_ref().as_str(), body.succeeded_by.as_ref()?.get_ref().as_str())))
        .collect();
    tables
        .iter()
        .filter_map(|table| {
            let mut of = faults.of(format!("body {}", short(table.slug.get_ref())));
            if !seen.insert(table.slug.get_ref().as_str()) {
                of.at(&table.slug.span(), "There is another body with this slug in the file");
            }
            body(table, known, &successors, &mut of)
        })
        .collect()
}

fn body(
    table: &raw::Body,
    known: &Known,
    successors: &BTreeMap<&str, &str>,
    of: &mut Scope<'_, '_>,
) -> Option<BodyFile> {
    let slug = of.slug(&table.slug);
    let name = of.line(&table.name, "Name", TITLE_LIMIT);
    let short_name = table.short_name.as_ref().and_then(|short| of.line(short, "Short name", TITLE_LIMIT));
    let kind = of.line(&table.kind, "Kind", KIND_LIMIT);
    let also = table.also.iter().filter_map(|name| of.line(name, "Other name", TITLE_LIMIT)).collect();
    let way = table.succession.as_ref().and_then(|word| of.word(word)).unwrap_or(SuccessionKind::Replaced);
    let happened = of.happened(table.succeeded.as_ref());
    let told = [table.succession.as_ref().map(Spanned::span), table.succeeded.as_ref().map(Spanned::span)];
    if let (None, Some(span)) = (&table.succeeded_by, told.into_iter().flatten().next()) {
        of.at(&span, "Say which body took its place: succeeded_by");
    }
    if let (SuccessionKind::Split, Some(word)) = (way, &table.succession) {
        // A part taken over by one body leaves open who took over the rest, so that nobody would answer.
        let sentence = "Here a body has one successor, and one that was split has several: record it in the browser";
        of.at(&word.span(), sentence);
    }
    let succeeded_by = table.succeeded_by.as_ref().and_then(|next| {
        if succeeds_itself(table.slug.get_ref(), successors) {
            of.at(&next.span(), "Following succeeded_by leads back to this body: one of them is wrong");
        }
        Some((of.known(next, "a body", known)?, way, happened))
    });
    Some(BodyFile { slug: slug?, name: name?, short_name, kind: kind?, also, succeeded_by })
}

fn succeeds_itself(slug: &str, successors: &BTreeMap<&str, &str>) -> bool {
    let mut at = slug;
    for _ in 0..successors.len() {
        match successors.get(at) {
            Some(next) if *next == slug => return true,
            Some(next) => at = next,
            None => return false,
        }
    }
    false
}

fn tie(link: &raw::Link, known: (&Known, &Numbers<'_>), of: &mut Scope<'_, '_>) -> Option<LinkFile> {
    let kind = of.word(&link.kind);
    let from = item(link.from.get_ref(), known, of);
    let to = item(link.to.get_ref(), known, of);
    if from.is_some() && from == to {
        of.at(&link.to.span(), "This links a recommendation with itself");
    }
    Some(LinkFile { from: from?, to: to?, kind: kind? })
}

fn item(item: &raw::Item, (slugs, numbers): (&Known, &Numbers<'_>), of: &mut Scope<'_, '_>) -> Option<ItemRef> {
    let inquiry: Slug = of.known(&item.inquiry, "an inquiry", slugs)?;
    let number = item.number.get_ref();
    if numbers.get(inquiry.as_str()).is_some_and(|all| all.iter().any(|numbers| numbers.contains(number))) {
        return Some(ItemRef { inquiry, number: number.clone() });
    }
    of.at(&item.number.span(), format!("There is no recommendation \u{201c}{}\u{201d} in {inquiry}", short(number)));
    None
}
