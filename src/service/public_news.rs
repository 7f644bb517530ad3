//! What a mail to the public says, read from the register when it is tried: what was withheld or taken back by then does not go,
//! nor does anything to somebody who has stopped.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::digest::{about, heading, missed_of, one_of_several};
use super::follow::manage_token;
use super::{Error, public_lapsed};
use crate::domain::address;
use crate::domain::change::{ChangeKind, Fact, RemarkKind};
use crate::domain::hold::{HoldStep, keeps_back};
use crate::domain::id::Seq;
use crate::domain::mail::{Letter, Line, News, PublicDigest};
use crate::domain::moment::Day;
use crate::domain::outbox::{MASK, MailState};
use crate::domain::outside::Judgement;
use crate::domain::secret::Secret;
use crate::domain::subscription::{MailingState, TopicKind};
use crate::domain::words;
use crate::store::about::About;
use crate::store::digest::{self, ChangeLine, OneOfSeveral};
use crate::store::hold::{InForce, On};
use crate::store::mailing::{self, Mailing};
use crate::store::outbox::Leased;
use crate::store::reach::{self, Correction, Published, PutRight};
use crate::store::subscriber::{self, Subscriber};
use crate::store::subscription::{self, Subscription};
use crate::store::update::{self, Update};
use crate::store::{ReadTx, WriteTx, outbox, remark, setting};

/// How many changes a mail names one by one; of more it says how many there are.
const LINES: usize = 20;
/// How many updates are read for their words.
const UPDATES: i64 = 200;

/// Why a mail is not sent.
type Settled = (MailState, &'static str);

/// What of a range somebody would be told.
#[derive(Debug, Default)]
pub(super) struct Meant {
    /// What may go.
    pub(super) may_go: Vec<Seq>,
    /// Whether anything waits for somebody's decision: then all of it is told together, later.
    pub(super) waits: bool,
    /// Whether anything waits for the end of a hold: the rest goes without it, and it is told afterwards.
    pub(super) held: bool,
}

/// What of a range somebody would be told, and what waits.
pub(super) fn meant_for(
    somebody: &Subscriber,
    follows: &[Subscription],
    published: &[Published],
    mailings: &[Mailing],
    holds: &InForce,
) -> Meant {
    let mut meant = Meant::default();
    for one in published.iter().filter(|one| one.is_for(somebody.cycle, follows)) {
        let state =
            mailings.iter().find(|range| range.after < one.seq && one.seq <= range.upto).map(|range| range.state);
        meant.waits |= state.is_none_or(MailingState::waits);
        // A load goes only where somebody has decided so.
        let goes = state
            .is_some_and(|state| state.may_go() && (one.kind != ChangeKind::Load || state == MailingState::Released));
        if goes && is_held(one, holds) {
            meant.held = true;
        } else if goes {
            meant.may_go.push(one.seq);
        }
    }
    meant
}

/// Whether a hold keeps back mail about this: what was published before it and has not been mailed yet. What protects people
/// goes all the same, as it is published all the same.
fn is_held(one: &Published, holds: &InForce) -> bool {
    let bears = |on: On| match (on.inquiry, on.recommendation) {
        (_, Some(item)) => one.is_about(TopicKind::Recommendation, item.0),
        (Some(inquiry), None) => one.is_about(TopicKind::Inquiry, inquiry.0),
        (None, None) => true,
    };
    keeps_back(one.kind) && holds.0.iter().any(|hold| bears(hold.on))
}

/// Puts a mail to the public together in the place of what was queued, or says why it is not sent. Other mail is left as it is.
pub(super) fn prepare(
    tx: &mut WriteTx<'_>,
    secret: &Secret,
    mail: &mut Leased,
    today: Day,
) -> Result<Option<Settled>, Error> {
    let digest = match &mail.letter {
        Some(Letter::PublicDigest(digest)) => digest.clone(),
        _ => return Ok(None),
    };
    let somebody = subscriber::find(tx, &digest.subscriber)?.filter(Subscriber::is_active);
    let Some(somebody) = somebody else {
        return Ok(Some((MailState::Cancelled, "Not sent: its reader has stopped all mail.")));
    };
    if somebody.is_paused(today) {
        subscriber::go_back(tx, &digest.subscriber, (digest.after, digest.corrected_after))?;
        return Ok(Some((MailState::Cancelled, "Not sent: its reader has paused their mail; the next one tells it.")));
    }
    let Some(mut news) = read(tx, &somebody, &digest)? else {
        return Ok(Some((MailState::Cancelled, "Not sent: nothing is left in it that is still to be told.")));
    };
    // Kept without the link, sent with it; composed anew each time, so old bytes are dropped.
    news.manage = address::subscription(MASK);
    let shown = Letter::PublicDigest(PublicDigest { news: Some(news.clone()), ..digest.clone() });
    outbox::replace_letter(tx, mail.id, Some(&shown))?;
    news.manage = address::subscription(&manage_token(secret, &somebody.reference).to_string());
    mail.letter = Some(Letter::PublicDigest(PublicDigest { news: Some(news), ..digest }));
    mail.message = None;
    Ok(None)
}

/// What the mail says now; nothing where nothing is left to say.
fn read(tx: &mut WriteTx<'_>, somebody: &Subscriber, digest: &PublicDigest) -> Result<Option<News>, Error> {
    let found = reach::corrections(tx, (digest.corrected_after, digest.corrected_upto))?;
    let holds = InForce::read(tx)?;
    let held_right = held_corrections(tx, &found, &holds)?;
    let (corrections, first_held) = of_what_they_were_told(tx, somebody, &found, &held_right)?;
    let follows = subscription::of(tx, &[somebody.id])?;
    let published = reach::between(tx, (digest.after, digest.upto))?;
    let mailings = mailing::beyond(tx, digest.after)?;
    let Meant { may_go: mut seqs, held, .. } = meant_for(somebody, &follows, &published, &mailings, &holds);
    // A hold came between the queueing and now: what it keeps back is told after its end.
    let after = if held { digest.after } else { somebody.told_upto };
    subscriber::go_back(tx, &digest.subscriber, (after, first_held.map_or(somebody.corrected_upto, before)))?;
    let told = subscription::told_to(tx, somebody.id, &seqs)?;
    let corrected: HashSet<Seq> = corrections.iter().map(|one| one.by).collect();
    seqs.retain(|seq| !told.contains(seq) && !corrected.contains(seq));
    if seqs.is_empty() && corrections.is_empty() {
        return Ok(None);
    }
    let named: Vec<Seq> = corrections.iter().flat_map(|one| [one.by, one.wrong]).chain(seqs.iter().copied()).collect();
    let said = Said::read(tx, &named, &follows, seqs.len() <= LINES)?;
    let mut news = News {
        operator: setting::operator(tx)?.map(|operator| operator.name),
        corrections: corrections.iter().map(|one| said.correction(one)).collect(),
        lines: Vec::new(),
        counts: Vec::new(),
        lapsed: None,
        seqs: seqs.iter().copied().chain(corrected).collect(),
        manage: String::new(),
    };
    // It stands in a summary that goes anyway, not in a correction that goes by itself; nor with whoever wants no findings.
    if !seqs.is_empty() && somebody.cycle.takes(true) {
        news.lapsed = public_lapsed::section(tx, &follows, &holds)?;
    }
    if seqs.len() > LINES {
        news.counts = said.counts(&seqs);
    } else {
        news.lines = seqs.iter().flat_map(|seq| said.lines(*seq)).collect();
    }
    Ok(Some(news))
}

/// The corrections of what somebody was told that they have not been told yet, and the first of those that a hold keeps back:
/// for its sake they are looked for again from there on.
pub(super) fn of_what_they_were_told(
    tx: &mut ReadTx<'_>,
    somebody: &Subscriber,
    corrections: &[Correction],
    held: &HashSet<Seq>,
) -> Result<(Vec<Correction>, Option<Seq>), Error> {
    let seqs: Vec<Seq> = corrections.iter().flat_map(|one| [one.wrong, one.by]).collect();
    let told = subscription::told_to(tx, somebody.id, &seqs)?;
    let new = corrections.iter().filter(|one| told.contains(&one.wrong) && !told.contains(&one.by)).copied();
    let (waiting, going): (Vec<Correction>, Vec<Correction>) = new.partition(|one| held.contains(&one.by));
    Ok((going, waiting.iter().map(|one| one.by).min()))
}

/// Which changes that put something right a hold keeps back. That words are out of sight is told all the same.
pub(super) fn held_corrections(
    tx: &mut ReadTx<'_>,
    corrections: &[Correction],
    holds: &InForce,
) -> Result<HashSet<Seq>, Error> {
    let by: HashSet<Seq> = corrections.iter().map(|one| one.by).collect();
    let (Some(first), Some(last), false) = (by.iter().min(), by.iter().max(), holds.0.is_empty()) else {
        return Ok(HashSet::new());
    };
    let published = reach::between(tx, (before(*first), *last))?;
    Ok(published.iter().filter(|one| by.contains(&one.seq) && is_held(one, holds)).map(|one| one.seq).collect())
}

/// The number before this one, with which a range begins that has this one in it.
pub(super) const fn before(seq: Seq) -> Seq {
    Seq(seq.0 - 1)
}

/// The words of changes, as far as the public may read them now.
struct Said {
    changes: HashMap<Seq, ChangeLine>,
    updates: HashMap<Seq, Vec<Update>>,
    /// The findings beside which the body's reply stands.
    replied: HashSet<Seq>,
}

impl Said {
    fn read(tx: &mut ReadTx<'_>, seqs: &[Seq], follows: &[Subscription], with_updates: bool) -> Result<Self, Error> {
        let mut changes = digest::named(tx, seqs)?;
        keep_followed(tx, &mut changes, follows)?;
        let changes = changes.into_iter().map(|line| (line.seq, line)).collect();
        let mut updates: HashMap<Seq, Vec<Update>> = HashMap::new();
        if with_updates {
            for update in update::about(tx, &About::Changes(seqs.to_vec()), UPDATES)? {
                updates.entry(update.place.seq).or_default().push(update);
            }
        }
        let replied = replied(tx, &updates)?;
        Ok(Self { changes, updates, replied })
    }

    fn heading(&self, seq: Seq) -> String {
        self.changes.get(&seq).map_or_else(String::new, heading)
    }

    /// What a change says, one sentence for each of several items that it is about; of very many, only which they are.
    fn sentences(&self, seq: Seq) -> Vec<String> {
        let Some(line) = self.changes.get(&seq) else { return vec![words::change(seq)] };
        if line.several.is_empty() || line.several.len() > LINES {
            let item = about(line);
            let about = line.about_register.as_deref().unwrap_or(&item);
            return vec![self.sentence(line, about, |_| !line.is_about_several())];
        }
        let of = |one: &OneOfSeveral| {
            self.sentence(line, &one_of_several(one), |update| update.place.addressee == one.addressee)
        };
        line.several.iter().map(of).collect()
    }

    /// Its heading, what it is about and what it says of that. What has been corrected since says nothing more.
    fn sentence(&self, line: &ChangeLine, about: &str, is_about: impl Fn(&Update) -> bool) -> String {
        let seq = line.seq;
        let updates = self.updates.get(&seq).into_iter().flatten();
        let mut said: Vec<String> = match line.kind {
            ChangeKind::Load => Vec::new(),
            _ => updates
                .filter(|update| is_about(update) && update.corrected_by.is_none())
                .map(|update| {
                    let said = words::fact_line(update.value, update.happened, update.basis);
                    update.checked.map_or(said.clone(), |checked| words::warned(&said, checked))
                })
                .collect(),
        };
        if self.replied.contains(&seq) {
            said.push(words::REPLY_BESIDE.to_owned());
        }
        said.extend(missed_of(line));
        let hold = line.hold.as_ref().filter(|hold| hold.step.step != HoldStep::Ended);
        said.extend(hold.map(|hold| words::review(hold.step.review_on, line.day)));
        words::public_line(&self.heading(seq), line.day, about, &said)
    }

    fn lines(&self, seq: Seq) -> Vec<Line> {
        let line = |text| Line { text, link: address::change(seq) };
        self.sentences(seq).into_iter().map(line).collect()
    }

    fn correction(&self, one: &Correction) -> Line {
        // Not what it said: that is what is wrong.
        let was = self
            .changes
            .get(&one.wrong)
            .map_or_else(String::new, |line| words::public_line(&self.heading(one.wrong), line.day, &about(line), &[]));
        let text = match one.what {
            PutRight::TakenOut(what, taken) => words::taken_back(one.wrong, &was, taken, what),
            PutRight::Corrected => words::put_right(one.wrong, &was, one.by, &self.sentences(one.by).join(". ")),
        };
        Line { text, link: address::change(one.by) }
    }

    /// How many changes of each kind there are.
    fn counts(&self, seqs: &[Seq]) -> Vec<String> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for seq in seqs {
            *counts.entry(self.heading(*seq)).or_default() += 1;
        }
        counts.into_iter().map(|(heading, number)| words::how_many(&heading, number)).collect()
    }
}

/// Leaves of the items that updates were published of together those that somebody follows.
fn keep_followed(tx: &mut ReadTx<'_>, changes: &mut [ChangeLine], follows: &[Subscription]) -> Result<(), Error> {
    let items: HashSet<_> = changes.iter().flat_map(|line| &line.several).map(|one| one.recommendation).collect();
    if items.is_empty() {
        return Ok(());
    }
    let topics = reach::topics(tx, items)?;
    let is_followed = |one: &OneOfSeveral| {
        follows.iter().filter(|follow| follow.is_told(one.seq)).any(|follow| match follow.kind {
            TopicKind::Everything => true,
            TopicKind::Body => [one.bodies.0.0, one.bodies.1.0].contains(&follow.target),
            kind => topics.get(&one.recommendation).is_some_and(|about| about.contains(&(kind, follow.target))),
        })
    };
    for line in changes {
        line.several.retain(is_followed);
    }
    Ok(())
}

/// Which of these findings have a reply of their body: published in the same act, or since.
fn replied(tx: &mut ReadTx<'_>, updates: &HashMap<Seq, Vec<Update>>) -> Result<HashSet<Seq>, Error> {
    let findings: Vec<&Update> =
        updates.values().flatten().filter(|update| update.value.fact() == Fact::Assessed).collect();
    if findings.is_empty() {
        return Ok(HashSet::new());
    }
    let answers = findings.iter().map(|update| update.place.addressee).collect();
    let replies = remark::about(tx, &About::Answers(answers), UPDATES)?;
    let is_answered = |update: &&&Update| {
        replies.iter().filter(|one| one.kind == RemarkKind::Reply).any(|one| match one.replies_to {
            Some(to) => to == Judgement::Own(update.id),
            None => one.seq == update.place.seq && one.addressee == Some(update.place.addressee),
        })
    };
    Ok(findings.iter().filter(is_answered).map(|update| update.place.seq).collect())
}
