alter table outbox drop column first_tried_at;
