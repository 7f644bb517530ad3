//! What every handler is given: the register to read, the deeds to do, the clock, chance and the settings.

use std::sync::{Arc, RwLock};

use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::domain::moment::{Day, Moment};
use crate::service::Service;
use crate::store::Reader;

use super::shell::OperatorLine;

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
    /// Every setting.
    pub config: Arc<Config>,
    /// Who ran this copy when somebody last looked: for pages that are shown while the database cannot be asked.
    operator: RwLock<Option<OperatorLine>>,
}

impl State {
    /// Everything that pages need.
    #[must_use]
    pub fn new(reader: Reader, service: Service, clock: Clock, chance: Chance, config: Arc<Config>) -> Self {
        Self { reader, service, clock, chance, config, operator: RwLock::new(None) }
    }

    /// The moment it is.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The day that it is in the register's zone.
    #[must_use]
    pub fn today(&self) -> Day {
        self.now().day_in(&self.config.time_zone)
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
