//! Words of the register's own entries that are out of sight stay there, whatever form was open and whatever is published next.

use super::{ASHGROVE, event};
use crate::deeds_record::{ITEM, confirmed};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;

stories![
    withheld_words_of_a_description_do_not_come_back,
    a_withheld_event_is_not_put_right_with_its_own_words,
    a_withheld_name_stays_out_of_sight_under_another_address,
    what_stands_is_kept_however_many_choices_come_before_it,
    an_old_name_can_still_be_withheld,
    an_ended_schedule_overtakes_the_form_for_the_whole_inquiry,
];

const HARBOUR: &str = "/bodies/ashgrove-harbour";

fn withheld_words_of_a_description_do_not_come_back(app: &TestApp) {
    app.clock().advance(days(1));
    let (overseer, public) = (app.person("overseer"), app.public());
    let form = |who: &str| app.person(who).open(&format!("{ASHGROVE}/description")).form("Publish the description");
    let titled = form("overseer").fill("Its full title", "Ashgrove Ferry Inquiry: the CANARY");
    let noted = titled.fill("What else should a reader know?", "A CANARY note.");
    confirmed(noted.fill("Why is it changed?", "The cover says so.")).send();
    let late = form("overseer two").fill("Who led it?", "the Chair of the committee");
    overseer.open(ASHGROVE).form("Withhold these words: Ashgrove Ferry Inquiry: the CANARY").send();
    let late = confirmed(late.fill("Why is it changed?", "It was left out.")).submit();
    late.is(409).sees("What stands now");
    for path in ["/inquiries/ashgrove", "/changes", "/inquiries/ashgrove.json", "/changes.atom"] {
        assert!(!public.get(path).body().contains("CANARY"), "{path}");
    }
    assert_eq!(form("overseer").value("Its full title"), "", "a former title is not offered as the title");
    app.place().run(&["verify"]).succeeds();
}

fn a_withheld_event_is_not_put_right_with_its_own_words(app: &TestApp) {
    let (overseer, public) = (app.person("overseer"), app.public());
    confirmed(event(&overseer, ASHGROVE, "Report", "2026-11-02", "The CANARY plan.")).send();
    let page = app.person("overseer two").open(ASHGROVE).follow("Correct this or take it back: The CANARY plan.");
    let form = page.form("Publish the event").date("When?", "2026-11-03").fill("Why was the earlier", "The day.");
    overseer.open(ASHGROVE).form("Withhold these words: The CANARY plan.").send();
    let refused = confirmed(form).submit();
    refused.is(422).complains("The words of the earlier entry are withheld: it can only be taken back");
    assert!(!public.get("/inquiries/ashgrove").body().contains("CANARY"));
    confirmed(refused.form("Publish the event").choose("Nothing of the kind happened")).send().sees("Event published");
    let page = public.open("/inquiries/ashgrove");
    page.sees("Taken back: this was recorded here in error").does_not_see("CANARY");
    app.place().run(&["verify"]).succeeds();
}

fn a_withheld_name_stays_out_of_sight_under_another_address(app: &TestApp) {
    app.clock().advance(days(1));
    let (overseer, public) = (app.person("overseer"), app.public());
    let moves = |from: &str, to: &str| {
        let form = overseer.open(&format!("/staff/bodies/{from}/address")).form("Publish the address");
        let form = form.fill("Its part of the address", to).fill("Why is it changed?", "Shorter.");
        confirmed(form).send().sees("Address changed");
    };
    let form = overseer.open("/staff/bodies/ashgrove-harbour/name").form("Publish the entry");
    let form = form.fill("Its full name", "Ashgrove CANARY Trust").fill("A shorter name", "CANARY Trust");
    confirmed(form.fill("Why is it changed?", "By the CANARY order.")).send();
    moves("ashgrove-harbour", "ashgrove-ports");
    // The new address repeats the name: one click takes both out of sight, and the reason that led there.
    let name = "The name of a body: Ashgrove CANARY Trust";
    overseer.open("/staff/published").form(&format!("Withhold these words: {name}")).send();
    assert!(!overseer.open("/staff/published").has_form(&format!("Withhold these words: {name}")));
    let nothing = || {
        for path in ["/bodies/ashgrove-ports", "/changes", "/changes.atom", "/api/v1/changes", "/bodies", "/changes/2"]
        {
            let page = public.get(path).follow_redirects();
            assert!(!page.body().contains("CANARY"), "{path}");
        }
        assert_eq!(public.open("/recommendations?q=canary+trust").status(), 200);
        public.open("/recommendations?q=canary+trust").sees("0 recommendations");
        public.get(HARBOUR).follow_redirects().sees("Ashgrove Harbour Authority");
    };
    nothing();
    // A former name is neither offered nor carried on as the name.
    let form = overseer.open("/staff/bodies/ashgrove-ports/name").form("Publish the entry");
    assert_eq!((form.value("Its full name"), form.value("What is it?")), ("", ""));
    moves("ashgrove-ports", "ashgrove-quay");
    nothing();
    app.place().run(&["verify"]).succeeds();
    let last = "select name from body_text where id = (select max(id) from body_text where withheld is not null)";
    assert_eq!(app.place().value(last), "Ashgrove CANARY Trust");
    // Shown again, it is the name under the last address; all of it comes back together.
    let again = overseer.open("/staff/published").form("Show these words again: The name of a body").submit();
    confirmed(again.form("Show the words again")).send();
    public.open("/bodies/ashgrove-quay").sees("Ashgrove CANARY Trust");
    assert_eq!(app.place().value("select count(*) from body_text where withheld is not null"), "0");
    app.place().run(&["verify"]).succeeds();
    // Removed for good, no row keeps it.
    let form =
        app.person("administrator").open("/staff/published").follow(&format!("Remove for legal reasons: {name}"));
    let waits = form.form("Withhold them and propose their removal").choose("A court has ordered it").send();
    app.person("overseer two").open(waits.path()).form("Remove these words for good").send();
    assert_eq!(app.place().value("select count(*) from body_text where name like '%CANARY%'"), "0");
    assert_eq!(app.place().value("select count(*) from change where reason like '%CANARY%'"), "0");
    nothing();
    app.place().run(&["verify"]).succeeds();
}

fn what_stands_is_kept_however_many_choices_come_before_it(app: &TestApp) {
    let (overseer, public) = (app.person("overseer"), app.public());
    let many = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 510)";
    app.place().execute_unnoticed(&format!(
        "insert into theme (slug, name) {many} select 'a' || i, 'a' || i from n;
         insert into body (slug, name, kind, version, seq) {many} select 'a' || i, 'A' || i, 'port', 1, 1 from n;"
    ));
    let form = overseer.open(&format!("{ASHGROVE}/recommendations/2/themes")).form("Publish the themes");
    assert!(form.is_chosen("Inspection"));
    confirmed(form.tick("A17")).send().sees("Themes changed");
    let page = public.open("/inquiries/ashgrove/recommendations/2");
    page.sees("Theme put on: a17").sees("Inspection").does_not_see("Theme taken off");
    let form = overseer.open(&format!("{ASHGROVE}/description")).form("Publish the description");
    assert_eq!(form.value("Which body commissioned it?"), "ashgrove-council");
    let form = form.fill("What else should a reader know?", "A note.").fill("Why is it changed?", "It was left out.");
    confirmed(form).send();
    public.open("/inquiries/ashgrove").sees("Description changed: note");
}

fn an_old_name_can_still_be_withheld(app: &TestApp) {
    let overseer = app.person("overseer");
    let now = app.clock().now().to_string();
    let day = &now[..10];
    // So many names later, each as it stands.
    let many = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 230)";
    app.place().execute(&format!(
        "insert into change (seq, at, day, kind, role) {many}
           select counter.seq + i, '{now}', '{day}', 'theme', 'overseer' from counter, n;
         insert into theme_text (seq, theme_id, name, slug) {many}
           select counter.seq + i, theme.id, theme.name, theme.slug from counter, n, theme where theme.slug = 'timetables';
         update counter set seq = seq + 230;"
    ));
    let first = overseer.open("/staff/published");
    let inspection = "Withhold these words: The name of a theme: inspection";
    assert!(!first.has_form(inspection));
    let second = first.follow("Next page");
    second.form(inspection).send();
}

fn an_ended_schedule_overtakes_the_form_for_the_whole_inquiry(app: &TestApp) {
    let overseer = app.person("overseer");
    let council = format!("{ASHGROVE}/recommendations/2/ashgrove-council");
    let form =
        |answer: &str| overseer.open(answer).follow("Set when updates are asked for").form("Publish the schedule");
    for answer in [ITEM, &council] {
        let form = form(answer).date("The next date", "2027-03-01").fill("Every how many months", "6");
        confirmed(form).send();
    }
    let all = overseer.open(ASHGROVE).follow("Set when updates are asked for").form("Publish the schedule");
    let all = confirmed(all.date("The first date", "2027-06-01"));
    // The one that was set first ends: the last date that stands is still the same.
    let end = form(ITEM).date("The next date", "--").fill("Every how many months", "").fill("Why?", "It is settled.");
    confirmed(end).send();
    all.submit().is(409).sees("Open answers with a schedule");
    app.place().run(&["verify"]).succeeds();
}
