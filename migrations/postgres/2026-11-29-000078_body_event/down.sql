drop index inquiry_event_body_idx;
-- The earlier program knows no event of a body.
update inquiry_event set corrects = null where inquiry_id is null;
delete from inquiry_event where inquiry_id is null;
alter table inquiry_event drop column body_id;
alter table inquiry_event alter column inquiry_id set not null;
