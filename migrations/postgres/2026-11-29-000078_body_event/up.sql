-- Dated events of bodies, beside those of inquiries: an event is of one of the two.
alter table inquiry_event alter column inquiry_id drop not null;
alter table inquiry_event add column body_id bigint constraint inquiry_event_body_fkey references body (id);
create index inquiry_event_body_idx on inquiry_event (body_id, seq);
