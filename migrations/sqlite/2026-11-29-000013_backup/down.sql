drop table restored_redaction;
