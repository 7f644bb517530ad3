drop table agreement;
drop table evidence;
drop table exhibit;
drop table file_chunk;
drop table file;
