//! What no register file can say, done by people through the program's own deeds: returns that an overseer publishes, what bodies say
//! in reports, findings with a second person, families. For one recommendation in twenty, a thousand at most.

use std::time::Instant;

use secrecy::SecretString;

use followthrough::clock::{Chance, Clock};
use followthrough::demo::{PASSWORD, SITE_NAME};
use followthrough::domain::assessed::Assessed;
use followthrough::domain::checked::Checked;
use followthrough::domain::filing::{Finding, Proposal, ReturnFiled};
use followthrough::domain::id::{AddresseeId, RecommendationId};
use followthrough::domain::licence::{Language, Licence, Rights};
use followthrough::domain::moment::{Happened, Moment};
use followthrough::domain::person::{Actor, Reach};
use followthrough::domain::problem::Problems;
use followthrough::domain::publication::FourQuestions;
use followthrough::domain::reported::Reported;
use followthrough::domain::text::Slug;
use followthrough::domain::tie::TieKind;
use followthrough::domain::token::Token;
use followthrough::server::Opened;
use followthrough::service::{
    self, Act, FileReturn, Invite, Invited, MakeAccount, MakeFirst, Propose, Publish, RecordReported, Returned, SetTie,
    Target, TiedTo, Wanted,
};
use followthrough::store::{self, addressee, filing, person, recommendation};

use crate::chance::{Chance as Row, SEED};
use crate::plan::{Plan, bodies, is_national, item};
use crate::words::sentences;
use crate::{Fault, zone};

/// One recommendation in so many has a history of deeds.
const ONE_IN: usize = 20;
/// And so many have at most.
const MOST: usize = 1_000;
/// When people begin.
const BEGUN_AT: &str = "2026-10-12T09:00:00Z";
/// How many overseers there are. Two act here; the others write while the crowd reads.
pub const OVERSEERS: usize = 8;

const RIGHTS: Rights = Rights { language: Some(Language::English), licence: Some(Licence::Quoted) };

/// The address of an overseer, from 1.
pub fn overseer(number: usize) -> String {
    format!("overseer-{number}@ashgrove.example")
}

struct Stage<'a> {
    opened: &'a Opened,
    clock: &'a Clock,
    chance: Chance,
    refused: Vec<String>,
    done: usize,
}

/// One answer: the recommendation, its row, and the rows of the answer as a form has them.
#[derive(Clone, Copy)]
struct Answer {
    recommendation: RecommendationId,
    version: i64,
    addressee: AddresseeId,
    answer_version: i64,
}

/// Lets people act, and says how many deeds there were. What the program's rules refuse is counted too: it is no fault of the bench's
/// that a rule has come since, but somebody should look.
pub fn played(opened: &Opened, plan: Plan, clock: &Clock) -> Result<String, Fault> {
    let begun = Instant::now();
    clock.set(BEGUN_AT.parse::<Moment>().map_err(|fault| fault.to_string())?);
    let chance = Chance::seeded(SEED + 1);
    let mut stage = Stage { opened, clock, chance, refused: Vec::new(), done: 0 };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let recommendations = (plan.size / ONE_IN).min(MOST);
    runtime.block_on(async {
        stage.people().await?;
        let [first, second] = [stage.actor(&overseer(1))?, stage.actor(&overseer(2))?];
        let mut row = Row::of(&[6]);
        for _ in 0..recommendations {
            stage.history(plan, &mut row, first, second).await?;
        }
        Ok::<_, Fault>(())
    })?;
    let Stage { done, refused, .. } = stage;
    let mut said = format!(
        "Then {done} deeds about {recommendations} of them in {:.1} s, each in a transaction of its own.",
        begun.elapsed().as_secs_f64()
    );
    if let Some(first) = refused.first() {
        said.push_str(&format!(" {} were refused, the first so: {first}.", refused.len()));
    }
    said.push('\n');
    Ok(said)
}

impl Stage<'_> {
    async fn people(&self) -> Result<(), Fault> {
        let link = Token::new(self.chance.bytes());
        self.opened.service.first_administrator(&link, self.clock.now())?;
        let first = MakeFirst {
            email: "administrator@ashgrove.example".to_owned(),
            name: "Ashgrove Administrator".to_owned(),
            reference: self.reference(),
        };
        self.opened.service.make_first_administrator(self.account(&link), first).await?;
        for number in 1..=OVERSEERS {
            self.invited(&overseer(number), "overseer", "").await?;
        }
        for body in bodies(0).iter().enumerate().filter(|(number, _)| is_national(*number)).map(|(_, body)| body) {
            self.invited(&contributor(&body.slug), "contributor", &body.slug).await?;
        }
        Ok(())
    }

    async fn invited(&self, email: &str, role: &str, body: &str) -> Result<(), Fault> {
        let token = Token::new(self.chance.bytes());
        let invite = Invite {
            email: email.to_owned(),
            name: format!("Ashgrove {role}"),
            role: role.to_owned(),
            body: body.to_owned(),
            chance: Invited { person: self.reference(), mail: self.reference(), token: token.clone() },
        };
        self.opened.service.invite_by_hand(&invite, self.clock.now())?;
        self.opened.service.accept_invitation(self.account(&token)).await?;
        Ok(())
    }

    fn account(&self, link: &Token) -> MakeAccount {
        MakeAccount {
            link: link.hash(),
            password: SecretString::from(PASSWORD),
            context: vec![SITE_NAME.to_owned()],
            salt: self.chance.bytes(),
            token: Token::new(self.chance.bytes()),
            now: self.clock.now(),
        }
    }

    fn reference(&self) -> String {
        self.chance.bytes::<10>().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn actor(&self, email: &str) -> Result<Actor, Fault> {
        let email = email.parse::<followthrough::domain::email::Email>().map_err(|fault| fault.to_string())?;
        let found = self.opened.reader.read_now(|tx| person::find_by_email(tx, &email))?;
        let found = found.ok_or("nobody has this address")?;
        Ok(Actor { person: found.id, role: found.role, body: found.body, reach: Reach::EVERYWHERE })
    }

    /// Somebody at a form. A minute passes with each.
    fn act(&self, actor: Actor) -> Act {
        let now = self.clock.now().plus_seconds(60);
        self.clock.set(now);
        Act {
            actor,
            now,
            day: now.day_in(&zone()),
            key: None,
            fresh: self.reference(),
            questions: FourQuestions::ALL_YES,
            faults: Problems::none(),
        }
    }

    fn answer(&self, inquiry: &Slug, number: &str, body: &Slug) -> Result<Answer, store::Error> {
        self.opened.reader.read_now(|tx| {
            let found = recommendation::find(tx, inquiry, number)?.recommendation;
            let answer = addressee::find(tx, found.id, body)?;
            Ok(Answer {
                recommendation: found.id,
                version: found.version,
                addressee: answer.id,
                answer_version: answer.version,
            })
        })
    }

    fn count<T>(&mut self, deed: &str, result: Result<T, service::Error>) -> Option<T> {
        match result {
            Ok(done) => {
                self.done += 1;
                Some(done)
            }
            Err(fault) => {
                self.refused.push(format!("{deed}: {fault}"));
                None
            }
        }
    }

    /// What became of one recommendation of the plan at one of the bodies asked.
    async fn history(&mut self, plan: Plan, row: &mut Row, first: Actor, second: Actor) -> Result<(), Fault> {
        let (inquiry, number) = plan.any(row);
        let item = item(inquiry.index, number, 0);
        let all = bodies(inquiry.file);
        let asked = *row.pick(&item.bodies);
        let (slug, body) = (Slug::from_words(&inquiry.slug), Slug::from_words(&all[asked].slug));
        let number = number.to_string();
        let at = |stage: &Self| stage.answer(&slug, &number, &body);
        let happened = Happened::on(self.clock.now().day_in(&zone()).plus_days(-7));

        let answer = at(self)?;
        let length = row.between(20, 80);
        let said = RecordReported {
            addressee: answer.addressee,
            version: answer.answer_version,
            value: Reported::UnderWay,
            happened,
            words: Some(sentences(row, length)),
            their_word: None,
            reason: None,
            source_url: Some("https://ashgrove.example/annual-report".to_owned()),
            checked: Checked::Source,
            corrects: None,
            correction: None,
            rights: RIGHTS,
        };
        let done = self.opened.service.record_reported(self.act(first), said).await;
        self.count("record what a body says", done);

        if is_national(asked) {
            let filer = self.actor(&contributor(&all[asked].slug))?;
            let answer = at(self)?;
            let length = row.between(20, 120);
            let update = ReturnFiled {
                value: Reported::InPlace,
                happened,
                words: sentences(row, length),
                reason: None,
                source_url: None,
                rights: RIGHTS,
                target: None,
            };
            let returned = Returned::Update(update);
            let act = self.act(filer);
            let reference = act.fresh.clone();
            let command = FileReturn { addressee: answer.addressee, version: answer.answer_version, returned };
            let done = self.opened.service.file_return(act, command).await;
            if self.count("file a return", done).is_some() {
                self.publishes(first, reference).await?;
            }
        }

        let answer = at(self)?;
        let length = row.between(20, 100);
        let finding = Finding {
            value: Assessed::OnCourse,
            happened: Happened::on(self.clock.now().day_in(&zone())),
            words: sentences(row, length),
            source_url: None,
            corrects: None,
            correction: None,
            decided: None,
        };
        let target = Target::Answer(answer.addressee, answer.answer_version);
        let act = self.act(first);
        let reference = act.fresh.clone();
        let command = Propose { target, proposal: Proposal::Assessment(finding) };
        let done = self.opened.service.propose(act, command).await;
        if self.count("hand a finding in", done).is_some() {
            self.publishes(second, reference).await?;
        }

        // What both ask for is said only of two that were compared with their sources.
        let (other, theirs) = plan.any(row);
        let compared = |item: &crate::plan::Item| item.checked == "source";
        if other.index != inquiry.index && compared(&item) && compared(&crate::plan::item(other.index, theirs, 0)) {
            let answer = at(self)?;
            let command = SetTie {
                recommendation: answer.recommendation,
                version: answer.version,
                to: TiedTo::Named(Slug::from_words(&other.slug), theirs.to_string()),
                wanted: Wanted::Kind(Some(TieKind::SameFailing)),
                reason: Some("Both are about the same landing stage.".to_owned()),
            };
            let done = self.opened.service.set_tie(self.act(first), command).await;
            self.count("link two recommendations", done);
        }
        Ok(())
    }

    async fn publishes(&mut self, actor: Actor, reference: String) -> Result<(), Fault> {
        let version = self.opened.reader.read_now(|tx| filing::find(tx, &reference))?.version;
        let command = Publish { reference, version, evidence: Vec::new(), draft_accepted: false };
        let done = self.opened.service.publish(self.act(actor), command).await;
        self.count("publish", done);
        Ok(())
    }
}

fn contributor(body: &str) -> String {
    format!("contributor-of-{body}@ashgrove.example")
}
