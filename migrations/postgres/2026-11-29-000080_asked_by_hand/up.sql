-- Whether somebody asked by hand. A reminder by mail asks for an update alone, and says nothing of an answer that is owed.
alter table asking add column by_hand boolean not null default false;

update asking set by_hand = true where exists (
    select 1 from chase_item inner join chase on chase.id = chase_item.chase_id
    where chase_item.addressee_id = asking.addressee_id and chase.happened_on = asking.asked_on
);
