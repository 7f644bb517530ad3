//! The timetable: what runs by the clock. May import domain, store (reading), service, mail and clock.
