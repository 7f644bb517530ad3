//! An inquiry that is new with a load is taken in as a whole, by other statements than what comes to one that is held. What both
//! leave behind is the same.

use crate::stories;
use crate::support::Place;

stories![
    the_first_register_is_the_same_as_a_whole_and_piece_by_piece,
    the_ferry_inquiry_is_the_same_as_a_whole_and_piece_by_piece,
    everything_a_file_can_say_is_the_same_as_a_whole_and_piece_by_piece,
];

const FIRST: &str = include_str!("../../data/rotherham.toml");
const ASHGROVE: &str = include_str!("ashgrove.toml");
const EVERYTHING: &str = include_str!("whole_inquiry.toml");

fn the_first_register_is_the_same_as_a_whole_and_piece_by_piece(place: &Place) {
    both_ways_are_the_same(place, FIRST);
}

fn the_ferry_inquiry_is_the_same_as_a_whole_and_piece_by_piece(place: &Place) {
    both_ways_are_the_same(place, ASHGROVE);
}

fn everything_a_file_can_say_is_the_same_as_a_whole_and_piece_by_piece(place: &Place) {
    // More than are put in at once.
    let many: String = (100..349).map(one_of_many).collect();
    both_ways_are_the_same(place, &EVERYTHING.replace("# MANY", &many));
    for (from, columns) in ROWS {
        assert!(!rows(place, from, columns).is_empty(), "nothing in {from}");
    }
    for (query, value) in [
        ("select count(*) from recommendation", "255"),
        ("select count(*) from addressee where handed = 'taken_over'", "2"),
        ("select count(*) from fact_update where voice_body_id is not null", "1"),
        ("select count(*) from remark", "3"),
        ("select count(*) from theme", "3"),
    ] {
        assert_eq!(place.value(query), value, "{query}");
    }
}

fn one_of_many(number: u32) -> String {
    let to = if number.is_multiple_of(9) { "{ body = \"ashgrove-council\", checked = \"source\" }" } else { "" };
    format!(
        "[[inquiry.recommendation]]\nnumber = \"{number}\"\ntitle = \"Rope {number}\"\ntext_kind = \"summary\"\n\
         text = \"Rope {number} should be renewed.\"\nchecked = \"topic\"\naddressees = [ {to} ]\n"
    )
}

/// What a file says of inquiries themselves.
fn without_recommendations(file: &str) -> String {
    let kept = ["[[body", "[[inquiry", "[[inquiry.event"];
    let mut keeps = true;
    let mut lines = Vec::new();
    for line in file.lines() {
        if line.starts_with("[[") {
            keeps = line.split(']').next().is_some_and(|name| kept.contains(&name));
        }
        lines.extend(keeps.then_some(line));
    }
    lines.join("\n")
}

fn both_ways_are_the_same(whole: &Place, file: &str) {
    let pieces = Place::new(whole.servers(), whole.database());
    let load = |place: &Place, name: &str, text: &str| {
        let path = place.file(name, text);
        place.run(&["register", "load", path.to_str().expect("a path in UTF-8")])
    };
    load(whole, "whole.toml", file).succeeds().says("Added, as change 1");
    load(&pieces, "inquiries.toml", &without_recommendations(file)).succeeds().says("Added, as change 1");
    assert_eq!(pieces.value("select count(*) from recommendation"), "0");
    load(&pieces, "whole.toml", file).succeeds().says("Added, as change 2");
    for place in [whole, &pieces] {
        place.run(&["verify"]).succeeds();
        load(place, "again.toml", file).succeeds().says("Nothing is new in this file.");
        assert_eq!(place.value("select count(*) from outbox"), "0", "a load is mailed to nobody");
    }
    for (from, columns) in ROWS {
        let (one, other) = (rows(whole, from, columns), rows(&pieces, from, columns));
        assert_eq!(one, other, "{from}");
    }
    assert_eq!(stems(whole), stems(&pieces));
}

/// The rows of a query in some order, each with its columns as text.
fn rows(place: &Place, from: &str, columns: &str) -> Vec<String> {
    let columns: Vec<String> =
        columns.split(';').map(|column| format!("coalesce(cast({} as text), '-')", column.trim())).collect();
    let mut rows = place.rows(&format!("select {} as value from {from}", columns.join(" || '|' || ")));
    rows.sort_unstable();
    rows
}

/// Every stem of the search index, in how many rows it stands.
fn stems(place: &Place) -> Vec<String> {
    use crate::support::DatabaseKind::{Postgres, Sqlite};
    let mut stems = place.rows(match place.database() {
        Sqlite => "select term || ' ' || doc || ' ' || cnt as value from search_stem",
        Postgres => "select word || ' ' || ndoc || ' ' || nentry as value from ts_stat('select stems from search')",
    });
    assert!(!stems.is_empty());
    stems.sort_unstable();
    stems
}

/// Every table that a load fills, joined to names in the place of inner numbers, and all its columns but these and `seq`.
const ROWS: &[(&str, &str)] = &[
    (
        "recommendation r join inquiry i on i.id = r.inquiry_id left join recommendation p on p.id = r.parent_id \
         left join wording w on w.id = r.wording_id",
        "i.slug; p.number; r.number; r.position; r.title; r.text_kind; r.checked; r.may_repeat; r.done; r.version; \
         r.own_reference; r.made_on; r.in_error; r.not_looked_at; r.put; w.title; w.text",
    ),
    (
        "wording w join recommendation r on r.id = w.recommendation_id join inquiry i on i.id = r.inquiry_id",
        "i.slug; r.number; w.title; w.text; w.text_kind; w.checked; w.source_url; w.compared_on; w.addressed_to_words; \
         w.language; w.licence; w.author_id; w.publisher_id; w.withheld",
    ),
    (
        "entry e join recommendation r on r.id = e.recommendation_id join inquiry i on i.id = r.inquiry_id",
        "i.slug; r.number; e.number; e.own_reference; e.made_on; e.in_error",
    ),
    (
        "tag t join recommendation r on r.id = t.recommendation_id join inquiry i on i.id = r.inquiry_id \
         join theme on theme.id = t.theme_id",
        "i.slug; r.number; theme.slug; theme.name; t.present",
    ),
    ("theme_text t join theme on theme.id = t.theme_id", "theme.slug; theme.name; t.slug; t.name; t.retired"),
    (
        "addressee a join recommendation r on r.id = a.recommendation_id join inquiry i on i.id = a.inquiry_id \
         join body b on b.id = a.body_id join body n on n.id = a.answerer_id left join body s on s.id = a.target_set_by \
         left join fact_update u on u.id = a.response_update_id left join deadline d on d.id = a.decision_deadline_id \
         left join deadline t on t.id = a.target_deadline_id left join deadline f on f.id = a.first_target_deadline_id",
        "i.slug; r.number; b.slug; n.slug; a.handed; a.taken_in_on; a.checked; a.present; a.response; a.response_on; \
         a.response_precision; a.response_basis; u.words; a.reported; a.reported_on; a.reported_precision; \
         a.reported_update_id; a.assessed; a.assessed_on; a.assessed_precision; a.assessed_by; a.assessed_update_id; \
         a.lifecycle; a.lifecycle_on; a.lifecycle_precision; a.closure; a.lifecycle_update_id; a.done; a.gap; \
         a.response_deadline_id; a.response_due_on; d.due_on; a.decision_due_on; a.return_deadline_id; a.return_due_on; \
         a.return_every; t.due_on; a.target_on; f.due_on; a.first_target_on; s.slug; a.times_moved; a.last_arrival_on; \
         a.version; a.recheck_deadline_id; a.recheck_due_on; a.looked_until",
    ),
    (
        "asked k join addressee a on a.id = k.addressee_id join recommendation r on r.id = a.recommendation_id \
         join inquiry i on i.id = a.inquiry_id join body b on b.id = a.body_id",
        "i.slug; r.number; b.slug; k.checked; k.present",
    ),
    (
        "fact_update u join addressee a on a.id = u.addressee_id join recommendation r on r.id = a.recommendation_id \
         join inquiry i on i.id = a.inquiry_id join body b on b.id = a.body_id left join body v on v.id = u.voice_body_id",
        "i.slug; r.number; b.slug; v.slug; u.fact; u.value; u.happened_on; u.precision; u.words; u.their_word; u.basis; \
         u.reason; u.source_url; u.checked; u.author_id; u.publisher_id; u.assessor; u.decide_by; u.rung; u.closure; \
         u.arrival_id; u.corrects; u.withheld; u.language; u.licence; u.decided_by; u.decided_on; u.minute_ref; u.approval",
    ),
    (
        "deadline d join addressee a on a.id = d.addressee_id join recommendation r on r.id = a.recommendation_id \
         join inquiry i on i.id = a.inquiry_id join body b on b.id = a.body_id left join body s on s.id = d.set_by_body",
        "i.slug; r.number; b.slug; s.slug; d.kind; d.due_on; d.every_months; d.reason; d.source_url; d.checked; d.replaces; \
         d.author_id; d.withheld; d.corrects; d.set_by_words; d.rule; d.rule_from; d.owed_to; d.act; d.act_on; d.owner_post; \
         d.action; d.agreed_by",
    ),
    (
        "remark m join recommendation r on r.id = m.recommendation_id join inquiry i on i.id = m.inquiry_id",
        "i.slug; r.number; m.kind; m.addressee_id; m.deadline_id; m.happened_on; m.precision; m.words; m.source_url; \
         m.checked; m.author_id; m.withheld; m.asks_for; m.decision; m.language; m.licence; m.replaces; m.corrects",
    ),
    (
        "tie t join recommendation f on f.id = t.from_id join recommendation o on o.id = t.to_id",
        "f.number; o.number; t.kind; t.present",
    ),
    (
        "tally t left join inquiry i on t.scope = 'inquiry' and i.id = t.scope_id \
         left join body b on t.scope = 'body' and b.id = t.scope_id where t.number <> 0",
        "i.slug; b.slug; t.fact; case t.fact when 'body' then (select slug from body where cast(id as text) = t.value) \
         when 'inquiry' then (select slug from inquiry where cast(id as text) = t.value) else t.value end; t.number",
    ),
    ("inquiry i", "i.slug; i.position; i.kind; i.title; i.short_title; i.version"),
    ("body b", "b.slug; b.name; b.short_name; b.kind; b.version"),
];
