//! Packs: questions, rows that are the same in two packs, and what is frozen.

use proptest::prelude::*;

use super::*;

fn any_rows() -> impl Strategy<Value = Vec<Listed>> {
    let row =
        (prop::option::of(0_i64..6), 0_i64..3, prop::option::of(prop::sample::select(DeadlineKind::ALL.to_vec())));
    let row = row.prop_map(|(answer, body, kind)| Listed {
        answer: answer.map(AddresseeId),
        body: BodyId(body),
        kind,
        day: None,
        before: None,
        seq: None,
    });
    prop::collection::vec(row, 0..12)
}

proptest! {
    #[test]
    fn whatever_left_stayed_or_entered_is_counted_once(earlier in any_rows(), later in any_rows()) {
        let names = |rows: &[Listed]| -> BTreeSet<_> { rows.iter().map(Listed::name).collect() };
        let both = compared(&earlier, &later);
        prop_assert_eq!(both.left.len() + both.stayed.len(), names(&earlier).len());
        prop_assert_eq!(both.entered.len() + both.stayed.len(), names(&later).len());
        let back = compared(&later, &earlier);
        prop_assert_eq!(names(&back.left), names(&both.entered));
        prop_assert_eq!(names(&back.entered), names(&both.left));
        let same = compared(&later, &later);
        prop_assert!(same.left.is_empty() && same.entered.is_empty());
    }
}

#[test]
fn a_pack_has_ten_lines_and_four_questions() {
    assert_eq!(PackSection::ALL.len(), 10);
    assert_eq!(questions(["a", " b ", "c", "d"]).unwrap()[1], "b");
    let faults = questions(["a", "", "c", "d"]).unwrap_err();
    assert!(faults.at("question_2").is_some() && faults.at("question_1").is_none());
    let long = "a".repeat(500);
    assert!(questions([long.as_str(), "b", "c", "d"]).unwrap_err().at("question_1").unwrap().contains("200"));
}

#[test]
fn a_minute_answers_what_a_pack_asks_or_another_matter() {
    let question = |words: &str| Some(AnswerTo::Question(words.to_owned()));
    let asked = ["Is it done?", "By when?"];
    assert_eq!(answered(question("By when?"), &asked), Ok(Some("By when?".to_owned())));
    assert_eq!(answered(Some(AnswerTo::AnotherMatter), &asked), Ok(None));
    assert!(answered(None, &asked).unwrap_err().contains("Choose which question"));
    assert!(answered(question("Who pays?"), &asked).unwrap_err().contains("No pack asks that"));
    assert_eq!(answered(None, &[]), Ok(None));
    assert!(answered(question("Is it done?"), &[]).is_err());
}

#[test]
fn what_is_frozen_reads_again() {
    let row = Listed { kind: Some(DeadlineKind::Return), ..Listed::of(AddresseeId(4), BodyId(2)) };
    let contents = Contents {
        sections: BTreeMap::from([(PackSection::Silent, vec![row])]),
        changes: vec![Seq(7)],
        out_of_reach: vec![(BodyId(2), AddresseeId(5)), (BodyId(3), AddresseeId(4))],
        ..Contents::default()
    };
    let kept = serde_json::to_string(&contents).unwrap();
    assert_eq!(serde_json::from_str::<Contents>(&kept).unwrap(), contents);
    assert_eq!(contents.of(PackSection::Due), &[]);
    assert_eq!(contents.listed().len(), 2);
    assert_eq!(contents.open_with(BodyId(2)).collect::<Vec<_>>(), [AddresseeId(5)]);
    // A pack that was made before this was kept reads on.
    let before = kept.replace("\"out_of_reach\":[[2,5],[3,4]],", "");
    assert_ne!(before, kept);
    assert!(serde_json::from_str::<Contents>(&before).unwrap().out_of_reach.is_empty());
    let before = kept.replace("\"being_read\":[],\"looked\":null,", "");
    assert_ne!(before, kept);
    assert_eq!(serde_json::from_str::<Contents>(&before).unwrap(), contents);
}

#[test]
fn each_move_of_a_date_is_a_row_of_its_own() {
    let (before, day): (Day, Day) = ("2027-02-26".parse().unwrap(), "2027-05-03".parse().unwrap());
    let moved = |seq: i64| Listed {
        day: Some(day),
        before: Some(before),
        seq: Some(Seq(seq)),
        ..Listed::of(AddresseeId(1), BodyId(1))
    };
    let both = compared(&[moved(4)], &[moved(4), moved(5), moved(6)]);
    assert_eq!((both.left.len(), both.entered.len(), both.stayed.len()), (0, 2, 1));
    // What does not move is the same row, whichever change says so.
    let found = |seq: i64| Listed { before: None, ..moved(seq) };
    assert_eq!(compared(&[found(4)], &[found(5)]).stayed.len(), 1);
}

#[test]
fn words_that_were_handed_in_again_are_other_words() {
    let moment = |text: &str| text.parse::<Moment>().unwrap();
    let (first, again) = (moment("2026-11-23T09:00:00Z"), moment("2026-11-23T10:00:00Z"));
    let day: Day = "2026-11-23".parse().unwrap();
    let kept = PrivateItem {
        kind: PrivateKind::Unpublished,
        filing: None,
        exhibit: None,
        recommendation: RecommendationId(1),
        body: None,
        since: Some(day),
        handed_in: Some(first),
    };
    assert!(!kept.is_changed(first, day) && kept.is_changed(again, day));
    let before = PrivateItem { handed_in: None, ..kept };
    assert!(!before.is_changed(again, day) && before.is_changed(again, day.plus_days(1)));
    // A paper of before evidence stood in it reads on.
    let text = serde_json::to_string(&before).unwrap();
    let earlier = text.replace("\"exhibit\":null,", "");
    assert_ne!(earlier, text);
    assert_eq!(serde_json::from_str::<PrivateItem>(&earlier).unwrap(), before);
}
