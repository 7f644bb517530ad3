alter table contact drop column former_at;
alter table person drop column former_at;
