drop index recommendation_not_looked_at_idx;
delete from tally where scope = 'inquiry' and fact = 'put';
alter table recommendation drop column put;
alter table recommendation drop column not_looked_at;
