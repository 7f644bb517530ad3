//! Cases and properties of what is current.

use proptest::prelude::*;

use super::assessed::Assessed;
use super::change::Fact;
use super::checked::Checked;
use super::deadline::{DeadlineAct, DeadlineKind, Owed};
use super::heard::{Sought, heard_on};
use super::id::{DeadlineId, Seq, UpdateId};
use super::lifecycle::Lifecycle;
use super::moment::{Day, Happened};
use super::record::{Arrival, Deadline, FactValue, Record, Update};
use super::reported::Reported;
use super::response::Response;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn update(id: i64, value: FactValue, on: &str) -> Update {
    Update {
        id: UpdateId(id),
        seq: Seq(id),
        value,
        happened: Happened::on(day(on)),
        basis: None,
        assessor: None,
        corrects: None,
    }
}

fn date(id: i64, kind: DeadlineKind, on: Option<&str>, replaces: Option<i64>) -> Deadline {
    Deadline {
        id: DeadlineId(id),
        seq: Seq(id),
        kind,
        due_on: on.map(day),
        every_months: None,
        set_by: None,
        checked: Checked::Source,
        replaces: replaces.map(DeadlineId),
        corrects: None,
        act: None,
        act_on: None,
    }
}

#[test]
fn an_empty_record_claims_nothing() {
    let state = Record::default().state_at(Seq(9));
    assert_eq!(state.response.value, Response::NotRecorded);
    assert_eq!(state.reported.value, Reported::NotReported);
    assert_eq!(state.assessed.value, Assessed::NotAssessed);
    assert_eq!(state.lifecycle.value, Lifecycle::Open);
    assert!(!state.is_done() && !state.is_gap());
}

#[test]
fn an_older_event_entered_later_does_not_become_current() {
    let record = Record {
        updates: vec![
            update(1, FactValue::Reported(Reported::ReportedComplete), "2027-05-01"),
            update(2, FactValue::Reported(Reported::UnderWay), "2027-01-01"),
        ],
        ..Record::default()
    };
    assert_eq!(record.state_at(Seq(2)).reported.value, Reported::ReportedComplete);
    assert!(record.state_at(Seq(2)).is_gap());
}

#[test]
fn a_correction_takes_the_place_of_what_it_corrects_and_only_from_then_on() {
    let mut right = update(2, FactValue::Response(Response::Rejected), "2027-01-01");
    right.corrects = Some(UpdateId(1));
    let record = Record {
        updates: vec![update(1, FactValue::Response(Response::Accepted), "2027-03-01"), right],
        ..Record::default()
    };
    assert_eq!(record.state_at(Seq(1)).response.value, Response::Accepted);
    assert_eq!(record.state_at(Seq(2)).response.value, Response::Rejected);
}

#[test]
fn an_arrival_settles_its_own_deadline_and_the_next_one_stands() {
    let mut record =
        Record { deadlines: vec![date(1, DeadlineKind::Return, Some("2027-03-01"), None)], ..Record::default() };
    assert_eq!(record.state_at(Seq(1)).return_due.map(|due| due.on), Some(day("2027-03-01")));
    record.arrivals.push(Arrival {
        seq: Seq(2),
        deadline: Some(DeadlineId(1)),
        received_on: day("2027-02-20"),
        taken_back: None,
    });
    assert_eq!(record.state_at(Seq(2)).return_due, None);
    assert_eq!(record.state_at(Seq(1)).return_due.map(|due| due.on), Some(day("2027-03-01")));
    record.deadlines.push(date(3, DeadlineKind::Return, Some("2027-09-01"), Some(1)));
    assert_eq!(record.state_at(Seq(3)).return_due.map(|due| due.on), Some(day("2027-09-01")));
}

#[test]
fn an_answer_settles_what_was_asked_before_it_and_not_what_is_asked_after() {
    let record = Record {
        deadlines: vec![
            date(1, DeadlineKind::Response, Some("2027-03-01"), None),
            date(3, DeadlineKind::Response, Some("2028-03-01"), None),
        ],
        updates: vec![update(2, FactValue::Response(Response::Accepted), "2027-02-01")],
        ..Record::default()
    };
    assert_eq!(record.state_at(Seq(2)).response_due, None);
    assert_eq!(record.state_at(Seq(3)).response_due.map(|due| due.deadline), Some(DeadlineId(3)));
}

#[test]
fn a_target_keeps_its_first_date_however_often_it_moves() {
    let record = Record {
        deadlines: vec![
            date(1, DeadlineKind::Target, Some("2027-11-30"), None),
            date(2, DeadlineKind::Target, Some("2028-03-31"), Some(1)),
            date(3, DeadlineKind::Target, Some("2028-09-30"), Some(2)),
        ],
        ..Record::default()
    };
    let target = record.state_at(Seq(3)).target.unwrap();
    assert_eq!((target.first_on, target.on, target.times_moved), (Some(day("2027-11-30")), Some(day("2028-09-30")), 2));
}

#[test]
fn what_puts_a_date_right_is_no_move_and_what_takes_it_back_leaves_what_stood() {
    let corrects = |id, on, wrong, replaces| Deadline {
        corrects: Some(DeadlineId(wrong)),
        ..date(id, DeadlineKind::Target, on, replaces)
    };
    let first = date(1, DeadlineKind::Target, Some("2027-03-01"), None);
    let moved = date(2, DeadlineKind::Target, Some("2027-06-01"), Some(1));
    // (rows, as of, first date, date that stands, moves)
    type Expected<'a> = Option<(&'a str, Option<&'a str>, i64)>;
    let cases: Vec<(Vec<Deadline>, i64, Expected<'_>)> = vec![
        (vec![first.clone(), moved.clone()], 1, Some(("2027-03-01", Some("2027-03-01"), 0))),
        (vec![first.clone(), moved.clone()], 2, Some(("2027-03-01", Some("2027-06-01"), 1))),
        // Recorded wrongly, and put right by a day: still moved once.
        (
            vec![first.clone(), moved.clone(), corrects(3, Some("2027-06-02"), 2, Some(1))],
            3,
            Some(("2027-03-01", Some("2027-06-02"), 1)),
        ),
        (
            vec![first.clone(), moved.clone(), corrects(3, Some("2027-06-02"), 2, Some(1))],
            2,
            Some(("2027-03-01", Some("2027-06-01"), 1)),
        ),
        // It never moved at all.
        (
            vec![first.clone(), moved.clone(), corrects(3, Some("2027-03-01"), 2, Some(1))],
            3,
            Some(("2027-03-01", Some("2027-03-01"), 0)),
        ),
        (
            vec![first.clone(), moved.clone(), corrects(3, None, 2, Some(1))],
            3,
            Some(("2027-03-01", Some("2027-03-01"), 0)),
        ),
        // An earlier one was wrong: put right it stands where that stood, from then on.
        (
            vec![first.clone(), moved.clone(), corrects(3, Some("2027-02-20"), 1, None)],
            3,
            Some(("2027-02-20", Some("2027-06-01"), 1)),
        ),
        (
            vec![first.clone(), moved.clone(), corrects(3, Some("2027-02-20"), 1, None)],
            2,
            Some(("2027-03-01", Some("2027-06-01"), 1)),
        ),
        // There was no target at all.
        (vec![first.clone(), corrects(2, None, 1, None)], 2, None),
        (vec![first.clone(), corrects(2, Some("2027-02-25"), 1, None)], 2, Some(("2027-02-25", Some("2027-02-25"), 0))),
        // Taken back, which is a move; and a taking back that was recorded wrongly.
        (vec![first.clone(), date(2, DeadlineKind::Target, None, Some(1))], 2, Some(("2027-03-01", None, 1))),
        (
            vec![
                first.clone(),
                date(2, DeadlineKind::Target, None, Some(1)),
                corrects(3, Some("2027-05-01"), 2, Some(1)),
            ],
            3,
            Some(("2027-03-01", Some("2027-05-01"), 1)),
        ),
    ];
    for (number, (deadlines, at, expected)) in cases.into_iter().enumerate() {
        let target = Record { deadlines, ..Record::default() }.state_at(Seq(at)).target;
        let found = target.map(|target| (target.first_on, target.on, target.times_moved));
        let expected = expected.map(|(first, on, moves)| (Some(day(first)), on.map(day), moves));
        assert_eq!(found, expected, "case {number}");
    }
}

#[test]
fn a_return_that_was_taken_back_is_owed_again_unless_another_came() {
    let came = |seq, deadline: Option<i64>, taken_back: Option<i64>| Arrival {
        seq: Seq(seq),
        deadline: deadline.map(DeadlineId),
        received_on: day("2027-02-20"),
        taken_back: taken_back.map(Seq),
    };
    let record = |arrivals| Record {
        deadlines: vec![date(1, DeadlineKind::Return, Some("2027-03-01"), None)],
        arrivals,
        ..Record::default()
    };
    let back = record(vec![came(2, Some(1), Some(4))]);
    assert!(back.state_at(Seq(3)).return_due.is_none() && back.state_at(Seq(3)).last_arrival_on.is_some());
    assert!(back.state_at(Seq(4)).return_due.is_some() && back.state_at(Seq(4)).last_arrival_on.is_none());
    let another = record(vec![came(2, Some(1), Some(4)), came(3, None, None)]);
    assert_eq!(another.state_at(Seq(4)).return_due, None);
    // What came before it was asked for settles nothing.
    assert!(record(vec![came(0, None, None)]).state_at(Seq(4)).return_due.is_some());
}

prop_compose! {
    fn any_update()(
        id in 1_i64..40,
        fact in 0_usize..4,
        pick in 0_usize..20,
        offset in prop::option::of(0_i64..400),
        corrects in prop::option::of(1_i64..40),
    ) -> Update {
        let value = match fact {
            0 => FactValue::Response(Response::ALL[pick % Response::ALL.len()]),
            1 => FactValue::Reported(Reported::ALL[pick % Reported::ALL.len()]),
            2 => FactValue::Assessed(Assessed::ALL[pick % Assessed::ALL.len()]),
            _ => FactValue::Lifecycle(Lifecycle::ALL[pick % Lifecycle::ALL.len()], None),
        };
        let happened = offset.map_or(Happened::UNKNOWN, |days| Happened::on(day("2027-01-01").plus_days(days)));
        Update {
            id: UpdateId(id), seq: Seq(id), value, happened, basis: None, assessor: None,
            corrects: corrects.filter(|older| *older < id).map(UpdateId),
        }
    }
}

prop_compose! {
    fn any_date()(
        id in 1_i64..40,
        kind in 0_usize..6,
        offset in prop::option::of(0_i64..400),
        act in prop::option::of(0_usize..3),
        corrects in prop::option::of(1_i64..40),
    ) -> Deadline {
        let due_on = offset.map(|days| day("2027-01-01").plus_days(days));
        Deadline {
            due_on,
            act: act.map(|act| DeadlineAct::ALL[act]),
            act_on: due_on,
            corrects: corrects.filter(|older| *older < id).map(DeadlineId),
            ..date(id, DeadlineKind::ALL[kind], None, None)
        }
    }
}

prop_compose! {
    fn any_record()(
        updates in prop::collection::vec(any_update(), 0..12),
        deadlines in prop::collection::vec(any_date(), 0..12),
        arrivals in prop::collection::vec((1_i64..40, prop::option::of(1_i64..40), prop::option::of(1_i64..40)), 0..4),
    ) -> Record {
        let arrival = |(seq, deadline, back): (i64, Option<i64>, Option<i64>)| Arrival {
            seq: Seq(seq),
            deadline: deadline.map(DeadlineId),
            received_on: day("2027-01-01").plus_days(seq),
            taken_back: back.map(Seq),
        };
        Record { updates, deadlines, arrivals: arrivals.into_iter().map(arrival).collect() }
    }
}

proptest! {
    #[test]
    fn what_nobody_found_is_never_done_whatever_else_is_recorded(mut record in any_record(), at in 0_i64..45) {
        record.updates.retain(|it| it.value.fact() != Fact::Assessed);
        prop_assert!(!record.state_at(Seq(at)).is_done());
    }

    #[test]
    fn each_fact_has_one_current_value_that_nothing_corrects(record in any_record(), at in 0_i64..45) {
        for fact in Fact::ALL.iter().copied() {
            let Some(current) = record.current(fact, Seq(at)) else { continue };
            prop_assert!(current.seq <= Seq(at) && current.value.fact() == fact);
            let known = record.updates.iter().filter(|it| it.seq <= Seq(at));
            prop_assert!(known.clone().all(|it| it.corrects != Some(current.id)));
            // The order in which rows are read does not choose it.
            let mut turned = record.clone();
            turned.updates.reverse();
            let same = turned.current(fact, Seq(at)).map(|it| (it.happened.day, it.seq));
            prop_assert_eq!(same, Some((current.happened.day, current.seq)));
        }
    }

    #[test]
    fn replaying_up_to_a_change_comes_to_what_stood_then(record in any_record(), at in 0_i64..45) {
        let until = Record {
            updates: record.updates.iter().filter(|it| it.seq <= Seq(at)).cloned().collect(),
            deadlines: record.deadlines.iter().filter(|it| it.seq <= Seq(at)).cloned().collect(),
            arrivals: record.arrivals.iter().filter(|it| it.seq <= Seq(at)).cloned().collect(),
        };
        prop_assert_eq!(until.state_at(Seq(at)), record.state_at(Seq(at)));
    }

    #[test]
    fn moves_and_renewals_are_counted_from_nought_and_what_is_paused_is_not_due(record in any_record(), at in 0_i64..45) {
        let state = record.state_at(Seq(at));
        prop_assert!(state.response_renewed >= 0);
        prop_assert!(state.target.is_none_or(|target| target.times_moved >= 0));
        prop_assert!(state.response_renewed == 0 || state.response.value == Response::UnderConsideration);
        if state.response_paused.is_some() {
            prop_assert!(record.deadlines.iter().any(|it| Some(it.id) == state.response_paused));
        }
    }

    #[test]
    fn days_missed_are_never_negative_and_none_where_nobody_was_there_to_hear(
        due in 0_i64..800, taken_in in 0_i64..800, today in 0_i64..800, settled: bool, checked in 0_usize..7, asked in 0_usize..7,
        recorded in 0_i64..800, looked in prop::option::of(0_i64..800),
    ) {
        let on = |days| day("2026-01-01").plus_days(days);
        let owed = Owed {
            due_on: Some(on(due)),
            checked: Checked::ALL[checked],
            asked: Checked::ALL[asked],
            taken_in_on: on(taken_in),
            heard_on: heard_on(on(due), on(recorded), looked.map(|days| Sought::Looked(on(days)))),
            settled,
            answered: true,
            quiet_since: None,
        };
        let days = owed.days_missed(on(today));
        prop_assert!(days.is_none_or(|days| days >= 1));
        prop_assert_eq!(days.is_some(), owed.is_missed(on(today)));
        prop_assert!(days.is_none() || (taken_in <= due && due < today && !settled));
        prop_assert!(days.is_none() || recorded <= due || looked.is_some_and(|looked| due <= looked && looked <= today));
        prop_assert!(!(owed.is_unheard(on(today)) && owed.is_missed(on(today))));
    }

    #[test]
    fn refusal_and_silence_alone_are_never_done(updates in prop::collection::vec(any_update(), 0..12), at in 0_i64..45) {
        let record = Record {
            updates: updates.into_iter().filter(|it| it.value.fact() != Fact::Assessed).collect(),
            ..Record::default()
        };
        prop_assert!(!record.state_at(Seq(at)).is_done());
    }

    #[test]
    fn what_comes_later_does_not_change_what_stood(updates in prop::collection::vec(any_update(), 0..12), at in 0_i64..45) {
        let until = Record { updates: updates.iter().filter(|it| it.seq <= Seq(at)).cloned().collect(), ..Record::default() };
        let all = Record { updates, ..Record::default() };
        prop_assert_eq!(all.state_at(Seq(at)), until.state_at(Seq(at)));
    }
}
