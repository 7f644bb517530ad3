-- The mail that holds a link by which somebody files, so that what was taken out of that mail is not behind its link. Of a link
-- made before, it is known where exactly one reminder was written to its reader at its moment; else its reader waits for the next mail.
alter table filing_link add column outbox_id bigint constraint filing_link_outbox_fkey references outbox (id);
update filing_link set outbox_id = (
    select case when count(*) = 1 then min(outbox.id) end
    from outbox inner join token on token.person_id = outbox.person_id and token.created_at = outbox.created_at
    where token.id = filing_link.token_id and outbox.kind = 'reminder'
);
