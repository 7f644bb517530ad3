//! `/staff/register/body`, `/staff/bodies/{body}/name` and `/staff/bodies/{body}/address`: taking a body in, changing its entry,
//! giving it another address.

use super::{Path, Place, RegisterForm, slug};
use crate::domain::address;
use crate::domain::id::BodyId;
use crate::domain::moment::{Day, Precision};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, AmendBody, Done, MoveBody, TakeInBody};
use crate::store::body::{self, BodyView};
use crate::store::{self, ReadTx};
use crate::web::part::SummaryRow;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::item::row;
use crate::web::staff::deed::piece::Piece;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// A new body.
pub struct NewForm;

/// Another name for one.
pub struct NameForm;

/// Another address for one.
pub struct AddressForm;

const SLUG: &str = "Small letters, digits and hyphens.";

fn pieces(sent: &Sent, problems: &Problems) -> Vec<Piece> {
    let field = |name, label: &'static str| sent.field(name, label, problems);
    vec![
        Piece::Line(field("name", "Its full name")),
        Piece::Line(field("short_name", "A shorter name (optional)").hint("For cards and lists.")),
        Piece::Line(
            field("kind", "What is it?").hint("Such as “local authority”, “police force”, “government department”."),
        ),
        Piece::Link(field("link", "Its web site (optional)").hint("The full web address.")),
        Piece::Words(
            field("also", "Other names that people know it by (optional)")
                .hint("One on each line: an abbreviation, a former name. The search finds them, too."),
        ),
    ]
}

fn preview(sent: &Sent) -> String {
    let mut read = Reading::of(sent);
    match (read.line("name", ""), read.word("kind", "")) {
        (Some(name), Some(kind)) => words::body_preview(&name, &kind),
        _ => words::NOTHING_CHOSEN.to_owned(),
    }
}

fn read(tx: &mut ReadTx<'_>, path: &Path) -> Result<BodyView, store::Error> {
    body::find(tx, &slug(path.body.as_ref())?)
}

fn place(view: &BodyView) -> Place {
    Place { words: view.name.name.clone(), version: view.version, ..Place::register() }
}

fn stands(view: &BodyView) -> Vec<SummaryRow> {
    let mut rows = vec![row("Name", view.name.name.clone())];
    rows.extend(view.name.short_name.clone().map(|name| row("Shorter name", name)));
    rows.push(row("What it is", view.name.kind.clone()));
    rows.extend(view.link.clone().map(|link| row("Web site", link)));
    rows.push(row("Address", address::body(view.name.slug.as_str())));
    rows
}

fn why(sent: &Sent, problems: &Problems) -> Piece {
    Piece::Words(sent.field("reason", "Why is it changed?", problems).hint("Everybody will read it."))
}

impl RegisterForm for NewForm {
    type Item = ();

    fn read(_: &mut ReadTx<'_>, _: &Path, _: Option<i64>) -> Result<(), store::Error> {
        Ok(())
    }

    fn place(_: &()) -> Place {
        Place::register()
    }

    fn said(_: &()) -> Said {
        Said {
            heading: "Add a body",
            lead: "An organisation that commissioned an inquiry, issued recommendations, or was asked by them.",
            public: "Everything on this form, and your role.",
            private: "Your name.",
            next: "It is published at once and has a page of its own. A later name stands beside this one in its history.",
            button: "Publish the body",
            notice: "Body added",
            ..Said::default()
        }
    }

    fn start(_: &(), _: Day) -> Sent {
        Sent::default()
    }

    fn pieces(_: &(), sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let mut pieces = pieces(sent, problems);
        let slug = sent.field("slug", "Its part of the address (optional)", problems);
        pieces.push(Piece::Line(
            slug.hint(format!("{SLUG} Left empty, it is made from the name. It stays when the name changes.")),
        ));
        let reason = sent.field("reason", "Why is it added? (optional)", problems);
        pieces.push(Piece::Words(reason.hint("Everybody will read it.")));
        pieces
    }

    fn preview(_: &(), sent: &Sent) -> String {
        preview(sent)
    }

    fn stands(_: &()) -> Vec<SummaryRow> {
        Vec::new()
    }

    async fn send(state: &State, act: Act, _: &(), sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let command = TakeInBody {
            slug: read.slug("slug"),
            name: read.line("name", "The name"),
            short_name: read.line("short_name", "The shorter name"),
            kind: read.word("kind", "What it is"),
            link: read.link("link"),
            also: read.words("also", "The other names"),
            reason: read.words("reason", "The reason"),
        };
        state.service.take_in_body(read.told_to(act), command).await
    }
}

impl RegisterForm for NameForm {
    type Item = BodyView;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<BodyView, store::Error> {
        read(tx, path)
    }

    fn body(view: &BodyView) -> Option<BodyId> {
        Some(view.name.id)
    }

    fn place(view: &BodyView) -> Place {
        place(view)
    }

    fn said(_: &BodyView) -> Said {
        Said {
            heading: "Change the entry of a body",
            lead: "What is it called from now on? The name that it had stays in its history, and is still found by the search.",
            public: "Everything on this form, what stood before, and your role.",
            private: "Your name.",
            next: "It is published at once. Its address stays.",
            button: "Publish the entry",
            notice: "Entry changed",
            ..Said::default()
        }
    }

    fn start(view: &BodyView, _: Day) -> Sent {
        // A name that only stands in for one out of sight is not offered as the name.
        if view.withheld {
            return Sent::default();
        }
        Sent::default()
            .filled("name", view.name.name.clone())
            .filled("short_name", view.name.short_name.clone().unwrap_or_default())
            .filled("kind", view.name.kind.clone())
            .filled("link", view.link.clone().unwrap_or_default())
            .filled("also", view.also.join("\n"))
            .filled_happened("since", view.named)
            .filled("since_precision", view.named.day.map_or(Precision::On, |_| view.named.precision).as_str())
    }

    fn pieces(_: &BodyView, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let mut pieces = pieces(sent, problems);
        let since = sent.happened("since", "Since when does it have this name?", problems);
        pieces.push(Piece::Date(since.hint("Where that is known. For example, 27 3 2025.")));
        pieces.push(why(sent, problems));
        pieces
    }

    fn preview(_: &BodyView, sent: &Sent) -> String {
        preview(sent)
    }

    fn stands(view: &BodyView) -> Vec<SummaryRow> {
        stands(view)
    }

    async fn send(state: &State, act: Act, view: &BodyView, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let command = AmendBody {
            body: view.name.slug.clone(),
            version: sent.version(),
            name: read.line("name", "The name"),
            short_name: read.line("short_name", "The shorter name"),
            kind: read.word("kind", "What it is"),
            link: read.link("link"),
            also: read.words("also", "The other names"),
            since: read.happened("since"),
            reason: read.words("reason", "The reason"),
        };
        state.service.amend_body(read.told_to(act), command).await
    }
}

impl RegisterForm for AddressForm {
    type Item = BodyView;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<BodyView, store::Error> {
        read(tx, path)
    }

    fn body(view: &BodyView) -> Option<BodyId> {
        Some(view.name.id)
    }

    fn place(view: &BodyView) -> Place {
        place(view)
    }

    fn said(_: &BodyView) -> Said {
        Said {
            heading: "Change the address of a body",
            lead: "Under which address is its page from now on? The earlier one leads there for ever, and no other body gets it.",
            public: "Both addresses, the reason and your role.",
            private: "Your name.",
            next: "It is published at once. Links and data under the earlier address still work.",
            button: "Publish the address",
            notice: "Address changed",
            ..Said::default()
        }
    }

    fn start(view: &BodyView, _: Day) -> Sent {
        Sent::default().filled("slug", view.name.slug.to_string())
    }

    fn pieces(_: &BodyView, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let slug = sent.field("slug", "Its part of the address", problems);
        vec![Piece::Line(slug.hint(SLUG)), why(sent, problems)]
    }

    fn preview(view: &BodyView, sent: &Sent) -> String {
        match Reading::of(sent).slug("slug") {
            Some(slug) if slug != view.name.slug => {
                words::address_replaced(&address::body(view.name.slug.as_str()), &address::body(slug.as_str()))
            }
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(view: &BodyView) -> Vec<SummaryRow> {
        stands(view)
    }

    async fn send(state: &State, act: Act, view: &BodyView, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let command = MoveBody {
            body: view.name.slug.clone(),
            version: sent.version(),
            slug: read.slug("slug"),
            reason: read.words("reason", "The reason"),
        };
        state.service.move_body(read.told_to(act), command).await
    }
}
