-- When a mail was first tried since somebody last asked for it: from then on it waits, however often its next try is put off. Null where
-- it has not been tried since.
alter table outbox add column first_tried_at text collate "C";
update outbox set first_tried_at = (select min(at) from attempt where attempt.outbox_id = outbox.id)
where state = 'temporary_failure';
