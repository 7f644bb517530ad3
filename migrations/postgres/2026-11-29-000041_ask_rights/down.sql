alter table target_ask drop column licence;
alter table target_ask drop column language;
