//! Scrutiny packs as they were made. No words stand in these rows but the questions and the reason of an exemption.

use diesel::prelude::*;

use super::inquiry::{self, InquiryName};
use super::schema::{meeting, pack, pack_inquiry};
use super::{Error, ReadTx, WriteTx};
use crate::domain::exemption::Named;
use crate::domain::id::{InquiryId, MeetingId, PackId, PersonId, Seq};
use crate::domain::moment::{Day, Moment};
use crate::domain::pack::{Contents, QUESTIONS};
use crate::domain::person::Role;

/// A pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// Its row.
    pub id: PackId,
    /// Its own random name.
    pub reference: String,
    /// The inquiries that it is about, in the register's order.
    pub inquiries: Vec<InquiryName>,
    /// What it covers.
    pub window: Window,
    /// In which role somebody made it.
    pub role: Role,
    /// What it asks.
    pub questions: [String; QUESTIONS],
    /// Under which exemption its private paper is, once somebody has said so.
    pub exemption: Option<Named>,
    /// Its version, for forms.
    pub version: i64,
}

/// What a pack covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The meeting that it is for, by its row and its own name.
    pub meeting: Option<(MeetingId, String)>,
    /// The day for which that meeting was called when the pack was made.
    pub meeting_on: Option<Day>,
    /// The last change that it does not cover.
    pub after: Seq,
    /// The last change that it covers.
    pub upto: Seq,
    /// The day of the earlier pack, or the one that somebody chose; none for the whole register.
    pub since: Option<Day>,
    /// The day on which it was made.
    pub made_on: Day,
}

/// A pack to be kept.
#[derive(Debug, Clone)]
pub struct NewPack<'a> {
    /// Its own random name.
    pub reference: &'a str,
    /// The inquiries that it is about.
    pub inquiries: &'a [InquiryId],
    /// What it covers.
    pub window: &'a Window,
    /// When it is made, by whom and in which role.
    pub made: (Moment, PersonId, Role),
    /// What it asks.
    pub questions: &'a [String; QUESTIONS],
    /// What it lists.
    pub contents: &'a Contents,
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|fault| Error::Failed(format!("pack: {fault}")))
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|fault| Error::Failed(format!("pack: {fault}")))
}

/// Keeps it.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, new: &NewPack<'_>) -> Result<(), Error> {
    let Window { meeting, meeting_on, after, upto, since, made_on } = new.window;
    let (at, by, role) = new.made;
    let id: PackId = diesel::insert_into(pack::table)
        .values((
            pack::reference.eq(new.reference),
            pack::meeting_id.eq(meeting.as_ref().map(|(id, _)| *id)),
            pack::meeting_on.eq(*meeting_on),
            (pack::after_seq.eq(*after), pack::upto_seq.eq(*upto)),
            (pack::since_on.eq(*since), pack::made_on.eq(*made_on)),
            (pack::made_at.eq(at), pack::made_by.eq(by), pack::role.eq(role)),
            pack::questions.eq(json(new.questions)?),
            pack::contents.eq(json(new.contents)?),
            pack::version.eq(1_i64),
        ))
        .returning(pack::id)
        .get_result(tx.conn)?;
    for inquiry in new.inquiries {
        diesel::insert_into(pack_inquiry::table)
            .values((pack_inquiry::pack_id.eq(id), pack_inquiry::inquiry_id.eq(*inquiry)))
            .execute(tx.conn)?;
    }
    Ok(())
}

type Row = (
    (PackId, String, Option<MeetingId>, Option<String>, Option<Day>),
    (Seq, Seq, Option<Day>, Day, Role),
    (String, Option<String>, i64),
);

macro_rules! columns {
    () => {
        (
            (pack::id, pack::reference, pack::meeting_id, meeting::reference.nullable(), pack::meeting_on),
            (pack::after_seq, pack::upto_seq, pack::since_on, pack::made_on, pack::role),
            (pack::questions, pack::exemption, pack::version),
        )
    };
}

/// The last packs made, the last one first, at most so many; of those about all of these inquiries, where any are named.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, inquiries: &[InquiryId], most: i64) -> Result<Vec<Pack>, Error> {
    let mut last = pack::table.order(pack::id.desc()).limit(most).select(pack::id).into_boxed();
    for inquiry in inquiries {
        let about = pack_inquiry::table.filter(pack_inquiry::inquiry_id.eq(*inquiry)).select(pack_inquiry::pack_id);
        last = last.filter(pack::id.eq_any(about));
    }
    let last: Vec<PackId> = last.load(tx.conn)?;
    many(tx, last)
}

/// The other packs about any of the inquiries of this one, the last made first, at most so many; and how many there are.
///
/// # Errors
/// When the database fails.
pub fn beside(tx: &mut ReadTx<'_>, of: &Pack, most: i64) -> Result<(Vec<Pack>, u64), Error> {
    let inquiries: Vec<InquiryId> = of.inquiries.iter().map(|inquiry| inquiry.id).collect();
    let about = || {
        let some = pack_inquiry::table.filter(pack_inquiry::inquiry_id.eq_any(inquiries.clone()));
        pack::id.ne(of.id).and(pack::id.eq_any(some.select(pack_inquiry::pack_id)))
    };
    let count: i64 = pack::table.filter(about()).count().get_result(tx.conn)?;
    let last: Vec<PackId> =
        pack::table.filter(about()).order(pack::id.desc()).limit(most).select(pack::id).load(tx.conn)?;
    Ok((many(tx, last)?, count.unsigned_abs()))
}

/// These packs, the last made first.
fn many(tx: &mut ReadTx<'_>, ids: Vec<PackId>) -> Result<Vec<Pack>, Error> {
    let rows: Vec<Row> = pack::table
        .left_join(meeting::table.on(pack::meeting_id.eq(meeting::id.nullable())))
        .filter(pack::id.eq_any(ids))
        .order(pack::id.desc())
        .select(columns!())
        .load(tx.conn)?;
    complete(tx, rows)
}

/// How many packs there are.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx<'_>) -> Result<u64, Error> {
    let count: i64 = pack::table.count().get_result(tx.conn)?;
    Ok(count.unsigned_abs())
}

/// The pack of this name.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, reference: &str) -> Result<Pack, Error> {
    let row: Row = pack::table
        .left_join(meeting::table.on(pack::meeting_id.eq(meeting::id.nullable())))
        .filter(pack::reference.eq(reference))
        .select(columns!())
        .first(tx.conn)?;
    complete(tx, vec![row])?.pop().ok_or(Error::NotFound)
}

/// What the packs about this inquiry ask, the last made first: each by its own name, with its questions as they stand.
///
/// # Errors
/// When the database fails.
pub fn asking(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<Vec<(String, [String; QUESTIONS])>, Error> {
    let rows: Vec<(String, String)> = pack::table
        .inner_join(pack_inquiry::table.on(pack_inquiry::pack_id.eq(pack::id)))
        .filter(pack_inquiry::inquiry_id.eq(inquiry))
        .order(pack::id.desc())
        .select((pack::reference, pack::questions))
        .load(tx.conn)?;
    rows.into_iter().map(|(reference, asked)| Ok((reference, read(&asked)?))).collect()
}

/// The packs one of whose questions is one of these words, the last made first, at most so many; and how many there are.
///
/// # Errors
/// When the database fails.
pub fn that_ask(tx: &mut ReadTx<'_>, words: &[String], most: usize) -> Result<(Vec<Pack>, u64), Error> {
    let all: Vec<(PackId, String)> =
        pack::table.order(pack::id.desc()).select((pack::id, pack::questions)).load(tx.conn)?;
    let mut found = Vec::new();
    for (id, asked) in all {
        let asked: [String; QUESTIONS] = read(&asked)?;
        if asked.iter().any(|question| words.contains(question)) {
            found.push(id);
        }
    }
    let count = found.len() as u64;
    found.truncate(most);
    Ok((many(tx, found)?, count))
}

fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Pack>, Error> {
    let ids: Vec<PackId> = rows.iter().map(|row| row.0.0).collect();
    let of: Vec<(PackId, InquiryId)> = pack_inquiry::table
        .filter(pack_inquiry::pack_id.eq_any(ids))
        .order((pack_inquiry::pack_id, pack_inquiry::inquiry_id))
        .select((pack_inquiry::pack_id, pack_inquiry::inquiry_id))
        .load(tx.conn)?;
    let names = inquiry::names(tx, of.iter().map(|(_, inquiry)| *inquiry).collect())?;
    let each = rows.into_iter().map(
        |((id, reference, meeting, name, meeting_on), window, (questions, exemption, version))| {
            let here = of.iter().filter(|(pack, _)| *pack == id);
            let inquiries = here.filter_map(|(_, inquiry)| names.iter().find(|name| name.id == *inquiry).cloned());
            let (after, upto, since, made_on, role) = window;
            Ok::<_, Error>(Pack {
                id,
                reference,
                inquiries: inquiries.collect(),
                window: Window { meeting: meeting.zip(name), meeting_on, after, upto, since, made_on },
                role,
                questions: read(&questions)?,
                exemption: exemption.as_deref().map(read).transpose()?,
                version,
            })
        },
    );
    each.collect()
}

/// What a pack lists.
///
/// # Errors
/// When the database fails.
pub fn contents(tx: &mut ReadTx<'_>, id: PackId) -> Result<Contents, Error> {
    let text: String = pack::table.filter(pack::id.eq(id)).select(pack::contents).first(tx.conn)?;
    read(&text)
}

/// Chooses other questions for a pack, or says under which exemption its private paper is. It must still be as the form was made
/// from.
///
/// # Errors
/// [`Error::Stale`] when somebody changed it meanwhile.
pub fn save(
    tx: &mut WriteTx<'_>,
    (id, version): (PackId, i64),
    questions: Option<&[String; QUESTIONS]>,
    exemption: Option<&Named>,
) -> Result<(), Error> {
    let row = pack::table.filter(pack::id.eq(id).and(pack::version.eq(version)));
    let set = (
        questions.map(json).transpose()?.map(|text| pack::questions.eq(text)),
        exemption.map(json).transpose()?.map(|text| pack::exemption.eq(text)),
        pack::version.eq(pack::version + 1),
    );
    if diesel::update(row).set(set).execute(tx.conn)? == 1 { Ok(()) } else { Err(Error::Stale) }
}
