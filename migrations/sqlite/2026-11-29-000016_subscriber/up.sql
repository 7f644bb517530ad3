-- ---------------------------------------------------------------- MAIL TO THE PUBLIC
-- Somebody who follows the register by mail. The links in their mails are made from the reference and the register's secret;
-- only the hash of the token is kept. `told_upto` and `corrected_upto` are numbers of changes: where the next mail begins.
create table subscriber (
    id integer not null primary key autoincrement,
    reference text not null constraint subscriber_reference_key unique,
    email text not null constraint subscriber_email_key unique,
    token_hash text not null constraint subscriber_token_key unique,
    cycle text not null,
    created_at text not null,
    asked_cycle text,
    confirm_hash text constraint subscriber_confirm_key unique,
    confirm_until text,
    confirmed_at text,
    ended_at text,
    paused_until text,
    told_upto integer not null,
    told_on text not null,
    corrected_upto integer not null,
    version integer not null
) strict;

-- What they follow: everything (then the target is 0), or one inquiry, body, theme or recommendation. Without `since_seq` it
-- has not been confirmed; with it, changes after that number are told.
create table subscription (
    id integer not null primary key autoincrement,
    subscriber_id integer not null constraint subscription_subscriber_fkey references subscriber (id),
    kind text not null,
    target_id integer not null,
    since_seq integer,
    created_at text not null,
    constraint subscription_key unique (subscriber_id, kind, target_id)
) strict;

-- Which change was handed over to whom: a correction goes to the same people as the error.
create table told (
    id integer not null primary key autoincrement,
    subscriber_id integer not null constraint told_subscriber_fkey references subscriber (id),
    seq integer not null constraint told_seq_fkey references change (seq),
    constraint told_key unique (subscriber_id, seq)
) strict;
create index told_seq_idx on told (seq);

-- Addresses that a mail server has called dead. The key is a signature, never the address.
create table suppression (
    key text not null constraint suppression_pkey primary key,
    at text not null,
    reason text not null
) strict;

-- A range of changes that the public is told of or is not: many at once, or a load, wait until somebody has decided.
create table mailing (
    id integer not null primary key autoincrement,
    reference text not null constraint mailing_reference_key unique,
    after_seq integer not null,
    upto_seq integer not null,
    changes integer not null,
    state text not null,
    made_at text not null,
    decided_at text,
    decided_by integer constraint mailing_person_fkey references person (id),
    goes_at text,
    version integer not null
) strict;
create index mailing_upto_idx on mailing (upto_seq);
