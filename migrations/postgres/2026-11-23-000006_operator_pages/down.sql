drop table complaint_step;
drop table complaint;
alter table fact_update drop column licence;
alter table fact_update drop column language;
alter table inquiry_text drop column licence;
alter table inquiry_text drop column language;
drop table format_link;
drop table page_text;
