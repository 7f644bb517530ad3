//! What the benchmarks share: a line to the server kept open, the served program, and its bare static answers.

pub mod line;
pub mod served;
pub mod statics;
