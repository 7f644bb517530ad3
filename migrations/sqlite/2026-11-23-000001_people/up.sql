-- The schema in three steps: here the counter and people, then the record, then work and mail. The record has two kinds of
-- tables: LEDGER (published, insert-only, every row carries seq) and PRESENT (current values, rebuildable from the ledger).
-- WORK is not published; no public query joins it.
-- Days are text as 2026-11-23 and moments as 2026-11-23T15:35:52Z, so that both databases keep and sort the same.

-- ---------------------------------------------------------------- the number that orders everything
create table counter (
    id integer not null constraint counter_pkey primary key,
    seq integer not null
) strict;
insert into counter (id, seq) values (1, 0);

-- The oldest program that may use this schema; an older one refuses to start.
create table schema_floor (
    id integer not null constraint schema_floor_pkey primary key,
    program text not null
) strict;
insert into schema_floor (id, program) values (1, '0.1.0');

-- ---------------------------------------------------------------- people (before the ledger, which names authors)
create table body (
    id integer not null primary key autoincrement,
    slug text not null constraint body_slug_key unique,
    name text not null,
    short_name text,
    kind text not null,
    version integer not null,
    seq integer not null
) strict;

create table person (
    id integer not null primary key autoincrement,
    reference text not null constraint person_reference_key unique,
    email text not null constraint person_email_key unique,
    name text not null,
    role text not null,
    body_id integer constraint person_body_fkey references body (id),
    password_hash text,
    created_at text not null,
    disabled_at text,
    signed_in_at text,
    version integer not null
) strict;
create index person_body_idx on person (body_id);

create table session (
    id integer not null primary key autoincrement,
    token_hash text not null constraint session_token_key unique,
    person_id integer not null constraint session_person_fkey references person (id),
    created_at text not null,
    seen_at text not null
) strict;
create index session_person_idx on session (person_id);

-- One-time links: invitation, first administrator, password reset. Only the hash is kept.
create table token (
    id integer not null primary key autoincrement,
    token_hash text not null constraint token_hash_key unique,
    kind text not null,
    person_id integer constraint token_person_fkey references person (id),
    created_at text not null,
    expires_at text not null,
    used_at text
) strict;

create table throttle (
    key text not null constraint throttle_pkey primary key,
    failures integer not null,
    since text not null
) strict;

-- What a form with this key was answered, so that sending it twice does it once.
create table receipt (
    key text not null constraint receipt_pkey primary key,
    person_id integer constraint receipt_person_fkey references person (id),
    at text not null,
    location text not null
) strict;

create table setting (
    key text not null constraint setting_pkey primary key,
    value text not null,
    changed_at text not null,
    changed_by integer constraint setting_person_fkey references person (id)
) strict;

create table holiday (
    day text not null constraint holiday_pkey primary key,
    name text not null
) strict;
