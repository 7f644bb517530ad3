//! A few overseers who write at the same moment, before the program itself. Fifty of them: see `endurance::writers`.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use crate::endurance::writers::all_at_once;
use crate::stories;
use crate::support::process::until;
use crate::support::{DatabaseKind, Place, TestApp};

stories![
    ten_overseers_write_at_once_and_each_write_stands_once,
    a_load_beside_them_is_waited_for_and_nobody_is_told_of_a_lock,
    a_load_waits_for_an_answer_before_it_takes_the_counter,
];

const WRITERS: usize = 10;
/// One of each kind.
const TURNS: usize = 5;
/// How many recommendations are loaded meanwhile: it takes a while, and by far not as long as a writer waits.
const LOADED: usize = 150;

fn ten_overseers_write_at_once_and_each_write_stands_once(place: &Place) {
    let written = all_at_once(place, WRITERS, TURNS, None);
    // A finding is handed in, and published: two forms.
    assert_eq!(written.took.len(), WRITERS * (TURNS + 1));
}

fn a_load_beside_them_is_waited_for_and_nobody_is_told_of_a_lock(place: &Place) {
    let written = all_at_once(place, WRITERS, TURNS, Some(LOADED));
    assert_eq!(written.took.len(), WRITERS * (TURNS + 1));
}

fn a_load_waits_for_an_answer_before_it_takes_the_counter(app: &TestApp) {
    const ITEM: &str = "{ body = \"ashgrove-harbour\", checked = \"source\" },";
    let aimed = "{ body = \"ashgrove-harbour\", checked = \"source\", \
        target = { on = 2027-05-03, set_by = \"ashgrove-harbour\", checked = \"source\" } },";
    let place = app.place();
    let file = place.file("more.toml", &include_str!("ashgrove.toml").replacen(ITEM, aimed, 1));
    let load = || place.run(&["register", "load", file.to_str().expect("a path in UTF-8")]);
    if place.database() == DatabaseKind::Sqlite {
        // There one writes at a time.
        load().succeeds();
    } else {
        let url = place.setting("DATABASE_URL").expect("a database");
        let mut deed = PgConnection::establish(&url).expect("the server");
        // As a deed does: first the answer, then the counter, and both until it ends.
        deed.batch_execute("begin; update addressee set version = version").expect("the answers");
        std::thread::scope(|scope| {
            let loading = scope.spawn(load);
            let waiting =
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
            until(Duration::from_secs(30), "the load waits for the answer", || place.value(waiting) == "1");
            deed.batch_execute("update counter set seq = seq; rollback").expect("the counter is free");
            loading.join().expect("the load").succeeds();
        });
    }
    let page = app.public().open("/inquiries/ashgrove/recommendations/2/ashgrove-harbour");
    page.sees("Target 3 May 2027");
    place.run(&["verify"]).succeeds();
}
