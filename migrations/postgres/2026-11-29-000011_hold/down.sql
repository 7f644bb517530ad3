drop table held_back;
alter table arrival_step drop column happened_on;
drop table hold;
