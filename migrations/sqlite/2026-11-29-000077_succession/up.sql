-- Bodies end, duties do not: how one took another's place, what was decided of single answers, and who answers each of them now.
alter table succession add column kind text not null default 'replaced';
alter table succession add column source_url text;
alter table succession add column checked text;

-- Who of several successors took an answer over; nobody, where to_body_id is empty. Of each answer and body the last row counts.
create table passing (
    id integer not null primary key autoincrement,
    seq integer not null constraint passing_seq_fkey references change (seq),
    addressee_id integer not null constraint passing_addressee_fkey references addressee (id),
    from_body_id integer not null constraint passing_from_fkey references body (id),
    to_body_id integer constraint passing_to_fkey references body (id)
) strict;
create index passing_addressee_idx on passing (addressee_id, seq);
create index passing_seq_idx on passing (seq);

-- Under what other names a body is known, a line each; and since when it has the name of this entry.
alter table body_text add column also text;
alter table body_text add column named_on text;
alter table body_text add column named_precision text not null default 'not_known';

-- Who answers now: counts, lists and rights go by it. The body that was asked, and under whose address the answer stands, stays.
alter table addressee add column answerer_id integer not null default 0;
alter table addressee add column handed text not null default 'asked';
update addressee set answerer_id = body_id;
create table led_77 (from_id integer not null, to_id integer not null);
insert into led_77 (from_id, to_id)
with recursive chain (from_id, to_id, steps) as (
    select from_body_id, min(to_body_id), 1 from succession where present
    group by from_body_id having count(distinct to_body_id) = 1
  union all
    select chain.from_id, next.to_id, chain.steps + 1 from chain
    join (select from_body_id as from_id, min(to_body_id) as to_id from succession where present
      group by from_body_id having count(distinct to_body_id) = 1) next on next.from_id = chain.to_id
    where chain.steps < 50
)
select from_id, to_id from chain where not exists (select 1 from chain later
  where later.from_id = chain.from_id and later.steps > chain.steps);
update addressee set handed = 'taken_over', answerer_id = (select to_id from led_77 where from_id = addressee.body_id)
where exists (select 1 from led_77 where from_id = addressee.body_id);
drop table led_77;
-- Where several took a body's place nobody has decided yet which of them answers.
update addressee set handed = 'not_decided' where answerer_id in (select from_body_id from succession where present
  group by from_body_id having count(distinct to_body_id) > 1);
create index addressee_answerer_idx on addressee (answerer_id, inquiry_id, recommendation_id);

-- The counts of bodies, made anew by who answers now.
delete from tally where scope = 'body';
insert into tally (scope, scope_id, fact, value, number)
select 'body', answerer_id, 'in_error', 'all', count(*) from addressee
where present and closure = 'recorded_in_error' group by answerer_id;
insert into tally (scope, scope_id, fact, value, number)
select 'body', answerer_id, fact, value, count(*) from (
  select addressee.answerer_id, fact.name as fact,
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
) counted where value is not null group by answerer_id, fact, value;
