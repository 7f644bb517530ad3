//! What was mailed and was wrong is put right by mail: to the same people, plainly, at the top.

use super::arranged::{address, count, follows, newest, publishes};
use crate::deeds_record::{ITEM, confirmed, response};
use crate::stories;
use crate::support::Place;

stories![those_who_were_told_what_was_wrong_are_told_so_first];

fn those_who_were_told_what_was_wrong_are_told_so_first(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let [told, rare, new, late] = ["told", "rare", "new", "late"].map(|who| address(place, &format!("wrong.{who}")));
    let manage = follows(app, "/subscribe", &told, "On each working day");
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "The first reading.").send();
    let wrong = place.value("select max(seq) from change");
    app.jobs_at("2026-11-24T08:30:00Z");
    newest(app, &told).says("Accepted on 20 November 2026").does_not_say("needs to be put right");
    // From now on they hear of assessments alone; a correction comes all the same.
    app.public().open(&manage).form("Save").choose_in("How often?", "Only when the assessment changes").send();
    follows(app, "/subscribe", &rare, "Once a month");
    follows(app, "/subscribe", &new, "On each working day");
    let before = [&told, &rare, &new].map(|who| count(app, who));
    let item = app.person("overseer").open(ITEM);
    let form = item.follow("Correct this").form("Publish the response");
    let form = form.choose("Replied, neither accepting nor rejecting").fill("What did it say?", "The second.");
    let done = confirmed(form).fill("Why was the earlier entry wrong?", "The letter was misread.").send();
    let right = place.value("select max(seq) from change");
    app.jobs_at("2026-11-25T08:30:00Z");
    assert_eq!([&told, &rare, &new].map(|who| count(app, who)), [before[0] + 1, before[1], before[2] + 1]);
    let mail = newest(app, &told);
    assert_eq!(mail.subject, "A correction of 25 November 2026");
    mail.says("Please note: something that we wrote to you needs to be put right");
    mail.says(&format!("We wrote to you about change {wrong} (Answer recorded, 23 November 2026"));
    mail.says(&format!("It was wrong. Change {right} puts it right: Correction: answer recorded, 24 November 2026"));
    mail.says("Replied on 20 November 2026, neither accepting nor rejecting").does_not_say("Accepted on 20");
    newest(app, &new).says("Correction: answer recorded").does_not_say("needs to be put right");

    // Words taken out of sight are told to everybody who was told of them, the correction included.
    app.person("overseer").open(done.path()).form("Withhold these words: Replied on 20 November").send();
    app.jobs_at("2026-11-26T08:30:00Z");
    for who in [&told, &new] {
        let mail = newest(app, who);
        mail.says("needs to be put right").says("On 25 November 2026 something in it was taken out of sight");
        mail.says("Please do not pass it on").does_not_say("The second.");
    }
    let counts = [&told, &rare, &new].map(|who| count(app, who));
    publishes(app, 1, "assessed");
    app.jobs_at("2026-11-27T08:30:00Z");
    newest(app, &told).says("Assessment, 26 November 2026").does_not_say("needs to be put right");
    assert_eq!([&told, &rare, &new].map(|who| count(app, who)), [counts[0] + 1, counts[1], counts[2] + 1]);
    // What was said of a piece of evidence is put right in the same way.
    follows(app, "/subscribe", &late, "On each working day");
    let form = app.person("overseer").open(ITEM).follow("Attach evidence").form("Attach this");
    let form = form.choose_in("What does it support?", "Answer").choose("A link to where it can be read");
    let form =
        form.choose("An assertion").fill("The link", "https://ashgrove.example/letter").fill("Title", "A letter");
    let piece = form.send().follow("A letter");
    confirmed(piece.form("Publish this evidence")).send();
    app.jobs_at("2026-11-30T08:30:00Z");
    newest(app, &late).says("Evidence, 27 November 2026").does_not_say("needs to be put right");
    let form = app.person("overseer").open(piece.path()).form("Publish this evidence").fill("Title", "A resolution");
    confirmed(form).fill("Why was what was said of it wrong?", "It is a resolution.").send();
    app.jobs_at("2026-12-01T08:30:00Z");
    newest(app, &late).says("needs to be put right").says("Correction: evidence");
    // Whoever was never told what was wrong hears of it as of everything else.
    app.jobs_at("2026-12-01T08:30:00Z");
    newest(app, &rare).says("Correction: answer recorded").does_not_say("needs to be put right");
}
