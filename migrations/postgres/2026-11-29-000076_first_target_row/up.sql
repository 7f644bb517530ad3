-- Which row is the first target: the one rule of the program says so, and lists and cards follow it.
alter table addressee add column first_target_deadline_id bigint;

-- A correction stands where the entry stood that it puts right; what only takes a wrong entry out is no target.
with recursive place_000076 (id, root) as (
    select id, id from deadline where corrects is null
    union all
    select deadline.id, place_000076.root from deadline join place_000076 on deadline.corrects = place_000076.id
)
update addressee set first_target_deadline_id = (
    select deadline.id from deadline join place_000076 on place_000076.id = deadline.id
    where deadline.addressee_id = addressee.id and deadline.kind = 'target'
        and not (deadline.corrects is not null and deadline.due_on is null)
        and not exists (select 1 from deadline later where later.corrects = deadline.id)
    order by place_000076.root limit 1
) where target_deadline_id is not null;
