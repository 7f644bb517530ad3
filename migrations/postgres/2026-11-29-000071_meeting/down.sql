drop index inquiry_event_replaces_idx;
alter table inquiry_event drop column replaces;
alter table inquiry_event drop column papers_due_on;
alter table inquiry_event drop column meeting_state;
drop table meeting_date;
drop table meeting_inquiry;
drop table meeting;
