//! Following by feed, read by a parser that is not ours.

use feed_rs::model::{Entry, Feed};
use followthrough::store::page::Cursor;
use followthrough::web::public::place;

use crate::deeds_record::{ITEM, PUBLIC, response};
use crate::fairness::run_by_somebody;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::minutes;
use crate::support::visitor::Visitor;

stories![what_changes_can_be_followed_by_feed, what_is_withheld_is_in_no_feed, nonsense_is_no_place_in_a_feed];

const INQUIRY: &str = "/inquiries/ashgrove";
const RECOMMENDATION: &str = "/inquiries/ashgrove/recommendations/2";
const CANARY: &str = "canary-in-the-feed";

/// A feed as a reader sees it.
#[track_caller]
fn feed(visitor: &Visitor, path: &str) -> Feed {
    let page = visitor.get(path);
    page.is(200);
    assert_eq!(page.header("content-type"), Some("application/atom+xml; charset=utf-8"), "{path}");
    feed_rs::parser::parse(page.bytes()).unwrap_or_else(|fault| panic!("{path} is no feed: {fault}\n{}", page.body()))
}

fn title(entry: &Entry) -> &str {
    entry.title.as_ref().map_or("", |title| title.content.as_str())
}

fn content(entry: &Entry) -> &str {
    entry.content.as_ref().and_then(|content| content.body.as_deref()).unwrap_or_default()
}

fn to(links: &[feed_rs::model::Link], rel: &str) -> Option<String> {
    links.iter().find(|link| link.rel.as_deref() == Some(rel)).map(|link| link.href.clone())
}

fn what_changes_can_be_followed_by_feed(app: &TestApp) {
    let public = app.public();
    // Nobody has taken responsibility: the feed says so, and search engines are asked to leave it out.
    let page = public.get("/changes.atom");
    page.sees("Not in service");
    assert_eq!(page.header("x-robots-tag"), Some("noindex"));
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "The council will do it.").send();
    // Every page about something leads to its feed, for people and for readers.
    for (path, at) in [
        ("/", "/changes.atom"),
        ("/changes", "/changes.atom"),
        ("/changes/2", "/changes.atom"),
        ("/inquiries", "/changes.atom"),
        ("/bodies", "/changes.atom"),
        (INQUIRY, "/inquiries/ashgrove.atom"),
        (RECOMMENDATION, "/inquiries/ashgrove/recommendations/2.atom"),
        (PUBLIC, "/inquiries/ashgrove/recommendations/2.atom"),
        ("/bodies/ashgrove-harbour", "/bodies/ashgrove-harbour.atom"),
    ] {
        let page = public.open(path);
        assert_eq!(page.link("Feed of what changes (Atom)"), at, "{path}");
        let head = page.html();
        let alternate = crate::support::page::css("head link[rel=alternate][type='application/atom+xml']");
        assert_eq!(head.select(&alternate).next().and_then(|link| link.attr("href")), Some(at), "{path}");
        let feed = feed(&public, at);
        assert_eq!(feed.id, format!("http://register.example{at}"));
        assert_eq!(to(&feed.links, "self"), Some(feed.id.clone()));
        assert!(!feed.authors.is_empty());
        let entry = feed.entries.first().expect("an entry");
        assert_eq!(entry.id, "tag:register.example,2026-11-23:change/2", "{at}");
        assert_eq!(to(&entry.links, "alternate").as_deref(), Some("http://register.example/changes/2"));
        assert!(title(entry).contains("Accepted on 20 November 2026"), "{}", title(entry));
        assert!(content(entry).contains("The council will do it."), "{}", content(entry));
        assert!(content(entry).contains("href=\"http://register.example/inquiries/ashgrove/recommendations/2"));
        assert!(entry.updated.is_some() && entry.published.is_some());
        public.open(&to(&entry.links, "alternate").expect("a page"));
    }
    // What does not concern somebody is not in their feed; the load concerns all of them.
    let council = feed(&public, "/bodies/ashgrove-council.atom");
    assert_eq!(
        council.entries.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
        ["tag:register.example,2026-11-23:change/1"]
    );
    assert_eq!(feed(&public, "/inquiries/millbrook.atom").entries.len(), 1);
    // What nobody compared carries its warning inside the words.
    let doubtful = feed(&public, "/inquiries/ashgrove/recommendations/4.atom");
    let warning = "[Not compared with any source: written from general knowledge.]";
    assert!(doubtful.title.as_ref().is_some_and(|title| title.content.starts_with(warning)));
    assert!(title(&doubtful.entries[0]).starts_with(warning), "{}", title(&doubtful.entries[0]));
    assert!(content(&doubtful.entries[0]).contains(warning));
    // Who takes responsibility signs the feed; nobody else is named.
    run_by_somebody(app);
    let page = public.get("/inquiries/ashgrove/recommendations/2.atom");
    page.does_not_see("Not in service").sees("Ashgrove");
    assert_eq!(page.header("x-robots-tag"), None);
    assert_eq!(public.get("/inquiries/ashgrove/recommendations/4.atom").header("x-robots-tag"), Some("noindex"));
    // Who has it is told so.
    let tag = page.header("etag").expect("a tag").to_owned();
    let again = public.get_with(page.path(), &[("if-none-match", &tag)]);
    again.is(304);
    assert!(again.bytes().is_empty() && again.header("etag") == Some(tag.as_str()));
    public.get_with("/changes.atom", &[("if-none-match", &tag)]).is(200);
    assert!(public.send("HEAD", "/changes.atom", &[], &[]).bytes().is_empty());
}

fn what_is_withheld_is_in_no_feed(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    let item = response(form, "Accepted", CANARY).send();
    let public = app.public();
    let feeds = [
        "/changes.atom",
        "/inquiries/ashgrove.atom",
        "/inquiries/ashgrove/recommendations/2.atom",
        "/bodies/ashgrove-harbour.atom",
    ];
    let before: Vec<Feed> = feeds.iter().map(|path| feed(&public, path)).collect();
    app.clock().advance(minutes(30));
    item.form("Withhold these words: Accepted").send();
    for (path, before) in feeds.iter().zip(before) {
        public.get(path).does_not_see(CANARY).sees("Words withheld");
        let after = feed(&public, path);
        let entry = |feed: &Feed| feed.entries.iter().find(|one| one.id.ends_with("/2")).expect("the change").clone();
        assert!(content(&entry(&before)).contains(CANARY), "{path}");
        assert!(content(&entry(&after)).contains("Words withheld on 23 November 2026"), "{path}");
        // Readers that keep entries take the new words, for the entry is newer; it was published when it was.
        assert!(entry(&after).updated > entry(&before).updated && after.updated > before.updated, "{path}");
        assert_eq!(entry(&after).published, entry(&before).published);
    }
}

fn nonsense_is_no_place_in_a_feed(app: &TestApp) {
    let public = app.public();
    for path in ["/changes.atom", "/inquiries/ashgrove.atom"] {
        for query in ["after=broken", "after=%00", "after=1_2", "after=%FF%FE", "after=ff&after=ff"] {
            public.get(&format!("{path}?{query}")).is(400);
        }
        // A place is good for its own feed alone; one of before places were sealed is none any more.
        let other = place::sealed(Cursor([255]), "/bodies/ashgrove-council.atom", &[]);
        for after in ["ff", other.as_str()] {
            public.get(&format!("{path}?after={after}")).is(400).sees("not a place in the list");
        }
        let own = place::sealed(Cursor([255]), path, &[]);
        public.get(&format!("{path}?after={own}&utm=x&utm=y")).is(200);
    }
    for path in
        ["/inquiries/none.atom", "/inquiries/ashgrove/recommendations/99.atom", "/bodies/none.atom", "/bodies/%00.atom"]
    {
        public.get(path).is(404);
    }
    // A long list goes on where its page ends, and no entry comes twice.
    let day = "2026-11-23";
    let rows: Vec<String> = (2..=40).map(|seq| format!("({seq}, '{day}T09:00:00Z', '{day}', 'coverage')")).collect();
    let rows = rows.join(", ");
    app.place().execute(&format!("insert into change (seq, at, day, kind) values {rows}; update counter set seq = 40"));
    let first = feed(&public, "/changes.atom");
    let next = to(&first.links, "next").expect("a next page");
    let second = feed(&public, &next);
    assert_eq!((first.entries.len(), second.entries.len()), (30, 10));
    assert_eq!((second.id.as_str(), to(&second.links, "next")), (first.id.as_str(), None));
    let ids: std::collections::BTreeSet<String> =
        first.entries.iter().chain(&second.entries).map(|entry| entry.id.clone()).collect();
    assert_eq!(ids.len(), 40);
    // The next page of a list of one change is empty, and says that it is the last.
    let empty = feed(&public, &format!("/changes.atom?after={}", place::sealed(Cursor([1]), "/changes.atom", &[])));
    assert!(empty.entries.is_empty() && to(&empty.links, "next").is_none());
}
