alter table accuracy drop column licence;
alter table accuracy drop column language;
alter table remark drop column licence;
alter table remark drop column language;
