//! The deeds of the story in short: each fills in a form of the program as a person would and sends it.

use super::Error;
use super::cast::Who;
use super::stage::Stage;
use crate::domain::assessed::Assessed;
use crate::domain::checked::Checked;
use crate::domain::evidence::{EvidenceKind, Rung};
use crate::domain::fairness::{Approval, Decided};
use crate::domain::filing::{Closing, Finding, Proposal, ReturnFiled};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::moment::{Day, Happened};
use crate::domain::record::FactValue;
use crate::domain::reported::Reported;
use crate::domain::response::{Basis, Response};
use crate::service::{
    Agree, Attach, FileReturn, Propose, Publish, PublishEvidence, RecordPlan, RecordReported, RecordResponse, Reply,
    ReplyToFinding, Returned, SetBy, SetSchedule, SetTarget, Target,
};
use crate::store::exhibit::Said;

/// One answer of the story: the recommendation's number and the body's slug.
pub(super) type Item = (&'static str, &'static str);

pub(super) const COUNCIL: &str = "ashgrove-district-council";
pub(super) const HARBOUR: &str = "ashgrove-harbour-authority";
pub(super) const COMPANY: &str = "ashgrove-ferry-company";
pub(super) const AGENCY: &str = "coastal-transport-agency";

/// Words of the body's or the report's own, in English.
pub(super) const RIGHTS: Rights = Rights { language: Some(Language::English), licence: Some(Licence::Quoted) };

pub(super) fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// An address of the fictional world.
pub(super) fn link(path: &str) -> Option<String> {
    Some(format!("https://ashgrove.example/{path}"))
}

/// An empty answer on the form for responses.
pub(super) fn response(value: Response, words: &str) -> RecordResponse {
    RecordResponse {
        addressee: crate::domain::id::AddresseeId(0),
        version: 0,
        value,
        happened: Happened::UNKNOWN,
        basis: Basis::Own,
        words: some(words),
        their_word: None,
        reason: None,
        source_url: link("answers"),
        checked: Checked::Source,
        due_on: None,
        decide_by: None,
        corrects: None,
        correction: None,
        rights: RIGHTS,
        looked_by: None,
    }
}

impl Stage<'_> {
    /// An overseer records what a body answered today.
    pub(super) async fn answers(&mut self, item: Item, said: RecordResponse) -> Result<(), Error> {
        let (addressee, version) = self.item(item.0, item.1).await?;
        let happened = Happened::on(self.today());
        let act = self.act(Who::Overseer);
        let done = self.service().record_response(act, RecordResponse { addressee, version, happened, ..said }).await;
        self.done("record a response", done).map(drop)
    }

    /// An overseer records a plan: whose, what, by when.
    pub(super) async fn plans(&mut self, item: Item, owner: &str, action: &str, on: Day) -> Result<(), Error> {
        let (addressee, version) = self.item(item.0, item.1).await?;
        let command = RecordPlan {
            addressee,
            version,
            taken_back: false,
            owner: some(owner),
            action: some(action),
            on: Some(on),
            reason: None,
            source_url: link("plans"),
            checked: Checked::Source,
        };
        let done = self.service().record_plan(self.act(Who::Overseer), command).await;
        self.done("record a plan", done).map(drop)
    }

    /// An overseer sets or moves the target date of the body's own choosing.
    pub(super) async fn aims(&mut self, item: Item, on: Day, moved: Option<(&str, &str)>) -> Result<(), Error> {
        let (addressee, version) = self.item(item.0, item.1).await?;
        let set_by = SetBy::Body(self.body(item.1).await?);
        let command = SetTarget {
            addressee,
            version,
            on: Some(on),
            corrects: false,
            passed: false,
            wrong: None,
            set_by,
            reason: moved.map(|(why, _)| why.to_owned()),
            agreed_by: moved.map(|(_, who)| who.to_owned()),
            source_url: link("plans"),
            checked: Checked::Source,
        };
        let done = self.service().set_target(self.act(Who::Overseer), command).await;
        self.done("set a target", done).map(drop)
    }

    /// An overseer sets when updates are asked for.
    pub(super) async fn asks_for_updates(&mut self, item: Item, next_on: Day, every: i64) -> Result<(), Error> {
        let (addressee, version) = self.item(item.0, item.1).await?;
        let command =
            SetSchedule { addressee, version, next_on: Some(next_on), every_months: Some(every), reason: None };
        let done = self.service().set_schedule(self.act(Who::Overseer), command).await;
        self.done("set a schedule", done).map(drop)
    }

    /// Somebody of the body files an update; answers the filing's name.
    pub(super) async fn files(
        &mut self,
        who: Who,
        item: Item,
        value: Reported,
        words: &str,
        reason: Option<&str>,
    ) -> Result<String, Error> {
        let (addressee, version) = self.item(item.0, item.1).await?;
        let update = ReturnFiled {
            value,
            happened: Happened::on(self.today().plus_days(-2)),
            words: words.to_owned(),
            reason: reason.map(str::to_owned),
            source_url: None,
            rights: RIGHTS,
            target: None,
        };
        let act = self.act(who);
        let reference = act.fresh.clone();
        let command = FileReturn { addressee, version, returned: Returned::Update(update) };
        let done = self.service().file_return(act, command).await;
        self.done("file an update", done)?;
        Ok(reference)
    }

    /// Somebody of the body says that nothing has changed.
    pub(super) async fn nothing_new(&mut self, who: Who, item: Item) -> Result<(), Error> {
        let (addressee, version) = self.item(item.0, item.1).await?;
        let command = FileReturn { addressee, version, returned: Returned::NoChange };
        let done = self.service().file_return(self.act(who), command).await;
        self.done("file that nothing changed", done).map(drop)
    }

    /// A second person publishes what waits.
    pub(super) async fn publishes(&mut self, who: Who, reference: &str, evidence: &[String]) -> Result<(), Error> {
        let version = self.filed(reference).await?;
        let command =
            Publish { reference: reference.to_owned(), version, evidence: evidence.to_vec(), draft_accepted: false };
        let done = self.service().publish(self.act(who), command).await;
        self.done("publish", done).map(drop)
    }

    /// The body files, and oversight publishes it.
    pub(super) async fn reports(&mut self, who: Who, item: Item, value: Reported, words: &str) -> Result<(), Error> {
        let reference = self.files(who, item, value, words, None).await?;
        self.publishes(Who::Overseer, &reference, &[]).await
    }

    /// An overseer takes what a body says from a report that it published.
    pub(super) async fn is_read_to_say(&mut self, item: Item, value: Reported, words: &str) -> Result<(), Error> {
        let (addressee, version) = self.item(item.0, item.1).await?;
        let command = RecordReported {
            addressee,
            version,
            value,
            happened: Happened::on(self.today().plus_days(-7)),
            words: some(words),
            their_word: some("Green"),
            reason: None,
            source_url: link("annual-report"),
            checked: Checked::Source,
            corrects: None,
            correction: None,
            rights: RIGHTS,
        };
        let done = self.service().record_reported(self.act(Who::Overseer), command).await;
        self.done("record what a body says", done).map(drop)
    }

    /// An overseer hands a finding in; answers its name. One against the body is with the body then.
    pub(super) async fn finds(&mut self, item: Item, value: Assessed, words: &str) -> Result<String, Error> {
        let (addressee, version) = self.item(item.0, item.1).await?;
        let finding = Finding {
            value,
            happened: Happened::on(self.today()),
            words: words.to_owned(),
            source_url: None,
            corrects: None,
            correction: None,
            decided: Some(Decided {
                by: "the Ferry Scrutiny Committee".to_owned(),
                on: Some(self.today().plus_days(-3)),
                minute: some("5"),
                approval: Some(Approval::Approved),
            }),
        };
        let act = self.act(Who::Overseer);
        let reference = act.fresh.clone();
        let command = Propose { target: Target::Answer(addressee, version), proposal: Proposal::Assessment(finding) };
        let done = self.service().propose(act, command).await;
        self.done("hand a finding in", done)?;
        Ok(reference)
    }

    /// A finding in the body's favour, published by the second person.
    pub(super) async fn confirms(&mut self, item: Item, value: Assessed, words: &str) -> Result<(), Error> {
        let reference = self.finds(item, value, words).await?;
        self.publishes(Who::Second, &reference, &[]).await
    }

    /// The body says what it has to say of a finding against it.
    pub(super) async fn replies(&mut self, who: Who, reference: &str, words: Option<&str>) -> Result<(), Error> {
        let version = self.filed(reference).await?;
        let said = words.map_or(Reply::NothingToCorrect, |words| Reply::Words(some(words)));
        let command = ReplyToFinding { reference: reference.to_owned(), version, said, rights: RIGHTS };
        let done = self.service().reply_to_finding(self.act(who), command).await;
        self.done("reply to a finding", done).map(drop)
    }

    /// What would show that an item is done is agreed.
    pub(super) async fn agrees(&mut self, item: Item, words: &str) -> Result<(), Error> {
        let (addressee, version) = self.item(item.0, item.1).await?;
        let command = Agree { addressee, version, words: some(words), agreed_on: Some(self.today()), reason: None };
        let done = self.service().agree(self.act(Who::Overseer), command).await;
        self.done("agree what would show it", done).map(drop)
    }

    /// An overseer attaches evidence to a piece of work, and publishes it where it is to be public; answers its name.
    pub(super) async fn attaches(
        &mut self,
        item: Item,
        filing: Option<&str>,
        rung: Rung,
        said: Said,
        public: bool,
    ) -> Result<String, Error> {
        let (addressee, _) = self.item(item.0, item.1).await?;
        let act = self.act(Who::Overseer);
        let reference = act.fresh.clone();
        let command = Attach {
            addressee,
            filing: filing.map(str::to_owned),
            fact: Some(FactValue::Assessed(Assessed::Implemented).fact()),
            kind: Some(EvidenceKind::Link),
            url: link("evidence"),
            seen_on: Some(self.today()),
            file: None,
            rung: Some(rung),
            said: said.clone(),
        };
        let done = self.service().attach_evidence(act, command).await;
        self.done("attach evidence", done)?;
        if public {
            let command = PublishEvidence {
                reference: reference.clone(),
                version: 1,
                rung: Some(rung),
                said,
                hidden_is_seen: false,
                correction: None,
            };
            let done = self.service().publish_evidence(self.act(Who::Overseer), command).await;
            self.done("publish evidence", done)?;
        }
        Ok(reference)
    }

    /// An answer is closed. What counts as done waits for the second person.
    pub(super) async fn closes(&mut self, item: Item, closure: Closure, reason: &str) -> Result<(), Error> {
        let closing = Closing {
            value: Lifecycle::Closed,
            closure: Some(closure),
            happened: Happened::on(self.today()),
            reason: reason.to_owned(),
            source_url: None,
            corrects: None,
            correction: None,
            shown: closure.is_done().then(|| "The evidence listed here shows what was agreed.".to_owned()),
            found: None,
            look_again: if closure.is_done() { vec![6, 18] } else { Vec::new() },
        };
        self.settles(item, closing).await
    }

    /// Closes, opens or lapses an answer; with the second person where one is needed.
    pub(super) async fn settles(&mut self, item: Item, closing: Closing) -> Result<(), Error> {
        let reference = self.proposes(item, closing).await?;
        match reference {
            Some(reference) => self.publishes(Who::Second, &reference, &[]).await,
            None => Ok(()),
        }
    }

    /// The same without the second person; answers the name of what waits for them.
    pub(super) async fn proposes(&mut self, item: Item, closing: Closing) -> Result<Option<String>, Error> {
        let (addressee, version) = self.item(item.0, item.1).await?;
        let proposal = Proposal::Closure(closing);
        let waits = proposal.needs_second_key();
        let act = self.act(Who::Overseer);
        let reference = act.fresh.clone();
        let command = Propose { target: Target::Answer(addressee, version), proposal };
        let done = self.service().propose(act, command).await;
        self.done("close or open", done)?;
        Ok(waits.then_some(reference))
    }
}
