-- That a recommendation was entered in error is a deed of its own: a wrong body asked says nothing of the recommendation.
alter table entry add column in_error boolean not null default false;

-- Those that left every number with their last answer count again, as put to nobody that is known.
create table counted (inquiry_id integer not null, fact text not null, value text not null, number integer not null);
insert into counted
select inquiry_id, 'recommendations', 'all', 1 from recommendation where in_error
union all select inquiry_id, 'text_kind', text_kind, 1 from recommendation where in_error
union all select inquiry_id, 'checked', checked, 1 from recommendation where in_error
union all select inquiry_id, 'recommendations_in_error', 'all', -1 from recommendation where in_error
union all select inquiry_id, 'recommendations_done', 'all', -1 from recommendation
  where done and exists (select 1 from recommendation part where part.parent_id = recommendation.id and part.in_error);
insert into tally (scope, scope_id, fact, value, number)
select distinct 'inquiry', inquiry_id, fact, value, 0 from counted
where not exists (select 1 from tally where tally.scope = 'inquiry' and tally.scope_id = counted.inquiry_id
  and tally.fact = counted.fact and tally.value = counted.value);
update tally set number = number + coalesce((select sum(counted.number) from counted
  where counted.inquiry_id = tally.scope_id and counted.fact = tally.fact and counted.value = tally.value), 0)
where scope = 'inquiry' and exists (select 1 from counted
  where counted.inquiry_id = tally.scope_id and counted.fact = tally.fact and counted.value = tally.value);
drop table counted;

-- A whole of which such a part was left out is not done before that part is.
update recommendation set done = false
where exists (select 1 from recommendation part where part.parent_id = recommendation.id and part.in_error);
update recommendation set in_error = false where in_error;
