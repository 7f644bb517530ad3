-- Scrutiny packs as they were made: which changes each covers, what it asks, and what it lists, as rows and values. Its words
-- stand in the ledger, and in unpublished work, and nowhere here.
create table pack (
    id integer not null primary key autoincrement,
    reference text not null constraint pack_reference_key unique,
    meeting_id integer constraint pack_meeting_fkey references meeting (id),
    meeting_on text,
    after_seq integer not null,
    upto_seq integer not null,
    since_on text,
    made_on text not null,
    made_at text not null,
    made_by integer not null constraint pack_made_by_fkey references person (id),
    role text not null,
    questions text not null,
    contents text not null,
    exemption text,
    version integer not null
) strict;
create index pack_made_idx on pack (made_on);

-- The inquiries that a pack is about.
create table pack_inquiry (
    id integer not null primary key autoincrement,
    pack_id integer not null constraint pack_inquiry_pack_fkey references pack (id),
    inquiry_id integer not null constraint pack_inquiry_inquiry_fkey references inquiry (id),
    constraint pack_inquiry_key unique (pack_id, inquiry_id)
) strict;
create index pack_inquiry_inquiry_idx on pack_inquiry (inquiry_id);
