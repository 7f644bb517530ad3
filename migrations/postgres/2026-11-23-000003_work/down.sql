drop table search;
drop table job_run;
drop table attempt;
drop table outbox;
drop table note;
drop table filing_step;
drop table filing;
