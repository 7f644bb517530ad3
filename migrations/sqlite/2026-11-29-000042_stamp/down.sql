alter table counter drop column stamp;
