alter table reminded drop column overdue_on;
