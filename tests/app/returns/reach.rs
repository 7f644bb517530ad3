//! A body that is asked by several inquiries, and an overseer whose role is limited to one of them.

use super::arranged::count;
use crate::stories;
use crate::support::TestApp;
use crate::support::visitor::Visitor;

stories![
    an_overseer_of_one_inquiry_says_who_is_asked_there_alone,
    an_overseer_of_one_inquiry_changes_nobody_who_is_kept,
    an_overseer_of_one_inquiry_logs_chases_there_alone,
];

const HERE: &str = "/staff/bodies/ashgrove-harbour";

/// The second overseer, whose role holds in Millbrook alone.
fn limited(app: &TestApp) -> Visitor {
    app.person("contributor of ashgrove-harbour");
    app.person("overseer two");
    let reference = app.place().value("select reference from person where email = 'overseer-two@example.org'");
    let page = app.person("administrator").open(&format!("/staff/people/{reference}"));
    page.follow("Limit the role to some inquiries").form("Save").tick("Millbrook").send();
    app.person("overseer two")
}

/// What a tampering hand sends.
fn posts(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> u16 {
    let token = visitor.open("/staff").form("Sign out").value("csrf").to_owned();
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", token.as_str())]).collect();
    visitor.post_with(path, &[("sec-fetch-site", "same-origin")], &fields).status()
}

fn an_overseer_of_one_inquiry_says_who_is_asked_there_alone(app: &TestApp) {
    let two = limited(app);
    let page = two.open(&format!("{HERE}/contacts"));
    page.sees("Your role is limited to some inquiries");
    assert!(!page.has_form("Save who is asked"));
    let options = page.texts("option");
    assert!(options.iter().any(|option| option.contains("Millbrook")), "{options:?}");
    assert!(!options.iter().any(|option| option.contains("Ashgrove Ferry Inquiry")), "{options:?}");
    let contributor =
        app.place().value("select reference from person where email = 'contributor.ashgrove-harbour@example.org'");
    let whole = [("main_contact", contributor.as_str()), ("version", "0")];
    assert_eq!(posts(&two, &format!("{HERE}/duties"), &whole), 403);
    let item = [("item", "ashgrove/2"), ("item_main_contact", contributor.as_str()), ("version", "0")];
    assert_eq!(posts(&two, &format!("{HERE}/duties/item"), &item), 403);
    two.get(&format!("{HERE}/people/{contributor}/handover")).is(403);
    let handed = [("to", contributor.as_str()), ("version", "0")];
    assert_eq!(posts(&two, &format!("{HERE}/people/{contributor}/handover"), &handed), 403);
    assert_eq!(count(app, "duty"), 0);
    let form = page.form("Save for this item").select("Which item?", "Millbrook");
    form.select("Main contact for this item", "Contributor One").send().sees("Saved for this item");
    assert_eq!(count(app, "duty"), 1);
}

fn an_overseer_of_one_inquiry_changes_nobody_who_is_kept(app: &TestApp) {
    let two = limited(app);
    let form = app.person("overseer").open(&format!("{HERE}/contacts")).form("Keep").fill("Name", "Contact One");
    form.fill("Telephone number", "01632 960001").send();
    let page = two.open(&format!("{HERE}/contacts"));
    page.sees("Contact One").sees("Who is kept here is changed by those who oversee all of them");
    assert!(!page.has_form("Keep") && !page.has_form("They have left"));
    let kept = [("name", "Contact Two"), ("phone", "01632 960002"), ("key", "one")];
    assert_eq!(posts(&two, &format!("{HERE}/contacts"), &kept), 403);
    let reference = app.place().value("select reference from contact");
    assert_eq!(posts(&two, &format!("{HERE}/contacts/{reference}/end"), &[("key", "two")]), 403);
    assert_eq!(app.place().value("select count(*) from contact where ended_on is null"), "1");
    // Of a body that nothing of their inquiries was put to they read none, as an observer does not.
    two.get("/staff/bodies/ashgrove-council/contacts").is(403);
    two.open("/staff/bodies/ashgrove-council/chases").does_not_see("Contacts");
}

fn an_overseer_of_one_inquiry_logs_chases_there_alone(app: &TestApp) {
    let two = limited(app);
    let chases = format!("{HERE}/chases");
    let form = two.open(&chases).form("Log this").choose_in("How was the body asked?", "Letter");
    let form = form.date("When?", "2026-11-20").fill("If somebody else: who?", "the board");
    let form = form.fill("By which post of ours?", "scrutiny officer");
    let fields = form.fields();
    let mut forged: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    forged.push(("items", "ashgrove/2"));
    assert_eq!(two.post_with(&chases, &[("sec-fetch-site", "same-origin")], &forged).status(), 403);
    assert_eq!(count(app, "chase"), 0);
    // All open items are those that the role reaches.
    form.tick("All open items").send().sees("Letter on 20 November 2026 to the board");
    assert_eq!((count(app, "chase"), count(app, "chase_item")), (1, 1));
    two.open("/staff/inquiries/millbrook/recommendations/a/ashgrove-harbour").sees("Letter on 20 November 2026");
}
