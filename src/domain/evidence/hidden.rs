//! What is easily overlooked in a file and would be published with it. Only what can be looked for cheaply and honestly is; that
//! nothing was found never says that nothing is there.

use super::kind::FileKind;
use crate::domain::text::text_enum;

text_enum! {
    /// Something found in a file that its first page does not show.
    pub enum Hidden as "thing hidden in a file" {
        /// The name of an author or editor in its properties.
        Author = "author",
        /// Comments or notes.
        Comments = "comments",
        /// Earlier words kept as tracked changes.
        TrackedChanges = "tracked_changes",
        /// Text marked as hidden.
        HiddenText = "hidden_text",
        /// Hidden sheets.
        HiddenSheets = "hidden_sheets",
        /// Hidden rows or columns.
        HiddenRows = "hidden_rows",
        /// Other files inside it.
        Attachments = "attachments",
        /// Programs inside it.
        Scripts = "scripts",
        /// Where and with what a picture was taken.
        Camera = "camera",
    }
}

/// Notes of one part of an office file what is hidden in it. `name` is the part's path inside the file.
pub fn in_part(name: &str, text: &[u8], found: &mut Vec<Hidden>) {
    let holds = |word: &str| holds(text, word);
    match name {
        "docProps/core.xml" if filled(text, "dc:creator") || filled(text, "cp:lastModifiedBy") => {
            found.push(Hidden::Author);
        }
        "meta.xml" if filled(text, "dc:creator") || filled(text, "meta:initial-creator") => found.push(Hidden::Author),
        _ => {}
    }
    let comments = name.starts_with("word/comments")
        || name.starts_with("xl/comments")
        || name.starts_with("xl/threadedComments/")
        || holds("<office:annotation");
    if comments {
        found.push(Hidden::Comments);
    }
    if name.starts_with("word/") && (holds("<w:ins ") || holds("<w:del ") || holds("<w:moveFrom "))
        || holds("<text:tracked-changes")
        || holds("<table:tracked-changes")
    {
        found.push(Hidden::TrackedChanges);
    }
    if name.starts_with("word/") && holds("<w:vanish") || holds("text:display=\"none\"") {
        found.push(Hidden::HiddenText);
    }
    if name == "xl/workbook.xml" && (holds("state=\"hidden\"") || holds("state=\"veryHidden\""))
        || name == "content.xml" && holds("table:display=\"false\"")
    {
        found.push(Hidden::HiddenSheets);
    }
    if name.starts_with("xl/worksheets/") && (holds("hidden=\"1\"") || holds("hidden=\"true\""))
        || holds("table:visibility=\"collapse\"")
        || holds("table:visibility=\"filter\"")
    {
        found.push(Hidden::HiddenRows);
    }
    if name.contains("/embeddings/") || name.starts_with("ObjectReplacements/") {
        found.push(Hidden::Attachments);
    }
}

/// Notes what is hidden in a file that is no container.
pub fn in_bytes(kind: FileKind, bytes: &[u8], found: &mut Vec<Hidden>) {
    let holds = |word: &str| holds(bytes, word);
    match kind {
        // Much of a PDF is compressed, so this finds only what stands open in it.
        FileKind::Pdf => {
            let signs = [
                (Hidden::Author, holds("/Author") || holds("<dc:creator>")),
                (Hidden::Comments, holds("/Subtype/Text") || holds("/Subtype /Text") || holds("/Subtype/FreeText")),
                (Hidden::Attachments, holds("/EmbeddedFile")),
                (Hidden::Scripts, holds("/JavaScript") || holds("/JS ") || holds("/JS(")),
            ];
            found.extend(signs.into_iter().filter(|(_, there)| *there).map(|(what, _)| what));
        }
        FileKind::Jpeg if holds("Exif\0\0") => found.push(Hidden::Camera),
        FileKind::Png if holds("eXIf") => found.push(Hidden::Camera),
        _ => {}
    }
}

fn holds(text: &[u8], word: &str) -> bool {
    memchr::memmem::find(text, word.as_bytes()).is_some()
}

/// Whether an element stands there with something in it: an empty one names nobody.
fn filled(text: &[u8], element: &str) -> bool {
    let Some(at) = memchr::memmem::find(text, format!("<{element}").as_bytes()) else { return false };
    let Some(end) = text[at..].iter().position(|sign| *sign == b'>') else { return false };
    let closed = text[at + end - 1] == b'/';
    let next = text.get(at + end + 1..).unwrap_or_default();
    !closed && next.first().is_some_and(|sign| *sign != b'<')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, text: &str) -> Vec<Hidden> {
        let mut found = Vec::new();
        in_part(name, text.as_bytes(), &mut found);
        found
    }

    #[test]
    fn what_word_and_excel_hide_is_found() {
        assert_eq!(of("docProps/core.xml", "<dc:creator>Somebody</dc:creator>"), [Hidden::Author]);
        assert_eq!(of("docProps/core.xml", "<dc:creator></dc:creator><cp:lastModifiedBy/>"), []);
        assert_eq!(of("word/comments.xml", "<w:comments/>"), [Hidden::Comments]);
        assert_eq!(of("word/document.xml", "<w:ins w:id=\"1\">"), [Hidden::TrackedChanges]);
        assert_eq!(of("word/document.xml", "<w:rPr><w:vanish/></w:rPr>"), [Hidden::HiddenText]);
        assert_eq!(of("xl/workbook.xml", "<sheet state=\"veryHidden\"/>"), [Hidden::HiddenSheets]);
        assert_eq!(of("xl/worksheets/sheet1.xml", "<row hidden=\"1\">"), [Hidden::HiddenRows]);
        assert_eq!(of("word/document.xml", "<w:p>insert a del here</w:p>"), []);
    }

    #[test]
    fn what_open_documents_and_pictures_hide_is_found() {
        assert_eq!(of("meta.xml", "<meta:initial-creator>Somebody</meta:initial-creator>"), [Hidden::Author]);
        assert_eq!(of("content.xml", "<office:annotation>"), [Hidden::Comments]);
        assert_eq!(of("content.xml", "<table:table-row table:visibility=\"collapse\">"), [Hidden::HiddenRows]);
        let mut found = Vec::new();
        in_bytes(FileKind::Jpeg, b"\xff\xd8\xff\xe1\0\x10Exif\0\0", &mut found);
        in_bytes(FileKind::Pdf, b"%PDF-1.7 /Author (x) /EmbeddedFile", &mut found);
        assert_eq!(found, [Hidden::Camera, Hidden::Author, Hidden::Attachments]);
    }
}
