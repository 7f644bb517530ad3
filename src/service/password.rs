//! Choosing a password, and the form in which it is hashed.

use unicode_normalization::UnicodeNormalization;

use crate::domain::problem::Problems;

/// Longer than any password that is taken: nothing beyond is hashed.
pub(super) const PASSWORD_LIMIT: usize = 4_096;

/// The same letters typed on two keyboards are the same password. Nothing is cut off.
pub(super) fn normal(typed: &str) -> String {
    typed.nfc().collect()
}

/// The password as it will be hashed, if it is one that nobody guesses. `context` are the words that stand around it: the
/// address, the person's name, the register's.
///
/// # Errors
/// What is wrong with it, at the field `password`.
pub(super) fn choose(typed: &str, _context: &[&str]) -> Result<String, Problems> {
    let password = normal(typed);
    let sentence = match password.chars().count() {
        0 => "Enter a password",
        1..15 => "Password must be 15 characters or more",
        _ if password.len() > PASSWORD_LIMIT => "Password is too long",
        _ => return Ok(password),
    };
    Err(Problems::one("password", sentence))
}
