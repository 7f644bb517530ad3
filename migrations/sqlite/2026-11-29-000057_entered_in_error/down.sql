alter table entry drop column in_error;
