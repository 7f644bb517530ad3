-- ---------------------------------------------------------------- LEDGER
-- What the operator says on its own pages: all parts of a page are published together, under one change; the newest change
-- of a page is what stands. Support for those affected is one row for each entry, with the day it was last checked on.
create table page_text (
    id integer not null primary key autoincrement,
    seq integer not null constraint page_text_seq_fkey references change (seq),
    page text not null,
    part text not null,
    text text not null,
    checked_on text,
    language text,
    licence text,
    withheld integer
) strict;
create index page_text_page_idx on page_text (page, seq);
create index page_text_seq_idx on page_text (seq);

-- The same report in another format: easy read, another language, sign language. Never edited: a later row with the same
-- address takes it back or changes it.
create table format_link (
    id integer not null primary key autoincrement,
    seq integer not null constraint format_link_seq_fkey references change (seq),
    inquiry_id integer not null constraint format_link_inquiry_fkey references inquiry (id),
    kind text not null,
    language text not null,
    url text not null,
    label text not null,
    present integer not null,
    withheld integer
) strict;
create index format_link_inquiry_idx on format_link (inquiry_id, seq);
create index format_link_seq_idx on format_link (seq);

-- In which language the words of a source are, and under which licence they stand here. Empty: nobody has said.
alter table inquiry_text add column language text;
alter table inquiry_text add column licence text;
alter table fact_update add column language text;
alter table fact_update add column licence text;

-- ---------------------------------------------------------------- WORK: not published
-- What a reader said is wrong. Neither their words nor their address ever become public.
create table complaint (
    id integer not null primary key autoincrement,
    reference text not null constraint complaint_reference_key unique,
    received_at text not null,
    page text not null,
    words text not null,
    email text,
    state text not null,
    decision text,
    decided_on text,
    decided_by integer constraint complaint_person_fkey references person (id),
    answer text,
    correcting_seq integer constraint complaint_seq_fkey references change (seq),
    version integer not null
) strict;
create index complaint_state_idx on complaint (state, received_at);

create table complaint_step (
    id integer not null primary key autoincrement,
    complaint_id integer not null constraint complaint_step_complaint_fkey references complaint (id),
    at text not null,
    person_id integer constraint complaint_step_person_fkey references person (id),
    state text not null,
    decision text,
    words text
) strict;
create index complaint_step_complaint_idx on complaint_step (complaint_id, at);
