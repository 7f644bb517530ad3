drop table arrival_step;
alter table deadline drop column set_by_words;
drop index deadline_corrects_idx;
alter table deadline drop column corrects;
