alter table contact drop column at_top;
