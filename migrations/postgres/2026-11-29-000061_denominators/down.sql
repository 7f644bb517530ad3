drop index recommendation_made_idx;
delete from tally where fact = 'second_person';
alter table inquiry_text drop column not_tracked_why;
alter table inquiry_text drop column not_tracked;
