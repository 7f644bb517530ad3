//! `/staff/register/inquiry` and `…/{inquiry}/description`: taking an inquiry in, and changing how it is described.

use super::{MOST, Path, Place, RegisterForm, body_choices, chosen, slug, with_standing};
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, AmendInquiry, Described, Done, TakeInInquiry};
use crate::store::body::{self, BodyName};
use crate::store::inquiry::{self, InquiryView};
use crate::store::{self, ReadTx};
use crate::web::part::SummaryRow;
use crate::web::public::say;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::item::row;
use crate::web::staff::deed::piece::{Piece, rights, yes_or_no};
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// A new inquiry.
pub struct NewForm;

/// Another description of one.
pub struct DescriptionForm;

/// An inquiry as it stands, with the bodies to choose from.
pub struct Item {
    view: InquiryView,
    bodies: Vec<BodyName>,
}

fn names(tx: &mut ReadTx<'_>) -> Result<Vec<BodyName>, store::Error> {
    body::choices(tx, MOST)
}

/// What both forms ask.
fn pieces(bodies: &[BodyName], asks_count: bool, sent: &Sent, problems: &Problems) -> Vec<Piece> {
    let field = |name, label: &'static str| sent.field(name, label, problems);
    let body = |name, label: &'static str, hint: &'static str| {
        Piece::Select(sent.choices(name, label, body_choices(bodies, "None, or not known"), problems).hint(hint))
    };
    let mut pieces = vec![
        Piece::Line(field("title", "Its full title")),
        Piece::Line(field("short_title", "What people call it").hint("Lists and headings use this.")),
        Piece::Line(field("kind", "What is it?").hint("Such as “independent inquiry”, “inspection”, “investigation”.")),
        body(
            "commissioned_by",
            "Which body commissioned it?",
            "Choose one here, one below, or both: at least one is needed.",
        ),
        body("issued_by", "Which body issued it?", "Needed where none is chosen above."),
        Piece::Line(field("chair", "Who led it? (optional)").hint("A post, such as “the Chair”.")),
        Piece::Date(
            sent.date("published_on", "When was it published? (optional)", problems).hint("For example, 27 3 2025."),
        ),
    ];
    if asks_count {
        let count = field("count", "How many recommendations does it say it makes? (optional)");
        pieces.push(Piece::Number(count.hint("As the source itself counts them on the day of publication.")));
    }
    pieces.extend([
        Piece::Number(
            field("not_tracked", "How many of them are not tracked in this register? (optional)")
                .hint("Of those that the source counts; empty where all are."),
        ),
        Piece::Words(field("not_tracked_why", "Why are those not tracked? (optional)").hint("Everybody will read it.")),
        Piece::Link(field("source_url", "Where can it be read? (optional)").hint("The full web address.")),
        Piece::Words(field("source_note", "What should a reader know about that source? (optional)")),
        Piece::Words(
            field("legal_basis", "By what right was it made? (optional)")
                .hint("And what that law asks of those addressed."),
        ),
        Piece::Words(field("monitored_by", "Who monitors it, under what, and how often? (optional)")),
        Piece::Radios(sent.choices(
            "own_references",
            "Whose are the numbers of its recommendations?",
            yes_or_no("This register’s own, because the source has none", "The source’s"),
            problems,
        )),
        Piece::Words(field("note", "What else should a reader know? (optional)")),
    ]);
    pieces.extend(rights(sent, problems));
    pieces
}

fn described(read: &mut Reading<'_>, bodies: &[BodyName], sent: &Sent) -> Described {
    Described {
        title: read.line("title", "The title"),
        short_title: read.line("short_title", "The short title"),
        kind: read.word("kind", "What it is"),
        commissioned_by: chosen(bodies, sent, "commissioned_by").map(|body| body.id),
        issued_by: chosen(bodies, sent, "issued_by").map(|body| body.id),
        chair: read.line("chair", "Who led it"),
        published_on: read.day("published_on"),
        count: read.number("count", "Enter a number, such as 12"),
        not_tracked: (
            read.number("not_tracked", "Enter a number, such as 2"),
            read.words("not_tracked_why", "Why they are not tracked"),
        ),
        source_url: read.link("source_url"),
        source_note: read.words("source_note", "What is to be known about the source"),
        legal_basis: read.words("legal_basis", "By what right"),
        monitored_by: read.words("monitored_by", "Who monitors it"),
        own_references: sent.is_ticked("own_references"),
        note: read.words("note", "The note"),
        rights: read.rights(),
    }
}

/// What its page will say first.
fn preview(bodies: &[BodyName], sent: &Sent) -> String {
    let said = described(&mut Reading::of(sent), bodies, sent);
    let (Some(title), Some(kind)) = (said.title, said.kind) else { return words::NOTHING_CHOSEN.to_owned() };
    let mut lines = vec![format!("{title} ({kind})")];
    lines.extend(chosen(bodies, sent, "commissioned_by").map(|body| format!("Commissioned by {}", body.name)));
    lines.extend(chosen(bodies, sent, "issued_by").map(|body| format!("Issued by the {}", body.name)));
    lines.extend(said.chair.map(|chair| format!("Led by {chair}")));
    lines.extend(said.published_on.map(words::published));
    lines.push(format!("Who monitors it: {}", said.monitored_by.unwrap_or_else(|| words::NOT_MONITORED.to_owned())));
    lines.extend(said.note);
    lines.iter().map(|line| format!("{}.", line.trim_end_matches('.'))).collect::<Vec<_>>().join(" ")
}

impl RegisterForm for NewForm {
    type Item = Vec<BodyName>;

    fn read(tx: &mut ReadTx<'_>, _: &Path, _: Option<i64>) -> Result<Self::Item, store::Error> {
        names(tx)
    }

    fn place(_: &Self::Item) -> Place {
        Place::register()
    }

    fn said(_: &Self::Item) -> Said {
        Said {
            link: Some((format!("{}/body", crate::domain::address::REGISTER), "Add a body first, if it is not listed")),
            heading: "Add an inquiry",
            lead: "What made the recommendations: an inquiry, an inspection, an investigation. Its recommendations follow from \
                   its page.",
            public: "Everything on this form, and your role.",
            private: "Your name.",
            next: "It is published at once and has a page of its own. Every part of it can be changed later; earlier words stay in \
                   its history.",
            button: "Publish the inquiry",
            notice: "Inquiry added",
        }
    }

    fn start(_: &Self::Item, _: Day) -> Sent {
        Sent::default().filled("own_references", "no")
    }

    fn pieces(bodies: &Self::Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let mut pieces = pieces(bodies, true, sent, problems);
        let slug = sent.field("slug", "Its part of the address (optional)", problems);
        let hint =
            "Small letters, digits and hyphens. Left empty, it is made from what people call it. It stays for ever.";
        pieces.push(Piece::Line(slug.hint(hint)));
        let reason = sent.field("reason", "Why is it added? (optional)", problems);
        pieces.push(Piece::Words(reason.hint("Everybody will read it.")));
        pieces
    }

    fn preview(bodies: &Self::Item, sent: &Sent) -> String {
        preview(bodies, sent)
    }

    fn stands(_: &Self::Item) -> Vec<SummaryRow> {
        Vec::new()
    }

    async fn send(state: &State, act: Act, bodies: &Self::Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let described = described(&mut read, bodies, sent);
        let slug = read.slug("slug");
        let reason = read.words("reason", "The reason");
        let command = TakeInInquiry { slug, described, reason };
        state.service.take_in_inquiry(read.told_to(act), command).await
    }
}

impl RegisterForm for DescriptionForm {
    type Item = Item;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Item, store::Error> {
        let view = inquiry::find(tx, &slug(path.inquiry.as_ref())?)?;
        let standing = [&view.commissioned_by, &view.issued_by].into_iter().flatten().cloned();
        let bodies = with_standing(names(tx)?, standing);
        Ok(Item { view, bodies })
    }

    fn place(item: &Item) -> Place {
        Place::inquiry(&item.view.name, item.view.version)
    }

    fn said(_: &Item) -> Said {
        Said {
            heading: "Change the description",
            lead: "How is this inquiry described from now on? The earlier words stay in its history, beside the reason.",
            public: "Everything on this form, the words that stood before, and your role.",
            private: "Your name.",
            next: "It is published at once. The address of the inquiry stays.",
            button: "Publish the description",
            notice: "Description changed",
            ..Said::default()
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        let view = &item.view;
        let body = |body: &Option<BodyName>| body.as_ref().map(|body| body.slug.to_string()).unwrap_or_default();
        let said = |words: &Option<String>| words.clone().unwrap_or_default();
        // A name that only stands in for one out of sight is not offered as the name.
        let named = |words: &str| if view.withheld.is_none() { words.to_owned() } else { String::new() };
        let count = view.counts_in_source.first().map(|count| count.count.to_string());
        Sent::default()
            .filled("title", named(&view.name.title))
            .filled("short_title", named(&view.name.short_title))
            .filled("kind", named(&view.name.kind))
            .filled("commissioned_by", body(&view.commissioned_by))
            .filled("issued_by", body(&view.issued_by))
            .filled("chair", said(&view.chair))
            .filled_day("published_on", view.published_on)
            .filled("count", count.unwrap_or_default())
            .filled("not_tracked", view.not_tracked.map(|count| count.to_string()).unwrap_or_default())
            .filled("not_tracked_why", said(&view.not_tracked_why))
            .filled("source_url", said(&view.source_url))
            .filled("source_note", said(&view.source_note))
            .filled("legal_basis", said(&view.legal_basis))
            .filled("monitored_by", said(&view.monitored_by))
            .filled("own_references", if view.own_references { "yes" } else { "no" })
            .filled("note", said(&view.note))
            .filled("language", view.rights.language.map_or("", Language::as_str))
            .filled("licence", view.rights.licence.map_or("", Licence::as_str))
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let mut pieces = pieces(&item.bodies, item.view.counts_in_source.len() < 2, sent, problems);
        let reason = sent.field("reason", "Why is it changed?", problems);
        pieces.push(Piece::Words(reason.hint("Everybody will read it.")));
        pieces
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        preview(&item.bodies, sent)
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let view = &item.view;
        let mut rows = vec![row("Title", view.name.title.clone()), row("What it is", say::capital(&view.name.kind))];
        let said = [
            ("Who led it", &view.chair),
            ("By what right", &view.legal_basis),
            ("Source", &view.source_url),
            ("About the source", &view.source_note),
            ("Who monitors it", &view.monitored_by),
            ("Note", &view.note),
        ];
        rows.extend(said.into_iter().filter_map(|(name, words)| Some(row(name, words.clone()?))));
        rows
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let described = described(&mut read, &item.bodies, sent);
        let reason = read.words("reason", "The reason");
        let inquiry = item.view.name.slug.clone();
        let command = AmendInquiry { inquiry, version: sent.version(), described, reason };
        state.service.amend_inquiry(read.told_to(act), command).await
    }
}
