//! The verbs and the checks themselves, tried on pages that are known to be good or bad: a check that cannot fail shows
//! nothing. A small server answers with them; the register is not started.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::AssertUnwindSafe;

use serde_json::json;

use crate::stories;
use crate::support::Place;
use crate::support::browser::Window;
use crate::support::place::BASE_URL;
use crate::support::visitor::Visitor;

stories![
    a_form_is_sent_as_a_browser_sends_it,
    words_links_and_faults_are_found_or_missed,
    the_browser_finds_what_is_wrong_with_a_page,
    the_browser_tells_whether_scripts_alter_a_page,
    mail_is_taken_and_refused_as_scripted,
];

const GOOD: &str = "<!doctype html><html lang=en><head><title>Good</title>
    <meta name=viewport content='width=device-width, initial-scale=1'></head><body><main><h1>A good page</h1>
    <p>Nothing is <strong>wrong</strong>, here.</p><a href='/bad'>The bad page</a></main></body></html>";

const BAD: &str = "<!doctype html><html><head><title>Bad</title></head><body><main><h1>A bad page</h1>
    <img src='/missing.png'><div style='width: 900px'>wide</div><script>fail()</script></main></body></html>";

const FORM: &str = "<!doctype html><html lang=en><head><title>Form</title></head><body><main>
    <div class='govuk-error-summary'><a href='#words'>Enter the words</a><a href='#gone'>Leads nowhere</a></div>
    <form method=post action='/echo'><input type=hidden name=csrf value=secret>
    <label for=words>Words &amp; more</label><textarea name=words id=words>\nold</textarea>
    <fieldset><legend>Answer</legend>
      <input type=radio name=answer id=yes value=y checked><label for=yes>Yes</label>
      <input type=radio name=answer id=no value=n><label for=no>No</label></fieldset>
    <fieldset><legend>When was it?</legend><label>Day <input name=day></label><label>Month <input name=month></label>
      <label>Year <input name=year></label></fieldset>
    <label><input type=checkbox name=sure value=1> I am sure</label><label><input type=checkbox name=late value=1 checked> Late</label>
    <label for=body>Body</label><select name=body id=body><option value=a>One</option><option value=b>Two</option></select>
    <button name=deed value=publish>Publish</button></form></main></body></html>";

/// A server for a few answers: it ends with the process.
fn canned() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || answer(stream));
        }
    });
    address
}

fn answer(mut stream: TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).ok()?;
    for line in (&mut reader).lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
        if let Some(count) = line.to_lowercase().strip_prefix("content-length:") {
            length = count.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let path = first.split(' ').nth(1).unwrap_or_default();
    let (status, kind, text) = match path {
        "/good" => ("200 OK", "text/html; charset=utf-8", GOOD.to_owned()),
        "/bad" => ("200 OK", "text/html; charset=utf-8", BAD.to_owned()),
        "/form" => ("200 OK", "text/html; charset=utf-8", FORM.to_owned()),
        "/echo" => ("200 OK", "text/plain", String::from_utf8_lossy(&body).into_owned()),
        "/away" => ("303 See Other\r\nLocation: good", "text/plain", String::new()),
        _ => ("404 Not Found", "text/plain", "nothing here".to_owned()),
    };
    let length = text.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all((head + &text).as_bytes()).ok()
}

thread_local! {
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is about to fail on purpose, so that its panic need not be printed.
pub fn failing_on_purpose() -> bool {
    EXPECTED.get()
}

/// Demands that a verb fails.
#[track_caller]
fn fails<T>(verb: impl FnOnce() -> T) {
    EXPECTED.set(true);
    let failed = std::panic::catch_unwind(AssertUnwindSafe(|| drop(verb()))).is_err();
    EXPECTED.set(false);
    assert!(failed, "this should have failed");
}

fn visitor(place: &Place, address: &str) -> Visitor {
    Visitor::unseen(place.servers(), address, BASE_URL)
}

fn a_form_is_sent_as_a_browser_sends_it(place: &Place) {
    let page = visitor(place, &canned()).open("/form");
    let form = page.form("Publish");
    assert_eq!((form.value("Words & more"), form.is_chosen("Yes"), form.is_chosen("I am sure")), ("old", true, false));
    let sent = page.form("Publish").submit().body();
    assert_eq!(sent, "csrf=secret&words=old&answer=y&day=&month=&year=&late=1&body=a&deed=publish");
    let form = page.form("Publish").fill("Words & more", "new & old").choose_in("Answer", "No").tick("I am sure");
    let form = form.untick("Late").select("Body", "Two").date("When was it?", "2026-01-05").without("csrf");
    assert_eq!(form.submit().body(), "words=new+%26+old&answer=n&day=5&month=1&year=2026&sure=1&body=b&deed=publish");
    let lost = [page.form("Publish").set("csrf", "other").submit().body()];
    assert!(lost[0].ends_with("csrf=other&deed=publish"), "{lost:?}");
}

fn words_links_and_faults_are_found_or_missed(place: &Place) {
    let visitor = visitor(place, &canned());
    let page = visitor.open("/away");
    page.is(200).sees("Nothing is wrong, here.").does_not_see("Nothing is right");
    assert_eq!((page.path(), page.heading().as_str(), page.title().as_str()), ("/good", "A good page", "Good"));
    assert_eq!(page.follow("bad page").path(), "/bad");
    visitor.get(&format!("{BASE_URL}/good")).is(200);
    visitor.open("/form").complains("Enter the words");
    let page = || visitor.get("/good");
    fails(|| page().is(404).status());
    fails(|| page().sees("wrong ,").status());
    fails(|| page().does_not_see("is wrong").status());
    fails(|| page().link("no such link"));
    fails(|| page().form("Publish"));
    fails(|| visitor.get("/form").complains("Leads nowhere").status());
    fails(|| visitor.get("/form").complains("No such fault").status());
    fails(|| visitor.open("/nowhere"));
    fails(|| visitor.get("http://elsewhere.example/"));
}

fn the_browser_finds_what_is_wrong_with_a_page(place: &Place) {
    let address = canned();
    let browser = place.servers().browser();
    for window in [Window::phone(), Window::phone().without_scripts(), Window::desk().dark()] {
        let scripts = window.scripts;
        let tab = browser.window(window.clone(), &address, &[]);
        assert_eq!(tab.open("/good"), 200);
        tab.sees("Nothing is wrong, here.").is_sound();
        assert_eq!(tab.follow("The bad page"), "/bad");
        let faults = tab.faults().join("\n");
        let mut expected = vec!["html-has-lang", "image-alt", "missing.png answered 404"];
        expected.extend((window.width == 320).then_some("scrolls sideways at 320 px"));
        expected.extend(scripts.then_some("script error"));
        for words in expected {
            assert!(faults.contains(words), "{window:?} did not find {words:?}, but:\n{faults}");
        }
        assert!(scripts || !faults.contains("script error"), "scripts ran: {faults}");
    }
}

fn the_browser_tells_whether_scripts_alter_a_page(place: &Place) {
    let tab = place.servers().browser().window(Window::desk(), &canned(), &[]);
    let examined = |html: &str| {
        tab.examine(json!({
            "at": "/shown", "status": 200, "html": html, "headers": { "content-type": "text/html; charset=utf-8" },
            "windows": [{ "name": "desk", "width": 1280, "scheme": "light", "asked": "all" }],
        }))
    };
    let (faults, altered) = examined(GOOD);
    assert!(faults.is_empty() && !altered, "{faults:?}, altered: {altered}");
    let script = "</main><script>document.querySelector('p').tabIndex = -1</script>";
    assert!(examined(&GOOD.replace("</main>", script)).1, "an attribute that a script has set is seen");
    let silent = "</main><script>document.querySelector('p').title</script>";
    assert!(!examined(&GOOD.replace("</main>", silent)).1, "a script that sets nothing alters nothing");
}

fn mail_is_taken_and_refused_as_scripted(place: &Place) {
    let smtp = place.servers().smtp();
    let address = format!("refused-{}@example.org", place.database().as_str());
    smtp.answers(&address, &[451, 421, 550]);
    let port = smtp.url().rsplit(':').next().expect("a port").to_owned();
    let mut codes = Vec::new();
    for _ in 0..4 {
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).expect("the SMTP server listens");
        let mut lines = BufReader::new(stream.try_clone().expect("the same connection")).lines().map_while(Result::ok);
        lines.next();
        for command in ["HELO example.org", "MAIL FROM:<from@example.org>", &format!("RCPT TO:<{address}>"), "DATA"] {
            write!(stream, "{command}\r\n").expect("a command");
            let answer = lines.next().unwrap_or_default();
            if command.starts_with("RCPT") {
                codes.push(answer[..3].to_owned());
            }
            if command == "DATA" && answer.starts_with("354") {
                write!(stream, "To: {address}\r\nSubject: Hello\r\n\r\nA letter.\r\n.\r\n").expect("a letter");
                assert!(lines.next().unwrap_or_default().starts_with("250"));
            }
        }
    }
    assert_eq!(codes, ["451", "421", "550", "250"]);
    assert_eq!(smtp.tries_for(&address), 4);
    let mail = smtp.mail_to(&address);
    assert_eq!((mail.len(), mail[0].subject.as_str()), (1, "Hello"));
    mail[0].says("A letter.");
}
