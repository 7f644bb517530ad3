alter table chase drop column to_top;
