alter table membership drop column has_left;
