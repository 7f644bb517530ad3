-- ---------------------------------------------------------------- WORK: not published
create table filing (
    id integer not null primary key autoincrement,
    reference text not null constraint filing_reference_key unique,
    addressee_id integer constraint filing_addressee_fkey references addressee (id),
    recommendation_id integer not null constraint filing_recommendation_fkey references recommendation (id),
    kind text not null,
    state text not null,
    proposal text not null,
    author_id integer not null constraint filing_author_fkey references person (id),
    arrival_id integer constraint filing_arrival_fkey references arrival (id),
    created_at text not null,
    submitted_at text,
    published_seq integer constraint filing_seq_fkey references change (seq),
    version integer not null
) strict;
create index filing_state_idx on filing (state, submitted_at);
create index filing_addressee_idx on filing (addressee_id);
create index filing_recommendation_idx on filing (recommendation_id);
create index filing_author_idx on filing (author_id, state);

create table filing_step (
    id integer not null primary key autoincrement,
    filing_id integer not null constraint filing_step_filing_fkey references filing (id),
    at text not null,
    person_id integer not null constraint filing_step_person_fkey references person (id),
    state text not null,
    comment text
) strict;
create index filing_step_filing_idx on filing_step (filing_id);

create table note (
    id integer not null primary key autoincrement,
    recommendation_id integer not null constraint note_recommendation_fkey references recommendation (id),
    addressee_id integer constraint note_addressee_fkey references addressee (id),
    author_id integer not null constraint note_author_fkey references person (id),
    at text not null,
    words text not null
) strict;
create index note_recommendation_idx on note (recommendation_id);

-- ---------------------------------------------------------------- MAIL
create table outbox (
    id integer not null primary key autoincrement,
    reference text not null constraint outbox_reference_key unique,
    -- recipient, kind and period: one mail per person and cycle
    dedupe_key text constraint outbox_dedupe_key unique,
    kind text not null,
    person_id integer constraint outbox_person_fkey references person (id),
    email text not null,
    letter text not null,
    state text not null,
    not_before text not null,
    created_at text not null,
    finished_at text,
    attempts integer not null,
    lease text,
    lease_until text,
    subject text,
    message blob
) strict;
create index outbox_due_idx on outbox (state, not_before, id);
create index outbox_created_idx on outbox (created_at);

create table attempt (
    id integer not null primary key autoincrement,
    outbox_id integer not null constraint attempt_outbox_fkey references outbox (id),
    at text not null,
    outcome text not null,
    answer text not null
) strict;
create index attempt_outbox_idx on attempt (outbox_id);

create table job_run (
    id integer not null primary key autoincrement,
    job text not null,
    period text not null,
    started_at text not null,
    finished_at text,
    lease_until text not null,
    summary text,
    constraint job_run_key unique (job, period)
) strict;

-- Stems of each recommendation's words; the row's number is the recommendation's. The stems are made by the program, so
-- that both databases find the same.
create virtual table search using fts5 (stems, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
