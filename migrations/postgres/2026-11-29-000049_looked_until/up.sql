-- Until when a finding counts as looked at lately: the next day of looking again, else as long as one return. A month that is
-- too short for the day ends it.
alter table addressee add column looked_until text collate "C";
update addressee set looked_until = case
  when recheck_due_on is not null then recheck_due_on
  when lifecycle <> 'closed' and return_every is not null and assessed_precision = 'on' then
    to_char(assessed_on::date + make_interval(months => return_every::integer), 'YYYY-MM-DD')
end
where assessed <> 'not_assessed';
create index addressee_looked_until_idx on addressee (looked_until, id);
create index addressee_inquiry_looked_until_idx on addressee (inquiry_id, looked_until);
create index addressee_body_looked_until_idx on addressee (body_id, looked_until);

-- What became of what bodies say is complete or in place, counted as if every finding were fresh.
insert into tally (scope, scope_id, fact, value, number)
select 'inquiry', inquiry_id, 'claimed', case
    when assessed = 'not_assessed' and lifecycle <> 'lapsed' then 'not_looked_at' when done then 'confirmed' else 'disputed' end as part, count(*)
from addressee where present and reported in ('reported_complete', 'in_place') group by inquiry_id, part;
insert into tally (scope, scope_id, fact, value, number)
select 'body', body_id, 'claimed', case
    when assessed = 'not_assessed' and lifecycle <> 'lapsed' then 'not_looked_at' when done then 'confirmed' else 'disputed' end as part, count(*)
from addressee where present and reported in ('reported_complete', 'in_place') group by body_id, part;
