//! What is counted of the jobs and of the postman, for whoever watches.

use super::{Handed, Job, Jobs};
use crate::domain::moment::Moment;
use crate::service;
use crate::telemetry::numbers::{JOB_RUNS, MAILS, POSTMAN_SUCCESS};

impl Jobs {
    /// A look at a job that did its work, or could not; one at which there was nothing to do is no run.
    pub(super) fn count_run(&self, job: Job, done: &Result<Option<String>, service::Error>) {
        let outcome = match done {
            Ok(None) => return,
            Ok(Some(_)) => "done",
            Err(_) => "failed",
        };
        self.numbers.counter(JOB_RUNS, &[("task", job.name()), ("outcome", outcome)]).increment(1);
    }

    /// What a round of the postman came to.
    pub(super) fn count_mails(&self, round: Handed) {
        for (outcome, mails) in [
            ("accepted", round.accepted),
            ("failed_for_now", round.for_now),
            ("failed_for_good", round.for_good),
            ("not_sent", round.not_sent),
        ] {
            self.numbers.counter(MAILS, &[("outcome", outcome)]).increment(mails as u64);
        }
    }

    /// The postman has been through the outbox, or through a part of it.
    pub(super) fn count_postman(&self, now: Moment) {
        self.numbers.gauge(POSTMAN_SUCCESS, &[]).set(now.timestamp().as_second() as f64);
    }
}
