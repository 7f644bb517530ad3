-- One unfinished update for each body and item.
create unique index filing_draft_key on filing (addressee_id) where state = 'draft';
