delete from tally where fact = 'claimed';
drop index addressee_body_looked_until_idx;
drop index addressee_inquiry_looked_until_idx;
drop index addressee_looked_until_idx;
alter table addressee drop column looked_until;
