-- What was entered in error is counted nowhere: neither such an answer, nor a recommendation of which nothing else is left.
alter table recommendation add column in_error integer not null default 0;

-- What such answers counted until now, and those recommendations of which nothing else is left.
create table uncounted (scope text not null, scope_id integer not null, fact text not null, value text);
insert into uncounted (scope, scope_id, fact, value)
select scope.name, case scope.name when 'inquiry' then addressee.inquiry_id else addressee.body_id end, fact.name,
  case fact.name
    when 'answers' then 'all'
    when 'response' then response
    when 'reported' then reported
    when 'assessed' then assessed
    when 'lifecycle' then lifecycle
    when 'asked_checked' then checked
    when 'body' then cast(body_id as text)
    when 'inquiry' then cast(inquiry_id as text)
    when 'basis' then response_basis
    when 'done' then case when done then 'all' end
    when 'gap' then case when gap then 'all' end
    when 'moved' then case when times_moved > 0 then 'all' end
    when 'claimed' then case when reported in ('reported_complete', 'in_place') then case
      when assessed = 'not_assessed' and lifecycle <> 'lapsed' then 'not_looked_at' when done then 'confirmed' else 'disputed' end end
  end
from addressee
cross join (select 'inquiry' as name union all select 'body') as scope
cross join (select 'answers' as name union all select 'response' union all select 'reported' union all select 'assessed'
  union all select 'lifecycle' union all select 'asked_checked' union all select 'body' union all select 'inquiry'
  union all select 'basis' union all select 'done' union all select 'gap' union all select 'moved'
  union all select 'claimed') as fact
where addressee.present and addressee.closure = 'recorded_in_error';
insert into tally (scope, scope_id, fact, value, number)
select scope, scope_id, 'in_error', 'all', count(*) from uncounted where fact = 'answers' group by scope, scope_id;

update addressee set done = false, gap = false, recheck_deadline_id = null, recheck_due_on = null, looked_until = null
where closure = 'recorded_in_error';
-- A part before its whole.
update recommendation set in_error = true
where (exists (select 1 from addressee where addressee.recommendation_id = recommendation.id and addressee.present
    and addressee.closure = 'recorded_in_error')
  or exists (select 1 from recommendation part where part.parent_id = recommendation.id and part.in_error))
  and not exists (select 1 from addressee where addressee.recommendation_id = recommendation.id and addressee.present
    and coalesce(addressee.closure, '') <> 'recorded_in_error')
  and not exists (select 1 from recommendation part where part.parent_id = recommendation.id and not part.in_error);
update recommendation set in_error = true
where (exists (select 1 from addressee where addressee.recommendation_id = recommendation.id and addressee.present
    and addressee.closure = 'recorded_in_error')
  or exists (select 1 from recommendation part where part.parent_id = recommendation.id and part.in_error))
  and not exists (select 1 from addressee where addressee.recommendation_id = recommendation.id and addressee.present
    and coalesce(addressee.closure, '') <> 'recorded_in_error')
  and not exists (select 1 from recommendation part where part.parent_id = recommendation.id and not part.in_error);
update recommendation set done = (
  (exists (select 1 from addressee where addressee.recommendation_id = recommendation.id and addressee.present
      and coalesce(addressee.closure, '') <> 'recorded_in_error')
    or exists (select 1 from recommendation part where part.parent_id = recommendation.id and not part.in_error))
  and not exists (select 1 from addressee where addressee.recommendation_id = recommendation.id and addressee.present
    and coalesce(addressee.closure, '') <> 'recorded_in_error' and not addressee.done)
  and not exists (select 1 from recommendation part where part.parent_id = recommendation.id and not part.in_error
    and not part.done))
where exists (select 1 from addressee where addressee.recommendation_id = recommendation.id
    and addressee.closure = 'recorded_in_error')
  or exists (select 1 from recommendation part join addressee on addressee.recommendation_id = part.id
    where part.parent_id = recommendation.id and addressee.closure = 'recorded_in_error');
update recommendation set done = (
  (exists (select 1 from addressee where addressee.recommendation_id = recommendation.id and addressee.present
      and coalesce(addressee.closure, '') <> 'recorded_in_error')
    or exists (select 1 from recommendation part where part.parent_id = recommendation.id and not part.in_error))
  and not exists (select 1 from addressee where addressee.recommendation_id = recommendation.id and addressee.present
    and coalesce(addressee.closure, '') <> 'recorded_in_error' and not addressee.done)
  and not exists (select 1 from recommendation part where part.parent_id = recommendation.id and not part.in_error
    and not part.done))
where exists (select 1 from addressee where addressee.recommendation_id = recommendation.id
    and addressee.closure = 'recorded_in_error')
  or exists (select 1 from recommendation part join addressee on addressee.recommendation_id = part.id
    where part.parent_id = recommendation.id and addressee.closure = 'recorded_in_error');
insert into uncounted (scope, scope_id, fact, value)
select 'inquiry', inquiry_id, 'recommendations', 'all' from recommendation where in_error
union all select 'inquiry', inquiry_id, 'text_kind', text_kind from recommendation where in_error
union all select 'inquiry', inquiry_id, 'checked', checked from recommendation where in_error;
insert into tally (scope, scope_id, fact, value, number)
select 'inquiry', inquiry_id, 'recommendations_in_error', 'all', count(*) from recommendation where in_error group by inquiry_id;
update tally set number = number - (select count(*) from uncounted where uncounted.scope = tally.scope
  and uncounted.scope_id = tally.scope_id and uncounted.fact = tally.fact and uncounted.value = tally.value)
where exists (select 1 from uncounted where uncounted.scope = tally.scope
  and uncounted.scope_id = tally.scope_id and uncounted.fact = tally.fact and uncounted.value = tally.value);
delete from tally where fact = 'recommendations_done';
insert into tally (scope, scope_id, fact, value, number)
select 'inquiry', inquiry_id, 'recommendations_done', 'all', count(*) from recommendation where done group by inquiry_id;
drop table uncounted;
