-- Words that were removed again because an earlier copy of the register, which still had them, was restored: which record,
-- why and on which day they were removed first. Never what they said.
create table restored_redaction (
    id integer not null primary key autoincrement,
    subject text not null,
    row_id integer not null,
    kind text not null,
    removed_on text not null,
    seq integer not null constraint restored_redaction_seq_fkey references change (seq)
) strict;
create index restored_redaction_seq_idx on restored_redaction (seq);
