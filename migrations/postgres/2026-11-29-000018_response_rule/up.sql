-- How the day of an answer was reckoned: the rule of law, the day from which it counts, and whom the answer is owed to.
alter table deadline add column rule text collate "C";
alter table deadline add column rule_from text collate "C";
alter table deadline add column owed_to text collate "C";

-- What happened to a date that was set: extended, stopped, running again, and on which day. Each is a row of its own.
alter table deadline add column act text collate "C";
alter table deadline add column act_on text collate "C";

-- A plan: which post owns it, and what it is to do by the date.
alter table deadline add column owner_post text collate "C";
alter table deadline add column action text collate "C";
