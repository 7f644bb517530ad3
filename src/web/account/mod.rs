//! The pages on which somebody gets an account and uses it: invitation, sign-in, sign-out, a new password.
