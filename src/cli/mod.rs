//! The commands, one file each. May import every room; nothing imports it.
