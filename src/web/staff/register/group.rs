//! `/staff/bodies/{body}/members` and `…/asked`: who belongs to a group of bodies, and putting a recommendation to each of them.

use super::{MOST, Path, Place, RegisterForm, body_choices, slug};
use crate::domain::id::BodyId;
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::problem::Problems;
use crate::domain::succession::Chain;
use crate::domain::words;
use crate::service::{self, Act, Done, PutToGroup, RecordMember};
use crate::store::body::{self, BodyName, BodyView};
use crate::store::group::{self, Member};
use crate::store::{self, ReadTx, recommendation, succession};
use crate::web::part::SummaryRow;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::item::row;
use crate::web::staff::deed::piece::{Piece, asked_degrees, yes_or_no};
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// Who belongs to a group.
pub struct MemberForm;

/// A recommendation put to a group.
pub struct AskForm;

/// The group, its members, and the bodies that could be.
pub struct Group {
    view: BodyView,
    members: Vec<Member>,
    others: Vec<BodyName>,
    /// Which of these ended, and when.
    chain: Chain,
    /// Who is asked by what was sent, once that names a recommendation and a day.
    to_ask: Option<Vec<BodyId>>,
}

fn read(tx: &mut ReadTx<'_>, path: &Path) -> Result<Group, store::Error> {
    let view = body::find(tx, &slug(path.body.as_ref())?)?;
    let [members, _] = group::of_body(tx, view.name.id)?;
    let mut others = body::choices(tx, MOST)?;
    others.retain(|other| other.id != view.name.id);
    Ok(Group { view, members, others, chain: succession::chain(tx)?, to_ask: None })
}

fn place(group: &Group) -> Place {
    Place { words: group.view.name.name.clone(), version: group.view.version, ..Place::register() }
}

fn stands(group: &Group) -> Vec<SummaryRow> {
    let line = |one: &Member| words::member(&one.body.name, one.dates.from, one.dates.until);
    let lines: Vec<String> = group.members.iter().map(line).collect();
    if lines.is_empty() { Vec::new() } else { vec![row("Members", lines.join(". "))] }
}

/// Which recommendation is meant: an inquiry's part of the address and a number, as in `ashgrove 4`.
fn item(sent: &Sent) -> Option<(crate::domain::text::Slug, String)> {
    let (inquiry, number) = sent.get("item").trim().split_once([' ', '/'])?;
    Some((inquiry.parse().ok()?, number.trim().to_owned()))
}

/// Until when it belonged to it; nothing where it goes on. That it has left is said, with its day or that this is not known.
fn until(read: &mut Reading<'_>, sent: &Sent) -> Option<Happened> {
    if sent.is_ticked("has_left") {
        return Some(read.happened_or_said("until"));
    }
    let until = read.happened("until");
    if until.day.is_some() {
        read.problems.add("has_left", "Choose that it has left, or clear the day on which it did");
    }
    until.day.map(|_| until)
}

/// The members on the day that was entered, as far as it can be read.
fn members_then(group: &Group, sent: &Sent) -> Vec<String> {
    let day = Reading::of(sent).day("as_of");
    let belongs = |one: &Member, day| one.dates.holds_on(day) && !group.chain.has_ended(one.body.id, day);
    let then = group.members.iter().filter(|one| day.is_none_or(|day| belongs(one, day)));
    then.map(|one| words::member(&one.body.name, one.dates.from, one.dates.until)).collect()
}

/// Who is asked, as a line.
fn asked(group: &Group, to_ask: &[BodyId]) -> String {
    let them = group.members.iter().filter(|one| to_ask.contains(&one.body.id));
    let them: Vec<String> = them.map(|one| words::member(&one.body.name, one.dates.from, one.dates.until)).collect();
    if them.is_empty() { words::NOBODY_LEFT_TO_ASK.to_owned() } else { words::members_then(&them) }
}

impl RegisterForm for MemberForm {
    type Item = Group;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Group, store::Error> {
        read(tx, path)
    }

    fn body(group: &Group) -> Option<BodyId> {
        Some(group.view.name.id)
    }

    fn place(group: &Group) -> Place {
        place(group)
    }

    fn said(_: &Group) -> Said {
        Said {
            heading: "Who belongs to this group",
            lead: "A body with members is a group, such as all forces. It answers nothing itself: a recommendation put to it is put to each body that belonged to it on that day.",
            public: "The body, its dates, what that rests on, and your role.",
            private: "Your name.",
            next: "It is published at once on both pages. Nobody is asked by it: whoever joins later is asked by a deed of its own.",
            button: "Publish the member",
            notice: "Member published",
            ..Said::default()
        }
    }

    fn start(_: &Group, _: Day) -> Sent {
        let on = Precision::On.as_str();
        let sent = Sent::default().filled("takes_back", "no").filled("has_left", "no");
        sent.filled("from_precision", on).filled("until_precision", on)
    }

    fn pieces(group: &Group, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let choices = body_choices(&group.others, "Choose a body");
        let from = sent.happened("from", "Since when does it belong to it?", problems);
        let until = sent.happened("until", "Until when? (only where it has left)", problems);
        let choices_of_left = yes_or_no("It has left", "It goes on");
        let mut left = sent.choices("has_left", "Does it still belong to it?", choices_of_left, problems);
        left.choices.reverse();
        let mut pieces = vec![
            Piece::Select(sent.choices("body", "Which body?", choices, problems)),
            Piece::Date(from.hint("Where that is known. For example, 27 3 2025.")),
            Piece::Radios(left),
            Piece::Date(until.hint("For example, 27 3 2025.")),
        ];
        if !group.members.is_empty() {
            let mut asked = sent.choices(
                "takes_back",
                "What is published?",
                yes_or_no("It never belonged to it: the entry is taken back", "It belongs, or belonged, to it"),
                problems,
            );
            asked.choices.reverse();
            pieces.push(Piece::Radios(asked));
        }
        let reason = sent.field("reason", "What does that rest on?", problems);
        pieces.push(Piece::Words(reason.hint("Everybody will read it.")));
        pieces
    }

    fn preview(group: &Group, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let (from, until) = (read.happened("from"), until(&mut read, sent));
        let body = group.others.iter().find(|body| body.slug.as_str() == sent.get("body"));
        body.map_or_else(
            || words::NOTHING_CHOSEN.to_owned(),
            |body| words::membership(&group.view.name.name, &body.name, (from, until), !sent.is_ticked("takes_back")),
        )
    }

    fn stands(group: &Group) -> Vec<SummaryRow> {
        stands(group)
    }

    async fn send(state: &State, act: Act, group: &Group, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let command = RecordMember {
            group: group.view.name.slug.clone(),
            version: sent.version(),
            body: Some(sent.get("body")).filter(|slug| !slug.is_empty()).and_then(|slug| slug.parse().ok()),
            from: read.happened("from"),
            until: until(&mut read, sent),
            takes_back: sent.is_ticked("takes_back"),
            reason: read.words("reason", "The reason"),
        };
        state.service.record_member(read.told_to(act), command).await
    }
}

impl RegisterForm for AskForm {
    type Item = Group;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Group, store::Error> {
        read(tx, path)
    }

    fn read_sent(tx: &mut ReadTx<'_>, group: &mut Group, sent: &Sent) -> Result<(), store::Error> {
        let (Some((inquiry, number)), Some(day)) = (item(sent), Reading::of(sent).day("as_of")) else { return Ok(()) };
        let found = match recommendation::find(tx, &inquiry, &number) {
            Ok(view) => view.recommendation.id,
            Err(store::Error::NotFound) => return Ok(()),
            Err(fault) => return Err(fault),
        };
        group.to_ask = Some(service::members_to_ask(tx, (group.view.name.id, found), day)?);
        Ok(())
    }

    fn body(group: &Group) -> Option<BodyId> {
        Some(group.view.name.id)
    }

    fn place(group: &Group) -> Place {
        place(group)
    }

    fn said(_: &Group) -> Said {
        Said {
            heading: "Put a recommendation to this group",
            lead: "Each body that belonged to the group on that day is asked, and answers for itself. Whoever was asked already is left as it is; a body that had ended by then, or that left the group on a day that nobody knows, is not asked.",
            public: "Which bodies are asked, as of which day, where that is said, and your role.",
            private: "Your name.",
            next: "It is published at once: one answer for each of them. Whoever joins later is not asked by it.",
            button: "Publish that it was put to each of them",
            notice: "Put to each member",
            ..Said::default()
        }
    }

    fn start(_: &Group, today: Day) -> Sent {
        Sent::default().filled_day("as_of", Some(today))
    }

    fn pieces(group: &Group, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let then = members_then(group, sent);
        let day = sent.date("as_of", "Who belonged to it on which day?", problems);
        let item = sent.field("item", "Which recommendation?", problems);
        let reason = sent.field("reason", "Where is it said that it was put to this group?", problems);
        vec![
            Piece::Line(
                item.hint(
                    "The inquiry\u{2019}s part of the address and the number, such as \u{201c}ashgrove 4\u{201d}.",
                ),
            ),
            Piece::Date(day.hint(words::members_then(&then))),
            Piece::Radios(sent.choices(
                "checked",
                "How is it known that it was put to them?",
                asked_degrees(),
                problems,
            )),
            Piece::Words(reason.hint("Everybody will read it.")),
        ]
    }

    fn preview(group: &Group, sent: &Sent) -> String {
        match (item(sent), &group.to_ask) {
            (Some((inquiry, number)), Some(to_ask)) => {
                format!("{inquiry}, {}: {}", words::by_number(&number), asked(group, to_ask))
            }
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(group: &Group) -> Vec<SummaryRow> {
        stands(group)
    }

    async fn send(state: &State, act: Act, group: &Group, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let command = PutToGroup {
            group: group.view.name.slug.clone(),
            item: item(sent),
            as_of: read.day("as_of"),
            checked: read.choice("checked", "Choose how it is known that it was put to them"),
            reason: read.words("reason", "The reason"),
        };
        state.service.put_to_group(read.told_to(act), command).await
    }
}
