drop index remark_replies_to_outside_idx;
drop index remark_replies_to_idx;
alter table remark drop column replies_to_outside;
alter table remark drop column replies_to;
drop table outside_finding;
