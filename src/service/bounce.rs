//! Addresses that are dead: what follows once a server, a report or a person has said so, and how one is taken off the list again.

use super::{Act, Done, Error, Service, told};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::bounce::{DeadOrigin, Effect, Outcome, Report, Said, Verdict, verdict};
use crate::domain::email::Email;
use crate::domain::id::PersonId;
use crate::domain::moment::{Day, Moment};
use crate::domain::outbox::MailState;
use crate::domain::problem::Problems;
use crate::domain::secret::Secret;
use crate::domain::words;
use crate::store::asking::{self, How};
use crate::store::outbox::{self, MailAttempt};
use crate::store::subscriber::{self, Subscriber};
use crate::store::suppression::{self, NewDead};
use crate::store::{Error as StoreError, WriteTx, chase, to_top};

/// Which address is dead.
#[derive(Debug, Clone)]
pub enum DeadAddress {
    /// The one that a mail went to, by the mail's own name.
    OfMail(String),
    /// One that somebody typed; nothing where it could not be read.
    Typed(Option<Email>),
}

impl Service {
    /// Puts an address on the list of dead ones, by hand.
    ///
    /// # Errors
    /// When the person may not, there is no such mail, no reason is given, or the address is on the list already, by the word of a report
    /// or of a person.
    pub async fn call_dead(&self, act: Act, which: DeadAddress, reason: Option<String>) -> Result<Done, Error> {
        let secret = self.secret.clone();
        self.once_unseen(act, move |tx, act| {
            may(act.actor, Deed::ManageMail, About::default())?;
            // The page of a mail has no field for its address.
            let field = if matches!(which, DeadAddress::OfMail(_)) { "" } else { "email" };
            let email = match which {
                DeadAddress::OfMail(reference) => Some(outbox::find(tx, &reference)?.email),
                DeadAddress::Typed(email) => email,
            };
            let key = email.as_ref().map(|email| suppression::key(&secret, email));
            let mut found = Problems::none();
            match &email {
                None => found.add(field, "Enter an email address"),
                Some(email) if email.domain() == Email::of_nobody().domain() => {
                    found.add(field, "The address of this mail has been removed, so nothing goes there");
                }
                Some(_) => {}
            }
            // What a mail server said alone may be confirmed by a person.
            if let Some(key) = &key
                && suppression::is_there(tx, key)?
                && suppression::refused_since(tx, key)?.is_none()
            {
                found.add(field, "This address is on the list already");
            }
            if reason.is_none() {
                found.add("reason", "Say how you know that this address is dead");
            }
            act.sound(found)?;
            let (Some(email), Some(key), Some(reason)) = (email, key, reason) else { return Err(Error::NotFound) };
            bury(tx, &secret, &email, (DeadOrigin::ByHand, &reason, Some(act.actor.person)), act.now)?;
            Ok(Done::at(address::dead_address(&key)))
        })
        .await
    }

    /// Takes an address off the list: mail goes there again. What was suppressed meanwhile stays so.
    ///
    /// # Errors
    /// When the person may not, the address was never on the list or is not any more, or no reason is given.
    pub async fn take_off_dead(&self, act: Act, key: String, reason: Option<String>) -> Result<Done, Error> {
        self.once_unseen(act, move |tx, act| {
            may(act.actor, Deed::ManageMail, About::default())?;
            if suppression::find(tx, &key)?.ended.is_some() {
                return Err(Error::Stale);
            }
            let mut found = Problems::none();
            if reason.is_none() {
                found.add("reason", "Say why mail may go to this address again");
            }
            act.sound(found)?;
            let reason = reason.unwrap_or_default();
            suppression::take_off(tx, &key, Some(act.actor.person), &reason, act.now)?;
            Ok(Done::at(address::dead_address(&key)))
        })
        .await
    }

    /// Takes in what reports say of mails that came back. Each is believed only where it brings back the Message-ID of a mail of
    /// this register and names the address that this mail was for. A report that was taken before changes nothing, so a file may
    /// be sent twice. Nothing of a report that is not believed is kept. Answers what each did, or why it did nothing.
    ///
    /// # Errors
    /// When the person may not, or the database fails; then nothing is changed.
    pub async fn take_reports(&self, act: Act, reports: Vec<Report>) -> Result<Vec<Outcome>, Error> {
        let secret = self.secret.clone();
        self.writer
            .write_unseen(move |tx| {
                may(act.actor, Deed::ManageMail, About::default())?;
                take_all(tx, &secret, reports, (Some(act.actor.person), act.now, act.day))
            })
            .await
    }

    /// The same from the command line.
    ///
    /// # Errors
    /// When the database fails; then nothing is changed.
    pub fn take_reports_by_hand(
        &self,
        reports: Vec<Report>,
        (now, today): (Moment, Day),
    ) -> Result<Vec<Outcome>, Error> {
        self.writer.write_unseen_now(|tx| take_all(tx, &self.secret, reports, (None, now, today)))
    }
}

/// Remembers that an address is dead, by a report that was believed or by the word of a person, and draws what follows: what waits for
/// it is not sent, and whoever follows the register from there follows it no more. Answers whether that was not known.
fn bury(
    tx: &mut WriteTx<'_>,
    secret: &Secret,
    email: &Email,
    by: (DeadOrigin, &str, Option<PersonId>),
    now: Moment,
) -> Result<bool, Error> {
    let new = silence(tx, secret, email, by, now)?;
    if let Some(reader) = subscriber::find_by_email(tx, email)?.filter(Subscriber::is_active) {
        subscriber::end(tx, reader.id, now)?;
    }
    Ok(new)
}

/// Remembers that an address is dead, as far as a mail server's refusal tells: what waits for it is not sent, and whoever follows the
/// register from there is mailed again once it is taken off the list. Answers whether that was not known.
pub(super) fn silence(
    tx: &mut WriteTx<'_>,
    secret: &Secret,
    email: &Email,
    (origin, reason, by): (DeadOrigin, &str, Option<PersonId>),
    now: Moment,
) -> Result<bool, Error> {
    let key = suppression::key(secret, email);
    let new = suppression::insert(tx, &NewDead { key: &key, origin, reason, by, now })?;
    let waited = outbox::suppress_waiting(tx, email, words::MAIL_TO_DEAD_ADDRESS, now)?;
    told::suppressed(tx, secret, waited)?;
    Ok(new)
}

/// Whether a mail server was ever asked to take the mail.
fn was_tried(one: &MailAttempt) -> bool {
    let tried = [MailState::Accepted, MailState::TemporaryFailure, MailState::PermanentFailure];
    tried.iter().any(|state| state.as_str() == one.outcome)
}

fn take_all(
    tx: &mut WriteTx<'_>,
    secret: &Secret,
    reports: Vec<Report>,
    (by, now, today): (Option<PersonId>, Moment, Day),
) -> Result<Vec<Outcome>, Error> {
    let mut outcomes = Vec::with_capacity(reports.len());
    for Report { number, name, said } in reports {
        match said {
            Err(why) => outcomes.push(Outcome { number, said: None, effect: Effect::Unusable(why) }),
            Ok(all) => {
                for said in all {
                    let effect = take(tx, secret, (&name, &said), (by, now, today))?;
                    outcomes.push(Outcome { number, said: Some(said), effect });
                }
            }
        }
    }
    Ok(outcomes)
}

fn take(
    tx: &mut WriteTx<'_>,
    secret: &Secret,
    (name, said): (&str, &Said),
    (by, now, today): (Option<PersonId>, Moment, Day),
) -> Result<Effect, Error> {
    let mail = match outbox::find(tx, said.reference()) {
        Err(StoreError::NotFound) => return Ok(Effect::NotOurs),
        found => found?,
    };
    let names_ours = |text: &str| text.parse::<Email>().ok().as_ref() == Some(&mail.email);
    if !names_ours(&said.recipient) && !said.original.as_deref().is_some_and(names_ours) {
        return Ok(Effect::OtherRecipient);
    }
    let tries = outbox::attempts(tx, mail.id)?;
    if !tries.iter().any(was_tried) {
        return Ok(Effect::NeverSent);
    }
    let answer = words::report_noted(name, said.action, said.status);
    if tries.iter().any(|one| one.answer == answer) {
        return Ok(Effect::TakenBefore);
    }
    let Some(verdict) = verdict(said.action, said.status) else { return Ok(Effect::Contradicts) };
    let may_come_back = mail.state.may_become(MailState::PermanentFailure);
    let came_back = matches!(verdict, Verdict::Failed | Verdict::Dead)
        && may_come_back
        && outbox::came_back(tx, mail.id, &answer, now)?;
    if came_back {
        told::take_back(tx, (mail.person, mail.letter.as_ref()))?;
        for (on, items) in chase::reminded_by_alone(tx, mail.id)? {
            asking::take_back(tx, &items, (on, today), How::Reminded)?;
        }
        if let Some((on, items)) = to_top::asked_by_alone(tx, &mail.reference)? {
            // What a reminder asked about that got through on the same day was asked all the same.
            let reminded = chase::reminded_on(tx, &items, on)?;
            asking::by_reminder_alone(tx, &reminded, on)?;
            asking::take_back(tx, &items, (on, today), How::ByHand)?;
        }
    }
    if matches!(verdict, Verdict::Failed | Verdict::Dead) {
        // It may have failed otherwise since, as one that was handed over twice.
        outbox::set_came_back(tx, &[mail.id], true)?;
    }
    let fresh = match verdict {
        Verdict::Nothing => return Ok(Effect::Nothing),
        Verdict::Noted => {
            outbox::note_report(tx, (mail.id, mail.state), &answer, now)?;
            return Ok(Effect::Noted);
        }
        Verdict::Failed => false,
        Verdict::Dead => {
            let why = said.status.to_string();
            bury(tx, secret, &mail.email, (DeadOrigin::Bounce, &why, by), now)?
        }
    };
    if !came_back {
        // It is noted all the same, so that the same report is known again; where the mail waited, it was suppressed just now.
        let stands = outbox::find(tx, said.reference())?.state;
        outbox::note_report(tx, (mail.id, stands), &answer, now)?;
    }
    Ok(match verdict {
        Verdict::Dead if fresh || came_back => Effect::Dead,
        Verdict::Failed if came_back => Effect::Failed,
        _ => Effect::StandsAlready,
    })
}
