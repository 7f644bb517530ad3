//! What the stories of this folder share.

use crate::support::page::Page;
use crate::support::visitor::Visitor;
use crate::support::{Place, TestApp};

/// An address that no other story or database uses: they all share one mail server.
pub fn address(place: &Place, story: &str) -> String {
    format!("{story}.{}@example.org", place.database().as_str())
}

/// Asks for mail from a page such as `/subscribe?inquiry=ashgrove`.
pub fn asks(visitor: &Visitor, page: &str, email: &str, how_often: &str) -> Page {
    let form = visitor.open(page).form("Follow by mail");
    form.choose_in("How often?", how_often).fill("Your email address", email).submit()
}

/// The newest mail to this address at the mail server, after everything due has been handed over.
pub fn newest(app: &TestApp, email: &str) -> crate::support::mailbox::Mail {
    app.jobs();
    app.place().servers().smtp().mail_to(email).last().cloned().unwrap_or_else(|| panic!("no mail for {email}"))
}

/// How many mails this address has had.
pub fn count(app: &TestApp, email: &str) -> usize {
    app.place().servers().smtp().mail_to(email).len()
}

/// Signs up, confirms, and answers where the mail is managed.
pub fn follows(app: &TestApp, page: &str, email: &str, how_often: &str) -> String {
    let reader = app.public();
    asks(&reader, page, email, how_often).is(303);
    let link = newest(app, email).link("/subscribe/confirm/");
    let confirmed = reader.open(&link).form("Yes, write to me").send();
    confirmed.sees("Confirmed.");
    confirmed.path().split('?').next().unwrap_or_default().to_owned()
}

/// So many acts about the harbour authority's answer to recommendation 2 that publish nothing but themselves.
pub fn publishes(app: &TestApp, acts: usize, kind: &str) {
    for _ in 0..acts {
        let now = app.clock().now().to_string();
        app.place().execute(&format!(
            "update counter set seq = seq + 1;
             insert into change (seq, at, day, kind, role, inquiry_id, recommendation_id, addressee_id, body_id)
               select counter.seq, '{now}', '{}', '{kind}', 'overseer', addressee.inquiry_id, addressee.recommendation_id,
                 addressee.id, addressee.body_id
               from counter, addressee
                 join recommendation on addressee.recommendation_id = recommendation.id
                 join body on addressee.body_id = body.id
               where recommendation.number = '2' and body.slug = 'ashgrove-harbour';",
            &now[..10]
        ));
    }
}
