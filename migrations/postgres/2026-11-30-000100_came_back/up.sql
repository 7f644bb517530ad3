-- Whether a mail that failed for good came back, or was refused because of whom it is for: not where the fault was the server's, or
-- ours. What failed before is known to have come back where a report said so last.
alter table outbox add column came_back boolean not null default false;
update outbox set came_back = true
where state = 'permanent_failure' and exists (
    select 1 from attempt
    where attempt.id = (select max(last.id) from attempt as last where last.outbox_id = outbox.id)
        and attempt.answer like 'Report % came back: failed, 5.%'
);
