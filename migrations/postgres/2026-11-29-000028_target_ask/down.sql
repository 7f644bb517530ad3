drop table target_ask;
alter table remark drop column decided_by;
alter table remark drop column decision;
alter table remark drop column asks_instead_of;
alter table remark drop column asks_for;
alter table deadline drop column agreed_by;
