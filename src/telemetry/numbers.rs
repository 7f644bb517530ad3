//! Counts for whoever watches over the register, in Prometheus's text format.
//!
//! [`Numbers`] is handed down like the clock: no room reaches for a recorder of the whole process. Where nobody asked for
//! counts it counts nothing. A label is one of few values that stand in the program: never an identifier, an address or a word
//! that somebody wrote.

use std::sync::Arc;

use metrics::{Counter, Gauge, Histogram, Key, KeyName, Label, Level, Metadata, Recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};

/// What a number does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It rises.
    Counter,
    /// It rises and falls.
    Gauge,
    /// It says how often something took how long, in seconds.
    Histogram,
}

/// A number by its name, with what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    name: &'static str,
    kind: Kind,
    says: &'static str,
}

const fn counter(name: &'static str, says: &'static str) -> Number {
    Number { name, kind: Kind::Counter, says }
}

const fn gauge(name: &'static str, says: &'static str) -> Number {
    Number { name, kind: Kind::Gauge, says }
}

const fn histogram(name: &'static str, says: &'static str) -> Number {
    Number { name, kind: Kind::Histogram, says }
}

/// Requests by `route` (its pattern), `method` and `class` of the status.
pub const REQUESTS: Number = counter(
    "followthrough_requests_total",
    "Requests answered, by the pattern of the route, the method and the class of the status.",
);
/// How long until an answer began, by `route` and `method`.
pub const REQUEST_SECONDS: Number = histogram(
    "followthrough_request_duration_seconds",
    "Time until the answer to a request began, by the pattern of the route and the method.",
);
/// How long work waited for a connection, by `pool`.
pub const POOL_SECONDS: Number = histogram(
    "followthrough_pool_wait_seconds",
    "Time that work waited for its turn at the database, by the pool: readers or writer.",
);
/// Reads for those without a session where there is a replica, by whom they were answered `from`, and `why`.
pub const PUBLIC_READS: Number = counter(
    "followthrough_public_reads_total",
    "Reads for people without a session, where there is a replica: from the replica, or from the primary and why (behind, away, crowded, unsure).",
);
/// Answers that were kept.
pub const CACHE_HITS: Number =
    counter("followthrough_page_cache_hits_total", "Requests answered with a page that was kept.");
/// Answers that had to be made.
pub const CACHE_MISSES: Number =
    counter("followthrough_page_cache_misses_total", "Requests for a page that is kept, whose answer had to be made.");
/// How many answers are kept.
pub const CACHE_ENTRIES: Number = gauge("followthrough_page_cache_entries", "Pages that are kept at this moment.");
/// How many bytes they take.
pub const CACHE_BYTES: Number =
    gauge("followthrough_page_cache_bytes", "Bytes that the pages kept at this moment take at most.");
/// Mails handed over by this process, by `outcome`.
pub const MAILS: Number = counter(
    "followthrough_mails_total",
    "What became of the mails that this process took up, by the outcome: accepted, failed_for_now, failed_for_good, not_sent.",
);
/// When this process's postman last ended a round in which he could do his work.
pub const POSTMAN_SUCCESS: Number = gauge(
    "followthrough_postman_last_success_timestamp_seconds",
    "When the postman of this process last looked through the outbox without a fault, with or without mail in it.",
);
/// Runs of jobs by this process, by `task` (Prometheus calls what it asks a `job`) and `outcome`.
pub const JOB_RUNS: Number = counter(
    "followthrough_job_runs_total",
    "Runs of jobs by this process, by the task and the outcome: done or failed.",
);
/// When a job was last finished, by `task`, by whatever process.
pub const JOB_SUCCESS: Number = gauge(
    "followthrough_job_last_success_timestamp_seconds",
    "When a job was last finished, by whatever process, by the task; one that never was is left out.",
);
/// How many mails of the outbox stand in each `state`.
pub const OUTBOX: Number = gauge(
    "followthrough_outbox_mails",
    "Mails of the outbox, by the state in which they stand: those on their way, and of the finished those written in the last seven days.",
);
/// For how long the mail has waited that waits longest.
pub const OUTBOX_OLDEST: Number = gauge(
    "followthrough_outbox_oldest_waiting_seconds",
    "For how long a mail has waited that may go now, or is refused for now since its first try: the longest time, 0 where none waits.",
);
/// Whether the database answers.
pub const DATABASE_UP: Number = gauge(
    "followthrough_database_up",
    "1 while the database answers, else 0. What is read from it is left out then, and where it takes too long.",
);
/// Which `version` of the program runs.
pub const BUILD: Number = gauge("followthrough_build_info", "Always 1, with the version of the program.");
/// When this process began.
pub const STARTED: Number = gauge("process_start_time_seconds", "When this process began to serve.");
/// How much memory this process has.
pub const MEMORY: Number = gauge("process_resident_memory_bytes", "Bytes of memory that this process takes.");

/// All of them.
pub const ALL: [Number; 18] = [
    REQUESTS,
    REQUEST_SECONDS,
    POOL_SECONDS,
    PUBLIC_READS,
    CACHE_HITS,
    CACHE_MISSES,
    CACHE_ENTRIES,
    CACHE_BYTES,
    MAILS,
    POSTMAN_SUCCESS,
    JOB_RUNS,
    JOB_SUCCESS,
    OUTBOX,
    OUTBOX_OLDEST,
    DATABASE_UP,
    BUILD,
    STARTED,
    MEMORY,
];

/// The bounds between which times are counted: a page that is kept takes less than the first, a request gives up after the last.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// What the recorder wants to know of who counts, and has no use for.
const METADATA: Metadata<'static> = Metadata::new("followthrough", Level::INFO, None);

/// Where counts are kept, if they are. A clone counts into the same place.
#[derive(Clone, Default)]
pub struct Numbers(Option<Arc<PrometheusRecorder>>);

impl Numbers {
    /// A place where nothing was counted yet; the default counts nothing at all.
    #[must_use]
    pub fn on() -> Self {
        let recorder = PrometheusBuilder::new().set_buckets(&SECONDS).unwrap_or_default().build_recorder();
        for Number { name, kind, says } in ALL {
            let name = KeyName::from_const_str(name);
            match kind {
                Kind::Counter => recorder.describe_counter(name, None, says.into()),
                Kind::Gauge => recorder.describe_gauge(name, None, says.into()),
                Kind::Histogram => recorder.describe_histogram(name, None, says.into()),
            }
        }
        Self(Some(Arc::new(recorder)))
    }

    /// Whether anything is counted.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// A number that rises, with these labels.
    pub fn counter(&self, number: Number, labels: &[(&'static str, &str)]) -> Counter {
        self.0.as_ref().map_or(Counter::noop(), |to| to.register_counter(&key(number, labels), &METADATA))
    }

    /// A number that rises and falls, with these labels.
    pub fn gauge(&self, number: Number, labels: &[(&'static str, &str)]) -> Gauge {
        self.0.as_ref().map_or(Gauge::noop(), |to| to.register_gauge(&key(number, labels), &METADATA))
    }

    /// A number that says how often something took how long, with these labels.
    pub fn histogram(&self, number: Number, labels: &[(&'static str, &str)]) -> Histogram {
        self.0.as_ref().map_or(Histogram::noop(), |to| to.register_histogram(&key(number, labels), &METADATA))
    }

    /// Everything that was counted, in Prometheus's text format.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.as_ref().map_or_else(String::new, |recorder| recorder.handle().render())
    }

    /// Adds up what was noted one by one. To be called now and then: what nobody asks for must not pile up.
    pub fn settle(&self) {
        if let Some(recorder) = &self.0 {
            recorder.handle().run_upkeep();
        }
    }
}

fn key(number: Number, labels: &[(&'static str, &str)]) -> Key {
    let labels: Vec<Label> = labels.iter().map(|(name, value)| Label::new(*name, (*value).to_owned())).collect();
    Key::from_parts(number.name, labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALERTS: &str = include_str!("../../deploy/alerts.yml");

    #[test]
    fn what_was_counted_is_told_with_what_it_means() {
        let numbers = Numbers::on();
        numbers.counter(REQUESTS, &[("route", "/bodies/{body}")]).increment(2);
        numbers.histogram(REQUEST_SECONDS, &[]).record(0.004);
        numbers.gauge(OUTBOX_OLDEST, &[]).set(90.0);
        numbers.settle();
        let text = numbers.clone().text();
        for line in [
            "# TYPE followthrough_requests_total counter",
            "followthrough_requests_total{route=\"/bodies/{body}\"} 2",
            "# TYPE followthrough_request_duration_seconds histogram",
            "followthrough_request_duration_seconds_bucket{le=\"0.0025\"} 0",
            "followthrough_request_duration_seconds_bucket{le=\"0.005\"} 1",
            "followthrough_request_duration_seconds_count 1",
            "followthrough_outbox_oldest_waiting_seconds 90",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
        }
        assert!(text.contains("# HELP followthrough_requests_total Requests answered"), "{text}");
        assert!(!text.contains("followthrough_mails_total"), "what was never counted is not told:\n{text}");
    }

    #[test]
    fn where_nobody_asked_nothing_is_counted() {
        let numbers = Numbers::default();
        numbers.counter(REQUESTS, &[]).increment(1);
        numbers.settle();
        assert_eq!((numbers.is_on(), numbers.text()), (false, String::new()));
    }

    #[test]
    fn each_number_has_a_name_of_its_own_by_the_custom() {
        let mut seen = std::collections::BTreeSet::new();
        for number in ALL {
            assert!(seen.insert(number.name), "{}", number.name);
            assert_eq!(number.name.ends_with("_total"), number.kind == Kind::Counter, "{}", number.name);
            assert!(!number.says.is_empty() && number.says.ends_with('.'), "{}", number.name);
        }
    }

    /// The alert rules ask for numbers that the program gives.
    #[test]
    fn the_alert_rules_know_these_numbers() {
        let is_sign = |sign: char| sign.is_ascii_lowercase() || sign == '_';
        let mut found = 0;
        for line in ALERTS.lines().filter(|line| !line.trim_start().starts_with('#')) {
            for (at, _) in line.match_indices("followthrough_") {
                let name: String = line[at..].chars().take_while(|sign| is_sign(*sign)).collect();
                let known = ALL.iter().any(|number| match number.kind {
                    Kind::Histogram => {
                        name.strip_prefix(number.name).is_some_and(|end| ["_bucket", "_count", "_sum"].contains(&end))
                    }
                    Kind::Counter | Kind::Gauge => name == number.name,
                });
                assert!(known, "{name} is no number of this program");
                found += 1;
            }
        }
        assert!(found >= 8, "only {found} were found");
    }
}
