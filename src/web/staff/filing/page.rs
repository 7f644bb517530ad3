//! The page of a filing.

use askama::Template;

use super::form::{self, ReturnFields};
use super::read::Read;
use super::side::{self, Line};
use crate::domain::access::Refusal;
use crate::domain::address;
use crate::domain::filing::{FilingKind, FilingState, Proposal};
use crate::domain::moment::Day;
use crate::domain::person::Role;
use crate::domain::problem::Problems;
use crate::domain::publication;
use crate::domain::words;
use crate::service;
use crate::store::accuracy::Check;
use crate::store::body::BodyName;
use crate::store::duty::Colleague;
use crate::store::filing::StepRow;
use crate::store::present::Holder;
use crate::store::withheld::Words;
use crate::web::actor::Staff;
use crate::web::form::{Choice, ChoiceField, Field, FourQuestions, Keys};
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::evidence;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// What the register's own people are called where a body's people read it.
const OFFICE: &str = "the register’s office";

/// The page.
#[derive(Template)]
#[template(path = "staff/filing/show.html")]
pub(super) struct ShowPage {
    pub shell: Shell,
    pub problems: Problems,
    pub place: String,
    pub heading: String,
    pub links: Vec<Link>,
    pub state: &'static str,
    pub handed_in: Option<String>,
    pub stands: Vec<Line>,
    pub proposed: Vec<Line>,
    pub steps: Vec<Step>,
    /// The public sentence that it will produce.
    pub preview: Option<String>,
    /// Of a finding that its body was shown: until when it is with it, or what became of that.
    pub with_body: Option<WithBody>,
    /// Why this person cannot publish it.
    pub why_not: Option<String>,
    /// That it waits for the end of a hold.
    pub held: Option<String>,
    /// When of an update what becomes public.
    pub rule: &'static str,
    pub published: Option<String>,
    pub publish: Option<FourQuestions>,
    pub send_back: Option<Field>,
    /// That it waits for the body's own sign-off, or will go there.
    pub sign_off: Option<String>,
    /// Whether this person may sign it off; the comment with which it goes back to its author instead.
    pub signs_off: Option<Field>,
    /// Whether it was in before, so that its first day counts.
    pub came_before: bool,
    pub rewrite: Option<ReturnFields>,
    /// Whether this person may take it back.
    pub may_withdraw: bool,
    /// The evidence that was attached to it.
    pub evidence: Vec<Link>,
    /// Those pieces of it that can be published with it.
    pub with: Option<ChoiceField>,
    /// Of a finding on which the decision is a draft: that it is published all the same.
    pub draft: Option<ChoiceField>,
    /// Where evidence is attached to it.
    pub attach: Option<String>,
    /// What is to be known of attaching: that it goes with the update, or why this person cannot.
    pub attaching: Option<&'static str>,
    /// Whether it is an update, whose arrival is public.
    pub is_update: bool,
    /// What this person wrote, where it cannot be sent any more.
    pub written: Vec<Line>,
    /// Somebody else did something with it while this person looked at it.
    pub stale: bool,
    /// Whether a body's person looks at an update that is being read, and can do nothing with it.
    pub waits_for_reader: bool,
    /// Its own address, which its forms send to: a page that shows faults stands at another.
    pub here: String,
    pub keys: Keys,
}

/// A finding and its body.
pub(super) struct WithBody {
    /// Until when it is with the body, or what the body did.
    pub line: String,
    /// Who was told, and when.
    pub told: String,
    /// Where nobody could be told: where a letter or a call is logged.
    pub chases: Option<String>,
    /// What the body replied.
    pub reply: Vec<String>,
}

impl WithBody {
    fn new(check: &Check, today: Day, body: Option<&BodyName>, corrects: bool) -> Self {
        let replied = check.reply.as_ref().map(|reply| (reply.on, reply.said()));
        let line = if check.period.runs_on(today) {
            words::with_body_until(check.period.until)
        } else if corrects && replied.is_none() {
            // What it replied to the finding that this corrects stands beside that one.
            words::correction_unanswered(check.period.until)
        } else {
            words::checked_by_body(check.period.until, replied)
        };
        let told = check.told.unsigned_abs();
        let words = check.reply.as_ref().and_then(|reply| reply.words.as_deref()).unwrap_or_default();
        Self {
            line,
            told: words::told_by_mail(told, check.period.sent_on),
            chases: body.filter(|_| told == 0).map(|body| address::chases(body.slug.as_str())),
            reply: words.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
        }
    }
}

/// One step in its life.
pub(super) struct Step {
    pub line: String,
    pub comment: Vec<String>,
}

impl ShowPage {
    pub fn new(state: &State, staff: &Staff, shell: Shell, keys: Keys, read: Read) -> Self {
        let Read { filing, author, recommendation, answer, .. } = &read;
        let zone = &state.site.zone;
        let title = match &recommendation.title {
            Some(Words::Withheld(on)) => words::withheld_on(*on),
            title => words::title(&recommendation.number, title.as_ref().and_then(Words::said)),
        };
        let (inquiry, number) = (recommendation.inquiry.slug.as_str(), recommendation.number.as_str());
        let body = answer.as_ref().map(|answer| &answer.body);
        let kind = words::filing_kind(filing.proposal.kind());
        let waiting = filing.state == FilingState::Submitted;
        let publishes = waiting && staff.actor.role.oversees() && filing.proposal != Proposal::NoChange;
        let own = staff.actor.role == Role::Contributor;
        let for_sign_off = own && filing.state == FilingState::ForSignOff;
        let signer = read.signer.as_ref().filter(|signer| signer.person != staff.actor.person);
        // Until then nobody may publish it, so there is no button for it.
        let with_body = read.check.as_ref().is_some_and(|check| check.period.runs_on(staff.today));
        let assessor = read.assessor.clone().unwrap_or_else(|| "This register’s operator".to_owned());
        let heading = format!("{kind}: {title}");
        Self {
            problems: Problems::none(),
            place: words::item(
                Some(&recommendation.inquiry.short_title),
                Some(number),
                body.map(|body| body.name.as_str()),
            ),
            links: links(staff.actor.role, inquiry, number, body.map(|body| body.slug.as_str())),
            state: words::filing_state(filing.state),
            handed_in: filing.submitted_at.map(|at| words::handed_in(at, zone, author)),
            stands: side::stands(
                &filing.proposal,
                recommendation,
                answer.as_ref(),
                read.stands.as_ref(),
                read.judged.as_deref(),
            ),
            proposed: side::proposed(&filing.proposal),
            steps: read.steps.iter().map(|step| Step::new(step, zone, staff.actor.role)).collect(),
            preview: (!matches!(filing.state, FilingState::Published | FilingState::Draft))
                .then(|| words::published_as(&filing.proposal, &assessor)),
            why_not: read.publishing.err().filter(|_| publishes).map(why_not),
            published: filing.published_seq.map(address::change),
            with_body: read
                .check
                .as_ref()
                .map(|check| WithBody::new(check, staff.today, body, read.filing.proposal.corrects().is_some())),
            // Nor while a hold is in force.
            rule: if read.held.is_some() { words::RETURN_RULE_HELD } else { words::RETURN_RULE },
            held: read.held.filter(|_| publishes).map(words::waits_under),
            publish: (publishes && !with_body && read.held.is_none() && read.publishing.is_ok())
                .then(|| Sent::default().questions(&Problems::none())),
            // Nobody needs to write to themselves: the author takes it back below.
            send_back: (publishes && read.may_send_back && filing.author != staff.actor.person)
                .then(|| comment(&Sent::default(), &Problems::none())),
            sign_off: sign_off(for_sign_off, read.may_rewrite, signer),
            signs_off: (for_sign_off && signer.is_none()).then(|| comment(&Sent::default(), &Problems::none())),
            came_before: filing.submitted_at.is_some(),
            rewrite: read.may_rewrite.then(|| form::ReturnFields::new(&rewritten(&read), &Problems::none())),
            may_withdraw: read.may_withdraw,
            evidence: evidence::list(&read.exhibits, staff),
            with: with(staff, &read),
            attaching: match (read.past_signer, own && filing.is_with_its_body() && read.may_attach) {
                (true, _) => Some(words::EVIDENCE_TO_SIGNER),
                (_, true) => Some(words::EVIDENCE_WITH_UPDATE),
                _ => None,
            },
            is_update: filing.proposal.kind() == FilingKind::Return,
            draft: filing.proposal.is_draft_decision().then(|| draft(&Sent::default(), &Problems::none())),
            attach: body.filter(|_| read.may_attach).map(|body| {
                let item = address::staff_answer(inquiry, number, body.slug.as_str());
                format!("{item}/evidence?filing={}", filing.reference)
            }),
            written: Vec::new(),
            stale: false,
            waits_for_reader: waiting && staff.actor.role == Role::Contributor,
            here: address::filing(&filing.reference),
            keys: keys.of_version(filing.version),
            shell: shell.titled(heading.clone()).crumb(address::STAFF, "Your work").unlisted(),
            heading,
        }
    }

    /// The page with what was sent and what is wrong with it. A fault of the proposal itself is shown at the proposal.
    pub fn sent(mut self, sent: &Sent, problems: &Problems) -> Self {
        let writes = self.rewrite.is_some();
        let mut placed = Problems::none();
        for problem in problems.iter() {
            let here = writes
                || matches!(problem.field.as_str(), "comment" | "draft")
                || publication::FourQuestions::ASKED.iter().any(|(field, _)| *field == problem.field);
            placed.add(if here { problem.field.as_str() } else { "proposed" }, problem.sentence.clone());
        }
        self.publish = self.publish.map(|_| sent.questions(problems));
        self.with = self.with.map(|with| with.values(&sent.all("with")).checked(problems));
        self.draft = self.draft.map(|_| draft(sent, problems));
        self.send_back = self.send_back.map(|_| comment(sent, problems));
        self.signs_off = self.signs_off.map(|_| comment(sent, problems));
        self.rewrite = self.rewrite.map(|_| ReturnFields::new(sent, problems));
        self.shell = self.shell.faulty(!placed.is_empty());
        self.problems = placed;
        self
    }

    /// The page as it stands after somebody else was first. The ticks are about what was read, so they are asked anew.
    pub fn stale(self, sent: &Sent) -> Self {
        let sent = sent.clone().unconfirmed();
        Self { stale: true, ..self.sent(&sent, &Problems::none()) }
    }
}

/// What its own people read about the body's own sign-off.
fn sign_off(waits: bool, is_written: bool, signer: Option<&Colleague>) -> Option<String> {
    match signer {
        Some(signer) if waits => Some(words::waits_for_sign_off(&signer.name)),
        Some(signer) if is_written => Some(words::signs_off(&signer.name)),
        _ => None,
    }
}

/// The pieces that this person can publish with it: those of which everything needed has been said.
fn with(staff: &Staff, read: &Read) -> Option<ChoiceField> {
    let answer = read.answer.as_ref()?;
    let of = Holder {
        addressee: answer.id,
        recommendation: answer.recommendation_id,
        inquiry: answer.inquiry_id,
        body: answer.answerer.id,
        asked: answer.body.id,
    };
    let ready = read.exhibits.iter().filter(|piece| {
        service::is_ready(piece) && service::may_publish(staff.actor, piece, of, read.second_key).is_ok()
    });
    let choices: Vec<Choice> =
        ready.map(|piece| Choice::new(piece.reference.clone(), piece.said.title.clone().unwrap_or_default())).collect();
    let asked = ChoiceField::new("with", "Which evidence is published with it?", choices);
    (!asked.choices.is_empty()).then(|| asked.hint("What is not chosen stays private. Look through each file first."))
}

/// What is asked of whoever publishes a finding whose decision is a draft.
fn draft(sent: &Sent, problems: &Problems) -> ChoiceField {
    let asked = sent.choices(
        "draft",
        "The decision on this finding is not approved yet",
        [Choice::new("yes", words::DRAFT_ACCEPTED)],
        problems,
    );
    asked.hint("Everybody will read \u{201c}decision in draft\u{201d} beside the finding.")
}

fn rewritten(read: &Read) -> Sent {
    match &read.filing.proposal {
        Proposal::Return(filed) => form::filled(filed),
        _ => Sent::default(),
    }
}

fn comment(sent: &Sent, problems: &Problems) -> Field {
    sent.field("comment", "What should be looked at again?", problems)
        .hint("The author is told by mail that it came back, and reads this here. It is never public.")
        .private()
}

/// The refusal, and what helps.
fn why_not(refusal: Refusal) -> String {
    match refusal {
        Refusal::OwnWork => {
            "You wrote this, so another person must publish it. It stands on their list of what waits for a second person."
                .to_owned()
        }
        other => other.to_string(),
    }
}

fn links(role: Role, inquiry: &str, number: &str, body: Option<&str>) -> Vec<Link> {
    let mut links = vec![match body {
        Some(body) => Link::new(address::answer(inquiry, number, body), "The public page"),
        None => Link::new(address::recommendation(inquiry, number), "The public page"),
    }];
    if role != Role::Contributor {
        links.push(match body {
            Some(body) => Link::new(address::staff_answer(inquiry, number, body), "Everything about this item"),
            None => Link::new(address::staff_recommendation(inquiry, number), "Everything about this item"),
        });
    }
    links
}

impl Step {
    /// Officers of the register are named to each other alone.
    fn new(row: &StepRow, zone: &jiff::tz::TimeZone, reader: Role) -> Self {
        let by_office = matches!(row.state, FilingState::SentBack | FilingState::Published) || row.role.oversees();
        let by = if by_office && reader == Role::Contributor { OFFICE } else { row.name.as_str() };
        let comment = row.comment.iter().flat_map(|words| words.lines()).map(str::to_owned).collect();
        // What was said with it tells what an update that is with its body went through.
        let line = match (row.state, row.comment.is_some(), row.role.oversees()) {
            (FilingState::Draft, true, false) => words::step_to_author(row.at, zone, by),
            (FilingState::Draft | FilingState::ForSignOff, true, true) => words::step_handed_over(row.at, zone, by),
            (state, ..) => words::step(state, row.at, zone, by),
        };
        Self { line, comment }
    }
}
