//! A full disk and a read-only one: what is written fails as a whole and says why, what is there is shown. All of these mount a small one.

use std::path::Path;
use std::time::Duration;

use followthrough::clock::Chance;

use super::small_disk::SmallDisk;
use super::{OnSqlite, made_anew};
use crate::evidence::described;
use crate::filing::arranged::{COUNCIL, files};
use crate::mail::ashgrove::waits;
use crate::stories;
use crate::support::app::{BEGINNING, minutes};
use crate::support::process::until;
use crate::support::{DatabaseKind, Place};

stories![
    a_full_disk_refuses_what_is_written_as_a_whole_and_shows_what_is_there,
    a_mail_for_which_there_is_no_room_waits_and_leaves_nothing_behind,
    a_read_only_disk_is_named_at_the_start,
];

const INQUIRY: &str = "/inquiries/ashgrove";
const SOON: Duration = Duration::from_secs(60);

/// A file that no compression makes smaller.
fn scan() -> Vec<u8> {
    let chance = Chance::seeded(9);
    let noise = (0..60_000).flat_map(|_| chance.bytes::<32>()).collect::<Vec<u8>>();
    [b"%PDF-1.7\n".to_vec(), noise, b"\n%%EOF\n".to_vec()].concat()
}

fn a_full_disk_refuses_what_is_written_as_a_whole_and_shows_what_is_there(place: &Place) {
    let Some(mut disk) = SmallDisk::of(place, 96, "a full disk") else { return };
    disk.takes_database_of(place);
    let app = place.app();
    let public = app.public();
    let filing = files(&app, "Both stages were inspected.");
    let form = || described(app.person(COUNCIL).open(filing.path()).follow("Attach evidence").form("Attach this"));
    let ready = form();
    let before = public.open(INQUIRY);
    let kept = || ["file", "file_chunk", "exhibit"].map(|of| place.value(&format!("select count(*) from {of}")));
    if place.database() == DatabaseKind::Sqlite {
        // Room that the log beside the file has taken already would be used again.
        place.execute_unnoticed("pragma wal_checkpoint(truncate)");
    }
    disk.is_filled();
    let refused = ready.submit_with("scan.pdf", &scan());
    refused.is(503).sees("Nothing can be saved at the moment").sees("has no room left");
    refused.sees("Nothing of what you sent has been saved").sees("Minutes of the harbour board");
    // Without the file it would be another form: it is not offered to be sent on.
    refused.sees("the file that you chose is not kept");
    assert!(!refused.has_form("Send it again"));
    assert_eq!(refused.header("retry-after"), Some("60"));
    assert!(refused.texts("code").iter().any(|number| number.len() == 36), "{:?}", refused.texts("code"));
    // Reading goes on: what is kept, what is made anew, and what staff see.
    assert!(public.open(INQUIRY).bytes() == before.bytes());
    public.get(&made_anew(INQUIRY)).is(200);
    app.person(COUNCIL).open(filing.path()).sees("Both stages were inspected.");
    assert_eq!(kept(), ["0", "0", "0"].map(str::to_owned), "nothing is half-written");

    disk.has_room();
    until(SOON, "it is ready", || public.get("/readyz").status() == 200);
    form().submit_with("scan.pdf", &scan()).is(303);
    assert_eq!(kept()[0], "1");
    app.person(COUNCIL).open(filing.path()).sees("Minutes of the harbour board (PDF");
    place.run(&["verify"]).succeeds();
}

fn a_mail_for_which_there_is_no_room_waits_and_leaves_nothing_behind(place: &Place) {
    let Some(disk) = SmallDisk::of(place, 2, "no room for mail") else { return };
    place.set("FOLLOWTHROUGH_DATA_DIR", &disk.path().display().to_string());
    let app = place.app();
    app.jobs();
    waits(place, 1, "no-room@example.org", BEGINNING);
    let files = || -> Vec<String> {
        let there = std::fs::read_dir(disk.path().join("mail")).into_iter().flatten().flatten();
        there.map(|file| file.file_name().to_string_lossy().into_owned()).collect()
    };
    let before = files();
    disk.is_filled();
    let report = app.jobs();
    assert!(report.contains("1 failed for now"), "{report}");
    assert_eq!(files(), before, "half a mail is left");
    let answer = place.value("select answer from attempt order by id desc limit 1");
    assert!(answer.contains("No space left on device"), "staff see why: {answer}");
    disk.has_room();
    app.clock().advance(minutes(2));
    let report = app.jobs();
    assert!(report.contains("1 accepted"), "{report}");
    assert_eq!(files().len(), before.len() + 1);
}

fn a_read_only_disk_is_named_at_the_start(OnSqlite(place): &OnSqlite) {
    let Some(mut disk) = SmallDisk::of(place, 32, "a read-only disk") else { return };
    disk.takes_database_of(place);
    place.run(&["migrate"]).succeeds();
    disk.is_read_only();
    let file = disk.path().join("followthrough.db");
    assert!(Path::new(&file).exists());
    for arguments in [&["serve"][..], &["jobs", "--once"]] {
        place.run(arguments).exits(1).says("cannot be used").says(&file.display().to_string());
    }
}
