-- Dated events of bodies, beside those of inquiries: an event is of one of the two.
-- The rows of meetings refer to these: they stand aside meanwhile.
create table meeting_inquiry_78 (id integer not null, meeting_id integer not null, inquiry_id integer not null,
    event_id integer not null) strict;
insert into meeting_inquiry_78 (id, meeting_id, inquiry_id, event_id)
select id, meeting_id, inquiry_id, event_id from meeting_inquiry;
drop table meeting_inquiry;

create table inquiry_event_78 (
    id integer not null primary key autoincrement,
    seq integer not null constraint inquiry_event_seq_fkey references change (seq),
    inquiry_id integer constraint inquiry_event_inquiry_fkey references inquiry (id),
    happened_on text,
    precision text not null,
    words text not null,
    source_url text,
    checked text not null,
    withheld integer,
    kind text not null default 'event',
    corrects integer constraint inquiry_event_corrects_fkey references inquiry_event_78 (id),
    present integer not null default 1,
    meeting_state text,
    papers_due_on text,
    replaces integer constraint inquiry_event_replaces_fkey references inquiry_event_78 (id),
    body_id integer constraint inquiry_event_body_fkey references body (id)
) strict;
insert into inquiry_event_78 (id, seq, inquiry_id, happened_on, precision, words, source_url, checked, withheld, kind, corrects, present,
  meeting_state, papers_due_on, replaces)
select id, seq, inquiry_id, happened_on, precision, words, source_url, checked, withheld, kind, corrects, present,
  meeting_state, papers_due_on, replaces from inquiry_event
order by id;
drop table inquiry_event;
alter table inquiry_event_78 rename to inquiry_event;
create index inquiry_event_inquiry_idx on inquiry_event (inquiry_id, seq);
create index inquiry_event_seq_idx on inquiry_event (seq);
create index inquiry_event_corrects_idx on inquiry_event (corrects);
create index inquiry_event_replaces_idx on inquiry_event (replaces);
create index inquiry_event_body_idx on inquiry_event (body_id, seq);

create table meeting_inquiry (
    id integer not null primary key autoincrement,
    meeting_id integer not null constraint meeting_inquiry_meeting_fkey references meeting (id),
    inquiry_id integer not null constraint meeting_inquiry_inquiry_fkey references inquiry (id),
    event_id integer not null constraint meeting_inquiry_event_fkey references inquiry_event (id),
    constraint meeting_inquiry_key unique (meeting_id, inquiry_id)
) strict;
insert into meeting_inquiry (id, meeting_id, inquiry_id, event_id)
select id, meeting_id, inquiry_id, event_id from meeting_inquiry_78 order by id;
drop table meeting_inquiry_78;
create index meeting_inquiry_inquiry_idx on meeting_inquiry (inquiry_id);
