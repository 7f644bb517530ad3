drop index filing_draft_key;
