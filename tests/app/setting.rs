//! Who runs the register, and whether it takes two to publish a finding.

use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![
    until_somebody_takes_responsibility_every_page_says_so,
    faults_in_the_operator_are_told_at_their_fields,
    two_changes_of_the_operator_are_shown_side_by_side,
    data_says_it_too_and_is_left_out_of_search_engines_as_its_page_is,
    the_second_key_is_switched_in_public,
    nothing_is_published_twice,
];

fn operator(app: &TestApp) -> Form {
    let form = app.person("administrator").open("/staff").follow("Settings").form("Save and publish");
    form.fill("Who runs this register", "Ashgrove District Council")
        .fill("By what right", "A resolution of the council of 1 October 2026")
        .fill("Email address for the public", "register@ashgrove.example")
        .fill("Data protection contact", "The data protection officer")
        .fill("Complaints", "The monitoring officer")
}

fn changes(app: &TestApp) -> String {
    app.place().value("select count(*) from change where kind = 'register'")
}

fn until_somebody_takes_responsibility_every_page_says_so(app: &TestApp) {
    let visitor = app.public();
    for path in ["/sign-in", "/password-reset", "/nowhere"] {
        let page = visitor.get(path);
        page.sees("nobody has taken responsibility for this copy");
        assert!(page.body().contains(r#"<meta name="robots" content="noindex">"#), "{path}");
    }
    operator(app).send().sees("Saved, and published");
    for path in ["/sign-in", "/nowhere"] {
        visitor.get(path).does_not_see("nobody has taken responsibility").sees("Tell Ashgrove District Council at");
    }
    assert_eq!(changes(app), "1");
    let reason = app.place().value("select reason from change where kind = 'register'");
    assert_eq!(reason, "Ashgrove District Council has taken responsibility for this register.");
}

fn data_says_it_too_and_is_left_out_of_search_engines_as_its_page_is(app: &TestApp) {
    let visitor = app.public();
    let all = [
        ("/inquiries/ashgrove/recommendations/1.json", false),
        ("/inquiries/millbrook.json", false),
        ("/inquiries/ashgrove/recommendations/4.json", true),
        ("/inquiries/ashgrove.json", true),
        ("/bodies/coastal-agency.json", true),
        ("/recommendations.json", true),
    ];
    for (path, _) in all {
        let data = visitor.get(path);
        assert_eq!(data.header("x-robots-tag"), Some("noindex"), "{path}");
        assert!(data.body().contains(r#""notice": "Not in service: nobody has taken responsibility"#), "{path}");
    }
    operator(app).send();
    for (path, left_out) in all {
        let data = visitor.get(path);
        assert_eq!(data.header("x-robots-tag").is_some(), left_out, "{path}");
        assert!(data.body().contains(r#""notice": null"#), "{path}");
    }
}

fn faults_in_the_operator_are_told_at_their_fields(app: &TestApp) {
    let administrator = app.person("administrator");
    let empty = administrator.open("/staff/settings").form("Save and publish").submit();
    empty.is(422).complains("Enter who runs this register").complains("Enter an email address");
    let bad =
        operator(app).fill("Email address for the public", "nonsense").fill("By what right", "<b>Law</b>").submit();
    bad.is(422).complains("Enter an email address in the correct format");
    assert_eq!(bad.form("Save and publish").value("By what right"), "<b>Law</b>");
    assert_eq!(changes(app), "0");
}

fn two_changes_of_the_operator_are_shown_side_by_side(app: &TestApp) {
    let late = operator(app).fill("Complaints", "Somebody late");
    operator(app).send();
    let both = late.submit();
    both.is(409).sees("The monitoring officer");
    let again = both.form("Save and publish");
    assert_eq!(again.value("Complaints"), "Somebody late");
    again.send();
    assert_eq!(changes(app), "2");
}

fn the_second_key_is_switched_in_public(app: &TestApp) {
    let settings = app.person("administrator").open("/staff/settings");
    settings.sees("are written by one person and published by another");
    let off = settings.form("Switch it off, and say so").send();
    off.sees("The check by a second person was switched off").sees("The check by a second person is switched off");
    assert_eq!(changes(app), "1");
    off.form("Switch it on").send().sees("are written by one person and published by another");
    assert_eq!(changes(app), "2");
}

fn nothing_is_published_twice(app: &TestApp) {
    let form = operator(app);
    let fields = form.fields();
    form.send();
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    app.person("administrator").post("/staff/settings/operator", &pairs).is(303);
    assert_eq!(changes(app), "1", "the same form, sent again");
    let again = operator(app).send();
    again.sees("Nothing changed: this stands already").does_not_see("Saved, and published");
    assert_eq!(changes(app), "1", "the same operator, entered again");
    let settings = || app.person("administrator").open("/staff/settings");
    settings().form("Publish this licence").send().sees("Saved, and published");
    settings().form("Publish this licence").send().sees("Nothing changed");
    assert_eq!(changes(app), "2", "the same licence, chosen again");
    let reading = || app.person("administrator").open("/staff/settings/reading").form("Save");
    reading().send().sees("Nothing changed");
}
