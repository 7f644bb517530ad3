-- ---------------------------------------------------------------- PRESENT: one row for each thing, with its current values
create table inquiry (
    id integer not null primary key autoincrement,
    slug text not null constraint inquiry_slug_key unique,
    position integer not null,
    kind text not null,
    title text not null,
    short_title text not null,
    text_id integer,
    version integer not null,
    seq integer not null
) strict;

create table theme (
    id integer not null primary key autoincrement,
    slug text not null constraint theme_slug_key unique,
    name text not null
) strict;

create table recommendation (
    id integer not null primary key autoincrement,
    inquiry_id integer not null constraint recommendation_inquiry_fkey references inquiry (id),
    parent_id integer constraint recommendation_parent_fkey references recommendation (id),
    number text not null,
    position integer not null,
    wording_id integer,
    title text,
    text_kind text not null,
    checked text not null,
    may_repeat text,
    done integer not null,
    version integer not null,
    seq integer not null,
    constraint recommendation_number_key unique (inquiry_id, number)
) strict;
create index recommendation_position_idx on recommendation (inquiry_id, position, id);
create index recommendation_parent_idx on recommendation (parent_id);
create index recommendation_seq_idx on recommendation (seq, id);

-- One recommendation (or part) put to one body: where the four facts live.
create table addressee (
    id integer not null primary key autoincrement,
    recommendation_id integer not null constraint addressee_recommendation_fkey references recommendation (id),
    inquiry_id integer not null constraint addressee_inquiry_fkey references inquiry (id),
    body_id integer not null constraint addressee_body_fkey references body (id),
    taken_in_on text not null,
    checked text not null,
    present integer not null,
    response text not null,
    response_on text,
    response_precision text not null,
    response_basis text,
    response_update_id integer,
    reported text not null,
    reported_on text,
    reported_precision text not null,
    reported_update_id integer,
    assessed text not null,
    assessed_on text,
    assessed_precision text not null,
    assessed_by text,
    assessed_update_id integer,
    lifecycle text not null,
    lifecycle_on text,
    lifecycle_precision text not null,
    closure text,
    lifecycle_update_id integer,
    done integer not null,
    gap integer not null,
    response_deadline_id integer,
    response_due_on text,
    decision_deadline_id integer,
    decision_due_on text,
    return_deadline_id integer,
    return_due_on text,
    return_every integer,
    target_deadline_id integer,
    target_on text,
    first_target_on text,
    target_set_by integer,
    times_moved integer not null,
    last_arrival_on text,
    version integer not null,
    seq integer not null,
    constraint addressee_body_key unique (recommendation_id, body_id)
) strict;
create index addressee_body_idx on addressee (body_id, inquiry_id, recommendation_id);
create index addressee_inquiry_idx on addressee (inquiry_id, recommendation_id);
create index addressee_response_due_idx on addressee (response_due_on);
create index addressee_return_due_idx on addressee (return_due_on);
create index addressee_target_idx on addressee (target_on);
create index addressee_decision_due_idx on addressee (decision_due_on);

-- An earlier slug or number, which still answers with a redirect.
create table alias (
    id integer not null primary key autoincrement,
    kind text not null,
    scope text not null,
    old text not null,
    new text not null,
    constraint alias_old_key unique (kind, scope, old)
) strict;

-- Counts, kept in the same transaction as the rows they count. scope: register, inquiry or body.
create table tally (
    id integer not null primary key autoincrement,
    scope text not null,
    scope_id integer not null,
    fact text not null,
    value text not null,
    number integer not null,
    constraint tally_key unique (scope, scope_id, fact, value)
) strict;

-- ---------------------------------------------------------------- LEDGER
create table change (
    seq integer not null constraint change_pkey primary key,
    at text not null,
    day text not null,
    kind text not null,
    role text,
    person_id integer constraint change_person_fkey references person (id),
    body_id integer constraint change_body_fkey references body (id),
    inquiry_id integer constraint change_inquiry_fkey references inquiry (id),
    recommendation_id integer constraint change_recommendation_fkey references recommendation (id),
    addressee_id integer constraint change_addressee_fkey references addressee (id),
    reason text,
    withheld integer
) strict;
create index change_day_idx on change (day, seq);
create index change_inquiry_idx on change (inquiry_id, seq);
create index change_recommendation_idx on change (recommendation_id, seq);
create index change_addressee_idx on change (addressee_id, seq);
create index change_body_idx on change (body_id, seq);

create table body_text (
    id integer not null primary key autoincrement,
    seq integer not null constraint body_text_seq_fkey references change (seq),
    body_id integer not null constraint body_text_body_fkey references body (id),
    name text not null,
    short_name text,
    kind text not null
) strict;
create index body_text_body_idx on body_text (body_id, seq);
create index body_text_seq_idx on body_text (seq);

create table succession (
    id integer not null primary key autoincrement,
    seq integer not null constraint succession_seq_fkey references change (seq),
    from_body_id integer not null constraint succession_from_fkey references body (id),
    to_body_id integer not null constraint succession_to_fkey references body (id),
    happened_on text,
    precision text not null,
    present integer not null
) strict;
create index succession_from_idx on succession (from_body_id);
create index succession_to_idx on succession (to_body_id);

create table inquiry_text (
    id integer not null primary key autoincrement,
    seq integer not null constraint inquiry_text_seq_fkey references change (seq),
    inquiry_id integer not null constraint inquiry_text_inquiry_fkey references inquiry (id),
    kind text not null,
    title text not null,
    short_title text not null,
    chair text,
    commissioned_by integer constraint inquiry_text_commissioner_fkey references body (id),
    issued_by integer constraint inquiry_text_issuer_fkey references body (id),
    legal_basis text,
    source_url text,
    source_note text,
    own_references integer not null,
    monitored_by text,
    note text,
    published_on text,
    -- what the source itself says that it counts: a JSON list of {count, on, note}
    counts_in_source text not null
) strict;
create index inquiry_text_inquiry_idx on inquiry_text (inquiry_id, seq);
create index inquiry_text_seq_idx on inquiry_text (seq);

create table inquiry_event (
    id integer not null primary key autoincrement,
    seq integer not null constraint inquiry_event_seq_fkey references change (seq),
    inquiry_id integer not null constraint inquiry_event_inquiry_fkey references inquiry (id),
    happened_on text,
    precision text not null,
    words text not null,
    source_url text,
    checked text not null,
    withheld integer
) strict;
create index inquiry_event_inquiry_idx on inquiry_event (inquiry_id, seq);
create index inquiry_event_seq_idx on inquiry_event (seq);

create table wording (
    id integer not null primary key autoincrement,
    seq integer not null constraint wording_seq_fkey references change (seq),
    recommendation_id integer not null constraint wording_recommendation_fkey references recommendation (id),
    title text,
    text text,
    text_kind text not null,
    checked text not null,
    source_url text,
    compared_on text,
    addressed_to_words text,
    language text not null,
    licence text,
    author_id integer constraint wording_author_fkey references person (id),
    publisher_id integer constraint wording_publisher_fkey references person (id),
    withheld integer
) strict;
create index wording_recommendation_idx on wording (recommendation_id, seq);
create index wording_seq_idx on wording (seq);

create table tag (
    id integer not null primary key autoincrement,
    seq integer not null constraint tag_seq_fkey references change (seq),
    recommendation_id integer not null constraint tag_recommendation_fkey references recommendation (id),
    theme_id integer not null constraint tag_theme_fkey references theme (id),
    present integer not null
) strict;
create index tag_recommendation_idx on tag (recommendation_id);
create index tag_theme_idx on tag (theme_id, recommendation_id);

create table tie (
    id integer not null primary key autoincrement,
    seq integer not null constraint tie_seq_fkey references change (seq),
    from_id integer not null constraint tie_from_fkey references recommendation (id),
    to_id integer not null constraint tie_to_fkey references recommendation (id),
    kind text not null,
    present integer not null
) strict;
create index tie_from_idx on tie (from_id);
create index tie_to_idx on tie (to_id);

-- That a recommendation was put to a body, and how far that was checked.
create table asked (
    id integer not null primary key autoincrement,
    seq integer not null constraint asked_seq_fkey references change (seq),
    addressee_id integer not null constraint asked_addressee_fkey references addressee (id),
    checked text not null,
    present integer not null
) strict;
create index asked_addressee_idx on asked (addressee_id, seq);
create index asked_seq_idx on asked (seq);

-- A date that something is owed by. Never edited: a later row replaces it, with a reason.
create table deadline (
    id integer not null primary key autoincrement,
    seq integer not null constraint deadline_seq_fkey references change (seq),
    addressee_id integer not null constraint deadline_addressee_fkey references addressee (id),
    kind text not null,
    due_on text,
    every_months integer,
    set_by_body integer constraint deadline_body_fkey references body (id),
    reason text,
    source_url text,
    checked text not null,
    replaces integer constraint deadline_replaces_fkey references deadline (id),
    author_id integer constraint deadline_author_fkey references person (id),
    withheld integer
) strict;
create index deadline_addressee_idx on deadline (addressee_id, kind, seq);
create index deadline_seq_idx on deadline (seq);

-- That a return came in. Public at once; on time is on time, however long it takes to be read.
create table arrival (
    id integer not null primary key autoincrement,
    seq integer not null constraint arrival_seq_fkey references change (seq),
    addressee_id integer not null constraint arrival_addressee_fkey references addressee (id),
    deadline_id integer constraint arrival_deadline_fkey references deadline (id),
    received_on text not null,
    nil integer not null
) strict;
create index arrival_addressee_idx on arrival (addressee_id, seq);
create index arrival_deadline_idx on arrival (deadline_id);
create index arrival_seq_idx on arrival (seq);

create table fact_update (
    id integer not null primary key autoincrement,
    seq integer not null constraint fact_update_seq_fkey references change (seq),
    addressee_id integer not null constraint fact_update_addressee_fkey references addressee (id),
    fact text not null,
    value text not null,
    happened_on text,
    precision text not null,
    words text,
    their_word text,
    basis text,
    reason text,
    source_url text,
    checked text,
    author_id integer constraint fact_update_author_fkey references person (id),
    publisher_id integer constraint fact_update_publisher_fkey references person (id),
    assessor text,
    decide_by text,
    rung integer,
    closure text,
    arrival_id integer constraint fact_update_arrival_fkey references arrival (id),
    voice_body_id integer constraint fact_update_voice_fkey references body (id),
    corrects integer constraint fact_update_corrects_key unique constraint fact_update_corrects_fkey references fact_update (id),
    withheld integer,
    constraint fact_update_key unique (seq, addressee_id, fact)
) strict;
create index fact_update_addressee_idx on fact_update (addressee_id, fact, seq);
create index fact_update_arrival_idx on fact_update (arrival_id);

create table remark (
    id integer not null primary key autoincrement,
    seq integer not null constraint remark_seq_fkey references change (seq),
    kind text not null,
    inquiry_id integer constraint remark_inquiry_fkey references inquiry (id),
    recommendation_id integer constraint remark_recommendation_fkey references recommendation (id),
    addressee_id integer constraint remark_addressee_fkey references addressee (id),
    deadline_id integer constraint remark_deadline_fkey references deadline (id),
    happened_on text,
    precision text not null,
    words text not null,
    source_url text,
    checked text,
    author_id integer constraint remark_author_fkey references person (id),
    withheld integer,
    constraint remark_notice_key unique (kind, deadline_id)
) strict;
create index remark_recommendation_idx on remark (recommendation_id, seq);
create index remark_addressee_idx on remark (addressee_id, seq);
create index remark_seq_idx on remark (seq);
