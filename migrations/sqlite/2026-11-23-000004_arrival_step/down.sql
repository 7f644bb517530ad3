drop table search_stem;
drop table arrival_step;
drop index deadline_corrects_idx;
alter table deadline drop column corrects;
