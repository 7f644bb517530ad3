-- How each body stands in an inquiry, kept with the inquiry: the table of its bodies reads one row for each number, however many
-- answers there are.
insert into tally (scope, scope_id, fact, value, number)
select 'answerers', addressee.inquiry_id, fact.name, cast(addressee.answerer_id as text), count(*)
from addressee
cross join (select 'answers' as name union all select 'responded' union all select 'aimed' union all select 'moved') as fact
where addressee.present and coalesce(addressee.closure, '') not in ('recorded_in_error', 'in_parts')
  and case fact.name
    when 'answers' then true
    when 'responded' then addressee.response not in ('not_recorded', 'awaited', 'none_found')
    when 'aimed' then addressee.target_deadline_id is not null
    else addressee.times_moved > 0
  end
group by addressee.inquiry_id, fact.name, addressee.answerer_id;

-- The dates of an inquiry that passed, without a look at its other answers.
create index addressee_inquiry_response_due_idx on addressee (inquiry_id, response_due_on) where response_due_on is not null;
create index addressee_inquiry_decision_due_idx on addressee (inquiry_id, decision_due_on) where decision_due_on is not null;
create index addressee_inquiry_return_due_idx on addressee (inquiry_id, return_due_on) where return_due_on is not null;
create index addressee_inquiry_target_idx on addressee (inquiry_id, target_on) where target_on is not null;

-- The dates that stand, by which something is owed: how many of each kind, by inquiry and by the body that answers now.
insert into tally (scope, scope_id, fact, value, number)
select scope.name, case scope.name when 'dates_of_body' then addressee.answerer_id else addressee.inquiry_id end, kind.name, 'all', count(*)
from addressee
cross join (select 'dates_of_inquiry' as name union all select 'dates_of_body') as scope
cross join (select 'response' as name union all select 'decision' union all select 'return' union all select 'target'
  union all select 'recheck') as kind
where addressee.present and case kind.name
    when 'response' then addressee.response_due_on is not null and addressee.lifecycle <> 'closed'
    when 'decision' then addressee.decision_due_on is not null and addressee.lifecycle <> 'closed'
    when 'return' then addressee.return_due_on is not null and addressee.lifecycle <> 'closed'
    when 'target' then addressee.target_on is not null and addressee.lifecycle <> 'closed' and not addressee.done
      and addressee.reported not in ('reported_complete', 'in_place')
    else addressee.recheck_due_on is not null
  end
group by scope.name, case scope.name when 'dates_of_body' then addressee.answerer_id else addressee.inquiry_id end, kind.name;

-- What is asked by these columns walked the whole table.
create index evidence_update_idx on evidence (update_id);
create index tag_seq_idx on tag (seq);
create index tie_seq_idx on tie (seq);
create index change_kind_idx on change (kind, seq);
