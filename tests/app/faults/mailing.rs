//! Mail when processes die and servers say nothing. What takes minutes of the same stands in `endurance`.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::endurance::killed::{Begun, accounted_for};
use crate::mail::ashgrove::waits;
use crate::servers::smtp::SmtpServer;
use crate::stories;
use crate::support::Place;
use crate::support::process::until;

stories![
    a_postman_who_is_killed_with_mail_in_his_hands_loses_none,
    a_mail_server_that_says_nothing_holds_up_nothing_else,
];

/// Not more than a postman takes at once: of what he holds, nothing is left for another.
const MAILS: usize = 20;
/// The machine's own clock rules here. This kind of letter goes at night and on Sundays too.
const LONG_AGO: &str = "2020-01-01T08:00:00Z";
const SOON: Duration = Duration::from_secs(60);
/// Less than a mail server is waited for at any step, and enough for a page of a debug build beside other stories.
const PROMPT: Duration = Duration::from_secs(9);

fn a_postman_who_is_killed_with_mail_in_his_hands_loses_none(place: &Place) {
    let smtp = SmtpServer::start().unwrap_or_else(|fault| panic!("{fault}"));
    place.set("SMTP_URL", &smtp.url());
    place.run(&["migrate"]).succeeds();
    waits(place, MAILS, "in-his-hands@example.org", LONG_AGO);
    // Eight at a time: after the first of them he still has his hands full for three seconds.
    smtp.takes_its_time_with_all(1500);
    let postman = Begun::start(place, &["jobs"]);
    until(SOON, "some mail has gone", || smtp.count() >= 4);
    assert!(postman.kill(), "he ended by himself; see begun.log");
    smtp.takes_its_time_with_all(0);
    let held = || place.value("select count(*) from outbox where state = 'sending'");
    assert_ne!(held(), "0", "he had gone home already");
    // Until his time is over, nobody else takes what he held: he might be alive.
    place.run(&["jobs", "--once"]).succeeds().says("0 accepted");
    assert_ne!(held(), "0");
    place.execute_unnoticed("update outbox set lease_until = created_at where state = 'sending'");
    place.run(&["jobs", "--once"]).succeeds();
    let account = accounted_for(place, &smtp);
    assert!(account.messages >= MAILS && account.duplicates <= 8, "{} came twice", account.duplicates);
}

fn a_mail_server_that_says_nothing_holds_up_nothing_else(place: &Place) {
    // It takes connections and never says a word.
    let hole = TcpListener::bind("127.0.0.1:0").expect("a port");
    place.set("SMTP_URL", &format!("smtp://{}", hole.local_addr().expect("an address")));
    place.run(&["migrate"]).succeeds();
    waits(place, MAILS, "nobody@example.org", LONG_AGO);
    let served = place.spawn(&["serve", "--empty"]);
    let count = |what: &str| place.value(&format!("select count(*) from {what}"));
    until(SOON, "the postman is at it", || count("outbox where state = 'sending'") != "0");
    let public = served.public();
    for number in 0..50 {
        let begun = Instant::now();
        public.get(&format!("/recommendations?q=ferry+{number}")).is(200);
        assert!(begun.elapsed() < PROMPT, "a page took {:?}", begun.elapsed());
    }
    // What the other jobs have to do on every day is done meanwhile.
    until(SOON, "the other jobs have run", || {
        let ran = place.value("select count(*) from job_run where finished_at is not null");
        ran.parse::<usize>().expect("a number") >= 3
    });
    assert_ne!(count("outbox where state = 'sending'"), "0", "the postman has given up meanwhile");
    // Asked to end, it does not wait for the server, and holds no mail any more.
    let begun = Instant::now();
    assert_eq!(served.terminate(), 0);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    assert_eq!(count("outbox where state in ('queued', 'temporary_failure')"), MAILS.to_string(), "no mail is lost");
    assert_eq!(count("outbox where lease is not null"), "0");
}
