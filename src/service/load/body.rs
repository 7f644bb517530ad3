//! Bodies of a register file.

use super::Loading;
use crate::domain::loaded::Loadable;
use crate::domain::moment::Precision;
use crate::domain::register_file::BodyFile;
use crate::service::Error;
use crate::service::register::bring;
use crate::store::ledger::{NewBodyText, NewSuccession, insert_body, insert_succession};
use crate::store::{held, succession};

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
                    also: Some(body.also.join("\n")).filter(|names| !names.is_empty()),
                    named_on: None,
                    named_precision: Precision::Unknown,
                };
                let seq = loading.seq(None, None)?;
                loading.added(Loadable::Body);
                insert_body(loading.tx, seq, &body.slug, &text)?
            }
        };
        loading.bodies.insert(body.slug.clone(), id);
    }
    for body in bodies {
        let Some((successor, kind, happened)) = &body.succeeded_by else { continue };
        let (from, to) = (loading.body(&body.slug)?, loading.body(successor)?);
        let chain = succession::chain(loading.tx)?;
        if held::has_succession(loading.tx, from, to)? || !chain.after(from).is_empty() || chain.leads(to, from) {
            // What staff recorded, corrected or took back stays as it is.
            let same =
                chain.after(from).iter().any(|link| (link.to, link.kind, link.happened) == (to, *kind, *happened));
            loading.compare(&format!("body {}", body.slug), &[("which body took its place", same)]);
            continue;
        }
        let seq = loading.seq(None, None)?;
        let new = NewSuccession {
            from,
            to,
            kind: *kind,
            happened: *happened,
            source_url: None,
            checked: None,
            present: true,
        };
        insert_succession(loading.tx, seq, &new)?;
        bring(loading.tx, seq, from)?;
        loading.added(Loadable::Succession);
    }
    Ok(())
}
