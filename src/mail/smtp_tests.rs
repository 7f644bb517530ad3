use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::domain::refusal::OfAddress;
use crate::mail::compose::tests::reset;

/// A mail server that keeps to its lines.
#[derive(Clone, Copy)]
struct Script {
    greeting: &'static str,
    mail: &'static str,
    rcpt: &'static str,
    dot: &'static str,
    /// Says nothing and hangs up when this comes a second time on one connection.
    hangs_up_at_second: &'static str,
}

const WILLING: Script = Script {
    greeting: "220 ready",
    mail: "250 ok",
    rcpt: "250 ok",
    dot: "250 2.0.0 queued as 17",
    hangs_up_at_second: "never",
};

/// Whom a mail is from, and whom it is for.
fn addresses() -> (Address, Address) {
    ("register@example.org".parse().unwrap(), "reader@example.org".parse().unwrap())
}

/// Its address, and how many connections it has had.
async fn serve(script: Script) -> (Server, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(talk(stream, script));
        }
    });
    (Server::at(&url).unwrap(), connections)
}

async fn talk(stream: TcpStream, script: Script) -> std::io::Result<()> {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    let (mut in_data, mut seen) = (false, 0);
    writing.write_all(format!("{}\r\n", script.greeting).as_bytes()).await?;
    while let Some(line) = lines.next_line().await? {
        seen += usize::from(line.starts_with(script.hangs_up_at_second));
        if seen > 1 {
            return Ok(());
        }
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "." => script.dot,
            _ if in_data => continue,
            "MAIL" => script.mail,
            "RCPT" => script.rcpt,
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        in_data = line == "DATA" && answer.starts_with("354");
        writing.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

#[tokio::test]
async fn one_connection_serves_one_mail_after_the_other() {
    let (server, connections) = serve(WILLING).await;
    for number in 0..3 {
        let outcome = server.hand_over(&reset(&format!("r-{number}")).parcel()).await;
        assert_eq!(outcome, Outcome::Accepted { answer: "250 2.0.0 queued as 17".to_owned() });
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1);
    server.rest().await;
    assert!(matches!(server.hand_over(&reset("r-4").parcel()).await, Outcome::Accepted { .. }));
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_connection_that_died_while_it_waited_costs_no_mail() {
    let (server, connections) = serve(Script { hangs_up_at_second: "MAIL", ..WILLING }).await;
    for number in 0..3 {
        let outcome = server.hand_over(&reset(&format!("r-{number}")).parcel()).await;
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
    }
    assert_eq!(connections.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_line_that_breaks_after_the_words_went_is_left_to_the_postman() {
    // The blank line between head and body comes more than once in a mail.
    let (server, connections) = serve(Script { hangs_up_at_second: "Content-Type", ..WILLING }).await;
    let outcome = server.hand_over(&reset("r-1").parcel()).await;
    assert!(matches!(outcome, Outcome::Temporary { .. }), "{outcome:?}");
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn refusals_are_for_now_or_for_good_by_their_number() {
    let (server, connections) = serve(Script { rcpt: "450 4.2.1 try later", ..WILLING }).await;
    for _ in 0..2 {
        let Outcome::Temporary { reason } = server.hand_over(&reset("r-1").parcel()).await else {
            panic!("not temporary")
        };
        assert!(reason.ends_with(": 450 4.2.1 try later"), "{reason}");
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1, "a refusal is no reason for another connection");
    let (server, connections) = serve(Script { rcpt: "421 4.3.2 closing", ..WILLING }).await;
    assert!(matches!(server.hand_over(&reset("r-1").parcel()).await, Outcome::Temporary { .. }));
    assert_eq!(connections.load(Ordering::SeqCst), 1, "a server that means it is not asked twice");
    for (script, said, expected) in [
        (Script { rcpt: "550 5.1.1 no such person", ..WILLING }, ": RCPT TO: 550 5.1.1", OfAddress::Dead),
        (Script { rcpt: "550 not here", ..WILLING }, ": RCPT TO: 550 not here", OfAddress::PerhapsDead),
        (Script { mail: "550 relay not permitted", ..WILLING }, ": MAIL FROM: 550 relay", OfAddress::Nothing),
        (Script { dot: "550 spam", ..WILLING }, ": DATA: 550 spam", OfAddress::Nothing),
        (Script { dot: "554 5.7.1 refused", ..WILLING }, ": DATA: 554 5.7.1", OfAddress::Nothing),
    ] {
        let (mut server, _) = serve(script).await;
        // What names the server looks like a code: the usual ports have three digits.
        for port in [server.port, 465, 587] {
            let (mut connection, (from, to)) = (server.connect().await.ok().unwrap(), addresses());
            let broken = converse(&mut connection, &from, &to, b"Subject: one\r\n\r\nWords.").await.err().unwrap();
            let at = std::mem::replace(&mut server.port, port);
            let outcome = server.refused(&broken.trouble, broken.stage);
            server.port = at;
            let Outcome::Permanent { reason, refusal: Some(refusal) } = outcome else { panic!("{outcome:?}") };
            assert!(reason.starts_with(&format!("127.0.0.1:{port}{said}")), "{reason}");
            assert_eq!(refusal.of_address(), expected, "{reason}");
        }
    }
    let (server, _) = serve(Script { dot: "354 still going", ..WILLING }).await;
    assert!(matches!(server.hand_over(&reset("r-1").parcel()).await, Outcome::Temporary { .. }));
}

#[tokio::test]
async fn what_is_wrong_before_a_mail_is_spoken_of_is_never_final() {
    let (server, _) = serve(Script { greeting: "554 5.3.2 closed for the day", ..WILLING }).await;
    let Outcome::Temporary { reason } = server.hand_over(&reset("r-1").parcel()).await else { panic!("not temporary") };
    assert!(reason.contains("could not be used: 554 5.3.2 closed for the day"), "{reason}");
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let server = Server::at(&format!("smtp://user:hunter2@{nobody}")).unwrap();
    let Outcome::Temporary { reason } = server.hand_over(&reset("r-1").parcel()).await else { panic!("not temporary") };
    assert!(!reason.contains("hunter2"), "{reason}");
}

#[tokio::test]
async fn a_server_that_never_speaks_costs_a_minute_and_no_more() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut server = Server::at(&format!("smtp://{}", listener.local_addr().unwrap())).unwrap();
    assert_eq!(server.patience.as_secs(), 60);
    server.patience = Duration::from_millis(50);
    let Outcome::Temporary { reason } = server.hand_over(&reset("r-1").parcel()).await else { panic!("not temporary") };
    assert!(reason.ends_with("did not answer within 50ms"), "{reason}");
}

#[test]
fn addresses_of_servers_are_read_as_lettre_reads_them() {
    let server = |url: &str| Server::at(url).unwrap();
    assert_eq!(server("smtps://user:p%40ss@mail.example.org").to_string(), "mail.example.org:465");
    assert_eq!(server("smtp://mail.example.org?tls=required").to_string(), "mail.example.org:587");
    assert_eq!(server("smtp://mail.example.org").to_string(), "mail.example.org:25");
    assert_eq!(server("smtp://mail.example.org:2525/register.example.org").hello.to_string(), "register.example.org");
    let server = server("smtps://user:p%40ss@mail.example.org");
    assert_eq!(server.credentials, Some(Credentials::new("user".to_owned(), "p@ss".to_owned())));
    assert!(!format!("{server:?}").contains("ss@"));
    let twice = "smtp://mail.example.org?tls=opportunistic&tls=required";
    for bad in ["mail.example.org", "http://mail.example.org", "smtp://mail.example.org?tls=maybe", "smtp:", twice] {
        assert!(Server::at(bad).is_err(), "{bad}");
    }
}

/// A mail server that signs one user in with one token, and takes one mail on each connection. Answers its address.
async fn signs_in(token_line: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (reading, mut writing) = stream.into_split();
            let mut lines = BufReader::new(reading).lines();
            writing.write_all(b"220 ready\r\n").await.unwrap();
            let mut in_data = false;
            while let Ok(Some(line)) = lines.next_line().await {
                let answer = match line.split(' ').next().unwrap_or_default() {
                    "." => "250 2.0.0 kept",
                    _ if in_data => continue,
                    "EHLO" => "250-here\r\n250 AUTH PLAIN XOAUTH2",
                    "AUTH" if line == token_line => "235 2.7.0 welcome",
                    "AUTH" => "535 5.7.8 this token has run out",
                    "DATA" => "354 go on",
                    _ => "250 ok",
                };
                in_data = line == "DATA";
                writing.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
            }
        }
    });
    format!("smtp://register%40example.org@{address}")
}

#[tokio::test]
async fn an_access_token_is_read_before_each_connection_and_never_repeated() {
    // user=register@example.org, auth=Bearer second.
    let line = "AUTH XOAUTH2 dXNlcj1yZWdpc3RlckBleGFtcGxlLm9yZwFhdXRoPUJlYXJlciBzZWNvbmQBAQ==";
    let url = signs_in(line).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let server = Server::with_token(&url, file.clone()).unwrap();
    let refused = |outcome: Outcome| match outcome {
        Outcome::Temporary { reason } => reason,
        other => panic!("{other:?}"),
    };
    let reason = refused(server.hand_over(&reset("r-1").parcel()).await);
    assert!(reason.contains("could not be read"), "{reason}");
    std::fs::write(&file, "first\n").unwrap();
    let reason = refused(server.hand_over(&reset("r-1").parcel()).await);
    assert!(reason.contains("did not take the access token (XOAUTH2): 535"), "{reason}");
    assert!(reason.contains("run out") && !reason.contains("first"), "{reason}");
    std::fs::write(&file, "second\n").unwrap();
    let outcome = server.hand_over(&reset("r-1").parcel()).await;
    assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
}
