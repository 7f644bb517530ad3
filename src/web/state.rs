//! What every handler is given: the register to read, the deeds to do, the clock, chance and the settings.

use std::net::IpAddr;
use std::sync::{Arc, RwLock};

use actix_web::web;
use jiff::tz::TimeZone;
use tokio::sync::Semaphore;

use crate::clock::{Chance, Clock};
use crate::domain::moment::{Day, Moment};
use crate::mail::compose::Sender;
use crate::service::Service;
use crate::store::Reader;
use crate::telemetry::numbers::Numbers;

use super::ROUTES;
use super::cache::Pages;
use super::ending::Ending;
use super::held::Kept;
use super::noting::Noting;
use super::shell::OperatorLine;

/// How many downloads of many rows are written at once: each takes a reader of the register while it is written.
pub const DOWNLOADS: usize = 2;

/// How many uploaded files are held in memory at once; each has at most 10 MiB.
const UPLOADS: usize = 4;

/// Made once, at the start, and shared by every thread. Holds no writer: a page cannot write.
pub struct State {
    /// Reads the register.
    pub reader: Reader,
    /// Does what may be done to it.
    pub service: Service,
    /// Tells the moment.
    pub clock: Clock,
    /// Gives random bytes.
    pub chance: Chance,
    /// The settings that pages depend on.
    pub site: Arc<Site>,
    /// The pages kept in memory.
    pub pages: Pages,
    /// How many more downloads may be written at this moment.
    pub downloads: Arc<Semaphore>,
    /// Leave to hold an uploaded file in memory.
    pub uploads: Arc<Semaphore>,
    /// The holds in force, as they were read last.
    pub holds: Arc<Kept>,
    /// Where requests are counted.
    pub numbers: Numbers,
    /// Whether this process was asked to end.
    pub ending: Ending,
    /// The sessions whose use is being noted.
    pub(super) noting: Noting,
    /// Who ran this copy when somebody last looked: for pages that are shown while the database cannot be asked.
    operator: Arc<RwLock<Option<OperatorLine>>>,
    /// The same for requests of those who have no session, which reads from a replica, if there is one.
    pub for_everybody: Option<web::Data<Self>>,
}

/// The settings that pages depend on.
pub struct Site {
    /// Whether it is the fictional register of `serve --demo`.
    pub demo: bool,
    /// The name of this register.
    pub name: String,
    /// The address that readers use, without a slash at its end.
    pub base_url: String,
    /// Whether that is https.
    pub secure: bool,
    /// The zone that the register's days are counted in.
    pub zone: TimeZone,
    /// Who mails come from: staff see what a mail says as its reader does.
    pub sender: Sender,
    /// Whether what this address says about another is believed.
    pub trusts: Box<dyn Fn(IpAddr) -> bool + Send + Sync>,
}

impl State {
    /// Everything that pages need.
    #[must_use]
    pub fn new(reader: Reader, service: Service, clock: Clock, chance: Chance, site: Site) -> Self {
        let downloads = Arc::new(Semaphore::new(DOWNLOADS));
        let uploads = Arc::new(Semaphore::new(UPLOADS));
        let pages = Pages::new(ROUTES);
        Self {
            reader,
            service,
            clock,
            chance,
            site: Arc::new(site),
            pages,
            downloads,
            uploads,
            holds: Arc::default(),
            numbers: Numbers::default(),
            ending: Ending::default(),
            noting: Noting::default(),
            operator: Arc::default(),
            for_everybody: None,
        }
    }

    /// The same, counting there what it does.
    #[must_use]
    pub fn counting(mut self, numbers: Numbers) -> Self {
        self.pages.count(&numbers);
        self.numbers = numbers;
        self
    }

    /// The same, where those who have no session are answered by this reader. To be called last: both share everything else.
    #[must_use]
    pub fn with_replica(mut self, replica: Option<Reader>) -> Self {
        self.for_everybody = replica.map(|reader| {
            web::Data::new(Self {
                reader,
                service: self.service.clone(),
                clock: self.clock.clone(),
                chance: self.chance.clone(),
                site: Arc::clone(&self.site),
                pages: self.pages.clone(),
                downloads: Arc::clone(&self.downloads),
                uploads: Arc::clone(&self.uploads),
                holds: Arc::clone(&self.holds),
                numbers: self.numbers.clone(),
                ending: self.ending.clone(),
                noting: self.noting.clone(),
                operator: Arc::clone(&self.operator),
                for_everybody: None,
            })
        });
        self
    }

    /// The moment it is.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The day that it is in the register's zone.
    #[must_use]
    pub fn today(&self) -> Day {
        self.now().day_in(&self.site.zone)
    }

    /// A random name for something that will stand in an address.
    #[must_use]
    pub fn reference(&self) -> String {
        self.chance.bytes::<10>().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Who ran this copy when somebody last looked.
    #[must_use]
    pub fn last_known_operator(&self) -> Option<OperatorLine> {
        self.operator.read().map_or(None, |known| known.clone())
    }

    /// Remembers who runs this copy.
    pub fn know_operator(&self, operator: Option<&OperatorLine>) {
        let Ok(mut known) = self.operator.write() else { return };
        if known.as_ref() != operator {
            *known = operator.cloned();
        }
    }
}

#[cfg(test)]
impl Site {
    /// One for tests.
    pub fn sample() -> Self {
        Self {
            demo: false,
            name: "Followthrough".to_owned(),
            base_url: "http://localhost:8080".to_owned(),
            secure: false,
            zone: TimeZone::UTC,
            sender: Sender {
                name: "Followthrough".to_owned(),
                address: "register@localhost".parse().expect("a mail address"),
                site_name: "Followthrough".to_owned(),
                base_url: "http://localhost:8080".to_owned(),
                host: "localhost".to_owned(),
                zone: TimeZone::UTC,
            },
            trusts: Box::new(|_| false),
        }
    }
}
