-- In which language a link or a file is, and under which licence its words stand here: of evidence as it is kept, and as it was
-- published. Of what was kept before, nobody has said so.
alter table exhibit add column language text collate "C";
alter table exhibit add column licence text collate "C";
alter table evidence add column language text collate "C";
alter table evidence add column licence text collate "C";
