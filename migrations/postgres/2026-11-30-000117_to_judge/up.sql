-- What a refusal says of the address, until that is judged, and for which round of the postman it stands: one that ended before it judged
-- leaves it to the next.
alter table attempt add column judge_as text collate "C";
alter table attempt add column judge_for text collate "C";
create index attempt_to_judge_idx on attempt (judge_as) where judge_as is not null;
