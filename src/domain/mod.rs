//! Nouns and rules, pure: no I/O, no clock, no SQL, no HTML. Imports nothing of ours.
