-- Which mail to an address was the last.
create index outbox_email_idx on outbox (email, id);
-- How many wrong codes were entered at a link in all: after too many it ends.
alter table filing_link add column wrong_codes integer not null default 0;
