//! Passwords on their way to the hasher. What one must be is for `domain::password`.

use secrecy::SecretString;

use crate::domain::password::Password;
use crate::domain::problem::Problems;

/// What somebody typed to sign in, as it is compared. Longer than any password that can have been chosen reads as none,
/// which fits no account and takes as long.
pub(super) fn normal(typed: &str) -> String {
    Password::typed(&SecretString::from(typed)).map(|password| password.expose().to_owned()).unwrap_or_default()
}

/// The password as it will be hashed, if it is one that nobody guesses. `context` are the words that stand around it: the
/// address, the person's name, the register's.
///
/// # Errors
/// What is wrong with it, at the field `password`.
pub(super) fn choose(typed: &str, context: &[&str]) -> Result<String, Problems> {
    Password::chosen(&SecretString::from(typed), context)
        .map(|password| password.expose().to_owned())
        .map_err(|fault| Problems::one("password", fault.to_string()))
}
