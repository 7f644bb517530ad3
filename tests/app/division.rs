//! Dividing an item that has answers already into lettered parts keeps its history, and counts nothing twice.

use crate::deeds_record::{confirmed, response};
use crate::fairness::run_by_somebody;
use crate::families::linked;
use crate::groups;
use crate::meetings::called;
use crate::packs::made;
use crate::parts::found;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::form::Form;
use crate::support::visitor::Visitor;

stories![
    an_item_is_divided_later_in_the_open_and_nothing_is_lost_or_counted_twice,
    what_cannot_be_divided_says_why,
    divided_it_counts_the_same_in_themes_packs_families_and_on_earlier_days,
    what_is_owed_goes_to_the_parts_and_what_stays_is_named,
    what_was_looked_at_before_it_was_divided_was_looked_at,
    what_was_divided_is_put_to_nobody_but_in_its_parts,
];

const FIRST: &str = "/inquiries/ashgrove/recommendations/1";
const COUNCIL: &str = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";
const WHICH: &str = "Which parts does Ashgrove District Council answer?";

/// What becomes of answers and of dates: recorded and set anew.
fn all_anew(form: Form) -> Form {
    form.choose_in("What becomes of what each body answered?", "Record it anew")
        .choose_in("What becomes of its dates?", "Set those that have not passed anew")
}

/// The form that divides recommendation 1, filled as far as most stories need.
pub fn division(visitor: &Visitor, parts: &str) -> Form {
    let form = visitor.open(&format!("/staff{FIRST}")).follow("Divide into parts").form("Publish the division");
    confirmed(
        form.fill("The parts", parts)
            .choose_in("Whose words are these?", "Summary in our own words")
            .choose_in("How far were they compared?", "Compared with a secondary source")
            .fill("Why is it divided?", "The two are answered apart."),
    )
}

/// Two parts.
pub const TWO: &str = "a Print the timetable\nThe timetable should be printed.\n\nb Publish it early";

fn an_item_is_divided_later_in_the_open_and_nothing_is_lost_or_counted_twice(app: &TestApp) {
    run_by_somebody(app);
    app.clock().advance(days(1));
    let (overseer, public) = (app.person("overseer"), app.public());
    let before = public.open("/inquiries/ashgrove");
    before.sees("7 recommendations").sees("7 answers asked for");
    let form = division(&overseer, TWO)
        .fill("Which parts does Ashgrove District Council answer?", "a, b")
        .choose_in("What becomes of what each body answered?", "Record it anew")
        .choose_in("What becomes of its dates?", "Set those that have not passed anew");
    let done = form.send();
    done.sees("Divided into parts").sees("0 of 2 parts confirmed; not confirmed: parts (a) and (b)");

    // The whole's answer keeps its history and its address, and says where it is followed.
    let page = public.open(FIRST);
    page.sees("Followed in its parts since it was divided: 1 answer to the whole");
    page.sees("0 of 2 parts confirmed; not confirmed: parts (a) and (b)").sees("1a. Print the timetable");
    let answer = public.open(&format!("{FIRST}/ashgrove-council"));
    answer.sees("Accepted").sees("Followed in its parts").sees("26 February 2027");
    answer
        .sees("The body answers parts (a) and (b) from now on, in the place of the whole")
        .sees("The two are answered apart.");
    let change = public.open("/changes/3");
    change.sees("Recommendation divided into parts").sees("Why: The two are answered apart.");
    change.sees("What each body answered to the whole is recorded anew on its parts");
    // A list says what it did, with the staff's reason alone.
    let line = "Recommendation 1 was divided into parts (a) and (b); its answers and dates were carried over";
    public.open("/changes").sees(line).does_not_see("is recorded anew on its parts").does_not_see("A source says that");
    // What was answered and dated stands on the parts anew, with where it came from.
    for number in ["1a", "1b"] {
        let page = public.open(&format!("/inquiries/ashgrove/recommendations/{number}/ashgrove-council"));
        page.sees("Accepted on 1 July 2026").sees("26 February 2027");
        page.sees("Given to the whole of recommendation 1, before it was divided.");
        page.sees("Set anew from recommendation 1, which was divided.").sees("Not yet assessed");
    }
    public.open("/inquiries/ashgrove/recommendations/1b").sees("Publish it early").sees("Timetables");

    // One answer left the numbers, two came: the recommendation is still one.
    let page = public.open("/inquiries/ashgrove");
    page.sees("7 recommendations").sees("8 answers asked for").does_not_see("entered in error");
    public.open("/recommendations?inquiry=ashgrove").sees("7 recommendations and 2 parts, with 8 answers that fit");
    public.open("/recommendations?inquiry=ashgrove&lifecycle=closed").sees("0 recommendations, with 0 answers");
    let whole = public.open(&format!("{FIRST}.json")).json();
    assert_eq!(whole["addressees"][0]["closure"], "in_parts");
    assert_eq!(whole["parts"][0]["addressees"][0]["response"], "accepted");
    // The day before it stood as it was.
    let then = public.open(&format!("{FIRST}?as-at=2026-11-23"));
    then.sees("Put to 1 body").does_not_see("Its parts").does_not_see("Followed in its parts").sees("Accepted");
    public.open("/inquiries/ashgrove?as-at=2026-11-23").sees("7 answers asked for");
    public.get("/inquiries/ashgrove/recommendations/1a?as-at=2026-11-23").is(404);
    app.place().run(&["verify"]).succeeds();

    // When both parts are confirmed, it is done: the answer to the whole stands in nobody's way.
    for number in ["1a", "1b"] {
        let item = format!("/staff/inquiries/ashgrove/recommendations/{number}/ashgrove-council");
        found(app, &item, "Confirmed implemented");
    }
    public.open(FIRST).sees("Done. Confirmed: parts (a) and (b).");
    // Nothing is recorded on it, and it is not opened again beside its parts.
    let item = format!("/staff{FIRST}/ashgrove-council");
    let form = overseer.open(&item).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "Again.").submit().is(422).complains("this answer is followed in its parts");
    let form = overseer.open(&item).follow("Open again").form("Record the decision");
    let refused = confirmed(form.fill("The reason", "It was one.")).submit();
    refused.is(422).complains("Only when none of its parts counts any more can it be opened again");
    app.place().run(&["verify"]).succeeds();
}

fn what_cannot_be_divided_says_why(app: &TestApp) {
    run_by_somebody(app);
    let overseer = app.person("overseer");
    let answers = "Which parts does Ashgrove District Council answer?";
    let anew = |form: Form| {
        form.choose_in("What becomes of what each body answered?", "Leave it with the whole")
            .choose_in("What becomes of its dates?", "Leave them in the history of the whole")
    };
    let refused = division(&overseer, "a Only one").submit();
    refused.is(422).complains("Enter at least two parts").complains("Choose what becomes of its dates");
    anew(division(&overseer, "a One\n\na Two")).submit().is(422).complains("The letter a stands here twice");
    let none = anew(division(&overseer, TWO)).submit();
    none.is(422).complains("Enter which parts Ashgrove District Council answers from now on");
    let other = anew(division(&overseer, TWO)).fill(answers, "a, c").submit();
    other.is(422).complains("is the letter of none of these parts");
    let shown = other.form("Show me the sentence first").submit();
    shown
        .is(200)
        .sees("Recommendation 1 is divided into parts (a) and (b).")
        .sees("What each body answered stays with the whole");
    // What waits is decided first.
    let item = format!("/staff{FIRST}/ashgrove-council");
    let form = overseer.open(&item).follow("Assess").form("Hand in the assessment");
    let waits =
        form.choose_in("What do you find?", "On course").fill("What does the finding rest on?", "A visit.").send();
    anew(division(&overseer, TWO)).fill(answers, "a").submit().is(422).complains("Decide first on what waits");
    confirmed(app.person("overseer two").open(waits.path()).form("Publish this")).send();
    anew(division(&overseer, TWO)).fill(answers, "a").send();
    // The finding stays with the whole; one part was put to nobody that is known.
    let public = app.public();
    public.open(&format!("{FIRST}/ashgrove-council")).sees("On course");
    public
        .open("/inquiries/ashgrove/recommendations/1a")
        .sees("No answer recorded here")
        .does_not_see("26 February 2027");
    public.open("/inquiries/ashgrove/recommendations/1b").sees("Body asked: not known here");
    public.open("/inquiries/ashgrove").sees("For 2 of 7 the body asked is not known here");
    app.place().run(&["verify"]).succeeds();
}

fn divided_it_counts_the_same_in_themes_packs_families_and_on_earlier_days(app: &TestApp) {
    run_by_somebody(app);
    found(app, COUNCIL, "Confirmed implemented");
    linked(&app.person("overseer"), FIRST, ("millbrook", "a"), "Both answer the same failing").send().sees("Linked");
    let public = app.public();
    let family = "/families/millbrook-a";
    public.open(family).sees("made twice, confirmed once, on 23 November 2026");
    let theme = "/themes/timetables";
    let numbers = |path: &str| {
        let mut data = public.open(path).json();
        let whole = data.as_object_mut().expect("an object");
        whole.retain(|name, _| !["items", "as_at", "as_at_change"].contains(&name.as_str()));
        data
    };
    let before = numbers(&format!("{theme}.json"));
    assert_eq!(
        (&before["total"], &before["answers"], &before["recommendations_done"]),
        (&2.into(), &2.into(), &1.into())
    );
    made(app, "2026-11-22").sees("Of 7 answers of bodies");

    app.clock().advance(days(1));
    all_anew(division(&app.person("overseer"), TWO).fill(WHICH, "a, b")).send().sees("Divided into parts");
    // A theme has as many recommendations as before; of their answers one left, and two came.
    let after = numbers(&format!("{theme}.json"));
    assert_eq!((&after["total"], &after["answers"], &after["recommendations_done"]), (&2.into(), &3.into(), &0.into()));
    for path in [theme, "/recommendations?theme=timetables"] {
        public.open(path).sees("2 recommendations and 2 parts, with 3 answers that fit");
    }
    public.open(theme).sees("2 of 7 recommendations");
    assert_eq!(after, numbers(&format!("{theme}.json?as-at=2026-11-24")), "both ways of counting find the same");
    assert_eq!(before, numbers(&format!("{theme}.json?as-at=2026-11-23")));
    public.open(&format!("{theme}?as-at=2026-11-24")).sees("2 recommendations and 2 parts, with 3 answers that fit");
    // Nobody found that it holds no longer: it was divided.
    public.open(family).sees("made twice, confirmed once before").does_not_see("not holding any longer");
    public.open(&format!("{family}?as-at=2026-11-23")).sees("confirmed once, on 23 November 2026");
    let data = public.open(&format!("{family}.json")).json();
    assert_eq!((&data["confirmed"], &data["confirmed_before"], &data["lost"]), (&0.into(), &1.into(), &0.into()));
    // A paper counts the parts alone.
    let pack = made(app, "2026-11-22");
    pack.sees("Of 8 answers of bodies").sees("Recommendation 1 was divided into parts (a) and (b)");
    pack.sees("Why: The two are answered apart.").does_not_see("is recorded anew on its parts");
    let text = pack.text();
    assert!(text.contains("Newly confirmed None") && text.contains("Disputed None"), "{text}");
    app.place().run(&["verify"]).succeeds();
}

fn what_is_owed_goes_to_the_parts_and_what_stays_is_named(app: &TestApp) {
    run_by_somebody(app);
    let overseer = app.person("overseer");
    let form = overseer.open(COUNCIL).follow("Record a response").form("Publish the response");
    let form = response(form, "Under consideration", "It is thinking.");
    form.date("Under consideration: by when will it decide?", "2027-02-01").send();
    let meeting = called(app, &["Ashgrove Ferry Inquiry"]);
    let asks = meeting.follow("Ask for updates before its papers are due").form("Publish the dates");
    confirmed(asks).send().sees("Publish the ferry timetable in advance");
    let asked = division(&overseer, TWO).submit();
    let shown = all_anew(asked.form("Show me the sentence first").fill(WHICH, "a, b")).submit();
    shown.is(200).sees("That an answer is awaited, that none was found").sees("A date that has passed, a day on which");
    all_anew(division(&overseer, TWO).fill(WHICH, "a, b")).send().sees("Divided into parts");
    let public = app.public();
    for number in ["1a", "1b"] {
        let page = public.open(&format!("/inquiries/ashgrove/recommendations/{number}/ashgrove-council"));
        page.sees("Under consideration").sees("1 February 2027").sees("Next update due 12 February 2027");
        page.sees("26 February 2027");
    }
    let seq = app.place().value("select cast(max(seq) as text) as value from change");
    public.open(&format!("/changes/{seq}")).sees("That an answer is awaited, that none was found");
    // What went with the meeting goes with it from the parts, and moves when it moves.
    let meeting = app.person("overseer").open(meeting.path());
    meeting.sees("Print the timetable").sees("Publish it early").does_not_see("Publish the ferry timetable");
    let form = meeting.follow("Move it, say that it was held, or cancel it").form("Publish how it stands");
    let form =
        form.date("By which day are its papers due?", "2027-03-05").fill("Why does it change?", "The chair is away.");
    confirmed(form).send();
    for number in ["1a", "1b"] {
        let page = public.open(&format!("/inquiries/ashgrove/recommendations/{number}/ashgrove-council"));
        page.sees("Next update due 19 February 2027");
    }
    app.place().run(&["verify"]).succeeds();

    // A schedule whose day has passed goes on with its next one.
    let item = "/staff/inquiries/ashgrove/recommendations/3/ashgrove-harbour";
    let form = app.person("overseer").open(item).follow("Set when updates are asked for").form("Publish the schedule");
    let form = form.date("The next date", "2026-12-01").fill("Every how many months", "3").fill("Why?", "Each season.");
    confirmed(form).send();
    app.clock().advance(days(14));
    let page = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/3");
    let form = page.follow("Divide into parts").form("Publish the division");
    let form = form
        .fill("The parts", TWO)
        .choose_in("Whose words are these?", "Summary in our own words")
        .choose_in("How far were they compared?", "Compared with a secondary source")
        .fill("Which parts does Ashgrove Harbour Authority answer?", "a, b")
        .fill("Why is it divided?", "The two are answered apart.");
    confirmed(all_anew(form)).send();
    let page = public.open("/inquiries/ashgrove/recommendations/3a/ashgrove-harbour");
    page.sees("Next update due 1 March 2027").does_not_see("No update received by 1 December 2026");
    app.place().run(&["verify"]).succeeds();
}

fn what_was_looked_at_before_it_was_divided_was_looked_at(app: &TestApp) {
    run_by_somebody(app);
    found(app, COUNCIL, "On course");
    let public = app.public();
    let next = "nobody has looked at: Ashgrove Ferry Inquiry, 2. Inspect both landing stages every year";
    public.open("/inquiries/ashgrove").sees(next);
    app.clock().advance(days(1));
    all_anew(division(&app.person("overseer"), TWO).fill(WHICH, "a, b")).send().sees("Divided into parts");
    // Its parts are to be looked at again; of the whole somebody found something, and that stays so.
    for day in ["", "?as-at=2026-11-24", "?as-at=2026-11-23"] {
        public.open(&format!("/inquiries/ashgrove{day}")).sees(next);
        let data = public.open(&format!("/inquiries/ashgrove.json{day}")).json();
        assert_eq!(data["oldest_not_looked_at"]["number"], "2", "{day}");
    }
    public.open("/").sees("nobody has looked at: Millbrook inspection, a. Inspect the pier every year");
    // Each part leads to what was found of the whole.
    for number in ["1a", "1b"] {
        let part = public.open(&format!("/inquiries/ashgrove/recommendations/{number}"));
        part.sees(
            "Before it was divided, oversight found of the whole, as Ashgrove District Council answered it: On course",
        );
        part.follow("What was found of the whole").sees("Followed in its parts").sees("On course");
    }
    public.open("/inquiries/ashgrove/recommendations/2").does_not_see("Before it was divided");
}

fn what_was_divided_is_put_to_nobody_but_in_its_parts(app: &TestApp) {
    run_by_somebody(app);
    all_anew(division(&app.person("overseer"), TWO).fill(WHICH, "a, b")).send().sees("Divided into parts");
    let overseer = app.person("overseer");
    let asks = |number: &str| {
        let page = overseer.open(&format!("/staff/inquiries/ashgrove/recommendations/{number}"));
        let form = page.follow("Put it to a body").form("Publish that it was put to this body");
        let form = form.select("Which body?", "Ashgrove Harbour Authority").choose("Compared with the source");
        confirmed(form.fill("Where is it said", "Page 43."))
    };
    let why = "was divided into parts, which are counted in its place";
    asks("1").submit().is(422).complains(why);
    asks("1a").send().sees("Body asked recorded");
    groups::founded(app);
    groups::member(app, groups::GROUP, "Coastal Transport Agency").send();
    groups::ask(app, "ashgrove 1", "2026-06-15").submit().is(422).complains(why);
    groups::ask(app, "ashgrove 1b", "2026-06-15").send().sees("Put to each member");
    app.place().run(&["verify"]).succeeds();
}
