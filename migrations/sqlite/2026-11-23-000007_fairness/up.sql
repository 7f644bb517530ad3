-- Who decided a finding, apart from who typed and who confirmed it: a post or a committee, never a person.
alter table fact_update add column decided_by text;
alter table fact_update add column decided_on text;
alter table fact_update add column minute_ref text;
alter table fact_update add column approval text;

-- ---------------------------------------------------------------- LEDGER
-- How many working days a body has to check an adverse finding before it is published; 0: bodies are not shown findings.
create table accuracy_rule (
    id integer not null primary key autoincrement,
    seq integer not null constraint accuracy_rule_seq_fkey references change (seq),
    inquiry_id integer not null constraint accuracy_rule_inquiry_fkey references inquiry (id),
    working_days integer not null,
    author_id integer constraint accuracy_rule_author_fkey references person (id)
) strict;
create index accuracy_rule_inquiry_idx on accuracy_rule (inquiry_id, seq);
create index accuracy_rule_seq_idx on accuracy_rule (seq);

-- Where answers and updates were looked for. Without a body: for every body of the inquiry.
create table coverage (
    id integer not null primary key autoincrement,
    seq integer not null constraint coverage_seq_fkey references change (seq),
    inquiry_id integer not null constraint coverage_inquiry_fkey references inquiry (id),
    body_id integer constraint coverage_body_fkey references body (id),
    what text not null,
    where_looked text not null,
    source_url text,
    looked_on text not null,
    by_post text not null,
    found text not null,
    author_id integer constraint coverage_author_fkey references person (id),
    corrects integer constraint coverage_corrects_key unique constraint coverage_corrects_fkey references coverage (id),
    withheld integer
) strict;
create index coverage_inquiry_idx on coverage (inquiry_id, seq);
create index coverage_seq_idx on coverage (seq);

-- The days on which a body was asked again about an item, by mail or by hand: a date and nothing else, so that public pages
-- can say it without reading what is private.
create table asking (
    id integer not null primary key autoincrement,
    addressee_id integer not null constraint asking_addressee_fkey references addressee (id),
    asked_on text not null,
    constraint asking_key unique (addressee_id, asked_on)
) strict;

-- ---------------------------------------------------------------- WORK: not published
-- An adverse finding with the body that it is about: until when, and what the body replied.
create table accuracy (
    id integer not null primary key autoincrement,
    filing_id integer not null constraint accuracy_filing_key unique constraint accuracy_filing_fkey references filing (id),
    body_id integer not null constraint accuracy_body_fkey references body (id),
    sent_on text not null,
    until_on text not null,
    told integer not null,
    replied_at text,
    replied_on text,
    reply text,
    person_id integer constraint accuracy_person_fkey references person (id)
) strict;
create index accuracy_body_idx on accuracy (body_id);

-- People of a body who have no account. They leave; the row stays.
create table contact (
    id integer not null primary key autoincrement,
    reference text not null constraint contact_reference_key unique,
    body_id integer not null constraint contact_body_fkey references body (id),
    name text not null,
    post text,
    email text,
    phone text,
    address text,
    created_at text not null,
    author_id integer not null constraint contact_author_fkey references person (id),
    ended_on text
) strict;
create index contact_body_idx on contact (body_id);

-- A letter, a call, a meeting or a mail by hand, with which a body was asked again.
create table chase (
    id integer not null primary key autoincrement,
    reference text not null constraint chase_reference_key unique,
    body_id integer not null constraint chase_body_fkey references body (id),
    kind text not null,
    happened_on text not null,
    contact_id integer constraint chase_contact_fkey references contact (id),
    with_whom text,
    by_post text not null,
    said text,
    author_id integer not null constraint chase_author_fkey references person (id),
    at text not null
) strict;
create index chase_body_idx on chase (body_id, happened_on);

create table chase_item (
    id integer not null primary key autoincrement,
    chase_id integer not null constraint chase_item_chase_fkey references chase (id),
    addressee_id integer not null constraint chase_item_addressee_fkey references addressee (id),
    constraint chase_item_key unique (chase_id, addressee_id)
) strict;
create index chase_item_addressee_idx on chase_item (addressee_id);

-- Which items a reminder asked about. Kept when the words of the mail are removed.
create table reminded (
    id integer not null primary key autoincrement,
    outbox_id integer not null constraint reminded_outbox_fkey references outbox (id),
    addressee_id integer not null constraint reminded_addressee_fkey references addressee (id),
    reminded_on text not null,
    constraint reminded_key unique (outbox_id, addressee_id)
) strict;
create index reminded_addressee_idx on reminded (addressee_id);
