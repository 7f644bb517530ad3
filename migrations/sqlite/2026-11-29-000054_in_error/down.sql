delete from tally where fact in ('in_error', 'recommendations_in_error');
alter table recommendation drop column in_error;
