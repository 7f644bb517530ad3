//! The stage: the clock, the people, and how a day passes.

use std::collections::HashMap;
use std::str::FromStr;

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;

use super::Error;
use super::cast::Who;
use crate::clock::Chance;
use crate::domain::email::Email;
use crate::domain::id::{AddresseeId, BodyId, RecommendationId};
use crate::domain::moment::{Day, Moment};
use crate::domain::person::{Actor, Reach};
use crate::domain::problem::Problems;
use crate::domain::publication::FourQuestions;
use crate::domain::text::Slug;
use crate::jobs::Jobs;
use crate::service::{self, Act, Service};
use crate::store::{self, addressee, body, filing, person, recommendation};

/// When jobs run on each day: after the mail's hour.
const MORNING: Time = jiff::civil::time(8, 45, 0, 0);
/// On which days of the week they run; and on each day that somebody does something.
const ROUNDS: [Weekday; 2] = [Weekday::Monday, Weekday::Thursday];
/// When the deeds of a day begin.
const OPENING: Time = jiff::civil::time(10, 0, 0, 0);
/// How long each deed takes, in seconds.
const A_DEED: i64 = 11 * 60;

/// Where the story is played.
pub(super) struct Stage<'a> {
    jobs: &'a Jobs,
    begin: Day,
    day: i64,
    people: HashMap<Who, Actor>,
}

impl<'a> Stage<'a> {
    pub(super) fn set(jobs: &'a Jobs, begin: Day) -> Self {
        let stage = Self { jobs, begin, day: 0, people: HashMap::new() };
        stage.jobs.clock.set(stage.at(OPENING));
        stage
    }

    pub(super) const fn service(&self) -> &Service {
        &self.jobs.service
    }

    pub(super) const fn chance(&self) -> &Chance {
        &self.jobs.chance
    }

    /// A day of the story, counted from its first.
    pub(super) fn day(&self, number: i64) -> Day {
        self.begin.plus_days(number)
    }

    pub(super) fn today(&self) -> Day {
        self.day(self.day)
    }

    /// The zone in which the register's days are counted.
    pub(super) fn zone(&self) -> TimeZone {
        self.jobs.sender.zone.clone()
    }

    pub(super) fn now(&self) -> Moment {
        self.jobs.clock.now()
    }

    fn at(&self, time: Time) -> Moment {
        let civil = self.today().date().to_datetime(time);
        let zoned = self.jobs.sender.zone.to_ambiguous_zoned(civil).compatible();
        // No zone leaves out an hour of the working day so wholly that it has no moment.
        Moment::new(zoned.expect("a time of day has a moment").timestamp())
    }

    /// Lets the days pass, with the jobs of some, until it is the morning of this one.
    pub(super) async fn until(&mut self, day: i64) -> Result<(), Error> {
        while self.day < day {
            self.day += 1;
            if self.day < day && !ROUNDS.contains(&self.today().date().weekday()) {
                continue;
            }
            self.jobs.clock.set(self.at(MORNING));
            let report = self.jobs.once().await.map_err(|fault| Error::Jobs(self.day, fault.to_string()))?;
            if report.any_failed() {
                return Err(Error::Jobs(self.day, report.to_string()));
            }
            self.jobs.clock.set(self.at(OPENING));
        }
        Ok(())
    }

    /// Who somebody is, once they have an account.
    pub(super) async fn enter(&mut self, who: Who) -> Result<(), Error> {
        let email = Email::from_str(who.sign_in().email).expect("an address of the cast");
        let found = self.jobs.reader.read(move |tx| person::find_by_email(tx, &email)).await?;
        let found = found.ok_or(store::Error::NotFound)?;
        let actor = Actor { person: found.id, role: found.role, body: found.body, reach: Reach::EVERYWHERE };
        self.people.insert(who, actor);
        Ok(())
    }

    /// A person at a form, everything on it confirmed. Time goes on with each.
    pub(super) fn act(&self, who: Who) -> Act {
        let now = self.now().plus_seconds(A_DEED);
        self.jobs.clock.set(now);
        Act {
            actor: self.people[&who],
            now,
            day: now.day_in(&self.jobs.sender.zone),
            key: None,
            fresh: self.reference(),
            questions: FourQuestions::ALL_YES,
            faults: Problems::none(),
        }
    }

    /// A random name.
    pub(super) fn reference(&self) -> String {
        self.chance().bytes::<10>().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What came of a deed, or on which day of the story it was refused.
    pub(super) fn done<T>(&self, deed: &'static str, result: Result<T, service::Error>) -> Result<T, Error> {
        result.map_err(|fault| Error::Deed { day: self.day, deed, fault })
    }

    /// A recommendation of the story and the version that a form would carry.
    pub(super) async fn recommendation(&self, number: &'static str) -> Result<(RecommendationId, i64), Error> {
        self.numbered(super::beginning::inquiry(), number).await
    }

    /// The same of any inquiry.
    pub(super) async fn numbered(&self, inquiry: Slug, number: &'static str) -> Result<(RecommendationId, i64), Error> {
        let found = self.jobs.reader.read(move |tx| recommendation::find(tx, &inquiry, number));
        let found = found.await?.recommendation;
        Ok((found.id, found.version))
    }

    /// One body's answer, as it stands.
    pub(super) async fn answer(&self, number: &'static str, of: &'static str) -> Result<addressee::Answer, Error> {
        let (id, _) = self.recommendation(number).await?;
        Ok(self.jobs.reader.read(move |tx| addressee::find(tx, id, &slug(of))).await?)
    }

    /// The same as what a form carries of it.
    pub(super) async fn item(&self, number: &'static str, of: &'static str) -> Result<(AddresseeId, i64), Error> {
        let answer = self.answer(number, of).await?;
        Ok((answer.id, answer.version))
    }

    /// Somebody's own random name, as forms carry it.
    pub(super) async fn named(&self, who: Who) -> Result<String, Error> {
        let person = self.people[&who].person;
        Ok(self.jobs.reader.read(move |tx| person::find(tx, person)).await?.reference)
    }

    pub(super) async fn body(&self, of: &'static str) -> Result<BodyId, Error> {
        Ok(self.jobs.reader.read(move |tx| body::name(tx, &slug(of))).await?.id)
    }

    /// The version of a filing.
    pub(super) async fn filed(&self, reference: &str) -> Result<i64, Error> {
        let reference = reference.to_owned();
        Ok(self.jobs.reader.read(move |tx| filing::find(tx, &reference)).await?.version)
    }

    /// Reads something else of the register.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut store::ReadTx<'_>) -> Result<T, store::Error> + Send + 'static,
    ) -> Result<T, Error> {
        Ok(self.jobs.reader.read(read).await?)
    }
}

/// A part of an address that the story's own text names.
pub(super) fn slug(text: &str) -> Slug {
    Slug::from_words(text)
}
