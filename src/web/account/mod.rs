//! The pages on which somebody gets an account and uses it: invitation, sign-in, sign-out, a new password.

pub mod by_link;
pub mod invitation;
pub mod kept;
pub mod password_reset;
pub mod sign_in;
pub mod sign_out;
