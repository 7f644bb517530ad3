-- Whether a theme is retired from then on: it stays where it is, and is put on nothing any more. The last row counts.
alter table theme_text add column retired boolean not null default false;
