-- What a refusal says of the address, until that is judged, and for which round of the postman it stands: one that ended before it judged
-- leaves it to the next.
alter table attempt add column judge_as text;
alter table attempt add column judge_for text;
create index attempt_to_judge_idx on attempt (judge_as) where judge_as is not null;
