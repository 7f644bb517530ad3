//! Logs, and counts for watching ([`numbers`]). Imports nothing of ours.
//!
//! A line for a person on a terminal, a JSON object everywhere else unless the operator says which, always on standard error:
//! standard output belongs to the commands. A log holds routes and ids; never a query, a password or the words of a mail.

pub mod numbers;

use std::io::{self, IsTerminal};

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{EnvFilter, Layer, Registry};

/// Starts the logs, once in a process. `directives` are those of `RUST_LOG`; one that cannot be read is left out (the
/// settings have refused it before). `as_json` says whether lines are JSON; `None` leaves it to where they go.
///
/// # Errors
/// When something else has started logs already.
pub fn start(directives: &str, as_json: Option<bool>) -> Result<(), TryInitError> {
    let terminal = io::stderr().is_terminal();
    subscriber(directives, as_json.unwrap_or(!terminal), terminal, io::stderr).try_init()
}

fn subscriber<W>(directives: &str, as_json: bool, terminal: bool, writer: W) -> impl tracing::Subscriber + Send + Sync
where
    W: for<'a> fmt::MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = fmt::layer().with_writer(writer);
    let lines = if as_json {
        lines.json().flatten_event(true).with_current_span(true).with_span_list(false).with_ansi(false).boxed()
    } else {
        lines.with_target(false).with_ansi(terminal).boxed()
    };
    let filter = EnvFilter::builder().parse_lossy(directives);
    Registry::default().with(lines.with_filter(discreet()).with_filter(filter))
}

/// What is never logged, whatever `RUST_LOG` says: the mail library prints passwords and whole mails at its
/// lower levels.
fn discreet() -> Targets {
    Targets::new()
        .with_default(LevelFilter::TRACE)
        .with_target("lettre", LevelFilter::WARN)
        .with_target("rustls", LevelFilter::WARN)
        // Says how many workers it starts, each time.
        .with_target("actix_server", LevelFilter::WARN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(directives: &str, as_json: bool) -> String {
        let page = Page::default();
        let writer = page.clone();
        tracing::subscriber::with_default(subscriber(directives, as_json, false, move || writer.clone()), || {
            tracing::info!(job = "postman", sent = 3, "mails handed over");
            tracing::debug!("a detail");
            tracing::debug!(target: "lettre::transport", "Wrote: AUTH PLAIN c2VjcmV0");
        });
        String::from_utf8(page.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn where_it_is_asked_for_each_line_is_json() {
        let lines = logged("info", true);
        let line: serde_json::Value = serde_json::from_str(&lines).unwrap();
        assert_eq!(line["message"], "mails handed over");
        assert_eq!(line["sent"], 3);
        assert_eq!(line["level"], "INFO");
    }

    #[test]
    fn else_it_is_a_line_for_a_person_without_colours_in_a_file() {
        let lines = logged("info", false);
        assert!(lines.contains("mails handed over") && lines.contains("postman"), "{lines}");
        assert!(!lines.contains('\u{1b}'), "{lines}");
        assert_eq!(lines.lines().count(), 1);
    }

    #[test]
    fn no_level_prints_what_the_mail_library_says() {
        let lines = logged("trace,lettre=trace", true);
        assert!(lines.contains("a detail"), "{lines}");
        assert!(!lines.contains("AUTH"), "{lines}");
    }
}
