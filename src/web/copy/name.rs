//! What the file of an address is called: safe on every system, with an ending by which any server knows what is in it.

use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};

use crate::web::api;

/// The longest step of a path that is kept as it is, in signs; file systems take 255.
const LONGEST: usize = 120;

/// The file of an address whose pattern in the table is known: `/inquiries/x` is `inquiries/x.html`.
pub fn of(pattern: &str, address: &str) -> String {
    let (path, question) = address.split_once('?').map_or((address, None), |(path, query)| (path, Some(query)));
    let steps: Vec<String> = path.split('/').skip(1).map(step).collect();
    let whole = steps.join("/");
    let last = pattern.rsplit('/').next().unwrap_or_default();
    let (stem, ending) = if last.contains('.') || last == "{name}" {
        whole.rsplit_once('.').map_or((whole.as_str(), ""), |(stem, ending)| (stem, ending))
    } else if pattern.starts_with(api::ROOT) {
        (whole.as_str(), "json")
    } else if whole.is_empty() {
        ("index", "html")
    } else {
        (whole.as_str(), "html")
    };
    let dot = if ending.is_empty() { "" } else { "." };
    match question {
        // What a page of a list begins after is opaque, and may differ from another in large and small letters alone.
        Some(query) => format!("{stem}~after-{}{dot}{ending}", short(query)),
        None => format!("{stem}{dot}{ending}"),
    }
}

/// The same for a second address whose file would have a name that is taken, on systems that know no capital letters.
pub fn another(name: &str, address: &str) -> String {
    let at = name.rfind('.').unwrap_or(name.len());
    format!("{}~{}{}", &name[..at], short(address), &name[at..])
}

/// One step of a path, with nothing in it that a file system or an address could take for something else.
fn step(step: &str) -> String {
    let mut safe = String::new();
    for byte in percent_decode_str(step) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'(' | b')' => safe.push(char::from(byte)),
            other => safe.push_str(&format!("~{other:02x}")),
        }
    }
    if safe.len() > LONGEST {
        safe.truncate(LONGEST / 2);
        safe.push_str(&format!("~{}", short(step)));
    }
    safe
}

fn short(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// How a link on the page in one file leads to another file.
pub fn relative(from: &str, to: &str) -> String {
    format!("{}{to}", "../".repeat(from.matches('/').count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_after_their_addresses() {
        for (pattern, address, name) in [
            ("/", "/", "index.html"),
            ("/inquiries", "/inquiries", "inquiries.html"),
            ("/inquiries/{inquiry}", "/inquiries/ashgrove", "inquiries/ashgrove.html"),
            ("/inquiries/{inquiry}.zip", "/inquiries/ashgrove.zip", "inquiries/ashgrove.zip"),
            ("/changes/{seq}", "/changes/12", "changes/12.html"),
            ("/a/{number}", "/a/4.2(a)", "a/4.2(a).html"),
            ("/a/{number}.json", "/a/4.2%20%C3%A9.json", "a/4.2~20~c3~a9.json"),
            ("/a/{number}", "/a/..%2F..%2Fetc", "a/..~2f..~2fetc.html"),
            ("/api/v1/inquiries", "/api/v1/inquiries", "api/v1/inquiries.json"),
            ("/api/v1/openapi.json", "/api/v1/openapi.json", "api/v1/openapi.json"),
            ("/assets/{name}", "/assets/app-1f.css", "assets/app-1f.css"),
            ("/.well-known/security.txt", "/.well-known/security.txt", ".well-known/security.txt"),
        ] {
            assert_eq!(of(pattern, address), name, "{address}");
        }
        let (one, two) = (of("/changes", "/changes?after=aB"), of("/changes", "/changes?after=ab"));
        assert!(one.starts_with("changes~after-") && one.ends_with(".html") && one != two, "{one} {two}");
        assert!(of("/changes.atom", "/changes.atom?after=5").ends_with(".atom"));
        let long = of("/a/{number}", &format!("/a/{}", "%C3%A9".repeat(60)));
        assert!(long.len() < 100 && long.ends_with(".html"), "{long}");
        assert_eq!(another("a/4A.html", "/a/4A"), format!("a/4A~{}.html", short("/a/4A")));
    }

    #[test]
    fn links_are_relative() {
        assert_eq!(relative("index.html", "bodies.html"), "bodies.html");
        assert_eq!(relative("a/b/4.html", "changes/1.html"), "../../changes/1.html");
    }
}
