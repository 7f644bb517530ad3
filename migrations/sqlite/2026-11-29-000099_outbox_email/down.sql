drop index outbox_email_idx;
