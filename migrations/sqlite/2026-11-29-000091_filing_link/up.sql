-- ---------------------------------------------------------------- PEOPLE
-- A one-time link by which somebody files on exactly these items without signing in: the code that was sent to their mailbox
-- (kept signed), and the pass that came of it (kept as a hash). The link itself, whose it is and until when, stands in token.
create table filing_link (
    id integer not null primary key autoincrement,
    token_id integer not null constraint filing_link_token_fkey references token (id),
    body_id integer not null constraint filing_link_body_fkey references body (id),
    code text,
    code_until text,
    pass_hash text,
    pass_until text,
    filed_on text,
    constraint filing_link_key unique (token_id)
) strict;
create table filing_link_item (
    id integer not null primary key autoincrement,
    token_id integer not null constraint filing_link_item_token_fkey references token (id),
    addressee_id integer not null constraint filing_link_item_addressee_fkey references addressee (id),
    constraint filing_link_item_key unique (token_id, addressee_id)
) strict;
create index filing_link_item_addressee_idx on filing_link_item (addressee_id);
