-- A group of bodies ("all forces") is a body with members. Of each group and member the last row counts.
create table membership (
    id integer not null primary key autoincrement,
    seq integer not null constraint membership_seq_fkey references change (seq),
    group_id integer not null constraint membership_group_fkey references body (id),
    body_id integer not null constraint membership_body_fkey references body (id),
    from_on text,
    from_precision text not null,
    until_on text,
    until_precision text not null,
    present integer not null
) strict;
create index membership_group_idx on membership (group_id, seq);
create index membership_body_idx on membership (body_id, seq);
create index membership_seq_idx on membership (seq);

-- That a recommendation was put to a group: to each body that belonged to it on a day, as an answer of its own.
create table group_asked (
    id integer not null primary key autoincrement,
    seq integer not null constraint group_asked_seq_fkey references change (seq),
    group_id integer not null constraint group_asked_group_fkey references body (id),
    recommendation_id integer not null constraint group_asked_recommendation_fkey references recommendation (id),
    as_of text not null
) strict;
create index group_asked_group_idx on group_asked (group_id, seq);
create index group_asked_recommendation_idx on group_asked (recommendation_id, seq);
create index group_asked_seq_idx on group_asked (seq);
