//! What pages, searches and writing cost as the register grows: one reader, one writer, each asking when the last answer is there.

use std::io;
use std::time::{Duration, Instant};

use crate::meter::{Cluster, Used};
use crate::open::answer;
use crate::place::Place;
use crate::plan::Plan;
use crate::support::line::Question;
use crate::table::{Ran, Times, shown};
use crate::writing::{Until, write};
use crate::{Fault, make, reading, turn};

/// The sizes, as far as it was asked to go.
const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// Prints the table of all sizes up to this one.
pub fn print(most: usize, server: Option<&str>, seconds: u64) -> Result<(), Fault> {
    let mut lines = Vec::new();
    for size in SIZES.into_iter().filter(|size| *size <= most) {
        let (place, plan) = (Place::of(size, server)?, Plan { size });
        make::made(&place, plan, server)?;
        lines.push(measured(&place, plan, seconds)?);
    }
    println!(
        "\n| recommendations | listening after ms | detail p50 ms | p95 | list p50 ms | p95 | search p50 ms | p95 | write p50 ms | p95 | errors \
         | database MiB | memory MiB | PostgreSQL MiB |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    lines.iter().for_each(|line| println!("{line}"));
    Ok(())
}

fn measured(place: &Place, plan: Plan, seconds: u64) -> Result<String, Fault> {
    let begun = Instant::now();
    let served = place.serve()?;
    let started = begun.elapsed().as_secs_f64() * 1000.0;
    let (address, turn) = (served.address.as_str(), turn());
    // An address that says twice for which day it asks is kept under no name: each page is made anew.
    let anew = |path: &str| format!("{path}{}as-at=&as-at=", if path.contains('?') { "&" } else { "?" });
    let detail = one_by_one(address, seconds, &|number| {
        let (inquiry, at) = plan.any(&mut crate::chance::Chance::of(&[10, turn, number]));
        anew(&format!("/inquiries/{}/recommendations/{at}", inquiry.slug))
    })?;
    let list = one_by_one(address, seconds, &|number| {
        let (inquiry, at) = plan.any(&mut crate::chance::Chance::of(&[11, turn, number]));
        anew(&reading::depth(&format!("/inquiries/{}", inquiry.slug), at))
    })?;
    let search = one_by_one(address, seconds, &|number| reading::search(plan, turn, number))?;
    let published = write(address, plan, turn, 1, Until::Seconds(seconds))?.published;
    let memory = Used::by(served.child.id())?.peak;
    let beside = place.cluster()?.map(Cluster::taken).transpose()?.map(|taken| taken.mebibytes);
    let mut line = format!("| {} | {started:.0} |", plan.size);
    for ran in [detail, list, search, published] {
        line.push_str(&format!(" {} | {} |", shown(ran.times.p50, 2), shown(ran.times.p95, 2)));
    }
    let errors = detail.errors + list.errors + search.errors + published.errors;
    line.push_str(&format!(" {errors} | {:.0} | {memory:.0} | {} |", place.mebibytes()?, shown(beside, 0)));
    Ok(line)
}

fn one_by_one(address: &str, seconds: u64, path: &dyn Fn(u64) -> String) -> io::Result<Ran> {
    let (begun, time) = (Instant::now(), Duration::from_secs(seconds));
    let (mut line, mut took, mut errors) = (None, Vec::new(), 0);
    for number in 0.. {
        let question = Question::new(&path(number), "br", "");
        let asked = Instant::now();
        if asked - begun >= time {
            break;
        }
        match answer(address, &mut line, &question) {
            Ok((200, _)) => took.push(asked.elapsed()),
            Ok((status, _)) => {
                eprintln!("{} answered {status}", question.name);
                errors += 1;
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(Ran { times: Times::of(took), seconds: begun.elapsed().as_secs_f64(), errors, bytes: 0 })
}
