drop table report_file;
drop table mark;
drop table report;
