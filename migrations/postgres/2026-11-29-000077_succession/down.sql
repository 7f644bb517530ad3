drop index addressee_answerer_idx;
-- Counted again by the body that was asked.
delete from tally where scope = 'body';
insert into tally (scope, scope_id, fact, value, number)
select 'body', body_id, 'in_error', 'all', count(*) from addressee
where present and closure = 'recorded_in_error' group by body_id;
insert into tally (scope, scope_id, fact, value, number)
select 'body', body_id, fact, value, count(*) from (
  select addressee.body_id, fact.name as fact,
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
    end as value
  from addressee
  cross join (select 'answers' as name union all select 'response' union all select 'reported' union all select 'assessed'
    union all select 'lifecycle' union all select 'asked_checked' union all select 'body' union all select 'inquiry'
    union all select 'basis' union all select 'done' union all select 'gap' union all select 'moved'
    union all select 'claimed') as fact
  where addressee.present and coalesce(addressee.closure, '') not in ('recorded_in_error', 'in_parts')
) counted where value is not null group by body_id, fact, value;
alter table addressee drop column handed;
alter table addressee drop column answerer_id;
alter table body_text drop column named_precision;
alter table body_text drop column named_on;
alter table body_text drop column also;
drop table passing;
alter table succession drop column checked;
alter table succession drop column source_url;
alter table succession drop column kind;
