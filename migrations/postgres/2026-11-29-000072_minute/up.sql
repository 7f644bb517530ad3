-- What a meeting decided about an answer: its minute, whether that is approved, the draft whose place it takes, and the approved
-- minute that it puts right.
alter table remark add column minute_ref text collate "C";
alter table remark add column approval text collate "C";
alter table remark add column replaces bigint constraint remark_replaces_fkey references remark (id);
alter table remark add column corrects bigint constraint remark_corrects_fkey references remark (id);
create index remark_replaces_idx on remark (replaces);
create index remark_corrects_idx on remark (corrects);
