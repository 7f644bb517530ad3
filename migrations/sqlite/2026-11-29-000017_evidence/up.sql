-- ---------------------------------------------------------------- FILES: bytes, in pieces, so that one backup holds them all
create table file (
    id integer not null primary key autoincrement,
    reference text not null constraint file_reference_key unique,
    kind text not null,
    bytes integer not null,
    -- empty once the law took the bytes out
    sha256 text,
    -- what was found in it that is easily overlooked: a JSON list of words
    hidden text not null,
    created_at text not null
) strict;

create table file_chunk (
    id integer not null primary key autoincrement,
    file_id integer not null constraint file_chunk_file_fkey references file (id),
    position integer not null,
    -- empty once somebody took the file back, or the law took the bytes out
    data blob,
    constraint file_chunk_key unique (file_id, position)
) strict;

-- ---------------------------------------------------------------- WORK: evidence as it is kept here, private until published
create table exhibit (
    id integer not null primary key autoincrement,
    reference text not null constraint exhibit_reference_key unique,
    addressee_id integer not null constraint exhibit_addressee_fkey references addressee (id),
    filing_id integer constraint exhibit_filing_fkey references filing (id),
    fact text not null,
    kind text not null,
    url text,
    seen_on text,
    file_id integer constraint exhibit_file_fkey references file (id),
    rung text not null,
    page text,
    quote text,
    title text,
    what text,
    summary text,
    author_id integer not null constraint exhibit_author_fkey references person (id),
    created_at text not null,
    taken_back_at text,
    version integer not null
) strict;
create index exhibit_addressee_idx on exhibit (addressee_id, id);
create index exhibit_filing_idx on exhibit (filing_id);
create index exhibit_file_idx on exhibit (file_id);

-- ---------------------------------------------------------------- LEDGER
-- What a fact rests on, as published.
create table evidence (
    id integer not null primary key autoincrement,
    seq integer not null constraint evidence_seq_fkey references change (seq),
    addressee_id integer not null constraint evidence_addressee_fkey references addressee (id),
    fact text not null,
    update_id integer constraint evidence_update_fkey references fact_update (id),
    exhibit_id integer not null constraint evidence_exhibit_fkey references exhibit (id),
    kind text not null,
    url text,
    seen_on text,
    file_id integer constraint evidence_file_fkey references file (id),
    rung text not null,
    page text,
    quote text,
    title text not null,
    what text,
    summary text,
    author_id integer constraint evidence_author_fkey references person (id),
    publisher_id integer constraint evidence_publisher_fkey references person (id),
    corrects integer constraint evidence_corrects_key unique constraint evidence_corrects_fkey references evidence (id),
    withheld integer
) strict;
create index evidence_addressee_idx on evidence (addressee_id, fact, seq);
create index evidence_exhibit_idx on evidence (exhibit_id);
create index evidence_file_idx on evidence (file_id);
create index evidence_seq_idx on evidence (seq);

-- What would show that it is done, as agreed with the body. The last row stands.
create table agreement (
    id integer not null primary key autoincrement,
    seq integer not null constraint agreement_seq_fkey references change (seq),
    addressee_id integer not null constraint agreement_addressee_fkey references addressee (id),
    words text not null,
    author_id integer constraint agreement_author_fkey references person (id),
    withheld integer
) strict;
create index agreement_addressee_idx on agreement (addressee_id, seq);
create index agreement_seq_idx on agreement (seq);
