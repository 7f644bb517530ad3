-- Meetings of whoever monitors inquiries. What everybody reads of a meeting is an event of each of its inquiries; here stand its
-- days, once for all of them, and what is said of it inside.
create table meeting (
    id integer not null primary key autoincrement,
    reference text not null constraint meeting_reference_key unique,
    held_on text not null,
    papers_due_on text not null,
    state text not null,
    private_note text,
    made_by integer not null constraint meeting_made_by_fkey references person (id),
    made_at text not null,
    version integer not null
) strict;
create index meeting_held_idx on meeting (held_on);

-- The inquiries that a meeting is about, each with the event that stands.
create table meeting_inquiry (
    id integer not null primary key autoincrement,
    meeting_id integer not null constraint meeting_inquiry_meeting_fkey references meeting (id),
    inquiry_id integer not null constraint meeting_inquiry_inquiry_fkey references inquiry (id),
    event_id integer not null constraint meeting_inquiry_event_fkey references inquiry_event (id),
    constraint meeting_inquiry_key unique (meeting_id, inquiry_id)
) strict;
create index meeting_inquiry_inquiry_idx on meeting_inquiry (inquiry_id);

-- Dates of updates that go with a meeting: so many working days before its papers are due. The date itself stands in the ledger.
create table meeting_date (
    id integer not null primary key autoincrement,
    meeting_id integer not null constraint meeting_date_meeting_fkey references meeting (id),
    addressee_id integer not null constraint meeting_date_addressee_fkey references addressee (id),
    deadline_id integer not null constraint meeting_date_deadline_fkey references deadline (id),
    working_days integer not null,
    constraint meeting_date_key unique (meeting_id, addressee_id)
) strict;

-- Of a meeting: where it stands, by when its papers are due, and the event whose place it takes.
alter table inquiry_event add column meeting_state text;
alter table inquiry_event add column papers_due_on text;
alter table inquiry_event add column replaces integer constraint inquiry_event_replaces_fkey references inquiry_event (id);
create index inquiry_event_replaces_idx on inquiry_event (replaces);
