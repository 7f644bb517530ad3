-- Which mail to an address was the last.
create index outbox_email_idx on outbox (email, id);
