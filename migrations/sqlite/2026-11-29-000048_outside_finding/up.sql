-- ---------------------------------------------------------------- LEDGER
-- What another body that looks into such things has published about an answer, in its own words, beside this register's finding.
create table outside_finding (
    id integer not null primary key autoincrement,
    seq integer not null constraint outside_finding_seq_fkey references change (seq),
    addressee_id integer not null constraint outside_finding_addressee_fkey references addressee (id),
    found_by integer constraint outside_finding_found_by_fkey references body (id),
    found_by_words text,
    gist text not null,
    words text not null,
    place text,
    happened_on text,
    precision text not null,
    source_url text not null,
    checked text not null,
    language text,
    licence text,
    author_id integer constraint outside_finding_author_fkey references person (id),
    corrects integer constraint outside_finding_corrects_key unique constraint outside_finding_corrects_fkey references outside_finding (id),
    withheld integer
) strict;
create index outside_finding_addressee_idx on outside_finding (addressee_id, seq);
create index outside_finding_found_by_idx on outside_finding (found_by);
create index outside_finding_seq_idx on outside_finding (seq);

-- Which judgement a reply answers, where it was not published with it: this register's, or an outside body's.
alter table remark add column replies_to integer;
alter table remark add column replies_to_outside integer;
create index remark_replies_to_idx on remark (replies_to);
create index remark_replies_to_outside_idx on remark (replies_to_outside);
