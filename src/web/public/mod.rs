//! The pages for everybody. Each is a file with its view struct and its handler; the addresses stand in the table of `web`.
