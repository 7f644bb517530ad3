-- The next day on which oversight looks again.
alter table addressee add column recheck_deadline_id bigint;
alter table addressee add column recheck_due_on text collate "C";
create index addressee_recheck_due_idx on addressee (recheck_due_on);
create index addressee_lifecycle_idx on addressee (lifecycle, lifecycle_on);
