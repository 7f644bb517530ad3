-- Who leads the work on an inquiry or with a body, and who stands in for them: with history. `standing` is 0 for as long as it
-- lasts and the row's own number after, so that there is one of each at most. Nobody but staff reads it.
create table charge (
    id integer not null primary key autoincrement,
    inquiry_id integer constraint charge_inquiry_fkey references inquiry (id),
    body_id integer constraint charge_body_fkey references body (id),
    part text not null,
    person_id integer not null constraint charge_person_fkey references person (id),
    from_on text not null,
    set_by integer not null constraint charge_set_by_fkey references person (id),
    until_on text,
    ended_by integer constraint charge_ended_by_fkey references person (id),
    standing integer not null,
    constraint charge_inquiry_key unique (inquiry_id, part, standing),
    constraint charge_body_key unique (body_id, part, standing)
) strict;
create index charge_person_idx on charge (person_id, standing);

-- The inquiries that somebody's role is limited to; for whom none stands here, it is not limited.
create table person_inquiry (
    id integer not null primary key autoincrement,
    person_id integer not null constraint person_inquiry_person_fkey references person (id),
    inquiry_id integer not null constraint person_inquiry_inquiry_fkey references inquiry (id),
    set_by integer not null constraint person_inquiry_set_by_fkey references person (id),
    set_on text not null,
    constraint person_inquiry_key unique (person_id, inquiry_id)
) strict;

-- What one act on several items came to, for the person who did it: a line for each item, done or why not.
create table bulk (
    id integer not null primary key autoincrement,
    reference text not null constraint bulk_reference_key unique,
    person_id integer not null constraint bulk_person_fkey references person (id),
    at text not null,
    kind text not null,
    seq integer,
    outcomes text not null
) strict;
create index bulk_at_idx on bulk (at);
