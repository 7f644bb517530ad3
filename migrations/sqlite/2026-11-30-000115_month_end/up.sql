-- What the register showed at the ends of months, in answers: of one inquiry, or, without one, of all of them. Settled once the month is
-- over, and worked out again from the ledger by `verify`.
create table month_end (
    id integer not null primary key autoincrement,
    inquiry_id integer constraint month_end_inquiry_fkey references inquiry (id),
    day text not null,
    answers integer not null,
    claims integer not null,
    confirmed integer not null,
    constraint month_end_key unique (inquiry_id, day)
) strict;
create unique index month_end_register_key on month_end (day) where inquiry_id is null;
create index month_end_day_idx on month_end (day);
