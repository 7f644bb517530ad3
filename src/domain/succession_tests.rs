//! Cases and properties of who answers now.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn link(seq: i64, from: i64, to: i64, kind: SuccessionKind, happened: Happened) -> Link {
    Link { from: BodyId(from), to: BodyId(to), kind, happened, recorded: day("2027-03-01"), seq: Seq(seq) }
}

fn chain(links: &[(i64, i64, SuccessionKind)]) -> Chain {
    let rows =
        links.iter().zip(1..).map(|((from, to, kind), seq)| (link(seq, *from, *to, *kind, Happened::UNKNOWN), true));
    Chain::of(rows)
}

fn nothing(_: BodyId) -> Option<Passing> {
    None
}

fn faults(chain: &Chain, from: i64, to: i64, kind: SuccessionKind, happened: Happened) -> Vec<(String, String)> {
    let mut problems = Problems::none();
    check(&mut problems, chain, (BodyId(from), BodyId(to)), (Some(kind), happened), day("2027-03-01"));
    ["to", "kind", "happened"]
        .into_iter()
        .filter_map(|field| Some((field.to_owned(), problems.at(field)?.to_owned())))
        .collect()
}

#[test]
fn a_split_on_the_way_is_found_wherever_it_stands() {
    let split = SuccessionKind::Split;
    let chain =
        chain(&[(1, 2, SuccessionKind::Replaced), (2, 3, split), (2, 4, split), (4, 5, SuccessionKind::Merged)]);
    let between = |from, to| chain.splits_between(BodyId(from), BodyId(to));
    assert!(between(1, 3) && between(2, 3) && between(1, 5));
    assert!(!between(1, 2) && !between(4, 5) && !between(2, 2));
    assert!(!between(3, 4), "no way leads from one to the other");
}

#[test]
fn a_body_that_never_ended_answers_itself() {
    let now = Chain::default().answers_now(BodyId(1), nothing);
    assert_eq!(now, Answering { body: BodyId(1), how: Handed::Asked, steps: Vec::new() });
}

#[test]
fn duties_pass_on_through_two_successions_and_come_back_when_one_is_taken_back() {
    use SuccessionKind::{Merged, Replaced};
    let both = chain(&[(1, 2, Replaced), (2, 3, Merged)]);
    let now = both.answers_now(BodyId(1), nothing);
    assert_eq!((now.body, now.how, now.steps.len()), (BodyId(3), Handed::TakenOver, 2));
    let second = link(2, 2, 3, Merged, Happened::UNKNOWN);
    let back = Chain::of([(link(1, 1, 2, Replaced, Happened::UNKNOWN), true), (second, true), (second, false)]);
    assert_eq!(back.answers_now(BodyId(1), nothing).body, BodyId(2));
    assert!(back.after(BodyId(2)).is_empty());
}

#[test]
fn a_change_hands_on_what_was_asked_before_it_along_the_ways_that_stood() {
    use SuccessionKind::{Merged, Replaced, Split};
    let row = |seq, from, to, kind, present| (link(seq, from, to, kind, Happened::UNKNOWN), present);
    let rows = [
        row(2, 1, 2, Replaced, true),
        row(4, 2, 3, Merged, true),
        // Put right, and taken back.
        row(5, 1, 2, Replaced, true),
        row(6, 1, 2, Replaced, false),
        // Nothing of the first body's is there any more.
        row(7, 3, 4, Split, true),
        row(7, 3, 5, Split, true),
    ];
    let of = |asked: &[(i64, i64)]| -> Vec<i64> {
        let asked: Vec<(BodyId, Seq)> = asked.iter().map(|(body, seq)| (BodyId(*body), Seq(*seq))).collect();
        handed_by(rows, &asked).into_iter().map(|seq| seq.0).collect()
    };
    assert_eq!(of(&[(1, 1)]), [2, 4, 5, 6]);
    assert_eq!(of(&[(2, 1)]), [4, 7]);
    assert_eq!(of(&[(1, 3)]), [4, 5, 6], "asked after it had ended");
    assert_eq!(of(&[(4, 1), (5, 1)]), Vec::<i64>::new());
    assert_eq!(of(&[(1, 1), (3, 6)]), [2, 4, 5, 6, 7]);
    assert_eq!(of(&[]), Vec::<i64>::new());
}

#[test]
fn a_body_has_ended_from_the_day_on_which_that_is_certain() {
    let on = |happened| Chain::of([(link(1, 1, 2, SuccessionKind::Replaced, happened), true)]);
    let exact = on(Happened::on(day("2026-06-01")));
    assert!(!exact.has_ended(BodyId(1), day("2026-05-31")) && exact.has_ended(BodyId(1), day("2026-06-01")));
    assert!(!exact.has_ended(BodyId(2), day("2026-06-01")));
    // Where nobody knows the day, it is certain from the day on which it was recorded.
    let unknown = on(Happened::UNKNOWN);
    assert!(!unknown.has_ended(BodyId(1), day("2027-02-28")) && unknown.has_ended(BodyId(1), day("2027-03-01")));
}

#[test]
fn what_lies_behind_a_body_is_every_one_that_leads_to_it() {
    use SuccessionKind::{Merged, Replaced, Split};
    let known = chain(&[(1, 2, Replaced), (2, 3, Split), (2, 4, Split), (5, 3, Merged)]);
    let behind = |body| known.behind(BodyId(body)).into_iter().map(|one| one.0).collect::<Vec<_>>();
    assert_eq!(behind(3), [2, 5, 1], "the nearest first");
    assert_eq!(behind(4), [2, 1]);
    assert!(behind(1).is_empty());
    let circle = chain(&[(1, 2, Replaced), (2, 1, Replaced)]);
    assert_eq!(circle.behind(BodyId(1)), [BodyId(2)], "a circle ends where it began");
}

#[test]
fn of_a_split_each_answer_waits_for_a_decision() {
    let split = chain(&[(1, 2, SuccessionKind::Split), (1, 3, SuccessionKind::Split)]);
    let waits = split.answers_now(BodyId(1), nothing);
    assert_eq!((waits.body, waits.how), (BodyId(1), Handed::NotDecided));
    let chosen = split.answers_now(BodyId(1), |_| Some(Passing::To(BodyId(3))));
    assert_eq!((chosen.body, chosen.how), (BodyId(3), Handed::TakenOver));
    let nobody = split.answers_now(BodyId(1), |_| Some(Passing::Nobody));
    assert_eq!((nobody.body, nobody.how), (BodyId(1), Handed::Nobody));
    // What was decided for a body that is none of the successors any more decides nothing.
    let stale = split.answers_now(BodyId(1), |_| Some(Passing::To(BodyId(9))));
    assert_eq!(stale.how, Handed::NotDecided);
    // One that is left of the split has not taken everything over: neither what was never decided, nor what was decided for
    // the other.
    let left = chain(&[(1, 3, SuccessionKind::Split)]);
    for decided in [None, Some(Passing::To(BodyId(2)))] {
        let now = left.answers_now(BodyId(1), |_| decided);
        assert_eq!((now.body, now.how), (BodyId(1), Handed::NotDecided));
    }
    assert_eq!(left.answers_now(BodyId(1), |_| Some(Passing::To(BodyId(3)))).body, BodyId(3));
    // Where one body alone took its place, that goes before a decision for a link that no longer stands.
    let alone = chain(&[(1, 3, SuccessionKind::Merged)]);
    assert_eq!(alone.answers_now(BodyId(1), |_| Some(Passing::To(BodyId(2)))).body, BodyId(3));
}

#[test]
fn a_body_speaks_only_from_the_day_on_which_it_certainly_answered() {
    let known = link(1, 1, 2, SuccessionKind::Replaced, Happened::on(day("2027-01-10")));
    let unknown = link(2, 2, 3, SuccessionKind::Replaced, Happened::UNKNOWN);
    let now = Chain::of([(known, true), (unknown, true)]).answers_now(BodyId(1), nothing);
    assert_eq!(now.on(day("2027-01-09")), None);
    assert_eq!(now.on(day("2027-01-10")), Some(BodyId(2)));
    assert_eq!(now.on(day("2027-02-28")), Some(BodyId(2)));
    // Its day is not known: from the day on which it was recorded.
    assert_eq!(now.on(day("2027-03-01")), Some(BodyId(3)));
}

#[test]
fn a_day_before_a_body_took_over_is_the_other_bodys_or_nobody_knows() {
    let known = link(1, 1, 2, SuccessionKind::Replaced, Happened::on(day("2027-01-10")));
    let unknown = link(2, 2, 3, SuccessionKind::Replaced, Happened::UNKNOWN);
    let now = Chain::of([(known, true), (unknown, true)]).answers_now(BodyId(1), nothing);
    let then = |on: &str| answered_then(BodyId(1), &now.steps, day(on));
    assert_eq!(then("2027-01-09"), AnsweredThen::Earlier(BodyId(1)));
    assert_eq!(then("2027-01-10"), AnsweredThen::NotKnown(vec![BodyId(2), BodyId(3)]));
    assert_eq!(then("2027-03-01"), AnsweredThen::Now);
    let first = Chain::of([(known, true)]).answers_now(BodyId(1), nothing);
    assert_eq!(answered_then(BodyId(1), &first.steps, day("2027-01-10")), AnsweredThen::Now);
    // Of two days that nobody knows it may have been any of three; a day that is known after them ends it.
    let steps = |last: Happened| {
        let unknown = |seq, from, to| (link(seq, from, to, SuccessionKind::Replaced, Happened::UNKNOWN), true);
        let third = (link(3, 3, 4, SuccessionKind::Replaced, last), true);
        Chain::of([unknown(1, 1, 2), unknown(2, 2, 3), third]).answers_now(BodyId(1), nothing).steps
    };
    let then = |last: Happened, on: &str| answered_then(BodyId(1), &steps(last), day(on));
    let three = vec![BodyId(1), BodyId(2), BodyId(3)];
    assert_eq!(then(Happened::on(day("2027-02-01")), "2027-01-31"), AnsweredThen::NotKnown(three));
    assert_eq!(then(Happened::on(day("2027-02-01")), "2027-02-01"), AnsweredThen::Now);
}

#[test]
fn a_circle_and_a_body_that_succeeds_itself_are_refused_with_the_reason() {
    use SuccessionKind::{Merged, Replaced, Split};
    let both = chain(&[(1, 2, Replaced), (2, 3, Replaced)]);
    let itself = faults(&both, 3, 3, Replaced, Happened::UNKNOWN);
    assert!(itself[0].1.contains("cannot take its own place"), "{itself:?}");
    let circle = faults(&both, 3, 1, Merged, Happened::UNKNOWN);
    assert!(circle[0].1.contains("circle"), "{circle:?}");
    let second = faults(&both, 1, 4, Replaced, Happened::UNKNOWN);
    assert_eq!(second[0].0, "kind");
    assert_eq!(faults(&both, 1, 4, Split, Happened::UNKNOWN)[0].0, "kind");
    let ahead = faults(&both, 3, 4, Replaced, Happened::on(day("2027-03-02")));
    assert_eq!(ahead[0].0, "happened");
    assert!(faults(&both, 3, 4, Replaced, Happened::UNKNOWN).is_empty());
    let split = chain(&[(1, 2, Split)]);
    assert!(faults(&split, 1, 3, Split, Happened::UNKNOWN).is_empty());
}

/// Successions as they could be recorded one after the other, those that are refused left out.
fn recorded(wanted: &[(i64, i64, bool)]) -> Vec<(Link, bool)> {
    let mut rows: Vec<(Link, bool)> = Vec::new();
    for ((from, to, split), seq) in wanted.iter().zip(1..) {
        let kind = if *split { SuccessionKind::Split } else { SuccessionKind::Merged };
        let so_far = Chain::of(rows.clone());
        if faults(&so_far, *from, *to, kind, Happened::UNKNOWN).is_empty() {
            rows.push((link(seq, *from, *to, kind, Happened::UNKNOWN), true));
        }
    }
    rows
}

proptest! {
    /// Whatever was recorded, and whatever was decided: each way ends, at a body that is the same for the same answer, and a way
    /// that was taken over ends at a body that has not ended or waits for a decision.
    #[test]
    fn successor_chains_end(
        wanted in proptest::collection::vec((0_i64..8, 0_i64..8, any::<bool>()), 0..24),
        choices in proptest::collection::vec(proptest::option::of(0_i64..9), 8),
    ) {
        let chain = Chain::of(recorded(&wanted));
        for asked in (0..8).map(BodyId) {
            let decided = |at: BodyId| match choices[usize::try_from(at.0).unwrap()] {
                Some(8) => Some(Passing::Nobody),
                chosen => chosen.map(|to| Passing::To(BodyId(to))),
            };
            let now = chain.answers_now(asked, decided);
            prop_assert!(now.steps.len() < 8);
            prop_assert!(chain.leads(asked, now.body));
            match now.how {
                Handed::Asked => prop_assert!(now.body == asked && chain.after(asked).is_empty()),
                Handed::TakenOver => prop_assert!(now.body != asked && chain.after(now.body).is_empty()),
                Handed::NotDecided | Handed::Nobody => prop_assert!(!chain.after(now.body).is_empty()),
            }
            prop_assert!(now.steps.iter().all(|step| chain.leads(step.from, step.to) && !chain.leads(step.to, step.from)));
        }
    }

    /// One more merger carries what one body answered over to whoever answers for the other, and changes no other number.
    #[test]
    fn a_merger_moves_the_numbers_of_one_body_alone(
        wanted in proptest::collection::vec((0_i64..8, 0_i64..8, any::<bool>()), 0..24),
        asked in proptest::collection::vec(0_i64..8, 0..40),
        (from, to) in (0_i64..8, 0_i64..8),
    ) {
        let mut rows = recorded(&wanted);
        let before = Chain::of(rows.clone());
        if faults(&before, from, to, SuccessionKind::Merged, Happened::UNKNOWN).is_empty() {
            rows.push((link(99, from, to, SuccessionKind::Merged, Happened::UNKNOWN), true));
            let after = Chain::of(rows);
            let numbers = |chain: &Chain| {
                let mut counts: BTreeMap<BodyId, usize> = BTreeMap::new();
                for body in &asked {
                    *counts.entry(chain.answers_now(BodyId(*body), nothing).body).or_default() += 1;
                }
                counts
            };
            let mut expected = numbers(&before);
            if let Some(moved) = expected.remove(&BodyId(from)) {
                *expected.entry(after.answers_now(BodyId(to), nothing).body).or_default() += moved;
            }
            prop_assert_eq!(numbers(&after), expected);
        }
    }

    /// Across any mergers every answer is counted once: the numbers of all bodies together are the number of answers, before and
    /// after, and taking everything back brings each to the body that was asked.
    #[test]
    fn nothing_is_counted_twice_across_a_merger(
        wanted in proptest::collection::vec((0_i64..8, 0_i64..8, any::<bool>()), 0..24),
        asked in proptest::collection::vec(0_i64..8, 0..40),
    ) {
        let rows = recorded(&wanted);
        let chain = Chain::of(rows.clone());
        let mut counts: BTreeMap<BodyId, usize> = BTreeMap::new();
        for body in &asked {
            *counts.entry(chain.answers_now(BodyId(*body), nothing).body).or_default() += 1;
        }
        prop_assert_eq!(counts.values().sum::<usize>(), asked.len());
        // Under a body that ended nothing is counted but what waits for a decision, and everything under one that it led to.
        for body in &asked {
            let now = chain.answers_now(BodyId(*body), nothing);
            prop_assert!(chain.after(now.body).is_empty() || now.how == Handed::NotDecided);
            prop_assert!(chain.leads(BodyId(*body), now.body));
        }
        let back = rows.iter().copied().chain(rows.iter().map(|(link, _)| (*link, false)));
        let chain = Chain::of(back.collect::<Vec<_>>());
        prop_assert!(chain.is_empty());
        for body in asked {
            prop_assert_eq!(chain.answers_now(BodyId(body), nothing).body, BodyId(body));
        }
    }
}
