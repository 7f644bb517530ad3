-- Words of an inquiry's description and of a body's entry can be taken out of sight, as those of any other record.
alter table inquiry_text add column withheld integer;
alter table body_text add column withheld integer;

-- A body's own page on the web, and its part of addresses: a replaced one lives on in alias.
alter table body_text add column link text;
alter table body_text add column slug text not null default '';
update body_text set slug = (select body.slug from body where body.id = body_text.body_id);

-- What kind of event; and the one that was recorded wrongly. A row with present 0 says only that the other one was.
alter table inquiry_event add column kind text not null default 'event';
alter table inquiry_event add column corrects integer constraint inquiry_event_corrects_fkey references inquiry_event (id);
alter table inquiry_event add column present integer not null default 1;
create index inquiry_event_corrects_idx on inquiry_event (corrects);

-- Where it differs from its inquiry: whose number it is, and when it was made.
alter table recommendation add column own_reference integer;
alter table recommendation add column made_on text;

-- Under which number a recommendation stands here, whose number that is, and when it was made. The last row counts.
create table entry (
    id integer not null primary key autoincrement,
    seq integer not null constraint entry_seq_fkey references change (seq),
    recommendation_id integer not null constraint entry_recommendation_fkey references recommendation (id),
    number text not null,
    own_reference integer,
    made_on text
) strict;
create index entry_recommendation_idx on entry (recommendation_id, seq);
create index entry_seq_idx on entry (seq);
insert into entry (seq, recommendation_id, number)
select min(wording.seq), recommendation.id, recommendation.number
from recommendation join wording on wording.recommendation_id = recommendation.id
group by recommendation.id, recommendation.number order by recommendation.id;

-- What a theme is called, and its part of addresses. The last row counts.
create table theme_text (
    id integer not null primary key autoincrement,
    seq integer not null constraint theme_text_seq_fkey references change (seq),
    theme_id integer not null constraint theme_text_theme_fkey references theme (id),
    name text not null,
    slug text not null,
    withheld integer
) strict;
create index theme_text_theme_idx on theme_text (theme_id, seq);
create index theme_text_seq_idx on theme_text (seq);
insert into theme_text (seq, theme_id, name, slug)
select min(tag.seq), theme.id, theme.name, theme.slug
from theme join tag on tag.theme_id = theme.id group by theme.id, theme.name, theme.slug order by theme.id;
