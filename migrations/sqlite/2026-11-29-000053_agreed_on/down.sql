alter table agreement drop column agreed_on;
