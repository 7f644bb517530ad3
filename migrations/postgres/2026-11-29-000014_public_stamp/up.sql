-- What public pages say beyond the published record (that a body was asked again, how many complaints there were) has no
-- number of its own: `stamp` moves with it, so that no page made earlier is taken for what stands now.
alter table counter add column stamp bigint not null default 0;

-- The day on which it was noted that a body had been asked: a letter may be logged days after it was sent. Empty in rows
-- of earlier programs, which noted it on the day itself.
alter table asking add column noted_on text;
