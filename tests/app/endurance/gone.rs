//! A minute without the database, while people read and write.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::alone;
use crate::faults::OnPostgres;
use crate::faults::line::Line;
use crate::stories;
use crate::support::page::Page;
use crate::support::place::BASE_URL;
use crate::support::process::until;
use crate::support::visitor::Visitor;

stories![a_minute_without_the_database_costs_readers_nothing_and_writers_a_second_try];

const MINUTE: Duration = Duration::from_secs(60);
const READERS: usize = 3;
/// What many read: it is kept when the database goes.
const PAGES: [&str; 4] = ["/inquiries/ashgrove", "/bodies", "/changes.atom", "/inquiries/ashgrove/recommendations/2"];
/// A reader may wait so long for a page that is kept.
const LONGEST: Duration = Duration::from_secs(5);
/// Everything is as before within this time.
const SOON: Duration = Duration::from_secs(20);

/// Sets it when it goes, also where the story fails in the middle.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

fn a_minute_without_the_database_costs_readers_nothing_and_writers_a_second_try(OnPostgres(place): &OnPostgres) {
    let _alone = alone();
    let line = Line::to(place);
    let app = line.app(place);
    let public = app.public();
    for path in PAGES {
        public.open(path);
    }
    // Opened while all was well.
    let forms: Vec<_> = (0..10).map(|number| (number, public.open("/wrong?page=/bodies").form("Send"))).collect();
    let over = AtomicBool::new(false);
    let took: Mutex<Vec<Duration>> = Mutex::default();
    let mut refused: Vec<Page> = Vec::new();
    let mut back = Duration::ZERO;
    std::thread::scope(|scope| {
        let _over = Over(&over);
        for number in 0..READERS {
            let (over, took, servers, address) = (&over, &took, place.servers(), app.address());
            scope.spawn(move || {
                let reader = Visitor::unseen(servers, address, BASE_URL);
                for turn in number.. {
                    if over.load(Ordering::SeqCst) {
                        break;
                    }
                    let begun = Instant::now();
                    reader.get(PAGES[turn % PAGES.len()]).is(200);
                    took.lock().expect("the times").push(begun.elapsed());
                    std::thread::sleep(Duration::from_millis(50));
                }
            });
        }
        let begun = Instant::now();
        line.cut();
        for (number, form) in forms {
            let page = form.fill("What is wrong", &format!("Message {number} of a bad minute.")).submit();
            page.is(503).sees(&format!("Message {number} of a bad minute."));
            refused.push(page);
            std::thread::sleep(MINUTE / 12);
        }
        std::thread::sleep(MINUTE.saturating_sub(begun.elapsed()));
        let mended = Instant::now();
        line.is_mended();
        until(SOON, "it is ready", || public.get("/readyz").status() == 200);
        until(SOON, "pages are new again", || public.get(PAGES[0]).header("warning").is_none());
        back = mended.elapsed();
    });
    for page in &refused {
        page.form("Send it again").send();
    }
    assert_eq!(place.value("select count(*) from complaint"), refused.len().to_string(), "each was kept once");
    let mut took = took.into_inner().expect("the times");
    took.sort_unstable();
    let longest = took.last().copied().expect("pages");
    let most = took[took.len() * 95 / 100];
    println!("| a minute without the database | pages | p95 ms | longest ms | messages sent again | back after s |");
    println!("|---|---:|---:|---:|---:|---:|");
    println!(
        "| {} | {} | {:.1} | {:.1} | {} | {:.1} |",
        place.database().as_str(),
        took.len(),
        most.as_secs_f64() * 1000.0,
        longest.as_secs_f64() * 1000.0,
        refused.len(),
        back.as_secs_f64()
    );
    assert!(longest <= LONGEST, "a reader waited {longest:?} for a page that was kept");
}
