//! Asking the register in words: phrases, beginnings, what was found and what was meant; and narrowing what was found.

use super::long_register;
use crate::stories;
use crate::support::page::Page;
use crate::support::{Place, TestApp};

stories![
    a_phrase_is_found_word_for_word,
    a_beginning_finds_every_word_that_begins_so,
    what_was_asked_for_is_marked,
    a_slip_of_a_letter_is_put_right,
    withheld_words_are_neither_found_nor_meant,
    what_was_chosen_is_taken_out_one_by_one,
    every_choice_says_how_many_it_leaves,
    every_choice_of_theme_dates_and_gap_says_it_too,
    a_long_search_counts_as_far_as_it_says,
];

const FIRST: &str = "1. Publish the ferry timetable in advance";
const THIRD: &str = "3. A second crossing in winter";

fn titles(page: &Page) -> Vec<String> {
    page.texts(".f-rows__title")
}

fn a_phrase_is_found_word_for_word(app: &TestApp) {
    let public = app.public();
    let found = |words: &str| titles(&public.open(&format!("/recommendations?q={words}")));
    assert_eq!(found("%22a+second+crossing%22"), [THIRD]);
    assert_eq!(found("%E2%80%9CA+SECOND+crossing%E2%80%9D+winter"), [THIRD]);
    assert_eq!(found("second+crossings"), [THIRD]);
    // Neither in another order nor in another form.
    assert_eq!(found("%22crossing+second%22"), [""; 0]);
    assert_eq!(found("%22second+crossings%22"), [""; 0]);
    // A number beside it holds too.
    assert_eq!(found("%22second+crossing%22+recommendation+3"), [THIRD]);
    assert_eq!(found("%22second+crossing%22+recommendation+4"), [""; 0]);
    // The name of a body, and of the inquiry, is a phrase too.
    assert!(found("%22Ashgrove+Ferry+Inquiry%22+winter").contains(&THIRD.to_owned()));
    assert_eq!(found("%22second+crossing%22+zeppelin"), [""; 0]);
    let data = public.open("/recommendations.json?q=%22a+second+crossing%22").json();
    assert_eq!(data["total"], 1);
    assert_eq!(data["items"][0]["number"], "3");
    let table = public.open("/recommendations.csv?q=%22a+second+crossing%22").text();
    assert!(table.contains("A second crossing in winter") && !table.contains("Publish the ferry timetable"));
}

fn a_beginning_finds_every_word_that_begins_so(app: &TestApp) {
    let public = app.public();
    let found = |words: &str| titles(&public.open(&format!("/recommendations?q={words}")));
    // The stem of the word is shorter than what was typed of it.
    assert!(found("timetab*").contains(&FIRST.to_owned()));
    assert_eq!(found("timetab*+weeks"), [FIRST]);
    assert_eq!(found("cross*+winter"), [THIRD]);
    assert_eq!(found("zeppel*"), [""; 0]);
    assert_eq!(found("timetab*+zeppelin"), [""; 0]);
}

fn what_was_asked_for_is_marked(app: &TestApp) {
    let public = app.public();
    let page = public.open("/recommendations?q=seasons");
    assert_eq!(page.texts("mark"), ["season's", "season"]);
    assert!(page.texts(".f-rows__found")[0].contains("eight weeks before the season begins"));
    // Whose words these are stands before them.
    let whose = ["Summary in our own words: ", "The report's own words: "];
    assert!(whose.iter().any(|whose| page.texts(".f-rows__found")[0].starts_with(whose)));
    let page = public.open("/recommendations?q=timetab*+weeks");
    assert_eq!(page.texts("mark"), ["timetable", "timetable", "weeks"]);
    for path in ["/recommendations", "/recommendations?inquiry=ashgrove", "/inquiries/ashgrove"] {
        assert_eq!(public.open(path).texts("mark"), [""; 0], "{path}");
    }
}

fn a_slip_of_a_letter_is_put_right(app: &TestApp) {
    let public = app.public();
    for slip in ["timetabel", "timetble", "Timetaable", "timetqble"] {
        let page = public.open(&format!("/recommendations?q={slip}&inquiry=ashgrove"));
        // What was typed stands in the box alone.
        page.sees("Did you mean");
        assert!(!page.text().contains(slip), "{slip} is said again");
        let meant = page.follow("\u{201c}timetable\u{201d}");
        assert_eq!(meant.path(), "/recommendations?q=timetable&inquiry=ashgrove");
        assert!(titles(&meant).contains(&FIRST.to_owned()));
        meant.does_not_see("Did you mean");
    }
    for words in ["zeppelin", "timetabel+zeppelin", "timetable+winter+waiting", "%22ferry+publish%22", "qy"] {
        public.open(&format!("/recommendations?q={words}")).does_not_see("Did you mean");
    }
    // It would find nothing here either.
    public.open("/recommendations?q=timetabel&lifecycle=lapsed").does_not_see("Did you mean");
}

fn withheld_words_are_neither_found_nor_meant(app: &TestApp) {
    let public = app.public();
    public.open("/recommendations?q=wintre").sees("Did you mean");
    let item = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/3");
    item.form("Withhold the words").send().sees("withheld everywhere");
    for words in ["%22second+crossing%22", "wint*", "winter", "wintre"] {
        let page = public.open(&format!("/recommendations?q={words}"));
        page.does_not_see("crossing in winter").does_not_see("Did you mean");
        assert_eq!(titles(&page), [""; 0], "{words}");
    }
}

fn what_was_chosen_is_taken_out_one_by_one(app: &TestApp) {
    let public = app.public();
    let page = public.open("/recommendations?q=crossing&inquiry=ashgrove&response=rejected,accepted&sort=changed");
    page.sees("Your words");
    let fewer = page.follow("Remove Answer: Accepted");
    assert_eq!(fewer.path(), "/recommendations?q=crossing&inquiry=ashgrove&response=rejected&sort=changed");
    assert_eq!(titles(&fewer), [THIRD]);
    let fewer = fewer.follow("Remove Answer: Rejected");
    assert_eq!(fewer.path(), "/recommendations?q=crossing&inquiry=ashgrove&sort=changed");
    let fewer = fewer.follow("Remove Your words");
    assert_eq!(fewer.path(), "/recommendations?inquiry=ashgrove&sort=changed");
    // The order leaves nothing out.
    assert_eq!(
        public
            .open("/recommendations?sort=changed")
            .texts("main a .govuk-visually-hidden")
            .iter()
            .filter(|said| *said == "Remove")
            .count(),
        0
    );
    // What the form does not ask is kept by it all the same.
    let form = public.open("/recommendations?checked=secondary&text_kind=summary");
    form.sees("Remove How far it was compared: Compared with a secondary source");
    form.sees("Remove Whose words: Summary in our own words");
}

fn every_choice_says_how_many_it_leaves(app: &TestApp) {
    let public = app.public();
    let choices = |path: &str, id: &str| public.open(path).texts(&format!("#{id} option"));
    let all = choices("/recommendations?inquiry=ashgrove", "response");
    assert!(all.contains(&"Rejected (1)".to_owned()), "{all:?}");
    assert!(all.contains(&"Any answer".to_owned()));
    // A filter that is chosen does not hold for its own choices, but for those of all others.
    assert_eq!(choices("/recommendations?inquiry=ashgrove&response=rejected", "response"), all);
    let reported = choices("/recommendations?inquiry=ashgrove&response=rejected", "reported");
    assert!(reported.contains(&"Planned (0)".to_owned()), "{reported:?}");
    // That no body is known is a choice of the same filter.
    let bodies = choices("/recommendations?inquiry=ashgrove", "body");
    assert_eq!(choices("/recommendations?inquiry=ashgrove&body=not_known", "body"), bodies);
    let counted = |options: &[String]| -> usize {
        let numbers =
            options.iter().filter_map(|option| option.rsplit_once('(')?.1.strip_suffix(')')?.parse::<usize>().ok());
        numbers.sum()
    };
    assert_eq!(counted(&reported), 1);
    let by_words = choices("/recommendations?q=second+crossing&inquiry=ashgrove", "response");
    assert_eq!(counted(&by_words), 1);
    assert!(by_words.contains(&"Rejected (1)".to_owned()));
}

fn every_choice_of_theme_dates_and_gap_says_it_too(app: &TestApp) {
    app.place().execute(
        "update addressee set reported = 'reported_complete', gap = true where id in (select min(id) from addressee);
         update addressee set return_due_on = '2026-12-01', lifecycle = 'open' where id in (select max(id) from addressee)",
    );
    let public = app.public();
    let mut any = 0;
    // Whatever else is chosen holds; the filter itself does not.
    for besides in ["inquiry=ashgrove", "lifecycle=open", "q=ferry", "gap=yes", "due=soon", "theme=inspection"] {
        for (id, label, asked) in [
            ("theme", "inspection", "theme=inspection"),
            ("theme", "timetables", "theme=timetables"),
            ("due", "A date has passed", "due=passed"),
            ("due", "A date is in the next 30 days", "due=soon"),
            ("gap", "It says so", "gap=claimed"),
            ("gap", "And it is not confirmed", "gap=yes"),
            ("checked", "Compared with the source", "checked=source"),
            ("text_kind", "Summary in our own words", "text_kind=summary"),
        ] {
            let choices = public.open(&format!("/recommendations?{besides}")).texts(&format!("#{id} option"));
            let alone = besides.starts_with(&format!("{id}="));
            let asked = if alone { asked.to_owned() } else { format!("{besides}&{asked}") };
            let fit =
                public.open(&format!("/recommendations.json?{asked}")).json()["answers"].as_u64().expect("a number");
            let said = format!("{label} ({fit})");
            assert!(
                choices.iter().any(|choice| choice.eq_ignore_ascii_case(&said)),
                "{besides}: {said} is not in {choices:?}"
            );
            any += fit;
        }
        let fit = public.open(&format!("/recommendations.json?{besides}&looked=yes")).json();
        let box_of = public.open(&format!("/recommendations?{besides}")).texts("label[for=looked]");
        assert_eq!(box_of, [format!("Not looked at lately ({})", fit["answers"])], "{besides}");
    }
    assert!(any > 10, "too little fits to tell: {any}");
}

fn a_long_search_counts_as_far_as_it_says(place: &Place) {
    let app = long_register(place, 2010);
    let public = app.public();
    let choices = public.open("/recommendations").texts("#gap option");
    assert!(choices.contains(&"It says so".to_owned()), "of none that was counted nothing is said: {choices:?}");
    for path in ["/recommendations", "/recommendations?q=jetties", "/recommendations?q=jett*"] {
        let page = public.open(path);
        page.sees("1,000+ recommendations");
        let choices = page.texts("#response option");
        assert!(choices.iter().any(|choice| choice.ends_with(" (1,000+)")), "{path}: {choices:?}");
    }
    // However many hold the words of a phrase, it is looked for in all of them.
    let data = public.open("/recommendations.json?q=%22mended+should%22").json();
    assert_eq!(data["total"], 0);
    assert_eq!(data["total_is_capped"], false);
    assert_eq!(data["answers_is_capped"], false);
    public.open("/recommendations?q=%22mended+should%22").sees("Nothing in this register fits");
    // In the order of the titles stand the first of them; the others are not lost, and that is said.
    let order = "only the first of them were put in this order";
    public.open("/recommendations?q=jetties").sees(order);
    public.open("/recommendations?q=jetties&sort=register").does_not_see(order);
    let data = public.open("/recommendations.json?q=%22jetty+5+should%22").json();
    assert_eq!(data["total"], 1);
    assert_eq!(data["total_is_capped"], false);
    // A place in one list is none in another.
    let page = public.open("/recommendations?q=jetties");
    let next = page.links().into_iter().find(|link| link.contains("after=")).expect("a next page");
    public.get(&next).is(200);
    let place = next.split("after=").nth(1).expect("a place").to_owned();
    let lists = ["/recommendations?", "/recommendations?q=jetties&sort=changed&", "/recommendations.json?q=jetty&"];
    for list in lists {
        public.get(&format!("{list}after={place}")).is(400).sees("not a place in the list");
    }
    let data = public.open("/recommendations.json?q=jetties").json();
    public.get(data["next"].as_str().expect("a next")).is(200);
    public.get("/recommendations?after=1_1_1").is(400);
}
