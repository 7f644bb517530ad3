-- Who agreed that a target moves.
alter table deadline add column agreed_by text;

-- What a body asked for, and what was decided on it: published once it is decided, a refusal too.
alter table remark add column asks_for text;
alter table remark add column asks_instead_of text;
alter table remark add column decision text;
alter table remark add column decided_by text;

-- ---------------------------------------------------------------- WORK: not published
-- A body asks for a later target date. Private until it is decided.
create table target_ask (
    id integer not null primary key autoincrement,
    reference text not null constraint target_ask_reference_key unique,
    addressee_id integer not null constraint target_ask_addressee_fkey references addressee (id),
    deadline_id integer not null constraint target_ask_deadline_fkey references deadline (id),
    wanted_on text not null,
    reason text not null,
    person_id integer not null constraint target_ask_person_fkey references person (id),
    asked_at text not null,
    asked_on text not null,
    seq integer constraint target_ask_seq_fkey references change (seq),
    version integer not null
) strict;
create index target_ask_addressee_idx on target_ask (addressee_id);
create index target_ask_seq_idx on target_ask (seq);
