//! Where a staff page is now that stood under an earlier number of a recommendation or an earlier address of a body: links in old
//! mails lead on.

use crate::store::alias::{self, AliasKind};
use crate::store::{self, ReadTx};

/// The path under which it is found now; nothing where no part of it is an earlier name.
///
/// # Errors
/// When the database fails.
pub fn now(tx: &mut ReadTx<'_>, path: &str) -> Result<Option<String>, store::Error> {
    let mut steps: Vec<String> = path.split('/').map(str::to_owned).collect();
    let places: &[(usize, AliasKind)] = match steps.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["", "staff", "inquiries", _, "recommendations", ..] => &[(5, AliasKind::Recommendation), (6, AliasKind::Body)],
        ["", "staff", "bodies", ..] => &[(3, AliasKind::Body)],
        ["", "staff", "themes", ..] => &[(3, AliasKind::Theme)],
        _ => return Ok(None),
    };
    let mut moved = false;
    for (at, kind) in places.iter().copied() {
        let scope = if kind == AliasKind::Recommendation { steps[3].clone() } else { String::new() };
        let Some(step) = steps.get_mut(at) else { continue };
        if let Some(now) = alias::find(tx, kind, &scope, step)? {
            *step = now;
            moved = true;
        }
    }
    Ok(moved.then(|| steps.join("/")))
}
