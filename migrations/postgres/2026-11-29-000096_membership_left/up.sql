-- That a body has left a group, on a day that is known or on one that nobody knows. Where it is not said and no day stands, it goes on.
alter table membership add column has_left boolean not null default false;
