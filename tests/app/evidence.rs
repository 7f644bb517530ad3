//! Evidence: files and links under the fact that they support, private until published, gone at once where they are withheld.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::deeds_record::confirmed;
use crate::fairness::run_by_somebody;
use crate::filing::arranged::{COUNCIL, ITEM, files, publication};
use crate::removal::holds;
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;
use crate::support::page::Page;

stories![
    a_file_is_private_then_public_then_gone,
    what_is_no_such_file_is_refused_and_nothing_is_kept,
    an_overseer_publishes_evidence_and_puts_right_what_was_said_of_it,
    closing_as_done_answers_to_what_was_agreed,
];

/// Stands in the file, and in what is said of it.
const CANARY: &str = "Kanarienzinnober";

/// A PDF of several pieces.
pub fn pdf() -> Vec<u8> {
    [format!("%PDF-1.7\n{CANARY}\n").as_bytes(), &b"ferry ".repeat(100_000), b"\n%%EOF\n"].concat()
}

fn docx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 2] = [("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")];
    for (name, content) in parts.iter().chain(more) {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(content).expect("its bytes");
    }
    writer.finish().expect("a zip file").into_inner()
}

/// The form with everything that is needed before a file can be public.
pub fn described(form: Form) -> Form {
    form.choose("A file to be kept here")
        .choose("A document exists")
        .fill("Title", "Minutes of the harbour board")
        .fill("What is it?", "Minutes of a meeting")
        .fill("Which page is relied on?", "4")
        .fill("Which words are relied on?", "The stages were inspected.")
        .fill("What does it say?", "That both stages were inspected in May.")
}

/// Attaches a PDF to the filing at `path` and answers the page of the filing.
pub fn attached(app: &TestApp, who: &str, path: &str) -> Page {
    let form = app.person(who).open(path).follow("Attach evidence").form("Attach this");
    let answer = described(form).submit_with("minutes.pdf", &pdf());
    answer.is(303);
    answer.follow_redirects()
}

fn a_file_is_private_then_public_then_gone(app: &TestApp) {
    let filing = files(app, "The stages were inspected.");
    let page = attached(app, COUNCIL, filing.path());
    page.sees("Evidence attached").sees("Minutes of the harbour board (PDF, 601 KB)").sees("not public");
    let own = page.follow("Minutes of the harbour board");
    // What it belongs to is not public: there is no form that could only be refused.
    let waits = app.person("overseer").open(own.path());
    waits.sees("What this was attached to is not public");
    assert!(!waits.has_form("Publish this evidence"));
    let file = own.link("Open the file");
    let kept = app.person("overseer").get(&file);
    kept.is(200);
    assert_eq!(kept.bytes(), pdf());
    assert_eq!(app.place().value("select count(*) from file_chunk"), "3");
    app.person(COUNCIL).get(&file).is(200);
    app.person("observer").open(own.path()).does_not_see("Open the file");
    for who in ["observer", "contributor of old-ferry-board"] {
        app.person(who).get(&file).is(403);
    }
    app.person("contributor of old-ferry-board").get(own.path()).is(403);
    app.public().get(&file).is(303);
    let name = app.place().value("select reference from file");
    let public_file = format!("/evidence/{name}.pdf");
    app.public().get(&public_file).is(404);
    app.public().open(ITEM).does_not_see("Minutes of the harbour board");

    // Published with the update, under its change.
    let form = publication(&app.person("overseer").open(filing.path())).tick("Minutes of the harbour board");
    form.send().sees("Evidence for “Reports”. Rests on: a document exists");
    for page in [ITEM, "/inquiries/ashgrove/recommendations/2"] {
        let page = app.public().open(page);
        page.sees(
            "Rests on: a document exists. Minutes of the harbour board (PDF, 601 KB). Minutes of a meeting. Page 4",
        );
        page.sees("The stages were inspected.").sees("That both stages were inspected in May.");
        assert_eq!(page.link("Minutes of the harbour board"), public_file);
    }
    let public = app.public().get(&public_file);
    public.is(200);
    assert_eq!(public.bytes(), pdf());
    let said = |name: &str| public.header(name).unwrap_or_default().to_owned();
    assert_eq!(said("content-type"), "application/pdf");
    assert_eq!(said("x-content-type-options"), "nosniff");
    assert_eq!(said("content-disposition"), format!("attachment; filename=\"evidence-{name}.pdf\""));
    assert_eq!(said("content-security-policy"), concat!("default-src 'none'; ", "sand", "box"));
    app.public().get(&format!("/evidence/{name}.png")).is(404);
    let council = || {
        let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
        let all = data["addressees"].as_array().expect("a list").clone();
        all.into_iter().find(|one| one["body"] == "ashgrove-council").expect("the council")["evidence"].clone()
    };
    let piece = council()[0].clone();
    assert_eq!((&piece["supports"], &piece["rung"], &piece["page"]), (&"reported".into(), &2.into(), &"4".into()));
    assert_eq!(piece["sha256"].as_str().map(str::len), Some(64));

    // Withheld with one click: the page, the data and the file at once.
    let staff = format!("/staff{ITEM}");
    let button = "Withhold these words: Evidence for “Reports”. Rests on: a document exists";
    app.person("overseer").open(&staff).form(button).send();
    app.public().get(&public_file).is(404);
    app.public().open(ITEM).sees("Words withheld on 23 November 2026").does_not_see("Minutes of the harbour board");
    assert_eq!((&council()[0]["withheld"], &council()[0]["url"]), (&true.into(), &serde_json::Value::Null));
    let again = app.person("overseer").open(&staff).form("Show these words again: Evidence for").submit();
    confirmed(again.form("Show the words again")).send();
    app.public().get(&public_file).is(200);

    // Removed by two people: the bytes are nowhere any more.
    assert!(holds(app.place(), "Minutes of the harbour board"), "else this test finds nothing");
    let page = app.person("administrator").open(&staff).follow("Remove for legal reasons: Evidence for");
    page.form("Withhold them and propose their removal").choose("A court has ordered it").send();
    let proposal = app.place().value("select reference from redaction");
    let second = app.person("overseer two").open(&format!("/staff/redactions/{proposal}"));
    second.form("Remove these words for good").send();
    app.public().get(&public_file).is(404);
    app.person("overseer").get(&file).is(404);
    assert_eq!(app.place().value("select count(*) from file_chunk where data is not null"), "0");
    assert_eq!(app.place().value("select count(*) from file where sha256 is not null"), "0");
    assert!(!holds(app.place(), CANARY) && !holds(app.place(), "Minutes of the harbour board"));
    app.public().open(ITEM).sees("Removed on 23 November 2026 for legal reasons");
    app.place().run(&["verify"]).succeeds();
}

fn what_is_no_such_file_is_refused_and_nothing_is_kept(app: &TestApp) {
    let path = files(app, "An update.").path().to_owned();
    let open = || app.person(COUNCIL).open(&path).follow("Attach evidence").form("Attach this");
    let empty = open().submit();
    empty.is(422).complains("Choose whether it is a link or a file").complains("Choose what it shows");
    let mut bomb = docx(&[("word/media/picture", &[0; 20_000])]);
    let (real, told) = (20_000_u32.to_le_bytes(), (200 * 1024 * 1024_u32).to_le_bytes());
    while let Some(at) = bomb.windows(4).position(|bytes| bytes == real) {
        bomb[at..at + 4].copy_from_slice(&told);
    }
    let eleven = [pdf(), vec![b' '; 11 * 1024 * 1024]].concat();
    let files: [(&str, &[u8], &str); 8] = [
        ("minutes.pdf", b"", "The file is empty"),
        ("minutes.pdf", &eleven, "The file is larger than 10 MiB"),
        ("minutes.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "another kind of file than it is"),
        ("minutes.pdf", b"MZ\x90\0\x03\0\0\0", "The file must be a PDF"),
        ("page.txt", b"<script>alert(1)</script>", "The file must be a PDF"),
        ("../../minutes.pdf", &pdf(), "without a path in it"),
        ("policy.docx", &bomb, "unpacks to far more than its size"),
        ("policy.docx", &docx(&[("word/vbaProject.bin", b"x")]), "The file holds macros"),
    ];
    for (name, bytes, complaint) in files {
        let page = described(open()).submit_with(name, bytes);
        page.is(422).complains(complaint);
        assert_eq!(page.form("Attach this").value("Which words are relied on?"), "The stages were inspected.");
    }
    // Without the token, or before it, no byte of a file is looked at.
    described(open()).without("csrf").submit_with("minutes.pdf", &pdf()).is(403);
    for table in ["file", "file_chunk", "exhibit"] {
        assert_eq!(app.place().value(&format!("select count(*) from {table}")), "0", "{table}");
    }
    // Sent twice, it is kept once; with another file it is another piece.
    let form = described(open());
    let fields = form.fields();
    form.submit_with("minutes.pdf", &pdf()).is(303);
    let again = |bytes: &[u8]| {
        fields.iter().fold(open(), |form, (name, value)| form.set(name, value)).submit_with("minutes.pdf", bytes)
    };
    again(&pdf()).is(303);
    assert_eq!(app.place().value("select count(*) from file"), "1");
    again(&[pdf(), b" ".to_vec()].concat()).is(303);
    assert_eq!(app.place().value("select count(*) from file"), "2");
    // Whoever was signed out gets back what they wrote; the file is chosen again.
    let form = described(open());
    let visitor = app.person(COUNCIL);
    visitor.forget();
    let signed_out = form.submit_with("minutes.pdf", &pdf());
    signed_out.is(401);
    crate::support::app::sign_in(&visitor, "contributor.ashgrove-council@example.org", crate::support::PASSWORD)
        .is(303);
    // Somebody else's work, or another item's, takes nothing.
    let other = app.person("contributor of old-ferry-board");
    other.get(&format!("/staff{ITEM}/evidence")).is(403);
    app.person("overseer").get(&format!("/staff{ITEM}/evidence?filing=none")).is(404);
}

fn an_overseer_publishes_evidence_and_puts_right_what_was_said_of_it(app: &TestApp) {
    run_by_somebody(app);
    let overseer = app.person("overseer");
    let item = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";
    let public = "/inquiries/ashgrove/recommendations/1/ashgrove-council";
    let open = || overseer.open(item).follow("Attach evidence").form("Attach this");
    let form = open().choose_in("What does it support?", "Answer").choose("A link to where it can be read");
    let form = form.choose("An assertion").fill("The link", "https://ashgrove.example/letter");
    form.date("When did you see it there?", "2026-12-24").submit().is(422).complains("must be today or earlier");
    let form = open().choose_in("What does it support?", "Answer").choose("A link to where it can be read");
    let form = form.choose("An assertion").fill("The link", "https://ashgrove.example/letter");
    let piece = form.send().follow("Without a title");
    let refused = confirmed(piece.form("Publish this evidence")).submit();
    refused.is(422).complains("Enter a title");
    confirmed(refused.form("Publish this evidence").fill("Title", "The council's letter")).send().sees("It is public");
    let page = app.public().open(public);
    page.sees("The council's letter (ashgrove.example, seen on 23 November 2026). Licence not known");
    page.sees("Rests on: an assertion. The council's letter");
    app.public().open("/changes").sees("Evidence for “Answer”. Rests on: an assertion");

    // What was said of it was wrong: the later words take the place of the earlier, which stay in the timeline.
    app.clock().advance(crate::support::app::minutes(5));
    let right = overseer.open(piece.path()).form("Publish this evidence").choose("A document exists");
    let wrong = confirmed(right.fill("Title", "The council's resolution")).submit();
    wrong.is(422).complains("Enter why what was said of it was wrong");
    let right = wrong.form("Publish this evidence").fill("Why was what was said of it wrong?", "It is a resolution.");
    let right = right.select("In which language is it?", "Welsh");
    right.select("Under which licence does it stand?", "Open Government Licence v3.0").send();
    let form = overseer.open(piece.path()).form("Publish this evidence");
    assert_eq!(
        (form.value("In which language is it?"), form.value("Under which licence does it stand?")),
        ("cy", "ogl_3")
    );
    let data = app.public().get("/inquiries/ashgrove/recommendations/1.json").body();
    assert!(data.contains("\"licence\": \"ogl_3\"") && data.contains("\"language\": \"cy\""), "{data}");
    app.public().open(public).sees("In Welsh. Licence: Open Government Licence v3.0");
    let page = app.public().open(public);
    page.sees("Rests on: a document exists. The council's resolution").sees("It is a resolution.");
    assert_eq!(page.texts(".f-evidence").len(), 1, "only what stands is under the fact");
    page.sees("Corrected by change").sees("The council's letter");
    // It is told as a correction, and the entry of what was wrong is newer.
    let value = |query: &str| app.place().value(query);
    let change = |which: &str| value(&format!("select {which}(seq) from evidence"));
    assert_eq!(app.public().open(&format!("/changes/{}", change("max"))).heading(), "Correction: evidence");
    let feed = app.public().get("/changes.atom");
    let feed = feed_rs::parser::parse(feed.bytes()).expect("a feed");
    let entry = feed.entries.iter().find(|one| one.id.ends_with(&format!("/{}", change("min")))).expect("the error");
    assert!(entry.updated > entry.published, "{entry:?}");

    // A file with something hidden in it is published only by somebody who saw that.
    let core: &[u8] = b"<cp:coreProperties><dc:creator>Somebody</dc:creator></cp:coreProperties>";
    let hiding = docx(&[("docProps/core.xml", core), ("word/comments.xml", b"<w:comments/>")]);
    let form = described(open().choose_in("What does it support?", "Answer"));
    form.submit_with("policy.docx", &hiding).is(303);
    let piece = overseer.open(item).follow("Minutes of the harbour board");
    piece.sees("the name of an author or editor in its properties").sees("comments").sees("tracked changes");
    let refused = confirmed(piece.form("Publish this evidence")).submit();
    refused.is(422).complains("Something was found in the file");
    refused.form("Publish this evidence").tick("What was found in the file may be public").send();
    app.public().open(public).sees("Minutes of the harbour board (Word document");

    // What is private is taken back with its file.
    described(open().choose_in("What does it support?", "Answer")).submit_with("plan.pdf", &pdf()).is(303);
    let piece = overseer.open(&format!(
        "/staff/evidence/{}",
        app.place().value("select reference from exhibit order by id desc limit 1")
    ));
    let late = piece.form("Publish this evidence");
    piece.form("Take it back").send().sees("Taken back.");
    // What is left is the one piece of the Word document, which is public.
    assert_eq!(app.place().value("select count(*) from file_chunk where data is not null"), "1");
    assert_eq!(
        app.place().value("select count(*) from exhibit where taken_back_at is not null and title is null"),
        "1"
    );
    confirmed(late).submit().is(409).sees("Nothing was saved");
    overseer.get(&format!("{}/file", piece.path())).is(404);

    // Evidence for a finding needs a second person, as the finding does.
    let found = overseer.open(item).follow("Assess").form("Hand in the assessment");
    let found =
        found.choose_in("What do you find?", "On course").fill("What does the finding rest on?", "Minutes.").send();
    let form = described(overseer.open(found.path()).follow("Attach evidence").form("Attach this"));
    form.submit_with("minutes.pdf", &pdf()).is(303);
    let reference = app.place().value("select reference from exhibit order by id desc limit 1");
    overseer.open(&format!("/staff/evidence/{reference}")).sees("another person must publish it");
    app.person(COUNCIL).get(&format!("/staff/evidence/{reference}")).is(403);
    confirmed(app.person("overseer two").open(found.path()).form("Publish this"))
        .tick("Minutes of the harbour board")
        .send()
        .sees("Rests on: a document exists");
    app.place().run(&["verify"]).succeeds();
}

fn closing_as_done_answers_to_what_was_agreed(app: &TestApp) {
    run_by_somebody(app);
    let overseer = app.person("overseer");
    // When an item is taken in.
    let form = overseer.open("/staff/inquiries/ashgrove/recommendations/2").follow("Put it to a body");
    let form = form.form("Publish that it was put to this body").select("Which body?", "Ashgrove Ferry Board");
    let form = form.choose("Compared with the source").fill("Where is it said", "In its letter of May.");
    confirmed(form.fill("What would show that it is done?", "A test of the stages.")).send();
    let board = "/inquiries/ashgrove/recommendations/2/old-ferry-board";
    app.public().open(board).sees("agreed on 23 November 2026: A test of the stages.");
    // Or later.
    let staff = format!("/staff{ITEM}");
    let open = || overseer.open(&staff).follow("Agree what would show that it is done").form("Publish what was agreed");
    open().submit().is(422).complains("Enter what would show that it is done");
    confirmed(open().fill("What would show that it is done?", "Minutes of one inspection.")).send();
    let later = open();
    assert_eq!(later.value("What would show that it is done?"), "Minutes of one inspection.");
    let later = confirmed(later.fill("What would show that it is done?", "Minutes of two inspections.")).submit();
    later.is(422).complains("Enter why what was agreed changes");
    let later =
        later.form("Publish what was agreed").fill("Why does it change", "Agreed with the council on 20 November.");
    later.send();
    app.public().open(ITEM).sees("agreed on 23 November 2026: Minutes of two inspections.");
    app.public().open(ITEM).sees("Minutes of one inspection.").sees("Agreed with the council on 20 November.");

    let found = overseer.open(&staff).follow("Assess").form("Hand in the assessment");
    let found =
        found.choose_in("What do you find?", "Confirmed implemented").fill("What does the finding rest on?", "Both.");
    confirmed(app.person("overseer two").open(found.send().path()).form("Publish this")).send();
    let form = overseer.open(&staff).follow("Close").form("Record the decision");
    let form = confirmed(form.choose("Confirmed implemented").fill("The reason", "It is done."));
    let refused = form.submit();
    refused.is(422).complains("Enter how that was shown").sees("Minutes of two inspections.");
    let filing = refused.form("Record the decision").fill("How was it shown", "Minutes of May and June.").send();
    filing.sees("Minutes of May and June.");
    confirmed(app.person("overseer two").open(filing.path()).form("Publish this")).send();
    app.public().open(ITEM).sees("Closed on 23 November 2026: confirmed implemented").sees("Minutes of May and June.");
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
    let council = data["addressees"].as_array().expect("a list").iter().find(|one| one["body"] == "ashgrove-council");
    assert_eq!(council.expect("the council")["agreed"], "Minutes of two inspections.");
}
