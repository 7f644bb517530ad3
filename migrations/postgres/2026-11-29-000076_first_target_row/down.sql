alter table addressee drop column first_target_deadline_id;
