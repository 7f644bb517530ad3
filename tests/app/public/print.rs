//! What a reader prints: a recommendation is one clean sheet, with nothing on it that can only be pressed.

use crate::deeds_judge::run_by_somebody;
use crate::stories;
use crate::support::TestApp;
use crate::support::browser::Window;
use crate::support::printed::Printed;

stories![a_recommendation_is_printed_on_one_sheet];

/// What stands on the page of a recommendation, and is of no use on paper.
const PRESSED: [&str; 6] = [
    "See this page as it stood on a day",
    "See that day",
    "Follow by mail",
    "Feed of what changes",
    "Sign in",
    "Leave this page quickly",
];

/// Letters alone: where a line breaks on paper is nobody's concern.
fn bare(words: &str) -> String {
    words.split_whitespace().collect()
}

fn a_recommendation_is_printed_on_one_sheet(app: &TestApp) {
    run_by_somebody(app);
    let public = app.public();
    let window = app.window(Window::desk(), &public);
    // One that was put to one body, and one that was put to two.
    for number in ["1", "2"] {
        let path = format!("/inquiries/ashgrove/recommendations/{number}");
        let page = public.open(&path);
        for words in PRESSED {
            page.sees(words);
        }
        assert_eq!(window.open(&path), 200);
        let pages = Printed::read(&window.pdf(&format!("recommendation-{number}"))).texts();
        assert_eq!(pages.len(), 1, "recommendation {number} is printed on {} sheets", pages.len());
        let text = bare(&pages[0]);
        for words in PRESSED {
            assert!(!text.contains(&bare(words)), "{words:?} is printed with recommendation {number}:\n{}", pages[0]);
        }
        // What it is, where it stands, and how it is cited, with the whole address of the page.
        let cited = format!("{path}?as-at=2026-11-23");
        for words in ["Was it done?", "Timeline", "Change 1", "Cite this page", cited.as_str()] {
            assert!(
                text.contains(&bare(words)),
                "{words:?} is not printed with recommendation {number}:\n{}",
                pages[0]
            );
        }
        // The addresses of sources are told, those within the register are not.
        assert!(text.contains("https://ashgrove.example/"), "no source is told:\n{}", pages[0]);
        assert!(!text.contains("(/changes/"), "an address within the register is told:\n{}", pages[0]);
    }
}
