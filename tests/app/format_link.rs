//! The same report in other formats: linked, shown, taken back, each as a change.

use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![a_report_is_linked_in_another_format_and_taken_back];

const HERE: &str = "/staff/inquiries/ashgrove";

fn form(app: &TestApp) -> Form {
    let form = app.person("overseer").open(HERE).follow("The report in other formats").form("Link this format");
    form.tick("It names no victim, suspect or private person")
        .tick("No live court case is affected")
        .tick("Nothing in it is protectively marked")
        .tick("Its files and links have been looked through")
        .select("In which format?", "Easy read")
        .select("In which language?", "Welsh")
        .fill("Where can it be found?", "https://ashgrove.example/easy.pdf")
        .fill("What should the link say?", "The report in short sentences")
}

fn a_report_is_linked_in_another_format_and_taken_back(app: &TestApp) {
    app.public().open("/inquiries/ashgrove").does_not_see("The report in other formats");
    let bad = form(app).fill("Where can it be found?", "javascript:alert(1)").fill("What should the link say?", "");
    bad.untick("No live court case is affected")
        .submit()
        .is(422)
        .complains("Enter a full web address")
        .complains("Enter what the link says")
        .complains("Confirm before publishing");
    let linked = form(app).send();
    linked.sees("Linked, and published").sees("Easy read, in Welsh");
    app.public()
        .open("/inquiries/ashgrove")
        .sees("The report in other formats")
        .sees("The report in short sentences (Easy read, in Welsh)");
    let change = app.place().value("select cast(max(seq) as text) as value from format_link");
    app.public().open(&format!("/changes/{change}")).sees("Linked: Easy read, in Welsh").sees("Ashgrove");
    form(app).send().sees("Nothing changed").does_not_see("Linked, and published");
    assert_eq!(app.place().value("select count(*) from format_link"), "1", "the same link again is no change");
    // Said again of the same address, it stands as it was said last.
    form(app).fill("What should the link say?", "In few words").send();
    app.public().open("/inquiries/ashgrove").sees("In few words").does_not_see("The report in short sentences");
    // Withheld it stands nowhere; shown again it stands as before.
    let page = app.person("overseer").open(HERE).form("Withhold these words: In few words").send();
    app.public().open("/inquiries/ashgrove").does_not_see("In few words").does_not_see("The report in short sentences");
    let last = app.place().value("select cast(max(seq) as text) as value from format_link");
    let said = app.public().open(&format!("/changes/{last}"));
    said.sees("Words withheld on 23 November 2026");
    assert!(!said.body().contains("https://ashgrove.example/easy.pdf"), "the address is out of sight too");
    let asked = page.form("Show these words again").submit();
    crate::deeds_record::confirmed(asked.form("Show the words again")).send();
    app.public().open("/inquiries/ashgrove").sees("In few words");
    app.person("overseer").open(&format!("{HERE}/formats")).form("Take back").send().sees("No other format");
    app.public().open("/inquiries/ashgrove").does_not_see("The report in other formats");
    app.place().run(&["verify"]).succeeds();
}
