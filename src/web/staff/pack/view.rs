//! A pack opened: its rows and values as they were frozen, its words from the ledger as it stood then. What was withheld or removed
//! since is nowhere.

use std::collections::HashMap;

use crate::domain::address;
use crate::domain::change::Fact;
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, BodyId, InquiryId, RecommendationId, Seq};
use crate::domain::pack::{Contents, Listed, PackItem, PackSection};
use crate::domain::words;
use crate::store::body::{self, BodyName};
use crate::store::family::{self, Families};
use crate::store::pack::{self, Pack};
use crate::store::past::Past;
use crate::store::recommendation::{self, Recommendation};
use crate::store::remark::{self, Remark};
use crate::store::{self, About, ReadTx, change, deadline, inquiry};
use crate::web::part::Link;
use crate::web::part::timeline::Entry;
use crate::web::public::ground::{self, Ground};
use crate::web::public::{self, minute, say};

/// Of how many changes the rows are read at once.
const AT_ONCE: usize = 20;
/// About how many rows one statement asks.
const SIZE: usize = 500;

/// A pack with the words that belong to it.
pub(super) struct Opened {
    pub pack: Pack,
    pub contents: Contents,
    /// The changes that it covers, oldest first.
    pub told: Vec<Entry>,
    /// What its numbers rest on, as it stood.
    pub ground: Ground,
    recommendations: Vec<Recommendation>,
    /// The families of these, as they stood.
    families: Families,
    bodies: Vec<BodyName>,
    /// What was minuted about its items, as it stands today.
    minutes: HashMap<AddresseeId, Vec<Remark>>,
    /// Who set the target dates that moved, by the change and the answer.
    setters: HashMap<(Seq, AddresseeId), String>,
}

/// Opens it.
///
/// # Errors
/// [`store::Error::NotFound`] when there is none.
pub(super) fn open(tx: &mut ReadTx<'_>, reference: &str) -> Result<Opened, store::Error> {
    let mut pack = pack::find(tx, reference)?;
    let contents = pack::contents(tx, pack.id)?;
    let listed: Vec<AddresseeId> = contents.listed().into_iter().collect();
    let mut minutes = HashMap::new();
    for some in listed.chunks(SIZE) {
        minutes.extend(remark::minutes(tx, some)?);
    }
    // From here on everything is read as it stood then.
    tx.look_back(Some(Past { seq: pack.window.upto, day: pack.window.made_on }));
    let ids = pack.inquiries.iter().map(|one| one.id).collect();
    pack.inquiries = inquiry::names(tx, ids)?;
    pack.inquiries.sort_by_key(|one| one.id);
    let of = contents.items.iter().map(|item| item.recommendation);
    let of = of.chain(contents.private.iter().map(|item| item.recommendation));
    let recommendations = recommendation::many(tx, of.collect())?;
    let families = family::of(tx, &recommendations.iter().map(|one| one.id).collect::<Vec<_>>())?;
    let bodies = contents.sections.values().flatten().chain(&contents.being_read).map(|row| row.body);
    let bodies = bodies.chain(contents.items.iter().map(|item| item.body));
    let bodies = bodies.chain(contents.private.iter().filter_map(|item| item.body));
    let bodies = body::names(tx, bodies.collect())?;
    let setters = setters(tx, contents.of(PackSection::Moved))?;
    let ids: Vec<InquiryId> = pack.inquiries.iter().map(|one| one.id).collect();
    let mut told = Vec::new();
    for some in contents.changes.chunks(AT_ONCE) {
        let mut changes = change::many(tx, some.to_vec())?;
        changes.sort_unstable_by_key(|change| change.seq);
        told.extend(public::change::told_within(tx, &changes, &ids)?);
    }
    let ground = Ground::of(&ground::Read::of_inquiries(tx, &ids)?);
    tx.look_back(None);
    Ok(Opened { pack, contents, told, ground, recommendations, families, bodies, minutes, setters })
}

/// Who set each of these dates.
fn setters(tx: &mut ReadTx<'_>, moved: &[Listed]) -> Result<HashMap<(Seq, AddresseeId), String>, store::Error> {
    let seqs: Vec<Seq> = moved.iter().filter_map(|row| row.seq).collect();
    let mut setters = HashMap::new();
    for some in seqs.chunks(SIZE) {
        let dates = deadline::about(tx, &About::Changes(some.to_vec()), i64::MAX)?;
        let dates = dates.into_iter().filter(|date| date.kind == DeadlineKind::Target);
        setters.extend(dates.map(|date| ((date.place.seq, date.place.addressee), date.setter().to_owned())));
    }
    Ok(setters)
}

/// A section as a page prints it.
pub(super) struct Section {
    pub id: &'static str,
    pub heading: String,
    pub means: String,
    /// How many rows it has, in words.
    pub count: String,
    pub rows: Vec<Row>,
    /// Rows that stand apart from these, with their heading: targets that passed while an update is being read.
    pub apart: Option<(&'static str, Vec<Row>)>,
}

/// A row of a section.
pub(super) struct Row {
    /// The recommendation with its page; none where the row is about a body as a whole.
    pub item: Option<Link>,
    /// The inquiry and the number.
    pub place: String,
    /// Which of its parts are confirmed and which are not, where it has parts.
    pub parts: Option<String>,
    /// What can be said of the family that it is in, with its page.
    pub family: Option<Link>,
    pub body: String,
    pub line: String,
    /// The four facts as they stood, a line each.
    pub facts: Vec<String>,
    /// Where its answer is minuted.
    pub minute: String,
    /// What was minuted since, with the change of each.
    pub minuted: Vec<Link>,
    /// Where the row is about a body as a whole: what is open with it, each with where its answer is minuted and what was.
    pub open: Vec<OpenItem>,
}

/// An item of a body that a row is about as a whole.
pub(super) struct OpenItem {
    /// Its title, and where its answer is minuted.
    pub minute: Link,
    /// The inquiry and the number.
    pub place: String,
    /// What was minuted since.
    pub minuted: Vec<Link>,
}

impl Opened {
    /// The ten sections, in order; `base` stands before each address.
    pub fn sections(&self, base: &str, assessor: &str) -> Vec<Section> {
        PackSection::ALL.iter().map(|section| self.section(*section, base, assessor)).collect()
    }

    fn section(&self, section: PackSection, base: &str, assessor: &str) -> Section {
        let rows = self.contents.of(section);
        let printed =
            |rows: &[Listed]| -> Vec<Row> { rows.iter().map(|row| self.row(section, row, (base, assessor))).collect() };
        let apart = Some(&self.contents.being_read).filter(|rows| section == PackSection::Silent && !rows.is_empty());
        let count = words::pack_line(section, rows.len() as u64);
        let more = match section {
            PackSection::NotMentioned => self.contents.looked.map(words::pack_looked),
            _ => apart.map(|rows| words::pack_being_read(rows.len() as u64)),
        };
        let until = self.contents.due_until.filter(|_| section == PackSection::Due);
        Section {
            id: section.as_str(),
            heading: self.heading(section),
            means: until.map_or_else(
                || words::pack_section_means(section).to_owned(),
                |until| words::pack_due(until, self.meeting_ahead()),
            ),
            count: more.map_or(count.clone(), |more| words::and_then(&count, &more)),
            rows: printed(rows),
            apart: apart.map(|rows| (words::TARGET_BEING_READ, printed(rows))),
        }
    }

    /// The heading of a section.
    pub fn heading(&self, section: PackSection) -> String {
        words::pack_heading(section, self.meeting_ahead())
    }

    /// Whether it was made for a meeting to come.
    fn meeting_ahead(&self) -> bool {
        let window = &self.pack.window;
        window.meeting_on.is_some_and(|day| day >= window.made_on)
    }

    /// One row, as it stood.
    pub fn row(&self, section: PackSection, row: &Listed, (base, assessor): (&str, &str)) -> Row {
        let found = row.answer.and_then(|id| self.contents.items.iter().find(|item| item.answer == id));
        let one = found.and_then(|item| self.recommendation(item.recommendation));
        // Under the address of the body that was asked; whoever answers is named.
        let (body, asked) = (self.body(row.body), self.body(found.map_or(row.body, |item| item.body)));
        let slug = asked.map(|asked| asked.slug.as_str()).unwrap_or_default();
        let named = body.map(|body| body.short().to_owned()).unwrap_or_default();
        let before = asked.filter(|asked| asked.id != row.body).map(|asked| words::taken_over_from(asked.short()));
        let page = one.map(|one| address::answer(one.inquiry.slug.as_str(), &one.number, slug)).unwrap_or_default();
        let line = words::pack_row(section, row);
        let setter = row.seq.zip(row.answer).filter(|_| section == PackSection::Moved);
        let setter = setter.and_then(|place| self.setters.get(&place));
        let whole = row.answer.is_none();
        let open: Vec<OpenItem> =
            self.contents.open_with(row.body).filter(|_| whole).filter_map(|id| self.open_item(id, base)).collect();
        let all_open = whole.then(|| words::pack_open(open.len() as u64));
        Row {
            item: one.map(|one| Link::new(format!("{base}{page}"), say::title(one))),
            place: one.map(place).or(all_open).unwrap_or_default(),
            parts: one.and_then(|one| words::parts_standing(&one.standing())),
            family: one.and_then(|one| self.families.of(one.id)).map(|family| {
                let link = say::family(family);
                Link::new(format!("{base}{}", link.href), link.words)
            }),
            body: before.map_or(named.clone(), |before| words::and_then(&named, &before)),
            line: setter.map_or(line.clone(), |setter| words::pack_moved_by(&line, setter)),
            facts: found.map(|item| facts(item, assessor)).unwrap_or_default(),
            minute: if page.is_empty() { String::new() } else { self.minute(&page) },
            minuted: row.answer.map(|id| self.minuted(id, base)).unwrap_or_default(),
            open,
        }
    }

    /// An item of a body that a row is about as a whole, as it was called.
    fn open_item(&self, id: AddresseeId, base: &str) -> Option<OpenItem> {
        let item = self.contents.items.iter().find(|item| item.answer == id)?;
        let (one, asked) = (self.recommendation(item.recommendation)?, self.body(item.body)?);
        let page = address::answer(one.inquiry.slug.as_str(), &one.number, asked.slug.as_str());
        let minute = Link::new(self.minute(&page), say::title(one));
        Some(OpenItem { minute, place: place(one), minuted: self.minuted(id, base) })
    }

    /// Where the answer on this page is minuted, as an answer to what this pack asks.
    fn minute(&self, page: &str) -> String {
        format!("/staff{page}/minute?pack={}", self.pack.reference)
    }

    /// What was minuted about an answer since the pack was made, and stands, with the change of each.
    fn minuted(&self, id: AddresseeId, base: &str) -> Vec<Link> {
        let seen = self.minutes.get(&id).map_or(&[][..], Vec::as_slice);
        let standing = seen.iter().filter(|one| one.minute.as_ref().is_some_and(|minute| minute.stands()));
        let since = standing.filter(|one| one.seq > self.pack.window.upto);
        let link = |one: &Remark| {
            let said = one.minute.as_ref().and_then(minute::line).unwrap_or_else(|| say::read(&one.words));
            Link::new(format!("{base}{}", address::change(one.seq)), said)
        };
        since.map(link).collect()
    }

    /// A recommendation, as it stood.
    pub fn recommendation(&self, id: RecommendationId) -> Option<&Recommendation> {
        self.recommendations.iter().find(|one| one.id == id)
    }

    /// A body, as it was called.
    pub fn body(&self, id: BodyId) -> Option<&BodyName> {
        self.bodies.iter().find(|body| body.id == id)
    }
}

/// The inquiry and the number of a recommendation.
fn place(one: &Recommendation) -> String {
    words::item(Some(&one.inquiry.short_title), Some(&one.number), None)
}

/// The four facts of an item, a line each.
pub(super) fn facts(item: &PackItem, assessor: &str) -> Vec<String> {
    let said = [
        (Fact::Response, words::response(item.response)),
        (Fact::Reported, words::reported(item.reported)),
        (Fact::Assessed, words::assessed(item.assessed)),
        (Fact::Lifecycle, words::lifecycle(item.lifecycle, item.closure)),
    ];
    said.map(|(fact, tag)| format!("{}: {}", words::fact(fact, assessor), tag.words)).to_vec()
}
