drop index remark_corrects_idx;
drop index remark_replaces_idx;
alter table remark drop column corrects;
alter table remark drop column replaces;
alter table remark drop column approval;
alter table remark drop column minute_ref;
