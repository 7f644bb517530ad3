-- The address of whatever says the same as a recommendation: given once, when it is first tied so, and kept for ever. What hangs
-- together is worked out of the ties; of all its members' addresses the first that was given is the family's own.
create table family (
    id integer not null primary key autoincrement,
    seq integer not null constraint family_seq_fkey references change (seq),
    recommendation_id integer not null constraint family_recommendation_fkey references recommendation (id)
        constraint family_recommendation_key unique,
    slug text not null constraint family_slug_key unique
) strict;
