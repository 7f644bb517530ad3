-- The dates by which something is owed still, where the register was there to hear, so that nobody walks those that were met, or had
-- passed before it began to listen, to find what was missed.
create index addressee_owed_response_idx on addressee (response_due_on)
where present and taken_in_on <= response_due_on and lifecycle <> 'closed';
create index addressee_body_owed_response_idx on addressee (answerer_id, response_due_on)
where present and taken_in_on <= response_due_on and lifecycle <> 'closed';
create index addressee_owed_decision_idx on addressee (decision_due_on)
where present and taken_in_on <= decision_due_on and lifecycle <> 'closed';
create index addressee_body_owed_decision_idx on addressee (answerer_id, decision_due_on)
where present and taken_in_on <= decision_due_on and lifecycle <> 'closed';
create index addressee_owed_return_idx on addressee (return_due_on)
where present and taken_in_on <= return_due_on and lifecycle <> 'closed';
create index addressee_body_owed_return_idx on addressee (answerer_id, return_due_on)
where present and taken_in_on <= return_due_on and lifecycle <> 'closed';
create index addressee_owed_target_idx on addressee (target_on)
where present and taken_in_on <= target_on and lifecycle <> 'closed' and not done and reported not in ('reported_complete', 'in_place');
create index addressee_body_owed_target_idx on addressee (answerer_id, target_on)
where present and taken_in_on <= target_on and lifecycle <> 'closed' and not done and reported not in ('reported_complete', 'in_place');
create index addressee_owed_recheck_idx on addressee (recheck_due_on)
where present and taken_in_on <= recheck_due_on;
create index addressee_body_owed_recheck_idx on addressee (answerer_id, recheck_due_on)
where present and taken_in_on <= recheck_due_on;
drop index addressee_inquiry_response_due_idx;
create index addressee_inquiry_owed_response_idx on addressee (inquiry_id, response_due_on)
where present and taken_in_on <= response_due_on and lifecycle <> 'closed';
drop index addressee_inquiry_decision_due_idx;
create index addressee_inquiry_owed_decision_idx on addressee (inquiry_id, decision_due_on)
where present and taken_in_on <= decision_due_on and lifecycle <> 'closed';
drop index addressee_inquiry_return_due_idx;
create index addressee_inquiry_owed_return_idx on addressee (inquiry_id, return_due_on)
where present and taken_in_on <= return_due_on and lifecycle <> 'closed';
drop index addressee_inquiry_target_idx;
create index addressee_inquiry_owed_target_idx on addressee (inquiry_id, target_on)
where present and taken_in_on <= target_on and lifecycle <> 'closed' and not done and reported not in ('reported_complete', 'in_place');
create index addressee_inquiry_owed_recheck_idx on addressee (inquiry_id, recheck_due_on)
where present and taken_in_on <= recheck_due_on;

-- The same of first targets that were moved: they are looked for in no other way.
drop index addressee_first_target_idx;
create index addressee_moved_idx on addressee (first_target_on, id)
where present and times_moved > 0 and taken_in_on <= first_target_on and lifecycle <> 'closed' and not done and reported not in ('reported_complete', 'in_place');
create index addressee_body_moved_idx on addressee (answerer_id, first_target_on, id)
where present and times_moved > 0 and taken_in_on <= first_target_on and lifecycle <> 'closed' and not done and reported not in ('reported_complete', 'in_place');
create index addressee_inquiry_moved_idx on addressee (inquiry_id, first_target_on, id)
where present and times_moved > 0 and taken_in_on <= first_target_on and lifecycle <> 'closed' and not done and reported not in ('reported_complete', 'in_place');

-- Until when the findings count as looked at lately that stand against what bodies say is done: how many for each day.
insert into tally (scope, scope_id, fact, value, number)
select scope.name, case scope.name when 'until_of_register' then 0 when 'until_of_body' then addressee.answerer_id
    else addressee.inquiry_id end,
  case when addressee.done then 'done' else 'disputed' end, addressee.looked_until, count(*)
from addressee
cross join (select 'until_of_register' as name union all select 'until_of_inquiry' union all select 'until_of_body') as scope
where addressee.present and coalesce(addressee.closure, '') not in ('recorded_in_error', 'in_parts')
  and addressee.reported in ('reported_complete', 'in_place') and addressee.looked_until is not null
group by scope.name, case scope.name when 'until_of_register' then 0 when 'until_of_body' then addressee.answerer_id
    else addressee.inquiry_id end,
  case when addressee.done then 'done' else 'disputed' end, addressee.looked_until;

-- Whose words the recommendations are of which a body answers now, whole or in a part: each once for each body.
insert into tally (scope, scope_id, fact, value, number)
select 'words_of_body', answering.body_id, fact.name,
  case fact.name when 'text_kind' then recommendation.text_kind when 'checked' then recommendation.checked else 'all' end, count(*)
from (select distinct coalesce(item.parent_id, item.id) as whole_id, addressee.answerer_id as body_id
    from addressee join recommendation item on item.id = addressee.recommendation_id
    where addressee.present and coalesce(addressee.closure, '') not in ('recorded_in_error', 'in_parts')) as answering
join recommendation on recommendation.id = answering.whole_id
left join wording on wording.id = recommendation.wording_id
cross join (select 'recommendations' as name union all select 'text_kind' union all select 'checked'
  union all select 'second_person') as fact
where not recommendation.in_error and recommendation.parent_id is null
  and (fact.name <> 'second_person' or (wording.author_id is not null and wording.publisher_id is not null
    and wording.author_id <> wording.publisher_id and recommendation.checked in ('source', 'quoted')))
group by answering.body_id, fact.name,
  case fact.name when 'text_kind' then recommendation.text_kind when 'checked' then recommendation.checked else 'all' end;
