//! Mail that does not reach its reader: what is made of a refusal, and that nothing is lost with it.

use super::ashgrove::{address, jobs_at, taken_in, waits};
use crate::stories;
use crate::support::Place;

stories![a_server_that_refuses_everybody_alike_makes_no_address_dead];

const BEGINNING: &str = "2027-01-18T08:30:00Z";

fn a_server_that_refuses_everybody_alike_makes_no_address_dead(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let smtp = place.servers().smtp();
    let readers: Vec<String> = (0..3).map(|number| address(place, &format!("alike-{number}"))).collect();
    for reader in &readers {
        smtp.answers(reader, &[550]);
        waits(place, 1, reader, BEGINNING);
    }
    jobs_at(place, BEGINNING).exits(1).says("3 failed for good");
    assert_eq!(place.value("select count(*) from suppression"), "0");
    let answers = place.rows("select answer as value from attempt order by id");
    let warned = answers.iter().filter(|answer| answer.contains("refused many addresses alike")).count();
    let refused = answers.iter().filter(|answer| answer.contains("RCPT TO: 550")).count();
    assert_eq!((warned, refused), (3, 3), "{answers:?}");

    // One alone is taken at its word.
    let alone = address(place, "alike-not");
    smtp.answers(&alone, &[550]);
    waits(place, 1, &alone, "2027-01-18T09:00:00Z");
    jobs_at(place, "2027-01-18T09:00:00Z").exits(1).says("1 failed for good");
    assert_eq!(place.value("select count(*) from suppression"), "1");
}
