drop table bulk;
drop table person_inquiry;
drop table charge;
