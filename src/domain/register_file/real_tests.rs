//! The first register itself: its counts are promises that pages make.

use std::collections::BTreeSet;

use super::{InquiryFile, RegisterFile, parse};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::moment::{Happened, Precision};
use crate::domain::response::{Basis, Response};

fn first_register() -> RegisterFile {
    parse(include_str!("../../../data/rotherham.toml")).unwrap_or_else(|problems| panic!("{problems}"))
}

fn checked(inquiry: &InquiryFile, degree: Checked) -> usize {
    inquiry.recommendations.iter().filter(|item| item.checked == degree).count()
}

fn asked(inquiry: &InquiryFile) -> BTreeSet<&str> {
    inquiry.answers().map(|answer| answer.addressee.body.as_str()).collect()
}

#[test]
fn it_holds_what_the_pages_say_that_it_holds() {
    let file = first_register();
    let [jay, linden] = file.inquiries.as_slice() else { panic!("two inquiries") };
    assert_eq!((jay.slug.as_str(), linden.slug.as_str()), ("jay", "operation-linden"));
    assert_eq!((file.bodies.len(), file.links.len()), (8, 2));
    assert_eq!((jay.recommendations.len(), linden.recommendations.len()), (15, 13));
    assert_eq!((jay.answers().count(), linden.answers().count()), (25, 6));
    assert_eq!((asked(jay).len(), asked(linden).len()), (4, 3));
    assert_eq!((jay.events.len(), linden.events.len()), (4, 5));
    assert_eq!((jay.own_references, linden.own_references), (false, true));
    assert_eq!(linden.counts_in_source.iter().map(|count| count.count).collect::<Vec<_>>(), [12, 13]);
    let numbers: Vec<&str> = jay.recommendations.iter().map(|item| item.number.as_str()).collect();
    assert_eq!((numbers[0], numbers[9], numbers[14]), ("1", "10", "15"));
    let successions: Vec<_> = file.bodies.iter().filter_map(|body| body.succeeded_by.as_ref()).collect();
    assert_eq!(successions.len(), 1);
}

#[test]
fn it_says_how_little_was_compared() {
    let file = first_register();
    let [jay, linden] = file.inquiries.as_slice() else { panic!("two inquiries") };
    assert_eq!((checked(jay, Checked::Unverified), checked(jay, Checked::Secondary)), (10, 5));
    assert_eq!((checked(linden, Checked::Topic), checked(linden, Checked::Absent)), (3, 5));
    let summarised = |inquiry: &InquiryFile| {
        inquiry.recommendations.iter().filter(|item| item.text_kind == TextKind::Summary).count()
    };
    assert_eq!((summarised(jay), summarised(linden)), (15, 8));
    let absent: Vec<_> = linden.recommendations.iter().filter(|item| item.checked == Checked::Absent).collect();
    assert!(absent.iter().all(|item| item.text_kind == TextKind::NotTranscribed));
    assert!(absent.iter().all(|item| item.title.is_none() && item.text.is_none() && item.addressees.is_empty()));
    assert_eq!(linden.recommendations.iter().filter(|item| item.addressees.is_empty()).count(), 7);
    let repeats: Vec<_> = linden.recommendations.iter().filter_map(|item| item.may_repeat.as_deref()).collect();
    assert_eq!(repeats, ["f"]);
}

#[test]
fn block_answers_reach_each_certain_addressee_and_no_other() {
    let file = first_register();
    let [jay, linden] = file.inquiries.as_slice() else { panic!("two inquiries") };
    let responses = |inquiry: &InquiryFile, basis: Basis| {
        inquiry.answers().flat_map(|answer| answer.responses).filter(|response| response.basis == basis).count()
    };
    // The council is asked in 12 of the 15; the force in a and d, and probably in b and f.
    assert_eq!((responses(jay, Basis::Block), responses(jay, Basis::Own)), (12, 1));
    assert_eq!((responses(linden, Basis::Block), responses(linden, Basis::Own)), (2, 1));
    let probable: Vec<_> = linden.answers().filter(|answer| answer.addressee.checked == Checked::Probable).collect();
    assert_eq!(probable.iter().map(|answer| answer.recommendation.number.as_str()).collect::<Vec<_>>(), ["b", "f"]);
    assert!(probable.iter().all(|answer| answer.responses.is_empty()));
    let fourth = jay.answers().find(|answer| answer.recommendation.number == "4").unwrap();
    assert_eq!(fourth.responses[0].value, Response::Accepted);
    assert_eq!(fourth.responses[0].happened, Happened::on("2014-09-03".parse().unwrap()));
    let d = linden.answers().find(|answer| answer.recommendation.number == "d").unwrap();
    assert_eq!(d.responses[0].happened.precision, Precision::By);
}

#[test]
fn targets_belong_to_those_who_set_them() {
    let file = first_register();
    let targets: Vec<_> = file
        .inquiries
        .iter()
        .flat_map(InquiryFile::answers)
        .filter_map(|answer| {
            let target = answer.addressee.target.as_ref()?;
            Some(format!("{} {} {}", answer.recommendation.number, target.on, target.set_by))
        })
        .collect();
    assert_eq!(
        targets,
        [
            "3 2014-11-30 rotherham-council",
            "4 2014-11-30 rotherham-council",
            "7 2014-09-30 rotherham-council",
            "12 2014-11-30 rotherham-council",
        ]
    );
}
