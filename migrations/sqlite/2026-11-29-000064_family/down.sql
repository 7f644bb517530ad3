drop table family;
