-- Which mail to an address was the last.
create index outbox_email_idx on outbox (email, id);
-- How many wrong codes were entered at a link in all: after too many it ends.
alter table filing_link add column wrong_codes integer not null default 0;
-- Whose link it is, so that it is found among what is held about them.
alter table filing_link add column person_id integer constraint filing_link_person_fkey references person (id);
update filing_link set person_id = (select token.person_id from token where token.id = filing_link.token_id);
-- What was filed by such a link, kept for good and never public: the link itself is removed some days later.
create table filed_by_link (
    id integer not null primary key autoincrement,
    addressee_id integer not null constraint filed_by_link_addressee_fkey references addressee (id),
    person_id integer not null constraint filed_by_link_person_fkey references person (id),
    filed_on text not null
) strict;
create index filed_by_link_addressee_idx on filed_by_link (addressee_id);
create index filed_by_link_person_idx on filed_by_link (person_id);
