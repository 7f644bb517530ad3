//! The stories: what people do with the register, over HTTP, each on SQLite and on PostgreSQL.
//!
//! `cargo test` runs everything. `cargo test --test app sign_in` runs the stories with this word in their name,
//! `cargo test --test app sign_in,account,every_page` those with any of these; `-- --list` names all, `-- --ignored` runs what
//! takes long and is left out otherwise (`endurance`, `mail::year`). With FOLLOWTHROUGH_SHOTS=folder, pictures of all pages are kept
//! there; with FOLLOWTHROUGH_TIMES=1 each story says how long it took; with FOLLOWTHROUGH_SEED=number chance in `endurance` is that
//! of another run; with FOLLOWTHROUGH_WITHOUT_MOUNTS=1 stories that mount a file system are left out; with RUST_LOG=warn the servers'
//! log is shown. To write a story, read the first lines of `support/mod.rs`.

mod access;
mod account;
mod answering;
mod api;
mod at_once;
mod backup;
mod bad_addresses;
mod bad_input;
mod bodies;
mod browsing;
mod canary;
mod canned;
mod care;
mod charts;
mod chases;
mod complaint;
mod counts;
mod coverage;
mod crowd;
mod dates;
mod deadline_rule;
mod deeds_judge;
mod deeds_record;
mod deeds_twice;
mod deeds_withhold;
mod demo;
mod denominators;
mod desk;
mod division;
mod documents;
mod download;
mod editing;
mod ending;
mod endurance;
mod every_page;
mod evidence;
mod evidence_rights;
mod export_site;
mod fairness;
mod families;
mod faults;
mod feed;
mod filing;
mod follow;
mod format_link;
mod gap;
mod groups;
mod headers;
mod health;
mod heard;
mod held;
mod holds;
mod holidays;
mod in_error;
mod invitation;
mod journey;
mod kept_form;
mod licence;
mod lifecycle;
mod long_lists;
mod mail;
mod meetings;
mod method;
mod month_ends;
mod naming;
mod nodes;
mod operator_page;
mod outside;
mod pack_lines;
mod pack_minutes;
mod pack_rows;
mod pack_scopes;
mod packs;
mod parts;
mod password_reset;
mod past;
mod past_property;
mod person;
mod plans;
mod public;
mod readers;
mod register;
mod removal;
mod replica;
mod reports;
mod retention;
mod returns;
mod schema;
mod search_bounds;
mod seen;

mod servers;
mod setting;
mod sign_in;
mod site;
mod story;
mod targets;
mod themes;

mod support;
mod walk;
mod whole_inquiry;
mod whole_job;
mod withholding;

use std::process::ExitCode;

use servers::Servers;

fn main() -> ExitCode {
    let mut arguments = libtest_mimic::Arguments::from_args();
    // A story waits for disk and database a third of its time: one more of them than there are cores.
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    arguments.test_threads.get_or_insert(cores + 1);
    // The runner knows one word; several have commas between them, and are looked for here.
    let words = arguments.filter.take_if(|words| words.contains(','));
    let words: Vec<&str> = words.iter().flat_map(|words| words.split(',')).collect();
    let stories = [
        access::stories(),
        account::stories(),
        api::stories(),
        answering::stories(),
        at_once::stories(),
        backup::stories(),
        bad_addresses::stories(),
        bad_input::stories(),
        bodies::stories(),
        browsing::stories(),
        canary::stories(),
        canned::stories(),
        care::stories(),
        complaint::stories(),
        charts::stories(),
        chases::stories(),
        outside::stories(),
        division::stories(),
        documents::stories(),
        reports::stories(),
        counts::stories(),
        coverage::stories(),
        crowd::stories(),
        dates::stories(),
        deadline_rule::stories(),
        deeds_judge::stories(),
        deeds_record::stories(),
        deeds_twice::stories(),
        deeds_withhold::stories(),
        demo::stories(),
        denominators::stories(),
        month_ends::stories(),
        desk::stories(),
        download::stories(),
        editing::stories(),
        ending::stories(),
        endurance::stories(),
        evidence::stories(),
        evidence_rights::stories(),
        export_site::stories(),
        fairness::stories(),
        families::stories(),
        faults::stories(),
        feed::stories(),
        filing::stories(),
        follow::stories(),
        format_link::stories(),
        gap::stories(),
        headers::stories(),
        groups::stories(),
        health::stories(),
        heard::stories(),
        held::stories(),
        holds::stories(),
        holidays::stories(),
        in_error::stories(),
        invitation::stories(),
        journey::stories(),
        kept_form::stories(),
        licence::stories(),
        lifecycle::stories(),
        long_lists::stories(),
        mail::stories(),
        meetings::stories(),
        method::stories(),
        nodes::stories(),
        operator_page::stories(),
        pack_lines::stories(),
        pack_minutes::stories(),
        pack_rows::stories(),
        pack_scopes::stories(),
        packs::stories(),
        password_reset::stories(),
        parts::stories(),
        past::stories(),
        past_property::stories(),
        person::stories(),
        plans::stories(),
        public::stories(),
        readers::stories(),
        register::stories(),
        removal::stories(),
        replica::stories(),
        retention::stories(),
        returns::stories(),
        schema::stories(),
        search_bounds::stories(),
        setting::stories(),
        targets::stories(),
        themes::stories(),
        sign_in::stories(),
        site::stories(),
        walk::stories(),
        whole_inquiry::stories(),
        whole_job::stories(),
        withholding::stories(),
    ];
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !canned::failing_on_purpose() {
            usual(panic)
        }
    }));
    if let Some(wanted) = servers::environment("RUST_LOG") {
        followthrough::telemetry::start(&wanted.to_string_lossy(), None).expect("the log starts");
    }
    let servers = Servers::new();
    let trials = story::trials(&arguments, &words, &servers, stories.into_iter().flatten().collect());
    let conclusion = libtest_mimic::run(&arguments, trials);
    // Stops the servers and removes what they wrote, before anything exits.
    drop(servers);
    conclusion.exit_code()
}
