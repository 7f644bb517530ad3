//! Numbers: the earlier one leads to the new one and is given to no other.

use super::{ASHGROVE, recommendation};
use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::form::Form;

stories![a_renumbered_recommendation_is_found_under_both_numbers];

fn number(app: &TestApp, of: &str, to: &str) -> Form {
    let page = app.person("overseer").open(&format!("{ASHGROVE}/recommendations/{of}")).follow("Change the number");
    page.form("Publish the number").fill("Its number", to)
}

fn a_renumbered_recommendation_is_found_under_both_numbers(app: &TestApp) {
    let public = app.public();
    app.clock().advance(days(1));
    let why = |form: Form| confirmed(form.fill("Why is it changed?", "The second edition counts anew."));
    why(number(app, "2", "2")).submit().is(422).complains("This is its number already");
    why(number(app, "2", "3")).submit().is(422).complains("There is a recommendation 3 in this inquiry already");
    why(number(app, "2", "2/a")).submit().is(422).complains("cannot stand in an address");
    confirmed(number(app, "2", "2a")).submit().is(422).complains("Enter why, for everybody to read");
    let late = why(number(app, "2", "2c"));
    let shown = number(app, "2", "2a");
    let fields = why(shown).fields();
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let send = || {
        app.person("overseer").post_with(
            &format!("{ASHGROVE}/recommendations/2/number"),
            &[("sec-fetch-site", "same-origin")],
            &pairs,
        )
    };
    send().is(303);

    for (old, new) in [
        ("/inquiries/ashgrove/recommendations/2", "/inquiries/ashgrove/recommendations/2a"),
        ("/inquiries/ashgrove/recommendations/2.json", "/inquiries/ashgrove/recommendations/2a.json"),
        ("/inquiries/ashgrove/recommendations/2.atom", "/inquiries/ashgrove/recommendations/2a.atom"),
        (
            "/inquiries/ashgrove/recommendations/2/ashgrove-harbour",
            "/inquiries/ashgrove/recommendations/2a/ashgrove-harbour",
        ),
        ("/api/v1/inquiries/ashgrove/recommendations/2", "/api/v1/inquiries/ashgrove/recommendations/2a"),
    ] {
        assert_eq!(public.get(old).is(301).redirects_to(), new);
        public.open(new);
    }
    let staff = app.person("overseer").get(&format!("{ASHGROVE}/recommendations/2"));
    assert_eq!(staff.is(301).redirects_to(), format!("{ASHGROVE}/recommendations/2a"));
    let page = public.open("/inquiries/ashgrove/recommendations/2a");
    page.sees("Number changed from 2 to 2a").sees("The second edition counts anew.");
    public.open("/changes").sees("Number changed from 2 to 2a");
    public.open("/inquiries/ashgrove.atom").sees("Number changed from 2 to 2a");
    assert_eq!(public.open("/api/v1/changes?inquiry=ashgrove").json()["items"][0]["kind"], "number");
    // The day before it stood under the earlier number, found under either.
    for path in ["2", "2a"] {
        let then = public.open(&format!("/inquiries/ashgrove/recommendations/{path}?as-at=2026-11-23"));
        then.sees("recommendation 2 of").does_not_see("Number changed");
    }
    assert_eq!(public.open("/inquiries/ashgrove/recommendations/2a.json?as-at=2026-11-23").json()["number"], "2");
    // Nobody else gets it; its own it can have again.
    confirmed(recommendation(&app.person("overseer"), ASHGROVE, "2", "Another"))
        .submit()
        .is(422)
        .complains("2 was the number of recommendation 2a");
    why(number(app, "3", "2")).submit().is(422).complains("its address leads there for ever");
    why(number(app, "3", "2A")).submit().is(422).complains("There is a recommendation 2a in this inquiry already");
    late.submit().is(308);
    why(number(app, "2a", "2b")).send();
    assert_eq!(
        public.get("/inquiries/ashgrove/recommendations/2").redirects_to(),
        "/inquiries/ashgrove/recommendations/2b"
    );
    assert_eq!(
        public.get("/inquiries/ashgrove/recommendations/2a").redirects_to(),
        "/inquiries/ashgrove/recommendations/2b"
    );
    app.place().run(&["verify"]).succeeds();
    why(number(app, "2b", "2")).send();
    public.open("/inquiries/ashgrove/recommendations/2");
    assert_eq!(
        public.get("/inquiries/ashgrove/recommendations/2b").redirects_to(),
        "/inquiries/ashgrove/recommendations/2"
    );
    app.place().run(&["verify"]).succeeds();
    // The file that this came from is read as before.
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/app/ashgrove.toml");
    app.place()
        .run(&["register", "load", file.to_str().expect("a path")])
        .succeeds()
        .says("Nothing is new in this file.");
}
