//! The doors for people: routes, pages, forms. May import domain, store (reading), service, clock, embed and mail (composing).
