//! The two sides of a filing's page, line by line: what stands now, and what is proposed.

use crate::domain::filing::Proposal;
use crate::domain::record::FactValue;
use crate::domain::words;
use crate::store::addressee::Answer;
use crate::store::recommendation::Recommendation;
use crate::store::update::Update;
use crate::store::withheld::Words;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;

/// One thing that is said, with its heading.
pub struct Line {
    /// The heading.
    pub name: &'static str,
    /// What is said, a paragraph each.
    pub said: Vec<String>,
    /// Where it leads, if it is an address of the web.
    pub href: Option<String>,
}

impl Line {
    fn new(name: &'static str, said: &str) -> Self {
        let said = said.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
        Self { name, said, href: None }
    }

    fn link(name: &'static str, url: &str) -> Self {
        Self { href: Some(url.to_owned()), ..Self::new(name, url) }
    }
}

/// Lines, of which those that have nothing to say are left out.
#[derive(Default)]
struct Lines(Vec<Line>);

impl Lines {
    fn say(mut self, name: &'static str, said: Option<&str>) -> Self {
        self.0.extend(said.filter(|said| !said.trim().is_empty()).map(|said| Line::new(name, said)));
        self
    }

    fn source(mut self, url: Option<&str>) -> Self {
        self.0.extend(url.map(|url| Line::link("Where it can be read", url)));
        self
    }

    fn published(self, name: &'static str, words: Option<&Words>) -> Self {
        match words {
            Some(Words::Withheld(on)) => self.say(name, Some(&words::withheld_on(*on))),
            said => self.say(name, said.and_then(Words::said)),
        }
    }
}

/// A body's update as it was sent, whatever is wrong with it.
pub fn written(sent: &Sent) -> Vec<Line> {
    let value = sent.get("value");
    let said = value.parse().map_or_else(|_| value.into(), |value| words::reported(value).words);
    let typed = |name: &str| ["day", "month", "year"].map(|part| sent.get(&format!("{name}_{part}"))).join(" ");
    let (day, target) = (typed("happened"), typed("target"));
    let lines = Lines::default()
        .say("Where it stands now", Some(&said))
        .say("Since when", Some(&day))
        .say("What was done", Some(sent.get("words")))
        .say("Why it stopped", Some(sent.get("reason")))
        .say("Target date", Some(&target))
        .say("Where it can be read", Some(sent.get("source_url")))
        .say("Licence", words::rights(Reading::of(sent).rights()).as_deref());
    lines.0
}

/// What a filing proposes.
pub fn proposed(proposal: &Proposal) -> Vec<Line> {
    let lines = Lines::default();
    let lines = match proposal {
        Proposal::Return(filed) => lines
            .say("What the body says", Some(&words::reported_line(filed.value, filed.happened)))
            .say("In its words", Some(&filed.words))
            .say("Why it stopped", filed.reason.as_deref())
            .say("Target date", filed.target.map(words::day).as_deref())
            .say("Licence", words::rights(filed.rights).as_deref())
            .source(filed.source_url.as_deref()),
        Proposal::NoChange => lines.say("What the body says", Some(words::NIL_RETURN)),
        Proposal::Assessment(finding) => lines
            .say("Finding", Some(&words::assessed_line(finding.value, finding.happened)))
            .say("What it rests on", Some(&finding.words))
            .say("Who decided it", finding.decided.as_ref().map(words::decided).as_deref())
            .source(finding.source_url.as_deref()),
        Proposal::Closure(closing) => lines
            .say("Open or closed", Some(&words::lifecycle_line(closing.value, closing.closure, closing.happened)))
            .say("Why", Some(&closing.reason))
            .say("How it was shown", closing.shown.as_deref())
            .say(
                "Finding",
                closing.found.as_ref().map(|it| words::assessed_line(it.value, closing.happened)).as_deref(),
            )
            .say("What it rests on", closing.found.as_ref().map(|found| found.words.as_str()))
            .source(closing.source_url.as_deref()),
        Proposal::Reply(filed) => {
            let lines = lines.say("When", Some(&words::day(filed.on))).say("What the body replies", Some(&filed.words));
            lines.say("Licence", words::rights(filed.rights).as_deref())
        }
        Proposal::Wording(wording) => lines
            .say("Title", Some(&wording.title))
            .say("Words", Some(&wording.text))
            .say("How far compared", Some(words::entry_checked(wording.text_kind, wording.checked)))
            .say("Compared on", Some(&words::day(wording.compared_on)))
            .say("Licence", words::rights(wording.rights).as_deref())
            .say("Why they change", Some(&wording.reason))
            .source(wording.source_url.as_deref()),
    };
    lines.0
}

/// What stands now, for the same things; of a reply, `judged` is what it answers.
pub fn stands(
    proposal: &Proposal,
    recommendation: &Recommendation,
    answer: Option<&Answer>,
    update: Option<&Update>,
    judged: Option<&str>,
) -> Vec<Line> {
    let lines = Lines::default();
    let Some(answer) = answer else {
        return lines
            .published("Title", recommendation.title.as_ref())
            .published("Words", recommendation.text.as_ref())
            .say("How far compared", Some(words::entry_checked(recommendation.text_kind, recommendation.checked)))
            .say("Compared on", recommendation.compared_on.map(words::day).as_deref())
            .say("Licence", words::rights(recommendation.rights).as_deref())
            .source(recommendation.source_url.as_deref())
            .0;
    };
    let (name, line, own) = match proposal {
        Proposal::Return(_) | Proposal::NoChange => {
            ("What the body says", words::reported_line(answer.reported.value, answer.reported.when), "In its words")
        }
        Proposal::Reply(_) => {
            return lines.say("What it answers", judged).0;
        }
        Proposal::Assessment(_) => {
            ("Finding", words::assessed_line(answer.assessed.value, answer.assessed.when), "What it rests on")
        }
        Proposal::Closure(_) | Proposal::Wording(_) => {
            let life = &answer.lifecycle;
            ("Open or closed", words::lifecycle_line(life.value, answer.closure, life.when), "Why")
        }
    };
    let closing = matches!(update.map(|update| &update.value), Some(FactValue::Lifecycle(..)));
    lines
        .say(name, Some(&line))
        .published(own, update.and_then(|update| update.words.as_ref()))
        .published(if closing { "Why" } else { "Why it stopped" }, update.and_then(|update| update.reason.as_ref()))
        .say("Licence", update.and_then(|update| words::update_rights(update.rights)).as_deref())
        .source(update.and_then(|update| update.source_url.as_deref()))
        .0
}
