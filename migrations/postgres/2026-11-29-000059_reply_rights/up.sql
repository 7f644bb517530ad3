-- In which language a body's reply is, and under which licence its words stand here. Of what was kept before, nobody has said so.
alter table remark add column language text collate "C";
alter table remark add column licence text collate "C";
alter table accuracy add column language text collate "C";
alter table accuracy add column licence text collate "C";
