-- A body's reply to a finding while it waits for the body's own sign-off: when it was written, by whom, and its words; no words
-- where it says that there is nothing to correct. Empty once it is signed off.
alter table accuracy add column unsigned_at text collate "C";
alter table accuracy add column unsigned_by bigint constraint accuracy_unsigned_by_fkey references person (id);
alter table accuracy add column unsigned text collate "C";
