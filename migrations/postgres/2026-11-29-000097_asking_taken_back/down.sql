alter table asking drop column back_on;
