//! One bad file for each fault: what is wrong, at which line, in a sentence.

use super::parse;

/// A right file; each test spoils one thing in it.
const SAMPLE: &str = r##"[[body]]
slug = "council"
name = "Ashgrove District Council"
kind = "local authority"

[[body]]
slug = "harbour"
name = "Ashgrove Harbour Authority"
kind = "harbour authority"

[[body]]
slug = "board"
name = "Ashgrove Ferry Board"
kind = "partnership"
succeeded_by = "harbour"

[[inquiry]]
slug = "ferry"
kind = "independent inquiry"
title = "Ashgrove Ferry Inquiry"
short_title = "Ferry inquiry"
commissioned_by = "council"
source_url = "https://ferry.example/report"
own_references = false
published_on = 2026-06-15

[[inquiry.block_response]]
body = "council"
value = "accepted"
basis = "block"
happened = { date = 2026-07-01, precision = "on" }
words = "All the recommendations were accepted in one decision."
checked = "source"

[[inquiry.recommendation]]
number = "1"
title = "Publish the timetable"
text_kind = "verbatim"
text = "The council should publish the timetable."
checked = "secondary"
themes = ["timetables"]
addressees = [
  { body = "council", checked = "source", target = { on = 2027-02-26, set_by = "council", checked = "source" } },
  { body = "harbour", checked = "source" },
]

[[inquiry.recommendation.response]]
body = "harbour"
value = "replied"
basis = "own"
happened = { date = 2026-08-14, precision = "on" }
words = "The authority answered that it had read it."
checked = "source"

[[inquiry.recommendation.note]]
happened = { date = 2026-10-01, precision = "about" }
words = "A survey was announced."
checked = "secondary"

[[inquiry.recommendation]]
number = "2"
text_kind = "not_transcribed"
checked = "absent"
may_repeat = "1"
addressees = []

[[inquiry]]
slug = "pier"
kind = "inspection"
title = "Millbrook Pier Inspection"
short_title = "Pier inspection"
issued_by = "harbour"
own_references = true

[[inquiry.recommendation]]
number = "a"
title = "Inspect the pier"
text_kind = "summary"
text = "The authority should inspect the pier."
checked = "source"
addressees = []

[[link]]
from = { inquiry = "ferry", number = "2" }
to = { inquiry = "pier", number = "a" }
kind = "may_be_related"
# end
"##;

fn faults(right: &str, wrong: &str) -> String {
    assert_eq!(SAMPLE.matches(right).count(), 1, "{right}");
    parse(&SAMPLE.replace(right, wrong)).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn the_sample_itself_is_right() {
    assert_eq!(parse(SAMPLE).map(|file| file.inquiries.len()), Ok(2));
}

#[test]
fn unknown_names_and_missing_ones() {
    insta::assert_snapshot!(faults(r#"kind = "harbour authority""#, r#"kind = "harbour authority"
colour = "blue""#), @"line 10, body harbour: There is no “colour” here; known are: slug, name, short_name, kind, also, succeeded_by, succession, succeeded");
    insta::assert_snapshot!(faults(r#"title = "Publish the timetable"
"#, ""), @"line 37, recommendation 1 of ferry: text_kind says verbatim, and there is no title");
    insta::assert_snapshot!(faults(r#"short_title = "Ferry inquiry"
"#, ""), @"line 17, inquiry ferry: “short_title” is missing here");
    insta::assert_snapshot!(faults("# end", r#"[[inquest]]
slug = "x""#), @"line 87: There is no “inquest” in a register file; known are: body, inquiry, link");
    insta::assert_snapshot!(faults("[[link]]", "[link]"), @"line 83: Write [[link]] in two pairs of brackets: there may be several");
    insta::assert_snapshot!(faults("own_references = false", r#"own_references = "no""#), @r#"line 24, inquiry ferry: This cannot be read: invalid type: string "no", expected a boolean"#);
    insta::assert_snapshot!(faults("own_references = false", "own_references = "), @"line 24: This cannot be read: string values must be quoted, expected literal string");
    insta::assert_snapshot!(faults("own_references = false", "own_references = false
own_references = true"), @"line 25: This cannot be read: duplicate key");
}

#[test]
fn bodies_are_known_and_succeed_one_another() {
    insta::assert_snapshot!(faults(r#"{ body = "harbour", checked = "source" }"#, r#"{ body = "harbor", checked = "source" }"#), @"
    line 44, recommendation 1 of ferry: “harbor” is not a body of this file; known are: council, harbour, board
    line 48, recommendation 1 of ferry: harbour answers here and is not among the addressees
    ");
    insta::assert_snapshot!(faults(r#"slug = "council""#, r#"slug = "harbour""#), @"
    line 7, body harbour: There is another body with this slug in the file
    line 22, inquiry ferry: “council” is not a body of this file; known are: harbour, board
    line 28, inquiry ferry: “council” is not a body of this file; known are: harbour, board
    line 43, recommendation 1 of ferry: “council” is not a body of this file; known are: harbour, board
    ");
    insta::assert_snapshot!(faults(r#"succeeded_by = "harbour""#, r#"succeeded_by = "port""#), @"line 15, body board: “port” is not a body of this file; known are: council, harbour, board");
    insta::assert_snapshot!(faults(r#"succeeded_by = "harbour""#, r#"succeeded_by = "harbour"
succession = "split""#), @"line 16, body board: Here a body has one successor, and one that was split has several: record it in the browser");
    insta::assert_snapshot!(faults(r#"kind = "harbour authority""#, r#"kind = "harbour authority"
succeeded_by = "board""#), @"
    line 10, body harbour: Following succeeded_by leads back to this body: one of them is wrong
    line 16, body board: Following succeeded_by leads back to this body: one of them is wrong
    ");
    insta::assert_snapshot!(faults(r#"slug = "board""#, r#"slug = "Ferry Board""#), @"line 12, body Ferry Board: “Ferry Board” may hold only small letters, digits and single hyphens");
    insta::assert_snapshot!(faults(r#"{ body = "harbour", checked = "source" }"#, r#"{ body = "council", checked = "source" }"#), @"
    line 44, recommendation 1 of ferry: council stands here twice
    line 48, recommendation 1 of ferry: harbour answers here and is not among the addressees
    ");
}

#[test]
fn nothing_stands_twice() {
    insta::assert_snapshot!(faults(r#"slug = "pier""#, r#"slug = "ferry""#), @"
    line 68, inquiry ferry: There is another inquiry with this slug in the file
    line 85, link: “pier” is not an inquiry of this file; known are: ferry
    ");
    insta::assert_snapshot!(faults(r#"number = "2"
text_kind"#, r#"number = "1"
text_kind"#), @"
    line 61, recommendation 1 of ferry: There is another recommendation with this number in the inquiry
    line 64, recommendation 1 of ferry: may_repeat names this recommendation itself
    line 84, link: There is no recommendation “2” in ferry
    ");
    insta::assert_snapshot!(faults(r#"number = "2"
text_kind"#, r#"number = "2/3"
text_kind"#), @"
    line 61, recommendation 2/3 of ferry: “2/3” cannot stand in an address: a number holds up to 20 letters, digits, dots and hyphens
    line 84, link: There is no recommendation “2” in ferry
    ");
    insta::assert_snapshot!(faults(r#"themes = ["timetables"]"#, r#"themes = ["timetables", "Timetables"]"#), @"line 41, recommendation 1 of ferry: The theme “Timetables” stands here twice");
}

#[test]
fn unknown_words_are_named_with_the_known_ones() {
    insta::assert_snapshot!(faults(r#"value = "replied""#, r#"value = "maybe""#), @"line 49, recommendation 1 of ferry: “maybe” is not a known response; known are: not_recorded, awaited, accepted, accepted_in_principle, accepted_in_part, under_consideration, rejected, replied, disputes_addressee, none_found");
    insta::assert_snapshot!(faults(r#"checked = "secondary"
themes"#, r#"checked = "sure"
themes"#), @"line 40, recommendation 1 of ferry: “sure” is not a known degree of checking; known are: source, quoted, secondary, probable, topic, unverified, absent");
    insta::assert_snapshot!(faults(r#"text_kind = "verbatim""#, r#"text_kind = "exact""#), @"line 38, recommendation 1 of ferry: “exact” is not a known kind of text; known are: verbatim, summary, not_transcribed");
    insta::assert_snapshot!(faults(r#"basis = "own""#, r#"basis = "all""#), @"line 50, recommendation 1 of ferry: “all” is not a known basis of a response; known are: own, block");
    insta::assert_snapshot!(faults(r#"precision = "about""#, r#"precision = "near""#), @"line 56, recommendation 1 of ferry: “near” is not a known precision of a date; known are: on, by, about, not_known");
    insta::assert_snapshot!(faults(r#"kind = "may_be_related""#, r#"kind = "same""#), @"line 86, link: “same” is not a known kind of link; known are: may_be_related");
}

#[test]
fn answers_fit_those_who_were_asked() {
    insta::assert_snapshot!(faults(r#"body = "harbour"
value"#, r#"body = "board"
value"#), @"line 48, recommendation 1 of ferry: board answers here and is not among the addressees");
    insta::assert_snapshot!(faults(r#"body = "harbour"
value"#, r#"body = "port"
value"#), @"line 48, recommendation 1 of ferry: “port” is not a body of this file; known are: council, harbour, board");
    insta::assert_snapshot!(faults(r#"body = "council"
value"#, r#"body = "port"
value"#), @"line 28, inquiry ferry: “port” is not a body of this file; known are: council, harbour, board");
    insta::assert_snapshot!(faults(r#"body = "council"
value"#, r#"body = "board"
value"#), @"line 28, inquiry ferry: No recommendation of this inquiry is put to board, so its answer stands for none");
    insta::assert_snapshot!(faults(r#"value = "replied""#, r#"value = "not_recorded""#), @"line 49, recommendation 1 of ferry: What is not recorded is left out of the file");
    insta::assert_snapshot!(faults(r#"value = "replied""#, r#"value = "under_consideration""#), @"line 49, recommendation 1 of ferry: A body that is considering says when it will decide: add decide_by");
    insta::assert_snapshot!(faults(r#"value = "replied""#, r#"value = "replied"
decide_by = 2027-01-31"#), @"line 50, recommendation 1 of ferry: decide_by goes only with under_consideration, and this answer is replied");
    insta::assert_snapshot!(faults(r#"basis = "own""#, r#"basis = "block""#), @"line 50, recommendation 1 of ferry: An answer to this recommendation has the basis own; one given to all stands as inquiry.block_response");
}

#[test]
fn dates_can_be_meant() {
    insta::assert_snapshot!(faults("date = 2026-08-14", "date = 2016-08-14"), @"line 51, recommendation 1 of ferry: An answer on 2016-08-14 is before the inquiry was published, on 2026-06-15");
    insta::assert_snapshot!(faults("on = 2027-02-26", "on = 2017-02-26"), @"line 43, recommendation 1 of ferry: A target on 2017-02-26 is before the inquiry was published, on 2026-06-15");
    insta::assert_snapshot!(faults("on = 2027-02-26", "on = 9999-02-26"), @"line 43, recommendation 1 of ferry: The year 9999 cannot be meant; check the date");
    insta::assert_snapshot!(faults("on = 2027-02-26", "on = 2027-02-26T10:00:00Z"), @"line 43, recommendation 1 of ferry: Write a day as 2014-09-03, without a time");
    insta::assert_snapshot!(faults("on = 2027-02-26", "on = 2027-02-30"), @"line 43: This cannot be read: invalid date, expected day between 01 and 28");
    insta::assert_snapshot!(faults("on = 2027-02-26", r#"on = "2027-02-26""#), @r#"line 43, recommendation 1 of ferry: This cannot be read: invalid type: string "2027-02-26", expected a TOML datetime"#);
    insta::assert_snapshot!(faults(r#"{ date = 2026-08-14, precision = "on" }"#, "{ date = 2026-08-14 }"), @"line 51, recommendation 1 of ferry: Say how well the date is known: precision is on, by or about");
    insta::assert_snapshot!(faults(r#"{ date = 2026-08-14, precision = "on" }"#, r#"{ precision = "by" }"#), @"line 51, recommendation 1 of ferry: There is a precision and no date");
    insta::assert_snapshot!(faults(r#"{ date = 2026-08-14, precision = "on" }"#, r#"{ date = 2026-08-14, precision = "not_known" }"#), @"line 51, recommendation 1 of ferry: A date that is not known is left out; with a date, precision is on, by or about");
}

#[test]
fn words_are_there_where_they_should_be_and_links_lead_somewhere() {
    insta::assert_snapshot!(faults(r#"text_kind = "not_transcribed""#, r#"text_kind = "not_transcribed"
text = "Words.""#), @"line 63, recommendation 2 of ferry: text_kind says not_transcribed, and there is a text");
    insta::assert_snapshot!(faults(r#"text = "The council should publish the timetable."
"#, ""), @"line 38, recommendation 1 of ferry: text_kind says verbatim, and there is no text");
    insta::assert_snapshot!(faults(r#"checked = "secondary"
themes"#, r#"checked = "absent"
themes"#), @"line 40, recommendation 1 of ferry: checked says absent, which goes only with not_transcribed, and text_kind says verbatim");
    let long = format!(r#"title = "{}""#, "a".repeat(301));
    insta::assert_snapshot!(faults(r#"title = "Publish the timetable""#, &long), @"line 37, recommendation 1 of ferry: Title must be 300 characters or fewer; this has 301");
    insta::assert_snapshot!(faults(r#"title = "Publish the timetable""#, r#"title = " ""#), @"line 37, recommendation 1 of ferry: Title is empty: write it, or leave the line out if it may be absent");
    insta::assert_snapshot!(faults(r#"title = "Publish the timetable""#, r#"title = "a\nb""#), @"line 37, recommendation 1 of ferry: Title must be one line");
    insta::assert_snapshot!(faults(r#"title = "Publish the timetable""#, r#"title = "a\u202Eb""#), @"line 37, recommendation 1 of ferry: Title contains a character that cannot be shown; type it again");
    insta::assert_snapshot!(faults(r#"source_url = "https://ferry.example/report""#, r#"source_url = "javascript:alert(1)""#), @"line 23, inquiry ferry: Enter a full web address that begins with https:// or http://");
    insta::assert_snapshot!(faults(r#"may_repeat = "1""#, r#"may_repeat = "9""#), @"line 64, recommendation 2 of ferry: There is no recommendation “9” in this inquiry");
    insta::assert_snapshot!(faults(r#"may_repeat = "1""#, r#"may_repeat = "2""#), @"line 64, recommendation 2 of ferry: may_repeat names this recommendation itself");
    insta::assert_snapshot!(faults(r#"number = "a" }"#, r#"number = "z" }"#), @"line 85, link: There is no recommendation “z” in pier");
    insta::assert_snapshot!(faults(r#"to = { inquiry = "pier""#, r#"to = { inquiry = "quay""#), @"line 85, link: “quay” is not an inquiry of this file; known are: ferry, pier");
    insta::assert_snapshot!(faults(r#"to = { inquiry = "pier", number = "a" }"#, r#"to = { inquiry = "ferry", number = "2" }"#), @"line 85, link: This links a recommendation with itself");
}

#[test]
fn every_fault_is_told_at_once() {
    let bad = SAMPLE
        .replace("2026-08-14", "2016-08-14")
        .replace(r#"value = "accepted""#, r#"value = "maybe""#)
        .replace(r#"kind = "partnership""#, r#"sort = "partnership""#);
    let problems = parse(&bad).unwrap_err();
    let places: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(
        places,
        ["line 14, body board", "line 29, inquiry ferry", "line 51, recommendation 1 of ferry"],
        "{problems}"
    );
}

#[test]
fn no_text_makes_it_panic() {
    for text in ["", "\0", "body = 1", "[[inquiry]]", "inquiry = [1, 2]", "[[body]]\nslug = 5", "[[link]]\nfrom = 1"] {
        assert!(parse(text).is_err(), "{text:?}");
    }
}

proptest::proptest! {
    #[test]
    fn no_broken_file_makes_it_panic(cut in 0..SAMPLE.len(), put in "[\\[\\]{}=\"a0\\n .-]{0,6}") {
        let at = (0..=cut).rev().find(|at| SAMPLE.is_char_boundary(*at)).unwrap_or(0);
        let text = format!("{}{put}{}", &SAMPLE[..at], &SAMPLE[at..]);
        if let Err(problems) = parse(&text) {
            proptest::prop_assert!(!problems.is_empty());
        }
    }
}
