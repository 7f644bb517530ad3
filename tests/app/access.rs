//! Who may go where: every address of the program, for every role. An address without a row fails, and so does a row
//! without an address.

use std::collections::BTreeSet;

use followthrough::web::{Door, ROUTES};

use crate::filing::arranged::files;
use crate::stories;
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

mod matrix;
mod private;

use matrix::{MATRIX, Row};

stories![
    every_address_answers_each_role_as_the_matrix_says,
    every_form_is_refused_without_its_token,
    every_form_is_refused_from_another_site,
    every_private_field_says_that_it_may_be_disclosed,
];

/// Everybody of the matrix, in the order of its columns. The second contributor belongs to another body than the item's.
const EVERYBODY: [&str; 6] = [
    "public",
    "contributor of ashgrove-council",
    "contributor of old-ferry-board",
    "observer",
    "overseer",
    "administrator",
];

fn somebody(app: &TestApp, who: &str) -> Visitor {
    if who == "public" { app.public() } else { app.person(who) }
}

/// The names of a filing of the item, of a person and of a mail; before anything is there, names of nothing.
struct Named {
    filing: String,
    finding: String,
    person: String,
    mail: String,
    complaint: String,
    exhibit: String,
    report: String,
    meeting: String,
    pack: String,
    dead: String,
}

impl Named {
    fn nothing() -> Self {
        let none = || "none".to_owned();
        Self {
            filing: none(),
            finding: none(),
            person: none(),
            mail: none(),
            complaint: none(),
            exhibit: none(),
            report: none(),
            meeting: none(),
            pack: none(),
            dead: none(),
        }
    }

    /// Makes one of each, so that a right that is asked for only once the thing is found is seen to be asked for.
    fn made(app: &TestApp) -> Self {
        let path = files(app, "For the matrix").path().to_owned();
        // A finding against the body, so that it is with the body.
        let item = app.person("overseer two").open("/staff/inquiries/ashgrove/recommendations/2/ashgrove-council");
        let finding = item.follow("Assess").form("Hand in the assessment").choose_in("What do you find?", "Off course");
        let finding = finding.fill("What does the finding rest on?", "For the matrix.").send().path().to_owned();
        crate::evidence::attached(app, "contributor of ashgrove-council", &path);
        let form = app.person("administrator").open("/staff/people/new").form("Send the invitation");
        let form = form.fill("Email address", "invited@example.org").fill("Name", "Invited One");
        form.choose("Observer").send();
        crate::reports::logged(app, "For the matrix");
        let form = app.person("overseer").open(&format!("/staff/reports/{}/description", crate::reports::began(app)));
        form.form("Save this").submit_with("matrix.pdf", &crate::evidence::pdf()).is(303);
        let wrong = app.public().open("/wrong?page=/inquiries").form("Send");
        wrong.fill("What is wrong", "For the matrix").send();
        let meeting = crate::meetings::called(app, &["Ashgrove Ferry Inquiry"]);
        let pack = crate::packs::made(app, "2026-11-22");
        crate::families::plants(app, "For the matrix.");
        let list = app.person("administrator").open("/staff/dead-addresses").form("This address is dead");
        let dead =
            list.fill("Email address", "dead@example.org").fill("How do you know that it is dead?", "For the matrix");
        let dead = dead.send();
        Self {
            finding: finding.rsplit('/').next().expect("a name").to_owned(),
            filing: path.rsplit('/').next().expect("a name").to_owned(),
            person: app.place().value("select reference from person where email = 'invited@example.org'"),
            exhibit: app.place().value("select reference from exhibit"),
            complaint: app.place().value("select reference from complaint"),
            report: crate::reports::began(app),
            meeting: crate::meetings::name_of(&meeting),
            pack: crate::meetings::name_of(&pack),
            dead: crate::meetings::name_of(&dead),
            mail: app.place().value("select reference from outbox where email = 'invited@example.org'"),
        }
    }

    fn of(&self, path: &str) -> &str {
        let of_path = [
            ("/staff/filings", &self.filing),
            ("/staff/findings", &self.finding),
            ("/staff/people", &self.person),
            ("/staff/outbox", &self.mail),
            ("/staff/complaints", &self.complaint),
            ("/staff/evidence", &self.exhibit),
            ("/staff/meetings", &self.meeting),
            ("/staff/packs", &self.pack),
            ("/staff/dead-addresses", &self.dead),
        ];
        of_path.iter().find(|(start, _)| path.starts_with(start)).map_or("none", |(_, name)| name.as_str())
    }
}

/// What stands in the places of an address.
fn filled(path: &str, named: &Named) -> String {
    let values = [
        ("{reference}", named.of(path)),
        ("{inquiry}", "ashgrove"),
        ("{number}", "2"),
        ("{body}", "ashgrove-council"),
        ("{theme}", "inspection"),
        ("{family}", "millbrook-a"),
        ("{page}", "help"),
        ("{seq}", "1"),
        ("{token}", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ("{name}", "none.css"),
    ];
    let path = if path.contains("/reports/") { path.replace("{seq}", &named.report) } else { path.to_owned() };
    let path = values.iter().fold(path, |path, (place, value)| path.replace(place, value));
    // Whatever else has a random name of its own: nothing by this one is there.
    path.split('/').map(|step| if step.starts_with('{') { "none" } else { step }).collect::<Vec<_>>().join("/")
}

/// How an answer treats whoever asked.
fn treatment(page: &Page) -> char {
    match page.status() {
        303 if page.redirects_to().starts_with("/sign-in") => 's',
        // A form sent without a session: the sign-in page, which keeps what was written.
        401 if page.has_form("Sign in") => 's',
        403 => 'n',
        404 => '0',
        status if status < 500 => 'y',
        status => panic!("{} answered {status}", page.name()),
    }
}

/// A token of this visitor's own, from a form that they are shown.
fn csrf(visitor: &Visitor, door: Door) -> String {
    let page = visitor.get(if door == Door::Staff { "/staff" } else { "/sign-in" }).follow_redirects();
    let field = crate::support::page::css("input[name=csrf]");
    page.html().select(&field).next().and_then(|field| field.attr("value")).unwrap_or_default().to_owned()
}

fn every_address_answers_each_role_as_the_matrix_says(app: &TestApp) {
    let routes: BTreeSet<(&str, &str)> = ROUTES.iter().map(|route| (route.method.as_str(), route.path)).collect();
    let rows: BTreeSet<(&str, &str)> = MATRIX.iter().map(|row| (row.method, row.path)).collect();
    let missing: Vec<_> = routes.symmetric_difference(&rows).collect();
    assert!(missing.is_empty(), "these are in the route table or in the matrix, not in both: {missing:#?}");
    let named = Named::made(app);
    let mut wrong = Vec::new();
    for (column, who) in EVERYBODY.iter().enumerate() {
        let visitor = somebody(app, who);
        let tokens = [Door::Account, Door::Staff].map(|door| csrf(&visitor, door));
        // Signing out stands last, for a token belongs to its session.
        let (last, rows): (Vec<&Row>, Vec<&Row>) = MATRIX.iter().partition(|row| row.path == "/sign-out");
        for row in rows.into_iter().chain(last) {
            let found = asked(&visitor, row, &named, &tokens[usize::from(row.path.starts_with("/staff"))]);
            let expected = row.expected.chars().nth(column).expect("a letter for everybody");
            if found != expected {
                wrong.push(format!("{} {} for {who}: {found}, not {expected}", row.method, row.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{} answers are not as the matrix says:\n{}", wrong.len(), wrong.join("\n"));
}

fn asked(visitor: &Visitor, row: &Row, named: &Named, token: &str) -> char {
    let path = filled(row.path, named);
    if row.method == "GET" {
        return treatment(&visitor.get(&path));
    }
    treatment(&visitor.post_with(&path, &[("sec-fetch-site", "same-origin")], &[("csrf", token)]))
}

fn every_form_is_refused_without_its_token(app: &TestApp) {
    let administrator = app.person("administrator");
    for route in ROUTES.iter().filter(|route| route.method == "POST") {
        let path = filled(route.path, &Named::nothing());
        for fields in [vec![], vec![("csrf", "")], vec![("csrf", "1800000000-aaaa.bbbb")]] {
            administrator.post(&path, &fields).is(403);
        }
        // Nor with the token of somebody else.
        if route.door == Door::Staff {
            let other = csrf(&app.person("overseer"), route.door);
            administrator.post(&path, &[("csrf", &other)]).is(403);
        }
    }
}

fn every_form_is_refused_from_another_site(app: &TestApp) {
    let administrator = app.person("administrator");
    for route in ROUTES.iter().filter(|route| route.method == "POST") {
        let token = csrf(&administrator, route.door);
        for site in ["cross-site", "same-site"] {
            administrator
                .post_with(&filled(route.path, &Named::nothing()), &[("sec-fetch-site", site)], &[("csrf", &token)])
                .is(403);
        }
    }
}

/// Every field of every staff form that takes free text is said to be public or private in `private.rs`, and the private ones
/// say that they may be disclosed.
fn every_private_field_says_that_it_may_be_disclosed(app: &TestApp) {
    let named = Named::made(app);
    let mut faults = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for who in ["administrator", "overseer", "contributor of ashgrove-council"] {
        let visitor = app.person(who);
        for row in MATRIX.iter().filter(|row| row.method == "GET" && row.path.starts_with("/staff")) {
            let page = visitor.get(&filled(row.path, &named));
            if page.status() == 200 && page.is_html() {
                faults.extend(private::faults(row.path, &page, &mut seen));
            }
        }
    }
    for (path, name) in private::OF_ANYBODY {
        faults.extend(private::unsaid(path, name, &app.public().open(path)));
    }
    let unseen: Vec<_> = private::PRIVATE.iter().filter(|known| !seen.contains(*known)).collect();
    assert!(unseen.is_empty(), "these private fields stand on no page: {unseen:?}");
    assert!(faults.is_empty(), "{faults:#?}");
}
