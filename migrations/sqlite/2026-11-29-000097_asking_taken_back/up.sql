-- The day on which it turned out that the one mail which asked that day had come back, so that nobody was asked. A page about a
-- day before it says what was known then.
alter table asking add column back_on text;
