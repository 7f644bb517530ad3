-- The day on which it was noted that a body had been asked: a letter may be logged days after it was sent. Empty in rows
-- of earlier programs, which noted it on the day itself.
alter table asking add column noted_on text collate "C";
