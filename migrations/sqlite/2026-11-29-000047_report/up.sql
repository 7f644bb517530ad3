-- ---------------------------------------------------------------- LEDGER
-- A document that a body sent or published. Each row is one version of what is said of it; the last one stands. All versions
-- of a document bear the number of the change that logged it.
create table report (
    id integer not null primary key autoincrement,
    seq integer not null constraint report_seq_fkey references change (seq),
    began integer not null constraint report_began_fkey references change (seq),
    body_id integer not null constraint report_body_fkey references body (id),
    kind text not null,
    title text not null,
    happened_on text,
    precision text not null,
    received_on text not null,
    url text,
    seen_on text,
    file_id integer constraint report_file_fkey references file (id),
    summary text,
    language text,
    licence text,
    author_id integer constraint report_author_fkey references person (id),
    corrects integer constraint report_corrects_key unique constraint report_corrects_fkey references report (id),
    withheld integer
) strict;
create index report_body_idx on report (body_id, began);
create index report_began_idx on report (began, seq);
create index report_file_idx on report (file_id);
create index report_seq_idx on report (seq);

-- How a document answers one item of its body: the last row about the two stands. A document is logged with a row for each open
-- item of its body, not looked through yet.
create table mark (
    id integer not null primary key autoincrement,
    seq integer not null constraint mark_seq_fkey references change (seq),
    addressee_id integer not null constraint mark_addressee_fkey references addressee (id),
    report integer not null constraint mark_report_fkey references change (seq),
    value text not null,
    page text,
    words text,
    author_id integer constraint mark_author_fkey references person (id),
    -- the second person who read the same in the document
    publisher_id integer constraint mark_publisher_fkey references person (id),
    corrects integer constraint mark_corrects_key unique constraint mark_corrects_fkey references mark (id),
    withheld integer
) strict;
create index mark_addressee_idx on mark (addressee_id, seq);
create index mark_report_idx on mark (report, seq);
create index mark_seq_idx on mark (seq);

-- ---------------------------------------------------------------- WORK: not published
-- The document itself, as a file: private until it is published.
create table report_file (
    id integer not null primary key autoincrement,
    report integer not null constraint report_file_report_fkey references change (seq),
    body_id integer not null constraint report_file_body_fkey references body (id),
    file_id integer not null constraint report_file_file_fkey references file (id),
    author_id integer not null constraint report_file_author_fkey references person (id),
    created_at text not null,
    taken_back_at text,
    version integer not null
) strict;
create index report_file_report_idx on report_file (report);
create index report_file_body_idx on report_file (body_id);
create index report_file_file_idx on report_file (file_id);
