//! `…/{inquiry}/recommendations`: taking a recommendation in by hand, with its number, its words, its themes and the bodies
//! asked.

use super::{MOST, Path, Place, RegisterForm, slug};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::filing::WordingFiled;
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, TakeInRecommendation};
use crate::store::body::{self, BodyName};
use crate::store::inquiry::{self, InquiryView};
use crate::store::theme::{self, Theme};
use crate::store::{self, ReadTx};
use crate::web::form::{Choice, ChoiceField};
use crate::web::part::SummaryRow;
use crate::web::public::say;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::piece::{Piece, asked_degrees, rights, wording_degrees, yes_or_no};
use crate::web::staff::deed::wording::filed;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct NewForm;

/// The inquiry, with the bodies and themes to choose from.
pub struct Item {
    view: InquiryView,
    bodies: Vec<BodyName>,
    themes: Vec<Theme>,
}

impl RegisterForm for NewForm {
    type Item = Item;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Item, store::Error> {
        let view = inquiry::find(tx, &slug(path.inquiry.as_ref())?)?;
        Ok(Item { view, bodies: body::choices(tx, MOST)?, themes: theme::offered(tx, MOST)? })
    }

    fn place(item: &Item) -> Place {
        Place::inquiry(&item.view.name, item.view.version)
    }

    fn said(_: &Item) -> Said {
        Said {
            heading: "Add a recommendation",
            lead: "What does it say, under which number, and whom was it put to? From today this register listens for answers.",
            public: "Everything on this form, and your role.",
            private: "Your name. Words that wait for another person are private until they are published.",
            next: "It is published at once. The report’s own words, and words compared with the source, wait for another person \
                   who compares them too; until then its page says that it is not transcribed.",
            button: "Publish the recommendation",
            notice: "Recommendation added",
            ..Said::default()
        }
    }

    fn start(item: &Item, today: Day) -> Sent {
        let own = if item.view.own_references { "yes" } else { "no" };
        Sent::default()
            .filled("own_reference", own)
            .filled("source_url", item.view.source_url.clone().unwrap_or_default())
            .filled_day("compared_on", Some(today))
            // The words come from the same source as far as anybody has said; whoever enters them may say otherwise.
            .filled("language", item.view.rights.language.map_or("", Language::as_str))
            .filled("licence", item.view.rights.licence.map_or("", Licence::as_str))
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let field = |name, label: &'static str| sent.field(name, label, problems);
        let mut pieces = vec![
            Piece::Line(
                field("number", "Its number")
                    .hint("Letters, digits, dots and hyphens, such as 4 or 4a. It stands in its address."),
            ),
            Piece::Radios(sent.choices(
                "own_reference",
                "Whose number is that?",
                yes_or_no("Our own reference, because the source has none", "The source’s"),
                problems,
            )),
        ];
        pieces.extend(words_asked(sent, problems));
        pieces.push(Piece::Date(
            sent.date("made_on", "When was it made? (optional)", problems)
                .hint("Only where it is known of this very one, and is not the day of the inquiry’s publication."),
        ));
        pieces.extend(put_to_asked((&item.bodies, &item.themes), sent, problems));
        pieces
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let (number, title) = (read.line("number", ""), read.line("title", ""));
        let (Some(kind), Some(checked)) = (read.choice("text_kind", ""), read.choice("checked", "")) else {
            return words::NOTHING_CHOSEN.to_owned();
        };
        let waits = WordingFiled::claims_source(kind, checked);
        let number = number.unwrap_or_default();
        let title = match waits {
            true => words::NOT_TRANSCRIBED.trim_end_matches('.').to_owned(),
            false => title.unwrap_or_default(),
        };
        let checked = if waits { String::new() } else { words::entry_checked(kind, checked).to_owned() };
        let bodies: Vec<String> = chosen(&item.bodies, sent).into_iter().map(|body| body.name.clone()).collect();
        words::entry_preview(&number, &title, &checked, &bodies)
    }

    fn stands(_: &Item) -> Vec<SummaryRow> {
        Vec::new()
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let number = read.line("number", "The number");
        let made_on = read.day("made_on");
        let asked: Option<Checked> = read.chosen("asked");
        let wording = filed(&mut read, act.day);
        all_known(&mut read, (&item.bodies, &item.themes), sent);
        let command = TakeInRecommendation {
            inquiry: item.view.name.slug.clone(),
            number,
            own_reference: sent.is_ticked("own_reference"),
            made_on,
            wording,
            themes: ticked(&item.themes, sent).map(|theme| theme.id).collect(),
            bodies: chosen(&item.bodies, sent).into_iter().map(|body| body.id).collect(),
            asked,
        };
        state.service.take_in_recommendation(read.told_to(act), command).await
    }
}

/// What is asked of the words of something that is taken in.
pub(super) fn words_asked(sent: &Sent, problems: &Problems) -> Vec<Piece> {
    let field = |name, label: &'static str| sent.field(name, label, problems);
    let kinds = [TextKind::Verbatim, TextKind::Summary].map(|kind| Choice::new(kind.as_str(), words::text_kind(kind)));
    vec![
        Piece::Line(field("title", "A short title").hint("In this register's words, one line.")),
        Piece::Words(field("text", "The words")),
        Piece::Radios(sent.choices("text_kind", "Whose words are these?", kinds, problems)),
        Piece::Radios(sent.choices("checked", "How far were they compared?", wording_degrees(), problems)),
        Piece::Link(field("source_url", "Where can they be read?").hint("The page of the source.")),
        Piece::Date(sent.date("compared_on", "When were they compared?", problems)),
    ]
}

/// To whom it was put, what it is about, and why it is taken in.
pub(super) fn put_to_asked((bodies, themes): (&[BodyName], &[Theme]), sent: &Sent, problems: &Problems) -> Vec<Piece> {
    let choices = bodies.iter().map(|body| Choice::new(body.slug.to_string(), body.name.clone()));
    let asked = boxes(sent, "bodies", "Which bodies was it put to?", choices, problems).hint("None, if nobody knows.");
    let how = sent.choices("asked", "How is it known that it was put to them?", asked_degrees(), problems);
    let mut pieces = vec![Piece::Boxes(asked), Piece::Radios(how)];
    if !themes.is_empty() {
        pieces.push(Piece::Boxes(theme_boxes(themes, sent, problems)));
    }
    let why = sent.field("reason", "Why is it added?", problems);
    pieces.push(Piece::Words(why.hint("Everybody will read it.")));
    pieces.extend(rights(sent, problems));
    pieces
}

/// The bodies whose boxes are ticked.
pub(super) fn chosen<'i>(bodies: &'i [BodyName], sent: &Sent) -> Vec<&'i BodyName> {
    let ticked = sent.all("bodies");
    bodies.iter().filter(|body| ticked.contains(&body.slug.as_str())).collect()
}

/// Notes bodies and themes that were ticked and are not in the register any more.
pub(super) fn all_known(read: &mut Reading<'_>, (bodies, themes): (&[BodyName], &[Theme]), sent: &Sent) {
    if sent.all("bodies").len() > chosen(bodies, sent).len() {
        read.problems.add("bodies", "One of these bodies is not in the register. Load the page again and choose anew");
    }
    if sent.all("themes").len() > ticked(themes, sent).count() {
        let gone = "One of these themes is retired, or not in the register. Load the page again and choose anew";
        read.problems.add("themes", gone);
    }
}

/// The themes whose boxes are ticked.
pub(super) fn ticked<'t>(themes: &'t [Theme], sent: &Sent) -> impl Iterator<Item = &'t Theme> {
    let ticked: Vec<String> = sent.all("themes").into_iter().map(str::to_owned).collect();
    themes.iter().filter(move |theme| ticked.iter().any(|slug| slug == theme.slug.as_str()))
}

/// A question of which any answers may be ticked.
pub(super) fn boxes(
    sent: &Sent,
    name: &'static str,
    label: &'static str,
    choices: impl IntoIterator<Item = Choice>,
    problems: &Problems,
) -> ChoiceField {
    ChoiceField::new(name, label, choices).values(&sent.all(name)).checked(problems)
}

/// Every theme as a box.
pub(super) fn theme_boxes(themes: &[Theme], sent: &Sent, problems: &Problems) -> ChoiceField {
    let choices = themes.iter().map(|theme| Choice::new(theme.slug.to_string(), say::capital(&theme.name)));
    boxes(sent, "themes", "What is it about?", choices, problems)
}
