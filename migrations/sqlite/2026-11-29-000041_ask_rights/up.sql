-- In which language a body asks for a later date, and under which licence its words stand here. Of what was asked before, nobody
-- has said so.
alter table target_ask add column language text;
alter table target_ask add column licence text;
