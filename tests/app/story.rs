//! Stories: each is written once and run on both databases.

use std::sync::{Arc, Condvar, Mutex, OnceLock};
use std::time::Instant;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::servers::{Servers, environment};
use crate::support::{Arranged, DatabaseKind, Place};
use crate::{every_page, walk};

/// Names the stories of a file: `stories![an_invited_person_signs_in, a_wrong_password_is_refused];` at its top. A
/// story is a function of one argument: `&TestApp` (a served register), `&Place` (an empty database, settings not yet
/// read, the program not yet started), or `&Both` (two places, to compare the databases; such a story runs once). One
/// that is not named here is dead code, which clippy refuses.
#[macro_export]
macro_rules! stories {
    ($($name:ident),+ $(,)?) => {
        /// The stories of this file.
        pub fn stories() -> Vec<$crate::story::Story> {
            vec![$($crate::story::Story::new(module_path!(), stringify!($name), $name)),+]
        }
    };
}

/// Plays a story on a database of this kind.
type Body = dyn Fn(&Arc<Servers>, DatabaseKind) + Send + Sync;

/// One story, not yet tied to a database.
pub struct Story {
    name: String,
    databases: &'static [(&'static str, DatabaseKind)],
    body: Arc<Body>,
    only_when_asked: bool,
}

impl Story {
    /// Used by `stories!`.
    pub fn new<A: Arranged + 'static>(module: &str, name: &str, body: fn(&A)) -> Self {
        let module = module.strip_prefix("app::").unwrap_or(module);
        Story {
            name: format!("{module}::{name}"),
            databases: A::DATABASES,
            body: Arc::new(move |servers, database| body(&A::arrange(A::place(servers, database)))),
            only_when_asked: false,
        }
    }

    /// Takes so long that it is played only with `--ignored` or `--include-ignored`.
    pub fn only_when_asked(self) -> Self {
        Story { only_when_asked: true, ..self }
    }

    /// Mounts a file system of its own. Where it is known that this cannot be done, the summary counts it as ignored.
    pub fn mounts(self) -> Self {
        if nothing_can_be_mounted() { self.only_when_asked() } else { self }
    }
}

/// Whether it is known that this machine lets nobody mount a file system.
pub fn nothing_can_be_mounted() -> bool {
    environment("FOLLOWTHROUGH_WITHOUT_MOUNTS").is_some()
}

/// All trials with any of the `words` in their name (all, where there is no word): each story on each database, then the
/// checks of every page they have seen.
pub fn trials(arguments: &Arguments, words: &[&str], servers: &Arc<Servers>, stories: Vec<Story>) -> Vec<Trial> {
    let ended = Arc::new(Ended::default());
    let mut trials = Vec::new();
    for story in &stories {
        for (prefix, database) in story.databases.iter().copied() {
            let (servers, ended, body) = (Arc::clone(servers), Arc::clone(&ended), Arc::clone(&story.body));
            let name = format!("{prefix}::{}", story.name);
            let trial = Trial::test(name.clone(), move || {
                let _running = Running(ended);
                let begun = Instant::now();
                body(&servers, database);
                took(&name, begun);
                Ok(())
            });
            trials.push(trial.with_ignored_flag(story.only_when_asked));
        }
    }
    let wanted = |trial: &Trial| words.is_empty() || words.iter().any(|word| trial.name().contains(word));
    trials.retain(wanted);
    let chosen =
        trials.iter().filter(|trial| !arguments.is_filtered_out(trial) && !arguments.is_ignored(trial)).count();
    *ended.missing.lock().expect("the count of stories") = chosen;
    let last = Last { servers: Arc::clone(servers), ended, walked: Arc::default() };
    trials.push(last.check("is_valid_html", |servers, _| every_page::is_valid_html(servers)));
    trials.push(last.check("names_no_person", |servers, _| every_page::names_no_person(servers)));
    trials.push(last.check("is_accessible", every_page::is_accessible));
    trials.retain(wanted);
    trials
}

/// With FOLLOWTHROUGH_TIMES set, says how long a story took: what makes the whole run slow is a few long ones.
fn took(name: &str, begun: Instant) {
    if environment("FOLLOWTHROUGH_TIMES").is_some() {
        eprintln!("{:>8} ms {name}", begun.elapsed().as_millis());
    }
}

/// Makes the trials that wait for all stories.
struct Last {
    servers: Arc<Servers>,
    ended: Arc<Ended>,
    walked: Arc<OnceLock<()>>,
}

impl Last {
    fn check<F>(&self, name: &str, check: F) -> Trial
    where
        F: FnOnce(&Arc<Servers>, &Place) -> Result<(), String> + Send + 'static,
    {
        let (servers, ended, walked) = (Arc::clone(&self.servers), Arc::clone(&self.ended), Arc::clone(&self.walked));
        let named = format!("every_page::{name}");
        Trial::test(named.clone(), move || {
            ended.wait();
            let begun = Instant::now();
            let place = Place::new(&servers, DatabaseKind::Sqlite);
            // Where only these are run, nobody has seen a page yet.
            walked.get_or_init(|| {
                if servers.seen.all().is_empty() {
                    walk::walk(&place.app().public(), "/");
                }
            });
            let done = check(&servers, &place).map_err(Failed::from);
            took(&named, begun);
            done
        })
    }
}

/// Counts the stories that have not ended. The runner takes its list in order, so whoever stands last waits for stories
/// that run already, never for one that waits for them.
#[derive(Default)]
struct Ended {
    missing: Mutex<usize>,
    changed: Condvar,
}

/// One story running, until it is dropped, however the story ends.
struct Running(Arc<Ended>);

impl Ended {
    fn wait(&self) {
        let missing = self.missing.lock().expect("the count of stories");
        drop(self.changed.wait_while(missing, |missing| *missing > 0));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Ok(mut missing) = self.0.missing.lock() {
            *missing -= 1;
        }
        self.0.changed.notify_all();
    }
}
