-- Whether nobody has looked at a recommendation: no answer, its own or a part's, was ever found to be done or not. And whether it was
-- put to somebody that is known. Kept with it, so that neither the oldest of these nor their number is a matter of all answers.
alter table recommendation add column not_looked_at integer not null default 1;
alter table recommendation add column put integer not null default 0;
update recommendation set put = true
where exists (select 1 from addressee where addressee.recommendation_id = recommendation.id and addressee.present
    and coalesce(addressee.closure, '') not in ('recorded_in_error', 'in_parts'));
update recommendation set put = true
where exists (select 1 from recommendation part where part.parent_id = recommendation.id and part.put);
update recommendation set not_looked_at = false
where exists (select 1 from addressee where addressee.recommendation_id = recommendation.id and addressee.present
    and coalesce(addressee.closure, '') <> 'recorded_in_error' and addressee.assessed <> 'not_assessed');
update recommendation set not_looked_at = false
where exists (select 1 from recommendation part where part.parent_id = recommendation.id and not part.not_looked_at);
insert into tally (scope, scope_id, fact, value, number)
select 'inquiry', inquiry_id, 'put', 'all', count(*) from recommendation
where parent_id is null and not in_error and put group by inquiry_id;
create index recommendation_not_looked_at_idx on recommendation (inquiry_id, made_on, position, id)
where not_looked_at and parent_id is null and not in_error;
