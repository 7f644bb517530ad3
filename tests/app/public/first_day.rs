//! Honest from the first day: what the register's own file does not hold reads "not recorded here", and nothing else.

use super::first_register;
use crate::stories;
use crate::support::{Place, TestApp};

stories![
    the_first_page_gives_honest_totals,
    an_inquiry_says_what_its_numbers_do_not_say,
    an_answer_given_for_all_at_once_says_so,
    what_nobody_recorded_is_said,
    a_probable_addressee_is_not_counted,
    how_little_was_compared_stands_inside_the_words,
    a_body_with_a_successor_is_explained,
    the_load_is_one_change,
    help_and_the_other_pages_of_the_operator_are_there_before_there_is_one,
];

/// Words that would accuse somebody of what nobody has looked for.
const ACCUSING: [&str; 5] = ["late", "silent", "refused", "failed", "ignored"];

fn the_first_page_gives_honest_totals(place: &Place) {
    let app = first_register(place);
    let home = app.public().open("/");
    home.sees("15 recommendations. 25 answers asked for, one for each body asked; 13 of 25 recorded; 0 of 25 assessed; 0 of 25 done");
    home.sees("13 recommendations. 6 answers asked for, one for each body asked; 3 of 6 recorded; 0 of 6 assessed; 0 of 6 done");
    home.sees("Nothing is overdue").sees("Nobody has taken responsibility for this copy yet");
    home.sees("Loaded from a register file: 2 inquiries, 8 bodies, 28 recommendations, 31 answers asked for");
}

fn an_inquiry_says_what_its_numbers_do_not_say(place: &Place) {
    let app = first_register(place);
    let jay = app.public().open("/inquiries/jay");
    jay.sees("15 recommendations put to 4 bodies: 25 answers asked for, one for each body asked. 0 of 25 assessed: nobody has judged yet");
    jay.sees("it does not mean that nothing was done").sees("Not recorded here does not mean refused, silent or late");
    jay.sees("Recorded: 13 of 25 answers; 12 of these 13 given in one statement for all the recommendations");
    jay.sees("15 of 15 summarised, 0 in the report's own words").sees("0 checked by a second person");
    jay.sees("The report itself counts 15, and all of them are here");
    jay.sees("came with the file that the register was loaded from. Nobody has looked for more")
        .sees("Commissioned by Rotherham Metropolitan Borough Council");
    let warned = |page: &crate::support::page::Page, words: &str| {
        page.texts(".f-rows__item").iter().filter(|row| row.contains(words)).count()
    };
    assert_eq!(warned(&jay, "Not compared with any source"), 10);

    let linden = app.public().open("/inquiries/operation-linden");
    linden.sees("13 recommendations, 6 of them put to 3 bodies: 6 answers asked for, one for each body asked. For 7 of 13 the body asked is not known here");
    linden.sees("For 2 of 6 it is only probable that the body was asked");
    linden.sees("13 recommendations, 12 announced at first: 8 of 13 summarised");
    linden.sees("The number or letter is this register's own").sees("interval to be determined");
    assert_eq!(warned(&linden, "a source confirms only that a recommendation on this subject exists"), 3);
    assert_eq!(warned(&linden, "not transcribed yet"), 5);
    assert_eq!(warned(&linden, "Body asked: not known here"), 7);
}

fn an_answer_given_for_all_at_once_says_so(place: &Place) {
    let app = first_register(place);
    let page = app.public().open("/inquiries/jay/recommendations/4");
    page.sees("Jay report, recommendation 4 of 15").sees("Was it done? Nobody has judged yet");
    page.sees("Accepted on 3 September 2014, with all the others in one statement; no plan recorded here");
    page.sees("Target 30 November 2014, set by Rotherham Council. Whether it was met is not recorded here");
    page.sees("Summary in our own words. Compared with a secondary source. Not yet compared with the report");
    page.sees("Oversight found").does_not_see("We found").does_not_see("past the first target");
}

fn what_nobody_recorded_is_said(place: &Place) {
    let app = first_register(place);
    let page = app.public().open("/inquiries/jay/recommendations/5/south-yorkshire-police");
    page.sees("This register has not asked, and has not looked for, an answer").sees("No update recorded here");
    page.sees("Nobody has judged yet; it does not mean that nothing was done").sees("No schedule of updates is set");
    page.sees("In this register since 23 November 2026");
    let card = page.texts(".f-card").join(" ");
    for word in ACCUSING {
        assert!(!card.contains(word), "the card says \u{201c}{word}\u{201d}: {card}");
    }
    let replied = app.public().open("/inquiries/jay/recommendations/15/department-for-education");
    replied.sees("Replied on 4 September 2014, neither accepting nor rejecting").sees("agreed that redactions make");
}

fn a_probable_addressee_is_not_counted(place: &Place) {
    let app = first_register(place);
    let page = app.public().open("/inquiries/operation-linden/recommendations/b");
    page.sees("Probably put to this body").sees("No answer recorded here");
    page.sees("answered all the recommendations in one statement. It is not counted here");
    page.does_not_see("Accepted");
    let by = app.public().open("/inquiries/operation-linden/recommendations/a");
    by.sees("Accepted by 20 April 2022, with all the others in one statement");
    // What is only probable, and what was said of all at once, is said in lists and in the line of the first screen too.
    page.sees("South Yorkshire Police (probably asked): No answer recorded here");
    by.sees("South Yorkshire Police: Accepted (with all the others)");
    let list = app.public().open("/recommendations?inquiry=operation-linden");
    assert!(list.texts(".f-rows__answer").iter().any(|row| row.contains("Accepted (with all the others)")));
    // When each was made is not in the file; the day of the inquiry does not say it.
    page.sees("on what day this was recommended is not recorded here");
    app.public().open("/inquiries/jay/recommendations/4").sees("Published 26 August 2014");
}

fn how_little_was_compared_stands_inside_the_words(place: &Place) {
    let app = first_register(place);
    let public = app.public();
    let unverified = public.open("/inquiries/jay/recommendations/1");
    let words = unverified.texts(".f-words").join(" ");
    assert!(words.starts_with("Not compared with any source: written from general knowledge."), "{words}");
    unverified.does_not_see("Cite this page");
    let topic = public.open("/inquiries/operation-linden/recommendations/h");
    topic.sees("a source confirms only that a recommendation on this subject exists");
    topic.sees("May say the same as recommendation f").does_not_see("Asked before");
    // What may be related stands on the pages of both, however little was compared, and in no family.
    let suspected = "May be related. Nobody has compared them, so this is in no count.";
    for path in ["operation-linden/recommendations/h", "jay/recommendations/10"] {
        public.open(&format!("/inquiries/{path}")).sees(suspected);
        let data = public.open(&format!("/inquiries/{path}.json")).json();
        assert_eq!((&data["ties"][0]["kind"], &data["ties"][0]["counted"]), (&"may_be_related".into(), &false.into()));
    }
    let families = public.open("/families");
    families.sees("Nobody has linked recommendations").sees("2 pairs of recommendations may be related");
    let absent = public.open("/inquiries/operation-linden/recommendations/i");
    absent.sees("Recommendation i, not transcribed yet").sees("It is not known here who was asked");
    public.open("/inquiries/jay/recommendations/3").sees("Cite this page");
}

fn a_body_with_a_successor_is_explained(place: &Place) {
    let app = first_register(place);
    let board = app.public().open("/bodies/rotherham-safeguarding-board");
    board.sees("Its place was taken by Rotherham Safeguarding Children Partnership on a date not known here");
    board.sees("What was asked of it stays listed here").sees(
        "7 answers that it was asked for are counted under Rotherham Safeguarding Children Partnership, which answers now",
    );
    let counted = "7 answers that it was asked for are counted under Rotherham Safeguarding Children Partnership";
    let rows = app.public().open("/bodies").texts(".f-rows__item");
    assert!(rows.iter().any(|row| row.contains(counted)), "{rows:?}");
    app.public().open("/recommendations?body=rotherham-safeguarding-board").sees(counted);
    let partnership = board.follow("See Rotherham Safeguarding Children Partnership");
    partnership.sees("It took the place of Rotherham Local Safeguarding Children Board on a date not known here");
    partnership.sees("0 of 7 answers recorded");
    partnership.sees("7 answers of these were taken over from Rotherham Local Safeguarding Children Board");
    let council = app.public().open("/bodies/rotherham-council");
    council.sees("It commissioned or issued: Jay report");
    council.sees("Accepted on 3 September 2014, with all the others in one statement, 8 days after it was published");
}

fn the_load_is_one_change(place: &Place) {
    let app = first_register(place);
    let changes = app.public().open("/changes");
    assert_eq!(changes.texts(".f-timeline__item").len(), 1);
    let change = changes.follow("Change 1");
    change.sees("It published 2 inquiries, 8 bodies, 28 recommendations").sees("This address stays");
    change.sees("31 answers asked for, 16 answers recorded").sees("Law Commission").does_not_see("16 updates");
    change.sees("A cabinet member told the council");
    // Its heading, and what is cited.
    assert_eq!(change.text().matches("Loaded from a register file").count(), 2);
    change.sees("Entered in this register, as put to Rotherham Council");
    assert!(app.mailbox().0.is_empty(), "a load is mailed to nobody");
}

fn help_and_the_other_pages_of_the_operator_are_there_before_there_is_one(app: &TestApp) {
    let public = app.public();
    public.open("/help").sees("0800 1111").sees("0808 800 5000").sees("We cannot take reports here");
    public.open("/privacy").sees("set no cookie").sees("nobody to ask");
    public.open("/accessibility").sees("has not been tried by people who use assistive technology");
    let about = public.open("/about");
    about
        .sees("Not in service")
        .sees("There are two units")
        .sees("Confirmed implemented")
        .sees("Says it is not theirs");
    about.sees("written by one person and published by another");
}
