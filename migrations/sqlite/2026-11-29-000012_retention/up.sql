-- Since when somebody who has left stands here without their name and their addresses. It cannot be undone.
alter table person add column former_at text;
alter table contact add column former_at text;
