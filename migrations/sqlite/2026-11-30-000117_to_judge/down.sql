drop index attempt_to_judge_idx;
alter table attempt drop column judge_for;
alter table attempt drop column judge_as;
