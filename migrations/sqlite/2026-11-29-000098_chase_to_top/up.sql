-- Whether it went to the post at the top of the body: as it was on that day, whoever stands there later.
alter table chase add column to_top integer not null default 0;
update chase set to_top = 1
where kind in ('letter', 'mail') and contact_id in (select id from contact where at_top = 1);
