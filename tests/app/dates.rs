//! Targets and deadlines in a calendar, read by a program that is not ours.

use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue};

use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::minutes;
use crate::support::page::Page;

stories![dates_can_be_followed_in_a_calendar, no_line_of_a_calendar_is_too_long];

/// An event of the calendar: its name, its day, its number in the sequence, its state, its summary.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Event {
    uid: String,
    day: (u16, u8, u8),
    stamp: String,
    sequence: i64,
    is_cancelled: bool,
    summary: String,
}

fn value(event: &ICalendarComponent, name: &ICalendarProperty) -> ICalendarValue {
    let entry = event.entries.iter().find(|entry| entry.name == *name);
    entry.and_then(|entry| entry.values.first()).unwrap_or_else(|| panic!("{name:?} is missing in {event:?}")).clone()
}

fn text(event: &ICalendarComponent, name: &ICalendarProperty) -> String {
    match value(event, name) {
        ICalendarValue::Text(text) => text,
        other => panic!("{name:?} is {other:?}"),
    }
}

/// The events, of a file whose lines are as long as they may be and no longer.
#[track_caller]
fn events(page: &Page) -> Vec<Event> {
    page.is(200);
    assert_eq!(page.header("content-type"), Some("text/calendar; charset=utf-8"));
    let body = page.body();
    assert!(body.ends_with("\r\n") && !body.replace("\r\n", "").contains(['\r', '\n']), "lines end with CRLF");
    assert!(body.split("\r\n").all(|line| line.len() <= 75), "a line is longer than 75 bytes");
    let calendar = ICalendar::parse(&body).unwrap_or_else(|fault| panic!("no calendar: {fault:?}\n{body}"));
    let all = calendar.components.iter().filter(|part| part.component_type == ICalendarComponentType::VEvent);
    all.map(|event| {
        let ICalendarValue::PartialDateTime(start) = value(event, &ICalendarProperty::Dtstart) else {
            panic!("no day")
        };
        let ICalendarValue::PartialDateTime(end) = value(event, &ICalendarProperty::Dtend) else { panic!("no end") };
        let ICalendarValue::PartialDateTime(stamp) = value(event, &ICalendarProperty::Dtstamp) else {
            panic!("no stamp")
        };
        let ICalendarValue::Integer(sequence) = value(event, &ICalendarProperty::Sequence) else {
            panic!("no sequence")
        };
        assert!(start.hour.is_none() && end.hour.is_none() && start.day != end.day, "a whole day");
        Event {
            uid: text(event, &ICalendarProperty::Uid),
            day: (start.year.expect("a year"), start.month.expect("a month"), start.day.expect("a day")),
            stamp: format!("{:?}:{:?}", stamp.hour, stamp.minute),
            sequence,
            is_cancelled: format!("{:?}", value(event, &ICalendarProperty::Status)).contains("Cancelled"),
            summary: text(event, &ICalendarProperty::Summary),
        }
    })
    .collect()
}

fn dates_can_be_followed_in_a_calendar(app: &TestApp) {
    let public = app.public();
    let at = "/inquiries/ashgrove/calendar.ics";
    let target = || {
        let all = events(&public.get(at));
        let uid = "target/inquiries/ashgrove/recommendations/1/ashgrove-council@register.example";
        all.into_iter().find(|event| event.uid == uid).expect("the target")
    };
    let first = target();
    assert_eq!((first.day, first.sequence, first.is_cancelled), ((2027, 2, 26), 0, false));
    assert!(first.summary.contains("Target date") && first.summary.contains("Ashgrove Council"), "{}", first.summary);
    assert!(first.summary.contains("1. Publish the ferry timetable in advance"));
    let page = public.get(at);
    page.sees("Not in service");
    assert_eq!(page.header("x-robots-tag"), Some("noindex"));
    // It moves: the same event, with a higher number, stamped by the change.
    app.clock().advance(minutes(20));
    let overseer = app.person("overseer");
    let item = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";
    let publish = |day: &str, reason: &str| {
        let form = overseer.open(item).follow("Move the target date").form("Publish the target date");
        let form = form.date("The target date", day).choose("Compared with the source");
        let form = form.fill("Why is it set or moved", reason).fill("Who agreed to it?", "nobody");
        confirmed(form).send().sees("Target date recorded");
    };
    publish("2027-05-03", "Staff were lacking.");
    let moved = target();
    assert_eq!((moved.day, moved.sequence, moved.is_cancelled), ((2027, 5, 3), 1, false));
    assert!(moved.stamp != first.stamp && moved.summary == first.summary);
    public.get(at).does_not_see("Staff were lacking.");
    // A date by which an update is owed is there too, and is cancelled when the schedule ends.
    let schedule = |day: &str, months: &str| {
        let form = overseer.open(item).follow("Set when updates are asked for").form("Publish the schedule");
        let form = if day.is_empty() {
            form.fill("Day", "").fill("Month", "").fill("Year", "")
        } else {
            form.date("The next date", day)
        };
        confirmed(form.fill("Every how many months", months).fill("Why?", "As agreed."))
            .send()
            .sees("Schedule recorded");
    };
    let update = || events(&public.get("/calendar.ics")).into_iter().find(|event| event.uid.starts_with("return/"));
    assert_eq!(update(), None);
    schedule("2027-03-01", "6");
    assert!(update().is_some_and(|event| event.day == (2027, 3, 1) && event.sequence == 0 && !event.is_cancelled));
    schedule("", "");
    assert!(update().is_some_and(|event| event.day == (2027, 3, 1) && event.sequence == 1 && event.is_cancelled));
    // Of another inquiry there is nothing, and the pages lead there.
    assert!(events(&public.get("/inquiries/millbrook/calendar.ics")).is_empty());
    assert_eq!(public.open("/inquiries/ashgrove").link("Calendar of its dates"), at);
    assert_eq!(public.open("/overdue").link("Calendar of all dates"), "/calendar.ics");
    let tag = public.get(at).header("etag").expect("a tag").to_owned();
    public.get_with(at, &[("if-none-match", &tag)]).is(304);
    public.get("/inquiries/none/calendar.ics").is(404);
    public.get("/inquiries/%00/calendar.ics").is(404);
}

/// Whatever the length of what it says: the last of several lines begins with a space, which counts.
fn no_line_of_a_calendar_is_too_long(app: &TestApp) {
    let (public, at) = (app.public(), "/inquiries/ashgrove/calendar.ics");
    let body = public.get(at).body().replace("\r\n ", "");
    let name =
        body.lines().find(|line| line.starts_with("X-WR-CALNAME:")).expect("the name of the calendar").to_owned();
    let longer = "x".repeat(150 - name.len());
    app.place().execute(&format!("update inquiry set short_title = short_title || '{longer}' where slug = 'ashgrove'"));
    let page = public.get(at);
    page.sees(&longer[..20]);
    assert!(!events(&page).is_empty());
}
