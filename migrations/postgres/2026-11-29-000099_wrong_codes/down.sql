drop table filed_by_link;
alter table filing_link drop column person_id;
alter table filing_link drop column wrong_codes;
drop index outbox_email_idx;
