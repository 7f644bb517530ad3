-- The day on which it was agreed what would show that something is done, where that is not the day on which it was recorded.
alter table agreement add column agreed_on text collate "C";
