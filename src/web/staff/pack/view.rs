//! A pack opened: its rows and values as they were frozen, its words from the ledger as it stood then. What was withheld or removed
//! since is nowhere.

use std::collections::HashMap;

use crate::domain::address;
use crate::domain::change::Fact;
use crate::domain::id::{AddresseeId, BodyId, RecommendationId};
use crate::domain::pack::{Contents, Listed, PackItem, PackSection};
use crate::domain::words;
use crate::store::body::{self, BodyName};
use crate::store::pack::{self, Pack};
use crate::store::past::Past;
use crate::store::recommendation::{self, Recommendation};
use crate::store::remark::{self, Remark};
use crate::store::{self, ReadTx, change, inquiry};
use crate::web::part::Link;
use crate::web::part::timeline::Entry;
use crate::web::public::ground::{self, Ground};
use crate::web::public::{self, say};

/// Of how many changes the rows are read at once: they share the limit of rows of each kind.
const AT_ONCE: usize = 20;

/// A pack with the words that belong to it.
pub(super) struct Opened {
    pub pack: Pack,
    pub contents: Contents,
    /// The changes that it covers, oldest first.
    pub told: Vec<Entry>,
    /// What its numbers rest on, as it stood.
    pub ground: Ground,
    recommendations: Vec<Recommendation>,
    bodies: Vec<BodyName>,
    /// What was minuted about its items, as it stands today.
    minutes: HashMap<AddresseeId, Vec<Remark>>,
}

/// Opens it.
///
/// # Errors
/// [`store::Error::NotFound`] when there is none.
pub(super) fn open(tx: &mut ReadTx<'_>, reference: &str) -> Result<Opened, store::Error> {
    let mut pack = pack::find(tx, reference)?;
    let contents = pack::contents(tx, pack.id)?;
    let listed: Vec<AddresseeId> = contents.listed().into_iter().collect();
    let minutes = remark::minutes(tx, &listed)?;
    // From here on everything is read as it stood then.
    tx.look_back(Some(Past { seq: pack.window.upto, day: pack.window.made_on }));
    let ids = pack.inquiries.iter().map(|one| one.id).collect();
    pack.inquiries = inquiry::names(tx, ids)?;
    pack.inquiries.sort_by_key(|one| one.id);
    let of = contents.items.iter().map(|item| item.recommendation);
    let of = of.chain(contents.private.iter().map(|item| item.recommendation));
    let recommendations = recommendation::many(tx, of.collect())?;
    let bodies = contents.sections.values().flatten().map(|row| row.body);
    let bodies = bodies.chain(contents.items.iter().map(|item| item.body));
    let bodies = bodies.chain(contents.private.iter().filter_map(|item| item.body));
    let bodies = body::names(tx, bodies.collect())?;
    let mut told = Vec::new();
    for some in contents.changes.chunks(AT_ONCE) {
        let mut changes = change::many(tx, some.to_vec())?;
        changes.sort_unstable_by_key(|change| change.seq);
        told.extend(public::change::told(tx, &changes)?);
    }
    let of: Vec<_> = pack.inquiries.iter().map(|one| one.id).collect();
    let ground = Ground::of(&ground::Read::of_inquiries(tx, &of)?);
    tx.look_back(None);
    Ok(Opened { pack, contents, told, ground, recommendations, bodies, minutes })
}

/// A section as a page prints it.
pub(super) struct Section {
    pub id: &'static str,
    pub heading: &'static str,
    pub means: &'static str,
    /// How many rows it has, in words.
    pub count: String,
    pub rows: Vec<Row>,
}

/// A row of a section.
pub(super) struct Row {
    /// The recommendation with its page; none where the row is about a body as a whole.
    pub item: Option<Link>,
    /// The inquiry and the number.
    pub place: String,
    pub body: String,
    pub line: String,
    /// The four facts as they stood, a line each.
    pub facts: Vec<String>,
    /// Where its answer is minuted.
    pub minute: String,
    /// What was minuted since, with the change of each.
    pub minuted: Vec<Link>,
}

impl Opened {
    /// The ten sections, in order; `base` stands before each address.
    pub fn sections(&self, base: &str, assessor: &str) -> Vec<Section> {
        PackSection::ALL.iter().map(|section| self.section(*section, base, assessor)).collect()
    }

    fn section(&self, section: PackSection, base: &str, assessor: &str) -> Section {
        let rows = self.contents.of(section);
        Section {
            id: section.as_str(),
            heading: words::pack_section(section),
            means: words::pack_section_means(section),
            count: words::pack_line(section, rows.len() as u64),
            rows: rows.iter().map(|row| self.row(section, row, (base, assessor))).collect(),
        }
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
        let seen = row.answer.and_then(|id| self.minutes.get(&id)).map_or(&[][..], Vec::as_slice);
        let standing = seen.iter().filter(|one| one.minute.as_ref().is_some_and(|minute| minute.stands()));
        let minuted = standing.filter(|one| one.seq > self.pack.window.upto).map(|one| {
            let decided = one.minute.as_ref().and_then(|minute| minute.decided.as_ref());
            let said = decided.map_or_else(|| say::read(&one.words), words::decided);
            Link::new(format!("{base}{}", address::change(one.seq)), said)
        });
        Row {
            item: one.map(|one| Link::new(format!("{base}{page}"), say::title(one))),
            place: one
                .map(|one| words::item(Some(&one.inquiry.short_title), Some(&one.number), None))
                .unwrap_or_default(),
            body: before.map_or(named.clone(), |before| words::and_then(&named, &before)),
            line: words::pack_row(section, row),
            facts: found.map(|item| facts(item, assessor)).unwrap_or_default(),
            minute: if page.is_empty() { String::new() } else { format!("/staff{page}/minute") },
            minuted: minuted.collect(),
        }
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
