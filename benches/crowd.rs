//! A crowd on one page, against the same server's bare static answers: `cargo bench --bench crowd [-- postgres://…]`.
//!
//! Serves the first register from a throwaway folder (or from the database that is named, which must be empty), asks over
//! loopback on a few connections that are kept open, and prints one table. Bounded in count and time: about a minute.

mod support;

use std::io;
use std::net::TcpStream;
use std::time::Duration;

use support::line::{Question, ask};
use support::served::Served;
use support::statics::{closed, nearest, statics};

/// How many connections ask at once.
const CONNECTIONS: usize = 8;
/// Each pair is measured in turns, so that whatever else the machine does meets both.
const TURNS: usize = 6;
const TURN: Duration = Duration::from_millis(1000);

const PAGES: [&str; 3] = ["/", "/inquiries/jay", "/inquiries/jay/recommendations/4"];

fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = || format!("sqlite:{}", folder.path().join("register.db").display());
    let named = std::env::args().skip(1).find(|argument| argument.starts_with("postgres"));
    let served = Served::start(folder.path(), &named.unwrap_or_else(file), &[])?;
    let line = || TcpStream::connect(&served.address);
    let statics = statics(&served.address)?;
    println!("| answer | bytes | requests/s | static of bytes | requests/s | ratio |");
    println!("|---|---:|---:|---:|---:|---:|");
    for path in PAGES {
        for coding in ["br", "identity"] {
            let page = Question::new(path, coding, "");
            let length = ask(&mut line()?, &page)?.length;
            compare(&served, (length, &page), nearest(&statics, length)?)?;
        }
        let tag = ask(&mut line()?, &Question::new(path, "br", ""))?.tag;
        let known = Question::new(path, "br", &tag);
        assert_eq!(ask(&mut line()?, &known)?.status, 304, "{path}");
        compare(&served, (0, &known), nearest(&statics, 0)?)?;
    }
    let anew = Question::new("/inquiries/jay?as-at=&as-at=", "identity", "");
    let length = ask(&mut line()?, &anew)?.length;
    compare(&served, (length, &anew), nearest(&statics, length)?)
}

fn compare(served: &Served, page: (usize, &Question), bare: &(usize, Question)) -> io::Result<()> {
    let (mut ours, mut theirs) = (0.0, 0.0);
    for _ in 0..TURNS {
        ours += rate(served, page.1)?;
        theirs += rate(served, &bare.1)?;
    }
    let turns = TURNS as f64;
    println!(
        "| {} | {} | {:.0} | {} {} | {:.0} | {:.2} |",
        page.1.name,
        page.0,
        ours / turns,
        bare.0,
        bare.1.name,
        theirs / turns,
        ours / theirs
    );
    Ok(())
}

/// How many answers come in a second.
fn rate(served: &Served, question: &Question) -> io::Result<f64> {
    Ok(closed(&served.address, question, CONNECTIONS, TURN)?.len() as f64 / TURN.as_secs_f64())
}
