//! Bodies of a register file.

use super::Loading;
use crate::domain::loaded::Loadable;
use crate::domain::moment::Happened;
use crate::domain::register_file::BodyFile;
use crate::service::Error;
use crate::store::held;
use crate::store::ledger::{NewBodyText, insert_body, insert_succession};

pub(super) fn all(loading: &mut Loading<'_, '_>, bodies: &[BodyFile]) -> Result<(), Error> {
    for body in bodies {
        let id = match held::body(loading.tx, &body.slug)? {
            Some((id, name, short_name, kind)) => {
                let pairs = [
                    ("its name", name == body.name),
                    ("its short name", short_name == body.short_name),
                    ("its kind", kind == body.kind),
                ];
                loading.compare(&format!("body {}", body.slug), &pairs);
                id
            }
            None => {
                let text = NewBodyText {
                    name: body.name.clone(),
                    short_name: body.short_name.clone(),
                    kind: body.kind.clone(),
                    link: None,
                };
                let seq = loading.seq(None, None)?;
                loading.added(Loadable::Body);
                insert_body(loading.tx, seq, &body.slug, &text)?
            }
        };
        loading.bodies.insert(body.slug.clone(), id);
    }
    for body in bodies {
        let Some(successor) = &body.succeeded_by else { continue };
        let (from, to) = (loading.body(&body.slug)?, loading.body(successor)?);
        if !held::has_succession(loading.tx, from, to)? {
            let seq = loading.seq(None, None)?;
            // The file tells that one followed the other, not when.
            insert_succession(loading.tx, seq, from, to, Happened::UNKNOWN)?;
            loading.added(Loadable::Succession);
        }
    }
    Ok(())
}
