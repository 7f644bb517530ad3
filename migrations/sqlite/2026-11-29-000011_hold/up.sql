-- ---------------------------------------------------------------- LEDGER
-- While a hold is in force nothing new is published about a recommendation, an inquiry (no recommendation) or the whole
-- register (neither). It begins with a row `placed`; `renewed` sets another review date, `ended` ends it. `began` is the
-- change that placed it. Its public words are the change's own reason: a kind and a sentence, never what is held.
create table hold (
    id integer not null primary key autoincrement,
    seq integer not null constraint hold_seq_fkey references change (seq),
    began integer not null constraint hold_began_fkey references change (seq),
    inquiry_id integer constraint hold_inquiry_fkey references inquiry (id),
    recommendation_id integer constraint hold_recommendation_fkey references recommendation (id),
    step text not null,
    kind text not null,
    review_on text not null,
    author_id integer constraint hold_author_fkey references person (id)
) strict;
create index hold_began_idx on hold (began, seq);
create index hold_inquiry_idx on hold (inquiry_id);
create index hold_recommendation_idx on hold (recommendation_id);
create index hold_seq_idx on hold (seq);

-- What became of a return on a day before it could be published.
alter table arrival_step add column happened_on text;

-- ---------------------------------------------------------------- WORK: not published
-- What a body sent in while a hold was in force, and what became of it: published in this order when the hold has ended,
-- each with its true day. Without a step: the arrival itself.
create table held_back (
    id integer not null primary key autoincrement,
    addressee_id integer not null constraint held_back_addressee_fkey references addressee (id),
    filing_id integer constraint held_back_filing_fkey references filing (id),
    step text,
    nil integer not null,
    happened_on text not null,
    role text not null,
    person_id integer not null constraint held_back_person_fkey references person (id),
    published_seq integer constraint held_back_seq_fkey references change (seq)
) strict;
create index held_back_addressee_idx on held_back (addressee_id);
create index held_back_filing_idx on held_back (filing_id);
