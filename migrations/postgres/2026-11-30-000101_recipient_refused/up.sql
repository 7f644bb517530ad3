-- Whether the mail server refused the recipient, as one whose mailbox is not there or without a reason: several in a row are judged
-- together.
alter table attempt add column refused boolean not null default false;
