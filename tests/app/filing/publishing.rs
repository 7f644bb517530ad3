//! Who publishes what others filed, and what happens when two do it at once.

use super::arranged::{COUNCIL, ITEM, files, publication};
use crate::stories;
use crate::support::TestApp;

stories![two_overseers_publish_at_once_and_one_does, only_those_who_may_publish, published_once_is_published];

fn two_overseers_publish_at_once_and_one_does(app: &TestApp) {
    let path = files(app, "Read by two").path().to_owned();
    let forms = ["overseer", "overseer two"].map(|who| publication(&app.person(who).open(&path)));
    let mut answers = std::thread::scope(|scope| {
        forms.map(|form| scope.spawn(|| form.submit().status())).map(|sent| sent.join().expect("an answer"))
    });
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
    assert_eq!(app.place().value("select count(*) from fact_update where fact = 'reported'"), "1");
    app.person("overseer two").open(&path).sees("It is public");
}

fn only_those_who_may_publish(app: &TestApp) {
    let path = files(app, "Not for everybody").path().to_owned();
    let fields = publication(&app.person("overseer").open(&path)).fields();
    for who in [COUNCIL, "contributor of ashgrove-harbour", "observer"] {
        let visitor = app.person(who);
        let token = visitor.open("/staff").form("Sign out").value("csrf").to_owned();
        let own: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), if name == "csrf" { token.as_str() } else { value.as_str() }))
            .collect();
        for deed in ["publication", "sent-back"] {
            visitor.post_with(&format!("{path}/{deed}"), &[("sec-fetch-site", "same-origin")], &own).is(403);
        }
    }
    app.public().open(ITEM).does_not_see("Not for everybody");
}

fn published_once_is_published(app: &TestApp) {
    let path = files(app, "Once").path().to_owned();
    let overseer = app.person("overseer");
    let page = overseer.open(&path);
    let first = publication(&page).submit();
    let again = publication(&page).submit();
    assert_eq!(first.redirects_to(), again.redirects_to(), "the same form again is the same answer");
    page.form("Send it back").fill("What should be looked at again?", "Too late").submit().is(409);
    let page = overseer.open(&path);
    page.sees("It is public");
    assert!(!page.has_form("Publish this") && !page.has_form("Send it back"));
}
