alter table asking drop column noted_on;
