-- ---------------------------------------------------------------- WORK: not published
-- Who of a body is asked first, who next, and who signs off what it sends in. Of one item where it is named, else of the body.
create table duty (
    id integer not null primary key autoincrement,
    body_id integer not null constraint duty_body_fkey references body (id),
    addressee_id integer constraint duty_addressee_fkey references addressee (id),
    kind text not null,
    person_id integer not null constraint duty_person_fkey references person (id),
    begun_at text not null,
    begun_by integer not null constraint duty_begun_by_fkey references person (id),
    ended_at text,
    ended_by integer constraint duty_ended_by_fkey references person (id)
) strict;
create unique index duty_body_key on duty (body_id, kind) where addressee_id is null and ended_at is null;
create unique index duty_item_key on duty (addressee_id, kind) where addressee_id is not null and ended_at is null;
create index duty_person_idx on duty (person_id);
