-- Rises with every write that a public page may show, in the same transaction: pages kept in memory are shown while it stands.
alter table counter add column stamp integer not null default 0;
