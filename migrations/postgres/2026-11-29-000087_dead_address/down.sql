-- An older program knows only addresses that are dead.
delete from suppression where ended_at is not null;
alter table suppression drop column ended_reason;
alter table suppression drop column ended_by;
alter table suppression drop column ended_at;
alter table suppression drop column set_by;
alter table suppression drop column origin;
