drop index addressee_lifecycle_idx;
drop index addressee_recheck_due_idx;
alter table addressee drop column recheck_due_on;
alter table addressee drop column recheck_deadline_id;
