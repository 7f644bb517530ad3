-- A date that was recorded wrongly is put right by another row; a date that a body moves is not. Only the second counts
-- as moved.
alter table deadline add column corrects integer constraint deadline_corrects_fkey references deadline (id);
create index deadline_corrects_idx on deadline (corrects);

-- Who set a date, where that is no body of this register.
alter table deadline add column set_by_words text;

-- Which stems the search index holds, and in how many rows each: what `verify` counts again. It keeps nothing of its own.
create virtual table search_stem using fts5vocab (search, row);

-- What became of a return after it arrived and before its words are public: sent back, sent in again, taken back. Ledger:
-- without it the public page would say "being read" for ever.
create table arrival_step (
    id integer not null primary key autoincrement,
    seq integer not null constraint arrival_step_seq_fkey references change (seq),
    arrival_id integer not null constraint arrival_step_arrival_fkey references arrival (id),
    addressee_id integer not null constraint arrival_step_addressee_fkey references addressee (id),
    step text not null
) strict;
create index arrival_step_arrival_idx on arrival_step (arrival_id, seq);
create index arrival_step_addressee_idx on arrival_step (addressee_id, seq);
create index arrival_step_seq_idx on arrival_step (seq);
