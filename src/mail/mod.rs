//! Composing a message from a struct, and sending it. May import domain only; knows no database.
