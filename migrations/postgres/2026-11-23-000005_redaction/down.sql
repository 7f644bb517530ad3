drop table redaction;
