//! What a removal says must be purged elsewhere: every body and theme of the inquiry, and the record's own.

use crate::deeds_record::confirmed;
use crate::removal::proposed;
use crate::stories;
use crate::support::TestApp;

stories![the_list_of_what_must_be_purged_is_whole];

fn the_list_of_what_must_be_purged_is_whole(app: &TestApp) {
    // A body that was asked by another inquiry alone, and an inquiry with more bodies than any page lists.
    let look = app.person("overseer").open("/staff/inquiries/ashgrove/coverage").form("Publish where it was looked");
    let look = look
        .choose_in("What was looked for?", "Answers and updates")
        .select("Of which body?", "Ashgrove District Council")
        .fill("Where was it looked for?", "canary-in-a-look")
        .date("When?", "2026-11-20")
        .fill("By which post?", "scrutiny officer")
        .choose_in("What was found?", "Nothing");
    confirmed(look).send();
    let place = app.place();
    let value = |query: &str| place.value(query);
    let inquiry = value("select id from inquiry where slug = 'ashgrove'");
    let recommendation = value(&format!("select min(id) from recommendation where inquiry_id = {inquiry}"));
    for number in 1..=230 {
        place.execute(&format!(
            "insert into body (slug, name, kind, version, seq) select 'crowd-{number}', 'Crowd {number}', kind, 1, seq
             from body where slug = 'ashgrove-council'"
        ));
    }
    let rest = columns_of_addressee(app);
    let (rest, copied) =
        (rest.join(", "), rest.iter().map(|column| format!("one.{column}")).collect::<Vec<_>>().join(", "));
    place.execute(&format!(
        "insert into addressee (recommendation_id, inquiry_id, body_id, answerer_id, {rest})
         select {recommendation}, {inquiry}, body.id, body.id, {copied} from body
         join (select * from addressee where recommendation_id = {recommendation} order by id limit 1) one on 1 = 1
         where body.slug like 'crowd-%'"
    ));
    // A look at a body that nothing was put to: entered by an earlier version of the program.
    place.execute(
        "insert into body (slug, name, kind, version, seq) select 'never-asked', 'Never asked', kind, 1, seq
         from body where slug = 'ashgrove-council';
         update coverage set body_id = (select id from body where slug = 'never-asked')",
    );
    let page = proposed(app, "/staff/inquiries/ashgrove", "Remove for legal reasons: canary-in-a-look");
    let done = app.person("overseer two").open(page.path()).form("Remove these words for good").send();
    done.sees("What must still be purged by hand");
    let listed: Vec<String> = done.texts("main li");
    let has = |path: &str| listed.iter().any(|one| one.trim() == format!("http://register.example{path}"));
    for number in [1, 200, 201, 230] {
        for path in [
            format!("/bodies/crowd-{number}"),
            format!("/bodies/crowd-{number}.json"),
            format!("/inquiries/ashgrove/recommendations/*/crowd-{number}"),
        ] {
            assert!(has(&path), "{path}");
        }
    }
    assert!(has("/bodies/never-asked") && has("/bodies/ashgrove-council"));
    let themes = place.rows(&format!(
        "select distinct theme.slug as value from theme join tag on tag.theme_id = theme.id
         join recommendation r on r.id = tag.recommendation_id where r.inquiry_id = {inquiry}"
    ));
    assert!(!themes.is_empty(), "else this test finds nothing");
    for theme in themes {
        assert!(has(&format!("/themes/{theme}")), "{theme}");
    }
    assert!(!has("/inquiries/millbrook") && !has("/robots.txt") && !has("/api"));
    assert!(has("/staff/bodies/crowd-230/sheet.csv") && has("/inquiries/ashgrove.zip") && has("/staff/held"));
}

/// Every column of the table that a copied row keeps.
fn columns_of_addressee(app: &TestApp) -> Vec<String> {
    let own = ["id", "recommendation_id", "inquiry_id", "body_id", "answerer_id"];
    let query = match app.place().database() {
        crate::support::DatabaseKind::Sqlite => "select name as value from pragma_table_info('addressee')",
        crate::support::DatabaseKind::Postgres => {
            "select cast(column_name as text) as value from information_schema.columns where table_name = 'addressee'"
        }
    };
    app.place().rows(query).into_iter().filter(|column| !own.contains(&column.as_str())).collect()
}
