-- The next day on which oversight looks again.
alter table addressee add column recheck_deadline_id integer;
alter table addressee add column recheck_due_on text;
create index addressee_recheck_due_idx on addressee (recheck_due_on);
create index addressee_lifecycle_idx on addressee (lifecycle, lifecycle_on);
