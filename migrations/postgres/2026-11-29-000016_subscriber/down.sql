drop table mailing;
drop table suppression;
drop table told;
drop table subscription;
drop table subscriber;
