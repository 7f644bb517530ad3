//! Files that are taken and files that are not, made here byte by byte.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let parts = [("[Content_Types].xml", b"<Types/>".as_slice()), ("word/document.xml", b"<w:document/>")];
    zipped(&[&parts, more].concat())
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";
const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

#[test]
fn every_listed_kind_is_known_by_its_content() {
    let odt = FileKind::Odt.media_type().as_bytes();
    let ods = FileKind::Ods.media_type().as_bytes();
    let files: [(&str, Vec<u8>, FileKind); 10] = [
        ("minutes.pdf", PDF.to_vec(), FileKind::Pdf),
        ("stage.png", PNG.to_vec(), FileKind::Png),
        ("stage.JPEG", JPEG.to_vec(), FileKind::Jpeg),
        ("dates.csv", b"day,boat\n1,2\n".to_vec(), FileKind::Csv),
        ("note.txt", "A note \u{2013} in UTF-8\r\n".as_bytes().to_vec(), FileKind::Text),
        ("note", b"no ending".to_vec(), FileKind::Text),
        ("policy.docx", docx(&[]), FileKind::Docx),
        ("sums.xlsx", zipped(&[("xl/workbook.xml", b"<workbook/>")]), FileKind::Xlsx),
        ("plan.odt", zipped(&[("mimetype", odt), ("content.xml", b"<a/>")]), FileKind::Odt),
        ("sums.ods", zipped(&[("mimetype", ods), ("content.xml", b"<a/>")]), FileKind::Ods),
    ];
    for (name, bytes, kind) in files {
        assert_eq!(look(name, &bytes), Ok(Looked { kind, hidden: Vec::new() }), "{name}");
    }
}

#[test]
fn a_file_that_lies_or_is_not_listed_is_refused() {
    let jar = zipped(&[("META-INF/MANIFEST.MF", b"x")]);
    let files: [(&str, &[u8], FileFault); 15] = [
        ("minutes.pdf", PNG, FileFault::NameLies),
        ("picture.png", PDF, FileFault::NameLies),
        ("words.docx", PDF, FileFault::NameLies),
        ("program.exe", b"MZ\x90\0\x03\0\0\0", FileFault::NotListed),
        ("minutes.pdf", b"\x7fELF\x02\x01\x01", FileFault::NotListed),
        ("page.txt", b" <!doctype html><script>", FileFault::NotListed),
        ("page.txt", b"<svg onload=alert(1)>", FileFault::NotListed),
        ("run.txt", b"#!/bin/sh\nls", FileFault::NotListed),
        ("archive.docx", &jar, FileFault::NotListed),
        ("latin.txt", b"caf\xe9", FileFault::Encoding),
        ("notes.md", b"# A note", FileFault::NameLies),
        ("empty.pdf", b"", FileFault::Empty),
        ("../minutes.pdf", PDF, FileFault::Name),
        ("C:\\minutes.pdf", PDF, FileFault::Name),
        ("broken.docx", b"PK\x03\x04 and nothing else", FileFault::Broken),
    ];
    for (name, bytes, fault) in files {
        assert_eq!(look(name, bytes), Err(fault), "{name}");
    }
    let large = [PDF, &vec![b' '; FILE_LIMIT]].concat();
    assert_eq!(look("large.pdf", &large), Err(FileFault::TooLarge));
    assert!(look("just.pdf", &large[..FILE_LIMIT]).is_ok());
    assert_eq!(look("macros.docx", &docx(&[("word/vbaProject.bin", b"x")])), Err(FileFault::Macros));
}

#[test]
fn what_unpacks_to_too_much_is_refused_whatever_it_says_of_its_size() {
    let bounds = Bounds { unpacked: 10_000, parts: 10 };
    let bomb = docx(&[("word/media/big", &[0; 20_000])]);
    assert!(bomb.len() < 2_000);
    assert_eq!(within("a.docx", &bomb, bounds), Err(FileFault::TooLargeInside));
    assert!(within("a.docx", &bomb, BOUNDS).is_ok());
    // The sizes in it, in its parts and in its table, say 20 bytes each.
    let told = 20_000_u32.to_le_bytes();
    let mut lying = bomb;
    while let Some(at) = lying.windows(4).position(|bytes| bytes == told) {
        lying[at..at + 4].copy_from_slice(&20_u32.to_le_bytes());
    }
    assert!(matches!(within("a.docx", &lying, bounds), Err(FileFault::TooLargeInside | FileFault::Broken)));
    let names: Vec<String> = (0..20).map(|at| format!("part{at}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    assert_eq!(within("a.docx", &docx(&many), bounds), Err(FileFault::TooLargeInside));
}

proptest! {
    #[test]
    fn no_bytes_make_it_fall_over_and_what_is_taken_is_listed(bytes in proptest::collection::vec(any::<u8>(), 0..200), name in ".{0,40}") {
        if let Ok(looked) = look(&name, &bytes) {
            prop_assert!(!name.contains('/') && !name.contains('\\') && !bytes.is_empty());
            prop_assert!(FileKind::ALL.contains(&looked.kind));
        }
    }

    #[test]
    fn cutting_an_office_file_short_never_makes_it_something_else(cut in 0_usize..200) {
        let whole = docx(&[("docProps/core.xml", b"<dc:creator>Somebody</dc:creator>")]);
        let cut = cut.min(whole.len() - 1);
        prop_assert!(look("a.docx", &whole[..cut]).is_err());
    }
}
