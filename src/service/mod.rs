//! Deeds: authorise, decide, write in one transaction, announce through the outbox. The only writer. May import domain and store.
