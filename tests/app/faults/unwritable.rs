//! A disk that takes nothing any more, for a program that runs: whoever writes is told so, and it works again without a restart.

use std::process::Command;

use super::{OnSqlite, made_anew};
use crate::stories;

stories![a_disk_that_takes_nothing_refuses_what_is_written_and_works_again];

const INQUIRY: &str = "/inquiries/ashgrove";

/// Sets how large files may become that a process writes: at nought, writing fails as it does where a file system has been made
/// read-only under a program that runs. A full disk cannot be played so: what the kernel says of it is another word, and SQLite calls
/// that an input or output error.
fn limits_files(process: u32, limit: &str) {
    let limit = format!("--fsize={limit}:");
    let done = Command::new("prlimit").args(["--pid", &process.to_string(), &limit]).status();
    let done = done.expect("prlimit was not found: install it (on Debian: apt-get install util-linux)");
    assert!(done.success(), "prlimit could not set {limit}");
}

fn a_disk_that_takes_nothing_refuses_what_is_written_and_works_again(OnSqlite(place): &OnSqlite) {
    const WORDS: &str = "The date stands in another document.";
    let served = place.spawn_after("trap '' XFSZ", &["serve", "--no-jobs"]);
    let public = served.public();
    let before = public.open(INQUIRY);
    let form = public.open("/wrong?page=/inquiries/ashgrove").form("Send").fill("What is wrong", WORDS);
    let kept = || place.value("select count(*) from complaint");
    limits_files(served.id(), "0");
    let refused = form.submit();
    refused.is(503).sees("Nothing can be saved at the moment").sees("takes nothing").sees(WORDS);
    assert!(refused.texts("code").iter().any(|number| number.len() == 36), "{:?}", refused.texts("code"));
    assert!(public.open(INQUIRY).bytes() == before.bytes());
    public.get(&made_anew(INQUIRY)).is(200);
    public.get("/bodies/ashgrove-harbour").is(200);
    assert_eq!(kept(), "0");
    limits_files(served.id(), "unlimited");
    refused.form("Send it again").send();
    assert_eq!(kept(), "1");
    refused.form("Send it again").send();
    assert_eq!(kept(), "1", "sent twice, it counts once");
    assert_eq!(served.terminate(), 0);
    place.run(&["verify"]).succeeds();
}
