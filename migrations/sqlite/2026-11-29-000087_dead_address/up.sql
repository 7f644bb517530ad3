-- How an address came to be known as dead, who said so where a person did, and who took it off the list again and why. The address
-- itself is not kept here: the key is a signature, and what it belongs to is found among those who have an account or are kept.
alter table suppression add column origin text not null default 'refused';
alter table suppression add column set_by integer constraint suppression_set_by_fkey references person (id);
alter table suppression add column ended_at text;
alter table suppression add column ended_by integer constraint suppression_ended_by_fkey references person (id);
alter table suppression add column ended_reason text;
