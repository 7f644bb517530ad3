-- How many recommendations of the source are not tracked in this register, and why: said with the description.
alter table inquiry_text add column not_tracked integer;
alter table inquiry_text add column not_tracked_why text;

-- Words that one person compared with the source and another one published are counted where everything is.
insert into tally (scope, scope_id, fact, value, number)
select 'inquiry', recommendation.inquiry_id, 'second_person', 'all', count(*)
from recommendation inner join wording on wording.id = recommendation.wording_id
where recommendation.parent_id is null and not recommendation.in_error and wording.checked in ('source', 'quoted')
  and wording.author_id is not null and wording.publisher_id is not null and wording.author_id <> wording.publisher_id
group by recommendation.inquiry_id;

-- The oldest one of an inquiry is found by the day on which it was made.
create index recommendation_made_idx on recommendation (inquiry_id, made_on);
