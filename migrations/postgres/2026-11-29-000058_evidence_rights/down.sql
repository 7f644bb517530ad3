alter table evidence drop column licence;
alter table evidence drop column language;
alter table exhibit drop column licence;
alter table exhibit drop column language;
