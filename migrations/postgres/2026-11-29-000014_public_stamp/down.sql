alter table asking drop column noted_on;
alter table counter drop column stamp;
