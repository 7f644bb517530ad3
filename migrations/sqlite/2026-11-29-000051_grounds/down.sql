drop table grounds;
drop table taken_out;
