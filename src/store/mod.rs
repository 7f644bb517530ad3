//! Every SQL statement, for both databases; the only room that says diesel. May import domain only.
