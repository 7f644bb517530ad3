-- Words that the law wants out: proposed by one person, removed by another. The row says which record and why, never what
-- it said; the list is applied again to a backup that is restored.
create table redaction (
    id integer not null primary key autoincrement,
    reference text not null constraint redaction_reference_key unique,
    subject text not null,
    row_id integer not null,
    kind text not null,
    state text not null,
    place text not null,
    proposed_by integer not null constraint redaction_proposer_fkey references person (id),
    proposed_at text not null,
    decided_by integer constraint redaction_decider_fkey references person (id),
    decided_at text,
    seq integer constraint redaction_seq_fkey references change (seq),
    version integer not null
) strict;
create index redaction_state_idx on redaction (state, id);

-- What is deleted from the search index is overwritten at once.
insert into search (search, rank) values ('secure-delete', 1);
