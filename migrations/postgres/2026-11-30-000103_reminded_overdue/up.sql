-- The day of the run that wrote the mail, where what it asked for was overdue then; nothing where its date had not passed. Of mails from
-- before this the date that stands says so.
alter table reminded add column overdue_on text collate "C";
update reminded set overdue_on = reminded_on
where exists (
    select 1 from addressee where addressee.id = reminded.addressee_id and addressee.return_due_on < reminded.reminded_on
);
