-- What each of those who work with the register is mailed of its work: how often they chose (null: what their role has), and up
-- to which change they have been told without a break since which one. Who has no row yet begins where the last run ended.
create table person_digest (
    id integer not null primary key autoincrement,
    person_id integer not null constraint person_digest_person_key unique
        constraint person_digest_person_fkey references person (id),
    cycle text,
    told_from integer not null,
    told_upto integer not null,
    told_at text,
    mailed_on text,
    said text
) strict;
