//! The schema: the same on both databases, and each step can be taken back.

use std::collections::BTreeSet;

use crate::stories;
use crate::support::place::Place;
use crate::support::{Both, DatabaseKind};

stories![
    both_databases_hold_the_same,
    both_refuse_the_same_for_the_same_reason,
    every_step_can_be_taken_back,
    a_newer_database_is_refused_with_a_sentence,
];

fn both_databases_hold_the_same(both: &Both) {
    for place in [&both.sqlite, &both.postgres] {
        place.run(&["migrate"]).succeeds();
    }
    let (sqlite, postgres) = (catalogue(&both.sqlite), catalogue(&both.postgres));
    assert!(sqlite.len() > 100, "too little was found: {sqlite:?}");
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        one.difference(other).cloned().collect::<Vec<_>>().join("\n  ")
    };
    let (left, right) = (only(&sqlite, &postgres), only(&postgres, &sqlite));
    assert!(sqlite == postgres, "only on SQLite:\n  {left}\nonly on PostgreSQL:\n  {right}");
    let unsorted = both.postgres.rows(
        "select table_name || '.' || column_name as value from information_schema.columns
         where table_schema = 'public' and data_type = 'text' and collation_name is distinct from 'C'",
    );
    assert!(
        unsorted.is_empty(),
        "these columns sort otherwise than on SQLite, for they lack collate \"C\": {unsorted:?}"
    );
    both.sqlite.execute("alter table holiday add column extra text not null default ''");
    assert_eq!(
        only(&catalogue(&both.sqlite), &postgres),
        "column holiday.extra text not null",
        "a difference is found"
    );
}

/// Breaks every unique rule there is, and every key that is not a number of the database's own.
fn both_refuse_the_same_for_the_same_reason(both: &Both) {
    for place in [&both.sqlite, &both.postgres] {
        place.run(&["migrate"]).succeeds();
    }
    let found = catalogue(&both.sqlite);
    let rules = found.iter().filter_map(|line| line.strip_prefix("unique ")?.strip_suffix(')')?.split_once(" ("));
    let keys = both.sqlite.rows(
        "select t.name || ' (' || c.name as value from sqlite_master t join pragma_table_info(t.name) c
         where t.type = 'table' and c.pk > 0 and c.name <> 'id' and t.name not like 'search%' and t.name not like '\\_\\_%' escape '\\'",
    );
    let keys = keys.iter().filter_map(|line| line.split_once(" ("));
    let mut unnamed = Vec::new();
    for (table, columns) in rules.chain(keys) {
        let same: Vec<&str> = columns.split(", ").collect();
        let reasons = [&both.sqlite, &both.postgres].map(|place| {
            let (first, second) = (row(&found, table, &same, "1"), row(&found, table, &same, "0"));
            place.execute(&format!("{}; {first}", unchecked(place)));
            let reason = format!("{:?}", place.refused(&second));
            place.execute(&format!("{}; delete from {table}", unchecked(place)));
            reason
        });
        assert_eq!(reasons[0], reasons[1], "{table} ({columns})");
        assert!(reasons[0].starts_with("Constraint("), "{table} ({columns}): {}", reasons[0]);
        unnamed.extend(reasons[0].contains("Other").then_some(table));
    }
    unnamed.sort_unstable();
    assert_eq!(unnamed, UNNAMED);
}

/// The tables with a rule that the store gives no name of its own: no deed needs to know which of them it ran into.
const UNNAMED: [&str; 31] = [
    "accuracy",
    "alias",
    "asking",
    "change",
    "chase_item",
    "coverage",
    "evidence",
    "fact_update",
    "family",
    "family",
    "file_chunk",
    "filing_link",
    "filing_link_item",
    "holiday",
    "mark",
    "meeting_date",
    "meeting_inquiry",
    "month_end",
    "outside_finding",
    "pack_inquiry",
    "person_digest",
    "person_inquiry",
    "reminded",
    "report",
    "setting",
    "subscriber",
    "subscription",
    "suppression",
    "tally",
    "throttle",
    "told",
];

/// An insert of a row whose columns are all `value`, but for those that are to be the same every time; what may be
/// empty is.
fn row(catalogue: &BTreeSet<String>, table: &str, same: &[&str], value: &str) -> String {
    let lines =
        catalogue.iter().filter_map(|line| line.strip_prefix("column ")?.strip_prefix(table)?.strip_prefix('.'));
    let filled = lines.filter_map(|line| {
        let name = line.split(' ').next()?;
        let wanted = same.contains(&name) || line.ends_with("not null") && name != "id";
        wanted.then_some((name, if same.contains(&name) { "1" } else { value }))
    });
    let (names, values): (Vec<&str>, Vec<String>) = filled.map(|(name, value)| (name, format!("'{value}'"))).unzip();
    format!("insert into {table} ({}) values ({})", names.join(", "), values.join(", "))
}

/// What lets rows refer to nothing, for as long as a connection lasts.
fn unchecked(place: &Place) -> &'static str {
    match place.database() {
        DatabaseKind::Sqlite => "pragma foreign_keys = off",
        DatabaseKind::Postgres => "set session_replication_role = replica",
    }
}

fn every_step_can_be_taken_back(place: &Place) {
    place.run(&["migrate"]).succeeds();
    let first = catalogue(place);
    place.revert_schema();
    let left = catalogue(place);
    assert!(left.is_empty(), "left behind: {left:?}");
    place.run(&["migrate"]).succeeds();
    assert_eq!(catalogue(place), first, "up, down and up again is not the same as up");
}

fn a_newer_database_is_refused_with_a_sentence(place: &Place) {
    place.run(&["migrate"]).succeeds();
    place.execute("update schema_floor set program = '99.0.0'");
    place.run(&["migrate"]).exits(1).says("99.0.0");
    place.run(&["serve"]).exits(1).says("99.0.0");
}

/// Tables, columns, indexes and constraints, a sentence each, in words that both databases share. The search index is
/// each database's own.
fn catalogue(place: &Place) -> BTreeSet<String> {
    let queries = match place.database() {
        DatabaseKind::Sqlite => SQLITE,
        DatabaseKind::Postgres => POSTGRES,
    };
    let mut found: BTreeSet<String> = queries.iter().flat_map(|query| place.rows(query)).collect();
    if place.database() == DatabaseKind::Sqlite {
        found.extend(named_constraints(place));
    }
    found
}

/// SQLite keeps the names of constraints only in the text of the statement.
fn named_constraints(place: &Place) -> Vec<String> {
    let tables = "select name || ' ' || sql as value from sqlite_master
                  where type = 'table' and name not like 'sqlite_%' and name not like '\\_\\_%' escape '\\'";
    let mut names = Vec::new();
    for statement in place.rows(tables) {
        let words: Vec<&str> = statement.split_whitespace().collect();
        let named = words.windows(2).filter(|pair| pair[0] == "constraint" && !pair[1].ends_with("_pkey"));
        names.extend(named.map(|pair| format!("constraint {} on {}", pair[1], words[0])));
    }
    names
}

const SQLITE: &[&str] = &[
    r#"select 'column ' || t.name || '.' || c.name || ' ' || lower(c.type)
          || case when c."notnull" = 1 then ' not null' else '' end as value
       from sqlite_master t join pragma_table_info(t.name) c
       where t.type = 'table' and t.name not like 'sqlite_%' and t.name not like 'search%'
         and t.name not like '\_\_%' escape '\'"#,
    "select 'index ' || name || ' on ' || tbl_name || ' (' || group_concat(col, ', ') || ')' as value
       from (select m.name, m.tbl_name, i.name as col from sqlite_master m join pragma_index_info(m.name) i
             where m.type = 'index' and m.sql is not null order by m.name, i.seqno)
       group by name, tbl_name",
    "select 'unique ' || tbl || ' (' || group_concat(col, ', ') || ')' as value
       from (select t.name as tbl, l.name as ind, i.name as col
             from sqlite_master t join pragma_index_list(t.name) l join pragma_index_info(l.name) i
             where t.type = 'table' and l.origin = 'u' order by l.name, i.seqno)
       group by tbl, ind",
    r#"select 'reference ' || t.name || '.' || f."from" || ' to ' || f."table" as value
       from sqlite_master t join pragma_foreign_key_list(t.name) f where t.type = 'table'"#,
];

const POSTGRES: &[&str] = &[
    r"select 'column ' || table_name || '.' || column_name || ' '
          || case data_type when 'bigint' then 'integer' when 'boolean' then 'integer' when 'bytea' then 'blob'
             when 'double precision' then 'real' else data_type end
          || case is_nullable when 'NO' then ' not null' else '' end as value
       from information_schema.columns
       where table_schema = 'public' and table_name <> 'search' and table_name not like '\_\_%'",
    "select 'index ' || i.relname || ' on ' || t.relname || ' (' || string_agg(a.attname, ', ' order by k.ord) || ')' as value
       from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
         join pg_namespace n on n.oid = t.relnamespace
         cross join lateral unnest(x.indkey::smallint[]) with ordinality k (attnum, ord)
         join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum
       where n.nspname = 'public' and t.relname <> 'search'
         and not exists (select 1 from pg_constraint c where c.conindid = i.oid)
       group by i.relname, t.relname",
    "select 'unique ' || t.relname || ' (' || string_agg(a.attname, ', ' order by k.ord) || ')' as value
       from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
         cross join lateral unnest(c.conkey) with ordinality k (attnum, ord)
         join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum
       where n.nspname = 'public' and c.contype = 'u'
       group by c.oid, t.relname",
    "select 'reference ' || t.relname || '.' || a.attname || ' to ' || f.relname as value
       from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class f on f.oid = c.confrelid
         join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1]
       where c.contype = 'f'",
    "select 'constraint ' || c.conname || ' on ' || t.relname as value
       from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
       where n.nspname = 'public' and c.contype in ('u', 'f', 'c') and t.relname <> 'search'",
];
