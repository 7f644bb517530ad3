//! The one place that asks the time, and the one that asks for chance.
