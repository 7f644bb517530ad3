//! Names, links and dates of what the store read, ready to print.

use crate::domain::address;
use crate::domain::assessed::Assessed;
use crate::domain::change::{ChangeKind, Fact};
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::filing::ArrivalStep;
use crate::domain::moment::{Day, Happened};
use crate::domain::reported::Reported;
use crate::domain::response::Basis;
use crate::domain::target_ask::Asked;
use crate::domain::words::{self, Arrived};
use crate::store::addressee::Answer;
use crate::store::arrival::Arrival;
use crate::store::body::BodyName;
use crate::store::change::Change;
use crate::store::deadline::{Deadline, WrongDate};
use crate::store::detail::Details;
use crate::store::family::Family;
use crate::store::format_link::FormatLink;
use crate::store::inquiry::InquiryName;
use crate::store::recommendation::Recommendation;
use crate::store::succession::{Path, Then};
use crate::store::theme::Theme;
use crate::store::update::Update;
use crate::store::withheld::Words;
use crate::web::part::card::FactRow;
use crate::web::part::tag::Tag;
use crate::web::part::{Link, When, row};
use crate::web::shell::Shell;

/// In whose name oversight finds something: the operator, once there is one; never "we".
pub fn assessor(shell: &Shell) -> String {
    shell.in_service.as_ref().map_or_else(|| words::OVERSIGHT.to_owned(), |operator| operator.name.clone())
}

/// What became of an update that came in.
pub fn arrived(arrival: &Arrival) -> Arrived {
    match (arrival.published_on, arrival.step) {
        _ if arrival.nil => Arrived::NoChange,
        (Some(on), _) => Arrived::Published(on),
        (None, Some((ArrivalStep::SentBack, on))) => Arrived::SentBack(on),
        (None, Some((ArrivalStep::TakenBack, on))) => Arrived::TakenBack(on),
        (None, Some((ArrivalStep::SetAside, on))) => Arrived::SetAside(on),
        (None, None | Some((ArrivalStep::ReceivedAgain, _))) => Arrived::BeingRead,
    }
}

/// The heading of a recommendation.
pub fn title(recommendation: &Recommendation) -> String {
    match &recommendation.title {
        Some(Words::Said(title)) => title.clone(),
        Some(Words::Withheld(on)) => {
            format!("Recommendation {}: {}", recommendation.number, words::withheld_inside(*on))
        }
        None => words::title(&recommendation.number, None),
    }
}

/// Its number and title, with its page.
pub fn recommendation(one: &Recommendation) -> Link {
    let words = match &one.title {
        Some(Words::Said(title)) => format!("{}. {title}", one.number),
        _ => title(one),
    };
    Link::new(address::recommendation(one.inquiry.slug.as_str(), &one.number), words)
}

/// The same after the word "recommendation": `4. Buoys`, `4, words withheld on 3 March 2027`, `4, not transcribed yet`.
pub fn numbered(one: &Recommendation) -> Link {
    let words = match &one.title {
        Some(Words::Said(title)) => format!("{}. {title}", one.number),
        Some(Words::Withheld(on)) => format!("{}, {}", one.number, words::withheld_inside(*on)),
        None => words::by_number_untitled(&one.number),
    };
    Link::new(recommendation(one).href, words)
}

/// The same with its inquiry before it, where a list holds several.
pub fn recommendation_of(one: &Recommendation) -> Link {
    let link = recommendation(one);
    Link::new(link.href, format!("{}, {}", one.inquiry.short_title, link.words))
}

/// An inquiry, with its page.
pub fn inquiry(inquiry: &InquiryName) -> Link {
    Link::new(address::inquiry(inquiry.slug.as_str()), inquiry.short_title.clone())
}

/// A body, with its page.
pub fn body(body: &BodyName) -> Link {
    Link::new(address::body(body.slug.as_str()), body.name.clone())
}

/// A theme, with its page.
pub fn theme(theme: &Theme) -> Link {
    Link::new(address::theme(theme.slug.as_str()), capital(&theme.name))
}

/// A body by its short name, with its answer's page.
pub fn answer(of: &Recommendation, body: &BodyName) -> Link {
    Link::new(address::answer(of.inquiry.slug.as_str(), &of.number, body.slug.as_str()), body.short())
}

/// Who answered when a date passed, where that was not, or may not have been, the body that answers now.
pub fn answered_then(path: &Path, day: Day) -> Option<String> {
    match path.on(day) {
        Then::Now => None,
        Then::Earlier(body) => Some(words::fell_due_while(&body.name)),
        Then::NotKnown(any) => {
            Some(words::fell_due_of_either(&any.iter().map(|body| body.name.as_str()).collect::<Vec<_>>()))
        }
    }
}

/// Who spoke for an answer on a day: the body asked, or the one that had taken over by then; nobody where that is not certain.
pub fn speaker<'n>(asked: &'n BodyName, path: Option<&'n Path>, spoke: Happened) -> Option<&'n BodyName> {
    let Some(path) = path else { return Some(asked) };
    match path.on(spoke.exact()?) {
        Then::Now => Some(&path.now),
        Then::Earlier(body) => Some(body),
        Then::NotKnown(_) => None,
    }
}

/// A word of ours as the beginning of a line.
pub fn capital(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// A source outside: a link only where its address is one of the web.
pub fn source(url: Option<&str>) -> Option<Link> {
    let url = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"))?;
    let host = url.split("//").nth(1)?.split(['/', '?', '#']).next()?;
    Some(Link::new(url, host.trim_start_matches("www.")))
}

/// How far an update was compared. Of what is withheld it is not said what it rests on.
pub fn update_compared(row: &Update, source: Option<&Link>) -> Option<String> {
    let checked = row.checked.filter(|_| !matches!(row.words, Some(Words::Withheld(_))))?;
    let as_sent = row.from_body && source.is_none();
    Some(if as_sent { words::AS_SENT_IN.to_owned() } else { compared(source, checked) })
}

/// How far a claim was compared; where no link stands beside it, that none is recorded.
pub fn compared(source: Option<&Link>, checked: Checked) -> String {
    source.map_or_else(|| words::claim_unlinked(checked), |_| words::claim_checked(checked).to_owned())
}

/// A date that may not be exact; nothing where it is not known.
pub fn when(happened: Happened) -> Option<When> {
    happened.day.map(|day| When::new(day.to_string(), words::happened_bare(happened)))
}

/// A date.
pub fn on(day: Day) -> When {
    When::new(day.to_string(), words::day(day))
}

/// What the body answered; once a deadline that the register heard has passed with nothing, that.
pub fn response_tag(answer: &Answer, details: &Details, today: Day) -> Tag {
    match details.missed(answer, DeadlineKind::Response, today) {
        Some(due) if !answer.response.value.is_answer() => words::no_response_by(due),
        _ => words::response(answer.response.value),
    }
}

/// The four facts of an answer as tags, in their order.
pub fn tags(answer: &Answer, details: &Details, assessor: &str, today: Day) -> Vec<FactRow> {
    let row = |fact, tag| FactRow { heading: words::fact(fact, assessor), tag, ..FactRow::default() };
    let block = answer.response.value.is_answer() && answer.response_basis == Some(Basis::Block);
    vec![
        FactRow {
            mark: block.then_some(words::WITH_ALL_OTHERS),
            ..row(Fact::Response, response_tag(answer, details, today))
        },
        FactRow {
            age: words::tag_age(answer.reported.when).filter(|_| answer.reported.value != Reported::NotReported),
            ..row(Fact::Reported, words::reported(answer.reported.value))
        },
        FactRow {
            age: words::tag_age(answer.assessed.when).filter(|_| answer.assessed.value != Assessed::NotAssessed),
            mark: answer.is_not_looked_at_lately(today).then_some(words::NOT_LOOKED_AT_LATELY),
            ..row(Fact::Assessed, words::assessed(answer.assessed.value))
        },
        row(Fact::Lifecycle, words::lifecycle(answer.lifecycle.value, answer.closure)),
    ]
}

/// A plan in one line; that its words are out of sight, where they are.
pub fn plan(plan: &Deadline) -> String {
    let Some(by) = plan.due_on else { return words::PLAN_TAKEN_BACK.to_owned() };
    match (&plan.plan, &plan.reason) {
        (Some(said), _) => words::plan(&said.owner, &said.action, by),
        (None, Some(Words::Withheld(taken))) => format!("{}. {}", words::plan_for(by), words::withheld_on(*taken)),
        (None, _) => words::plan_for(by),
    }
}

/// What a body asked for, and what was decided; without its name where that stands before it.
pub fn asked_for_later(ask: Option<&Asked>, body: Option<String>, on: Day) -> String {
    ask.map_or_else(String::new, |ask| {
        let decision = words::ask_decision(ask.decision, ask.decided_by.as_deref());
        let asked = match body {
            Some(body) => words::asked_for_later(&body, on, ask.wanted_on, ask.instead_of),
            None => words::asked_for_later_bare(on, ask.wanted_on, ask.instead_of),
        };
        format!("{asked}. {decision}")
    })
}

/// What was asked for on a day and is not decided, by whoever answered on that day; without a name where that is not certain.
pub fn waits_for_later(
    asked: &BodyName,
    path: Option<&Path>,
    (on, wanted): (Day, Day),
    instead_of: Option<Day>,
) -> String {
    match speaker(asked, path, Happened::on(on)) {
        Some(body) => words::asked_for_later(body.short(), on, wanted, instead_of),
        None => words::asked_for_later_bare(on, wanted, instead_of),
    }
}

/// What a date says, in a line by which a form names it.
pub fn date_line(row: &Deadline) -> String {
    match (row.kind, row.due_on, row.act) {
        (DeadlineKind::Target, Some(on), _) => words::target(on, row.setter()),
        (DeadlineKind::Target, None, _) => words::target_taken_back(row.replaces.flatten(), row.setter()),
        (_, due, Some((act, on))) => words::deadline_act(act, on, due),
        (kind, Some(on), None) => words::due(kind, on),
        (kind, None, None) => format!("{}: {}", words::deadline_kind(kind), words::TAKEN_BACK),
    }
}

/// The sentence of a date that puts a wrong entry right, or takes it out.
pub fn date_corrected(row: &Deadline) -> String {
    let right = (!row.only_takes_back()).then(|| date_line(row));
    date_put_right(row.kind, right, row.corrects)
}

/// The same from what is right, where anything is, and what was recorded instead.
pub fn date_put_right(kind: DeadlineKind, right: Option<String>, wrong: Option<WrongDate>) -> String {
    let (was, act) = wrong.map_or((None, None), |wrong| (wrong.was, wrong.act));
    match (right, act) {
        (Some(right), Some((act, on))) => words::act_put_right(&right, &words::deadline_act(act, on, was)),
        (Some(right), None) => words::date_put_right(&right, was),
        (None, Some((act, on))) => words::act_taken_out(act, on),
        (None, None) => format!("{}: {}", words::deadline_kind(kind), words::NO_SUCH_DATE),
    }
}

/// Whether a date holds words that can be withheld.
pub const fn has_words(row: &Deadline) -> bool {
    row.reason.is_some()
        || row.set_by_words.is_some()
        || row.owed_to.is_some()
        || row.agreed_by.is_some()
        || row.plan.is_some()
}

/// Words, or since when they are out of sight.
pub fn read(words: &Words) -> String {
    match words {
        Words::Said(words) => words.clone(),
        Words::Withheld(taken) => words::withheld_on(*taken),
    }
}

/// The report in another format; of what is withheld no address is known.
pub fn format(link: &FormatLink) -> Link {
    Link::new(link.url.clone(), read(&link.label))
}

/// Where a recommendation stands in its inquiry, which holds so many; a part, where its whole stands.
pub fn place(one: &Recommendation, all: u64) -> String {
    let inquiry = &one.inquiry.short_title;
    match (&one.part_of, one.letter()) {
        (Some(whole), Some(letter)) => words::place_of_part(inquiry, whole, all, letter),
        _ => words::place(inquiry, &one.number, all),
    }
}

/// What a part is a part of, with its page.
pub fn whole(one: &Recommendation) -> Option<Link> {
    let whole = one.part_of.as_ref()?;
    Some(Link::new(address::recommendation(one.inquiry.slug.as_str(), whole), format!("Recommendation {whole}")))
}

/// A recommendation as a row of a list, with those who were asked.
pub fn row(one: &Recommendation, answers: &[Answer], details: &Details, assessor: &str, today: Day) -> row::Row {
    let standing = one.standing();
    let is_unknown = !answers.iter().any(Answer::is_counted) && standing.all() == 0 && !one.in_error;
    let lines = [one.part_of.as_deref().map(words::part_of), is_unknown.then(|| words::ADDRESSEE_NOT_KNOWN.to_owned())];
    row::Row {
        title: recommendation(one),
        line: lines.into_iter().flatten().collect::<Vec<_>>().join(". "),
        marked: Vec::new(),
        found: Vec::new(),
        whose: None,
        parts: words::parts_standing(&standing),
        warning: words::warning(one.checked).map(str::to_owned),
        held: None,
        // What is followed in the parts is told there, and on the page of the whole.
        family: None,
        answers: answers
            .iter()
            .filter(|put| put.is_counted() || put.is_in_error())
            .map(|put| row::Answer {
                body: answer(one, &put.body),
                of: words::by_number(&one.number),
                doubt: words::asked_in_doubt(put.checked),
                facts: tags(put, details, assessor, today),
            })
            .collect(),
    }
}

/// What can be said of a family, with its page.
pub fn family(family: &Family) -> Link {
    Link::new(address::family(family.slug.as_str()), words::family_standing(&family.standing))
}

/// "Published by an overseer of this register".
pub fn published_by(change: &Change) -> String {
    match change.kind {
        ChangeKind::Load => words::change_kind(change.kind).to_owned(),
        _ => words::published_by(change.role, change.body.as_ref().map(|body| body.short())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert_eq!(source(Some("https://www.example.org/a?b")).unwrap().words, "example.org");
        for bad in ["javascript:alert(1)", "data:text/html,x", "//example.org", ""] {
            assert_eq!(source(Some(bad)), None, "{bad}");
        }
    }
}
