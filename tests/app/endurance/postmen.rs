//! Four postmen on one database, two hundred times one of them killed.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use followthrough::clock::{Chance, Clock};
use followthrough::domain::subscription::{MailCycle, Topic};
use followthrough::domain::token::Token;
use followthrough::service::{AskToFollow, ToFollow};

use super::alone;
use super::killed::{Begun, accounted_for};
use crate::filing::arranged::done;
use crate::servers::smtp::SmtpServer;
use crate::stories;
use crate::support::luck::Luck;
use crate::support::process::until;
use crate::support::{DatabaseKind, Place};

stories![four_postmen_of_whom_one_is_killed_two_hundred_times_lose_nothing_and_invent_nothing];

const ROWS: usize = 5_000;
const POSTMEN: usize = 4;
const KILLS: usize = 200;
/// By when the last of them is killed: four fifths of the mails, so that each falls while there is mail.
const SHARE: usize = ROWS * 4 / 5;
/// How many mails a postman hands over at once, as `jobs::postman` has it: no more can have arrived that nobody marked.
const AT_ONCE: usize = 8;
/// How long he may hold them, as `service::outbox` has it, in seconds.
const LEASE: i64 = 15 * 60;
/// How many sign-ups from everywhere the register takes in an hour: see `domain::throttle`.
const SIGN_UPS: usize = 500;
/// How long the mail server thinks about each message, in milliseconds, while postmen are killed: else the mail has gone before the last
/// of them has. Many die with a message that it takes and they never hear of.
const THOUGHT: u64 = 200;
/// What is not done by then is not done.
const PATIENCE: Duration = Duration::from_secs(300);
const JOBS: [&str; 1] = ["jobs"];

fn four_postmen_of_whom_one_is_killed_two_hundred_times_lose_nothing_and_invent_nothing(place: &Place) {
    let _alone = alone();
    let smtp = SmtpServer::start().unwrap_or_else(|fault| panic!("{fault}"));
    place.set("SMTP_URL", &smtp.url());
    smtp.takes_its_time_with_all(THOUGHT);
    sign_up(place);
    let luck = Luck::drawn("four postmen");
    let begun = Instant::now();
    let mut postmen: Vec<Begun> = (0..POSTMEN).map(|_| Begun::start(place, &JOBS)).collect();
    for kill in 1..=KILLS {
        // Each falls a random moment after so much mail has gone, whatever the machine does in a second.
        until(PATIENCE, "more mail has gone", || smtp.count() >= kill * SHARE / KILLS);
        luck.waits_below(50);
        let victim = postmen.swap_remove(luck.below(POSTMEN));
        assert!(victim.kill(), "a postman ended by himself; see begun.log");
        postmen.push(Begun::start(place, &JOBS));
        let oldest = postmen.iter().map(|postman| postman.since).min().expect("four postmen");
        // A quarter of an hour passes for the dead alone. Whatever was taken before the oldest of the living began, a dead one took.
        pass_for(place, &format!("state = 'sending' and lease_until < '{}'", oldest.plus_seconds(LEASE)));
    }
    let left = || place.value("select count(*) from outbox where state <> 'accepted'");
    assert_ne!(left(), "0", "the last were killed when all mail had gone");
    smtp.takes_its_time_with_all(0);
    // The end gives back what the living hold. What is held then, the dead hold.
    end(postmen);
    pass_for(place, "state = 'sending'");
    let postmen: Vec<Begun> = (0..POSTMEN).map(|_| Begun::start(place, &JOBS)).collect();
    until(PATIENCE, "every mail has gone", || {
        std::thread::sleep(Duration::from_millis(200));
        left() == "0"
    });
    let seconds = begun.elapsed().as_secs_f64();
    end(postmen);

    let account = accounted_for(place, &smtp);
    assert_eq!(place.value("select count(*) from outbox"), ROWS.to_string());
    println!("| four postmen | mails | kill -9 | messages taken | came twice | seconds | mails a second |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    println!(
        "| {} | {ROWS} | {KILLS} | {} | {} | {seconds:.0} | {:.0} |",
        place.database().as_str(),
        account.messages,
        account.duplicates,
        ROWS as f64 / seconds
    );
    assert!(account.duplicates <= KILLS * AT_ONCE, "{} came twice", account.duplicates);
}

/// Ends the time of these mails' holders. What a living postman is marking in that moment is left alone: a statement over many rows
/// would wait for him, and he for it.
fn pass_for(place: &Place, these: &str) {
    let unlocked = match place.database() {
        DatabaseKind::Sqlite => "",
        DatabaseKind::Postgres => " for update skip locked",
    };
    place.execute_unnoticed(&format!(
        "update outbox set lease_until = created_at where id in (select id from outbox where {these}{unlocked})"
    ));
}

/// Asks all of them to end, the youngest once he is there to hear it.
fn end(postmen: Vec<Begun>) {
    std::thread::sleep(Duration::from_secs(3));
    for postman in postmen {
        assert!(postman.terminate(), "a postman did not end as he should; see begun.log");
    }
}

/// So many people ask to follow the register, each by the deed that the page does: the mail with their link goes at any hour of any
/// day, whatever the machine's clock says.
fn sign_up(place: &Place) {
    let app = place.with_nothing().app();
    let (chance, now) = (Chance::system(), Clock::system().now());
    let hours = ROWS.div_ceil(SIGN_UPS);
    done(async {
        for number in 0..ROWS {
            let ago = i64::try_from(hours - number / SIGN_UPS).expect("some hours");
            let at = now.plus_seconds(-ago * 60 * 60);
            let [high, low] = u16::try_from(number).expect("a small number").to_be_bytes();
            let asked = AskToFollow {
                email: format!("reader-{number}@example.org").parse().expect("an address"),
                topic: Topic::Everything,
                cycle: MailCycle::Daily,
                from: IpAddr::from([10, 0, high, low]),
                token: Token::new(chance.bytes()),
                subscriber: format!("reader-{number}"),
                reference: format!("sign-up-{number}"),
                now: at,
                today: at.to_string()[..10].parse().expect("a day"),
            };
            let taken = app.service().ask_to_follow(asked).await.expect("a sign-up");
            assert_eq!(taken, ToFollow::Taken, "{number}");
        }
    });
    // This server sends nothing: to its clock, all of it is still to come.
    app.clock().set("2020-01-01T00:00:00Z".parse().expect("a moment"));
}
