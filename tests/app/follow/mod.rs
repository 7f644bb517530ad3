//! Following the register by mail, without an account: signing up, being told, what was wrong, and what waits for a decision.

pub mod arranged;
mod correcting;
mod deciding;
mod scopes;
mod signing_up;
mod telling;

use crate::story::Story;

/// The stories of this folder.
pub fn stories() -> Vec<Story> {
    let all =
        [correcting::stories(), deciding::stories(), scopes::stories(), signing_up::stories(), telling::stories()];
    all.into_iter().flatten().collect()
}
