//! A whole inquiry entered by hand, from nothing, with no file.

use super::{REGISTER, body, event, recommendation};
use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::Place;

stories![an_inquiry_is_entered_by_hand_from_nothing];

const HERE: &str = "/staff/inquiries/second-ferry-report";
const PUBLIC: &str = "/inquiries/second-ferry-report";

fn an_inquiry_is_entered_by_hand_from_nothing(place: &Place) {
    place.with_nothing();
    let app = place.app();
    let overseer = app.person("overseer");
    let page = overseer.open("/staff").follow("Write the register");
    page.sees("This register holds no inquiry yet.").sees("This register holds no body yet.");

    // No body yet: the inquiry is refused with everything that is missing, and nothing is written.
    let form = overseer.open(REGISTER).follow("Add an inquiry").form("Publish the inquiry");
    let empty = form.fill("Where can it be read?", "ftp://ferry.example/report").submit();
    empty.is(422).complains("Enter the full title").complains("Choose the body that commissioned it");
    empty
        .complains("Choose the body that issued it")
        .sees("Choose one here, one below, or both: at least one is needed");
    empty.complains("Enter a full web address").complains("Confirm before publishing");
    assert_eq!(empty.form("Publish the inquiry").value("Where can it be read?"), "ftp://ferry.example/report");
    assert_eq!(place.value("select count(*) from change"), "0");

    confirmed(body(&overseer, "Ferryhaven Borough Council", "local authority")).send().sees("Body added");
    let form = body(&overseer, "Ferryhaven Port Authority", "port authority");
    let form = form.fill("A shorter name", "Port Authority").fill("Its web site", "https://port.example/about");
    let shown = form.submit();
    shown.is(422).complains("Confirm before publishing");
    let asked = shown.form("Show me the sentence first").submit();
    asked.sees("Ferryhaven Port Authority (port authority)");
    confirmed(asked.form("Publish the body")).send().sees("Ferryhaven Port Authority");
    let twice = confirmed(body(&overseer, "Ferryhaven Port Authority!", "port authority")).submit();
    twice.is(422).complains("/bodies/ferryhaven-port-authority is, or was, the address of another body");
    confirmed(body(&overseer, "Hold", "port authority")).submit().is(422).complains("used by this register itself");
    let theme = overseer.open(REGISTER).follow("Add a theme").form("Publish the theme");
    confirmed(theme.fill("What is it called?", "lighting")).send().sees("Theme added");

    let form = overseer.open(REGISTER).follow("Add an inquiry").form("Publish the inquiry");
    let form = form
        .fill("Its full title", "Second Ferry Inquiry: the night boats")
        .fill("What people call it", "Second ferry report")
        .fill("What is it?", "independent inquiry")
        .select("Which body commissioned it?", "Ferryhaven Borough Council")
        .fill("Who led it?", "The Chair")
        .date("When was it published?", "2027-03-03")
        .fill("How many recommendations", "2")
        .fill("Where can it be read?", "https://ferry.example/report")
        .fill("Who monitors it", "The council\u{2019}s scrutiny committee, twice a year.");
    let ahead = confirmed(form).submit();
    ahead.is(422).complains("The date must be today or earlier; 3 March 2027 has not come yet");
    let long = ahead.form("Publish the inquiry").date("When was it published?", "2026-03-03");
    let long = long.fill("What is it?", &"inquiry ".repeat(20)).submit();
    long.is(422).complains("What it is must be 60 characters or fewer");
    let form = long.form("Publish the inquiry").fill("What is it?", "independent inquiry");
    let done = form.send();
    done.sees("Inquiry added").sees("No recommendations are recorded here yet.");
    assert_eq!(done.path().split('?').next(), Some(HERE));
    let form = overseer.open(REGISTER).follow("Add an inquiry").form("Publish the inquiry");
    let form = form.fill("Its full title", "Another").fill("What people call it", "Second ferry report");
    let form = form.fill("What is it?", "inspection").select("Which body issued it?", "Ferryhaven Borough Council");
    confirmed(form).submit().is(422).complains("There is an inquiry at /inquiries/second-ferry-report already");

    // Its own timeline, with a meeting that is still to come.
    confirmed(event(&overseer, HERE, "Resolution", "2026-04-01", "The council accepted the report.")).send();
    let meeting = overseer.open(HERE).follow("Add a meeting that was held").form("Publish the meeting");
    let meeting =
        meeting.date("When?", "2027-01-14").fill("What happened?", "The scrutiny committee meets on the report.");
    let meeting = meeting.choose("Compared with the source");
    confirmed(meeting).submit().is(422).complains("A meeting to come is called under Meetings");
    // The inquiry is ticked already.
    let meeting = overseer.open(HERE).follow("Call a meeting").form("Publish the meeting");
    let meeting = meeting
        .date("On which day is the meeting?", "2027-01-14")
        .date("By which day are its papers due?", "2027-01-07")
        .fill("Who meets, and where?", "The scrutiny committee meets on the report.");
    confirmed(meeting).send().sees("Meeting published").sees("Second ferry report");
    confirmed(event(&overseer, HERE, "Report", "2027-01-14", "A report."))
        .submit()
        .is(422)
        .complains("must be today or earlier");

    // Two recommendations: our own words at once; the report's own words wait for a second person.
    let form = recommendation(&overseer, HERE, "1", "Light the landing stage")
        .tick("Ferryhaven Port Authority")
        .tick("Lighting");
    confirmed(form).submit().is(422).complains("Choose how it is known that it was put to them");
    let form = recommendation(&overseer, HERE, "1", "Light the landing stage")
        .tick("Ferryhaven Port Authority")
        .tick("Lighting");
    let form = form.choose_in("How is it known that it was put to them?", "Compared with the source");
    confirmed(form).send().sees("Recommendation added").sees("Light the landing stage").sees("Port Authority");
    confirmed(recommendation(&overseer, HERE, "1", "Again"))
        .submit()
        .is(422)
        .complains("There is a recommendation 1 in this inquiry already");
    let form = recommendation(&overseer, HERE, "A-2", "Count the passengers");
    let form = form
        .choose_in("Whose number is that?", "Our own reference")
        .choose_in("Whose words are these?", "The report's own words");
    let form = form
        .choose_in("How far were they compared?", "Compared with the source")
        .date("When was it made?", "2026-02-27");
    let waits = confirmed(form).send();
    waits.sees("another person");
    let own = app.public().open(&format!("{PUBLIC}/recommendations/A-2"));
    own.sees("have not been transcribed").does_not_see("Count the passengers").sees("Made on 27 February 2026");
    own.sees("is this register's own");
    confirmed(app.person("overseer two").open(waits.path()).form("Publish this")).send();
    app.public().open(&format!("{PUBLIC}/recommendations/A-2")).sees("Count the passengers");

    // Updates are asked for on everything that is open.
    let form = overseer.open(HERE).follow("Set when updates are asked for").form("Publish the schedule");
    let form = form.date("The first date", "2027-03-01").fill("Every how many months", "6");
    confirmed(form).send().sees("Schedule recorded");

    // What a reader finds.
    let public = app.public();
    let page = public.open(PUBLIC);
    page.sees("Second Ferry Inquiry: the night boats").sees("Commissioned by Ferryhaven Borough Council");
    page.sees("2 recommendations").sees("Light the landing stage").sees("Count the passengers");
    page.sees("The council\u{2019}s scrutiny committee, twice a year.")
        .sees("Resolution: The council accepted the report.");
    page.sees("Meeting to come: The scrutiny committee meets on the report.").does_not_see("Overseer One");
    let item = public.open(&format!("{PUBLIC}/recommendations/1"));
    item.sees("The landing stage should be lit at night.").sees("Port Authority").sees("Lighting").sees("1 March 2027");
    public.open("/bodies/ferryhaven-port-authority").sees("Light the landing stage").sees("Its web site: port.example");
    public.open("/themes/lighting").sees("Light the landing stage");
    public.open("/recommendations?q=landing").sees("2 recommendations");
    public.open("/changes").sees("Second ferry report").sees("Inquiry taken into this register");
    let data = public.open(&format!("{PUBLIC}.json")).json();
    assert_eq!(data["commissioned_by"], "ferryhaven-borough-council");
    assert_eq!(data["counts_in_source"][0]["count"], 2);
    assert_eq!(data["events"][0]["kind"], "meeting");
    assert_eq!((&data["items"][0]["own_reference"], &data["items"][1]["own_reference"]), (&false.into(), &true.into()));
    assert_eq!(data["items"][1]["made_on"], "2026-02-27");
    app.clock().set("2027-01-14T10:00:00Z".parse().expect("a moment"));
    app.public().open(PUBLIC).sees("Meeting: The scrutiny committee meets").does_not_see("Meeting to come");
    place.run(&["verify"]).succeeds();
}
