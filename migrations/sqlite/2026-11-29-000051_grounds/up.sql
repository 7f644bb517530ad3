-- What each withholding, showing again and removal of words was about: which record and the change that published it, never
-- what it said. The record's own mark tells only the last of them.
create table taken_out (
    id integer not null primary key autoincrement,
    seq integer not null constraint taken_out_seq_fkey references change (seq),
    subject text not null,
    row_id integer not null,
    published integer not null constraint taken_out_published_fkey references change (seq)
) strict;
create index taken_out_seq_idx on taken_out (seq);

-- The kind of reason for which words were withheld: said with the withholding, or later by a change of its own. The last that
-- was said counts.
create table grounds (
    id integer not null primary key autoincrement,
    seq integer not null constraint grounds_seq_fkey references change (seq),
    withholding integer not null constraint grounds_withholding_fkey references change (seq),
    kind text not null
) strict;
create index grounds_withholding_idx on grounds (withholding, seq);
