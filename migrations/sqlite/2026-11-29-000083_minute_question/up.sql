-- The question of a scrutiny pack that a minute answers, in the words in which it was asked: they can be changed in the pack later.
alter table remark add column question text;
