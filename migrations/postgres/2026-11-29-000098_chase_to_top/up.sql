-- Whether it went to the post at the top of the body: as it was on that day, whoever stands there later.
alter table chase add column to_top boolean not null default false;
update chase set to_top = true
where kind in ('letter', 'mail') and contact_id in (select id from contact where at_top);
