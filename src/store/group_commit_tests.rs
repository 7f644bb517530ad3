//! A batch on a real file, begun by hand, so that it is certain who shares it.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use metrics::Histogram;
use tokio::sync::oneshot::Receiver;

use super::super::conn::Opener;
use super::super::migrate;
use super::super::stamp::Latest;
use super::super::{Address, open};
use super::*;

#[derive(diesel::QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

/// A register with a table of words in it.
struct Register {
    line: Line,
    group: Group,
    address: Address,
    _folder: tempfile::TempDir,
}

type Asked = Receiver<Outcome<usize, Error>>;

impl Register {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = made_in(folder.path());
        let line = Line::open(&address, false, 1, Arc::new(Latest::unknown()), Histogram::noop()).unwrap();
        Self { line, group: Group::default(), address, _folder: folder }
    }

    /// Asks for a word to be written, and for what `then` does after that.
    fn asks(&self, word: &'static str, then: fn(&mut WriteTx<'_>) -> Result<(), Error>) -> (Place, Asked) {
        let (answer, asked) = oneshot::channel();
        let work = move |tx: &mut WriteTx<'_>| {
            tx.conn.batch_execute(&format!("insert into word (word) values ('{word}')"))?;
            then(tx)?;
            Ok::<_, Error>(word.len())
        };
        (self.group.queue(deed(true, work, answer)), asked)
    }

    fn words(&self) -> Vec<String> {
        words_in(&self.address)
    }
}

/// Makes one. That a word's other row is there is asked when the transaction ends.
fn made_in(folder: &Path) -> Address {
    let address = Address::Sqlite(folder.join("register.db"));
    migrate::bring_up_to_date(&address).unwrap();
    let mut conn = Opener { address: address.clone(), read_only: false }.open().unwrap();
    conn.batch_execute(
        "create table other (id integer not null primary key);
         create table word (word text not null, other integer references other (id) deferrable initially deferred)",
    )
    .unwrap();
    address
}

fn words_in(address: &Address) -> Vec<String> {
    let Ok(Conn::Sqlite(mut conn)) = (Opener { address: address.clone(), read_only: true }).open() else {
        panic!("no SQLite file was opened")
    };
    let query = diesel::sql_query("select word from word order by word");
    let words: Vec<Word> = diesel::RunQueryDsl::get_results(query, &mut conn).unwrap();
    words.into_iter().map(|word| word.word).collect()
}

fn fine(_: &mut WriteTx<'_>) -> Result<(), Error> {
    Ok(())
}

/// What came of a deed; it has been told already.
fn came(asked: &mut Asked) -> Result<usize, Error> {
    told(Ok(asked.try_recv().unwrap()))
}

#[test]
fn those_who_wait_share_a_commit_and_a_rise_of_the_stamp() {
    let register = Register::new();
    let before = register.line.latest.known().stamp;
    let (_one, mut first) = register.asks("one", fine);
    let (_three, mut second) = register.asks("three", |tx| {
        assert_eq!(conn::depth(tx.conn), BETWEEN + 1);
        Ok(())
    });
    assert!(first.try_recv().is_err(), "nobody is told before it lasts");
    register.group.batch(&register.line).unwrap();
    assert_eq!((came(&mut first).unwrap(), came(&mut second).unwrap()), (3, 5));
    assert_eq!(register.words(), ["one", "three"]);
    assert_ne!(register.line.latest.known().stamp, before);
    assert_eq!(conn::depth(&mut register.line.take().unwrap()), 0);
}

#[test]
fn a_deed_that_fails_is_taken_back_alone() {
    let register = Register::new();
    let (_a, mut first) = register.asks("first", fine);
    let (_b, mut failing) = register.asks("failing", |_| Err(Error::Stale));
    let (_c, mut wrong) = register.asks("wrong", |tx| Ok(tx.conn.batch_execute("insert into nothing values (1)")?));
    let (_d, mut last) = register.asks("last", fine);
    register.group.batch(&register.line).unwrap();
    assert!(came(&mut first).is_ok() && came(&mut last).is_ok());
    assert!(matches!(came(&mut failing), Err(Error::Stale)));
    assert!(matches!(came(&mut wrong), Err(Error::Failed(_))));
    assert_eq!(register.words(), ["first", "last"]);
}

#[test]
fn a_panic_is_its_own_deeds_alone() {
    let register = Register::new();
    let (_a, mut first) = register.asks("first", fine);
    let (_b, mut panicking) = register.asks("panicking", |_| panic!("on purpose"));
    let (_c, mut last) = register.asks("last", fine);
    // To print what a panic says may take longer than a batch lasts: the last one may have a batch to itself.
    while !lock(&register.group.0).is_empty() {
        register.group.batch(&register.line).unwrap();
    }
    assert!(came(&mut first).is_ok() && came(&mut last).is_ok());
    let panic = panicking.try_recv().unwrap().unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"on purpose"));
    assert_eq!(register.words(), ["first", "last"]);
}

#[test]
fn where_the_commit_fails_nothing_was_written_and_all_are_told() {
    let register = Register::new();
    let (_a, mut first) = register.asks("first", fine);
    // Found out only when the transaction ends.
    let (_b, mut dangling) =
        register.asks("dangling", |tx| Ok(tx.conn.batch_execute("insert into word (word, other) values ('x', 7)")?));
    let (_c, mut failing) = register.asks("failing", |_| Err(Error::NotFound));
    let before = register.line.latest.known().stamp;
    register.group.batch(&register.line).unwrap();
    assert!(matches!(came(&mut first), Err(Error::Failed(_))));
    assert!(matches!(came(&mut dangling), Err(Error::Failed(_))));
    assert!(matches!(came(&mut failing), Err(Error::NotFound)), "it had failed before");
    assert_eq!(register.words(), [""; 0]);
    assert_eq!(register.line.latest.known().stamp, before);
    works_again(&register);
}

#[test]
fn a_transaction_that_is_lost_is_lost_to_all_and_the_next_begins_anew() {
    let register = Register::new();
    let (_a, mut first) = register.asks("first", fine);
    // As SQLite itself does where the disk is full.
    let (_b, mut losing) = register.asks("losing", |tx| Ok(tx.conn.batch_execute("rollback")?));
    let (_c, mut last) = register.asks("last", fine);
    register.group.batch(&register.line).unwrap();
    assert!(matches!(came(&mut first), Err(Error::Failed(_))));
    assert!(matches!(came(&mut losing), Err(Error::Failed(_))));
    assert!(last.try_recv().is_err(), "it waits for the next transaction");
    works_again(&register);
    assert!(came(&mut last).is_ok());
    assert_eq!(register.words(), ["again", "last"]);
}

#[test]
fn a_disk_that_is_full_in_the_middle_is_told_to_all_as_what_it_is() {
    let register = Register::new();
    let (_a, mut first) = register.asks("first", fine);
    // As many pages as there are, and a word that takes more of them.
    let (_b, mut large) = register.asks("large", |tx| {
        tx.conn.batch_execute("pragma max_page_count = 1")?;
        Ok(tx.conn.batch_execute("insert into word (word) values (hex(zeroblob(8000000)))")?)
    });
    register.group.batch(&register.line).unwrap();
    assert!(matches!(came(&mut first), Err(Error::Full(_))));
    assert!(matches!(came(&mut large), Err(Error::Full(_))));
    register.line.take().unwrap().batch_execute("pragma max_page_count = 1000000").unwrap();
    works_again(&register);
    assert_eq!(register.words(), ["again"]);
}

fn works_again(register: &Register) {
    let (_place, mut again) = register.asks("again", fine);
    register.group.batch(&register.line).unwrap();
    assert!(came(&mut again).is_ok());
}

#[test]
fn who_has_gone_takes_the_deed_along() {
    let register = Register::new();
    let (gone, mut nobody) = register.asks("gone", fine);
    let (_there, mut there) = register.asks("there", fine);
    drop(gone);
    register.group.batch(&register.line).unwrap();
    assert!(nobody.try_recv().is_err() && came(&mut there).is_ok());
    assert_eq!(register.words(), ["there"]);
}

#[test]
fn a_batch_has_an_end() {
    let register = Register::new();
    let mut asked: Vec<(Place, Asked)> = (0..=MOST).map(|_| register.asks("word", fine)).collect();
    register.group.batch(&register.line).unwrap();
    // As many as it may hold, or as many as the time allowed.
    let (_, last) = asked.last_mut().unwrap();
    assert!(last.try_recv().is_err());
    let own = Arc::clone(&asked.last().unwrap().0.0);
    register.group.lead(&register.line, &own).unwrap();
    assert_eq!(register.words().len(), MOST + 1);
    for (_, one) in &mut asked {
        assert!(came(one).is_ok());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_waits_leads_or_is_led() {
    let folder = tempfile::tempdir().unwrap();
    let address = made_in(folder.path());
    let (_, writer) = open(&address).unwrap();
    let writing = (0..200).map(|number| {
        let writer = writer.clone();
        tokio::spawn(async move {
            let work = move |tx: &mut WriteTx<'_>| {
                tx.conn.batch_execute(&format!("insert into word (word) values ('{number}')"))?;
                if number % 10 == 0 { Err(Error::Stale) } else { Ok(number) }
            };
            writer.write(work).await
        })
    });
    let writing: Vec<_> = writing.collect();
    let mut failed = 0;
    for (number, one) in writing.into_iter().enumerate() {
        match one.await.unwrap() {
            Ok(done) => assert_eq!(done, number),
            Err(fault) => {
                assert!(matches!(fault, Error::Stale), "{fault}");
                failed += 1;
            }
        }
    }
    assert_eq!((failed, words_in(&address).len()), (20, 180));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_is_done_does_not_wait_for_a_long_deed() {
    const MOMENT: Duration = Duration::from_millis(100);
    let folder = tempfile::tempdir().unwrap();
    let address = made_in(folder.path());
    let (_, writer) = open(&address).unwrap();
    let (begin, begun) = std::sync::mpsc::channel::<()>();
    let (end, ended) = std::sync::mpsc::channel::<()>();
    let (at_first, at_once, at_length) = (writer.clone(), writer.clone(), writer);
    let first = tokio::spawn(async move {
        let work = move |tx: &mut WriteTx<'_>| {
            begun.recv().unwrap();
            Ok::<_, Error>(tx.conn.batch_execute("insert into word (word) values ('first')")?)
        };
        at_first.write(work).await
    });
    tokio::time::sleep(MOMENT).await;
    let short = tokio::spawn(async move {
        let work =
            |tx: &mut WriteTx<'_>| Ok::<_, Error>(tx.conn.batch_execute("insert into word (word) values ('short')")?);
        at_once.write(work).await
    });
    tokio::time::sleep(MOMENT).await;
    let long = tokio::spawn(async move {
        let work = move |tx: &mut WriteTx<'_>| {
            tx.conn.batch_execute("insert into word (word) values ('long')")?;
            ended.recv().unwrap();
            Ok::<_, Error>(())
        };
        at_length.write_long(work).await
    });
    tokio::time::sleep(MOMENT).await;
    begin.send(()).unwrap();
    first.await.unwrap().unwrap();
    tokio::time::timeout(Duration::from_secs(5), short).await.unwrap().unwrap().unwrap();
    assert!(!long.is_finished());
    end.send(()).unwrap();
    long.await.unwrap().unwrap();
    assert_eq!(words_in(&address), ["first", "long", "short"]);
}
