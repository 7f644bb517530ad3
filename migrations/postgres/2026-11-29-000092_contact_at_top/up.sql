-- Whether this is the post at the top of the body: whom somebody writes to when reminders came to nothing.
alter table contact add column at_top boolean not null default false;
