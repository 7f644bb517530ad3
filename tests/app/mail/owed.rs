//! What bodies owe and whom they have to be reminded, as the tables say it: read by queries of its own, for stories that work out
//! who must be written to. It knows what the demo has; what it does not know it demands to be absent.

use std::collections::BTreeSet;

use followthrough::domain::moment::Day;

use crate::support::Place;

/// An update that a body owes.
pub struct Owed {
    /// The answer's row.
    pub item: i64,
    /// The row of the body that answers.
    pub body: i64,
    /// By when.
    pub due: Day,
    /// Whether it can be said, once the date has passed, that it was missed.
    pub counts: bool,
}

/// Somebody who files for a body.
pub struct Reader {
    /// Where their mail goes.
    pub email: String,
    /// The answers that they are asked about.
    pub items: BTreeSet<i64>,
    /// When they were last written to about something overdue.
    pub told: Option<Day>,
}

/// What is owed on what is not closed.
pub fn owed(place: &Place) -> Vec<Owed> {
    let open = "addressee.present and addressee.lifecycle <> 'closed' and addressee.return_due_on is not null";
    for (what, query) in [
        (
            "a hold that bears on something owed",
            format!(
                "select count(*) from addressee, hold where {open} and hold.step <> 'ended'
                   and (hold.inquiry_id is null or hold.inquiry_id = addressee.inquiry_id)
                   and (hold.recommendation_id is null or hold.recommendation_id = addressee.recommendation_id)
                   and not exists (select 1 from hold ended where ended.began = hold.began and ended.step = 'ended')"
            ),
        ),
        (
            "a date that was recorded only after it had passed",
            format!(
                "select count(*) from addressee join deadline on deadline.id = addressee.return_deadline_id
                   join change on change.seq = deadline.seq
                 where {open} and change.day > addressee.return_due_on"
            ),
        ),
        (
            "a schedule of less than half a year",
            format!(
                "select count(*) from addressee join deadline on deadline.id = addressee.return_deadline_id
                 where {open} and deadline.every_months < 6"
            ),
        ),
        (
            "an update that came in under a hold",
            "select count(*) from held_back where published_seq is null".to_owned(),
        ),
        ("a dead address", "select count(*) from suppression".to_owned()),
        ("other stages than the usual ones", "select count(*) from setting where key = 'reminder_stages'".to_owned()),
    ] {
        assert_eq!(place.value(&query), "0", "the rule that is compared with knows nothing of {what}");
    }
    let rows = place.rows(&format!(
        "select cast(addressee.id as text) || '|' || cast(addressee.answerer_id as text) || '|'
           || addressee.return_due_on || '|'
           || case when deadline.checked in ('source', 'quoted')
                and addressee.checked not in ('probable', 'topic', 'unverified', 'absent')
                and addressee.handed in ('asked', 'taken_over') and addressee.taken_in_on <= addressee.return_due_on
              then 'yes' else 'no' end as value
         from addressee join deadline on deadline.id = addressee.return_deadline_id
         where {open} order by addressee.id"
    ));
    let read = |row: &String| {
        let [item, body, due, counts] = parts(row);
        Owed { item: number(item), body: number(body), due: due.parse().expect("a day"), counts: counts == "yes" }
    };
    rows.iter().map(read).collect()
}

/// Those who file for bodies, with what they are asked about: the contact of an item, or else of the body, and the leads beside them;
/// everybody where there is no contact.
pub fn readers(place: &Place) -> Vec<Reader> {
    let duties = place.rows(
        "select cast(body_id as text) || '|' || cast(coalesce(addressee_id, 0) as text) || '|' || kind || '|'
           || cast(person_id as text) as value
         from duty where ended_at is null and kind <> 'sign_off' order by id",
    );
    let duties: Vec<[&str; 4]> = duties.iter().map(|row| parts(row)).collect();
    assert!(!duties.iter().any(|[_, _, kind, _]| *kind == "alternate_contact"), "the rule knows no alternate");
    let owed = owed(place);
    let rows = place.rows(
        "select cast(person.id as text) || '|' || cast(body_id as text) || '|' || email || '|' || coalesce((
           select max(overdue_on) from reminded join outbox on outbox.id = reminded.outbox_id
           where outbox.person_id = person.id), '') as value
         from person where role = 'contributor' and disabled_at is null and body_id is not null order by email",
    );
    let read = |row: &String| {
        let [person, body, email, told] = parts(row);
        let has = |item: &str, kind: &str| -> Vec<&str> {
            let of = duties.iter().filter(|duty| duty[0] == body && duty[1] == item && duty[2] == kind);
            of.map(|duty| duty[3]).collect()
        };
        let is_asked = |item: i64| {
            let item = item.to_string();
            let own = !has(&item, "main_contact").is_empty() || !has(&item, "lead").is_empty();
            let main = Some(has(&item, "main_contact")).filter(|own| !own.is_empty());
            let main = main.unwrap_or_else(|| has("0", "main_contact"));
            let leads = has(if own { item.as_str() } else { "0" }, "lead");
            main.is_empty() || main.contains(&person) || leads.contains(&person)
        };
        let of_body = owed.iter().filter(|one| one.body == number(body));
        Reader {
            email: email.to_owned(),
            items: of_body.map(|one| one.item).filter(|item| is_asked(*item)).collect(),
            told: told.parse().ok(),
        }
    };
    rows.iter().map(read).collect()
}

fn parts<const N: usize>(row: &str) -> [&str; N] {
    let parts: Vec<&str> = row.split('|').collect();
    parts.try_into().unwrap_or_else(|parts| panic!("{parts:?}"))
}

fn number(text: &str) -> i64 {
    text.parse().expect("a number")
}
