-- The earlier program knows no event of a body.
create table inquiry_event_68 (
    id integer not null primary key autoincrement,
    seq integer not null constraint inquiry_event_seq_fkey references change (seq),
    inquiry_id integer not null constraint inquiry_event_inquiry_fkey references inquiry (id),
    happened_on text,
    precision text not null,
    words text not null,
    source_url text,
    checked text not null,
    withheld integer,
    kind text not null default 'event',
    corrects integer constraint inquiry_event_corrects_fkey references inquiry_event_68 (id),
    present integer not null default 1
) strict;
insert into inquiry_event_68 (id, seq, inquiry_id, happened_on, precision, words, source_url, checked, withheld, kind, corrects, present)
select id, seq, inquiry_id, happened_on, precision, words, source_url, checked, withheld, kind, corrects, present from inquiry_event
where inquiry_id is not null
order by id;
drop table inquiry_event;
alter table inquiry_event_68 rename to inquiry_event;
create index inquiry_event_inquiry_idx on inquiry_event (inquiry_id, seq);
create index inquiry_event_seq_idx on inquiry_event (seq);
create index inquiry_event_corrects_idx on inquiry_event (corrects);
