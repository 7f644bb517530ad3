alter table filing_link drop column wrong_codes;
drop index outbox_email_idx;
