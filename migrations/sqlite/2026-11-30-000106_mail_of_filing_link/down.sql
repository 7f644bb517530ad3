alter table filing_link drop column outbox_id;
