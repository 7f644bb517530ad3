//! Static files inside the binary, each with a content hash in its name.
//!
//! `build.rs` compiles and compresses them into cargo's output folder; this room only hands them out and imports nothing of
//! ours. A page links to [`stylesheet_href`], [`script_href`] and [`icon_href`]. The handler of `/assets/{name}` asks
//! [`find`], chooses [`Asset::brotli`] or [`Asset::gzip`] by `Accept-Encoding`, and answers with [`Asset::content_type`],
//! [`CACHE_CONTROL`], `Vary: Accept-Encoding` and [`Asset::etag`]; a name that is not here is a 404, so that no file of the
//! machine can be asked for.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[cfg(test)]
mod contrast;

/// Every static file is under this path, and nothing else is.
pub const PREFIX: &str = "/assets/";

/// A file's name changes with its bytes, so it may be kept for a year and never asked for again.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/assets"]
struct Files;

/// One embedded file, with the same bytes compressed twice when it was built.
#[derive(Debug, Clone)]
pub struct Asset {
    /// What the `Content-Type` header says.
    pub content_type: &'static str,
    /// The strong entity tag, quotes included: the hash in the name.
    pub etag: String,
    /// The bytes as they are.
    pub plain: Cow<'static, [u8]>,
    /// The bytes under brotli, quality 11.
    pub brotli: Cow<'static, [u8]>,
    /// The bytes under gzip.
    pub gzip: Cow<'static, [u8]>,
}

/// Where the style sheet is: `/assets/app-….css`.
#[must_use]
pub fn stylesheet_href() -> &'static str {
    concat!("/assets/", env!("FOLLOWTHROUGH_STYLESHEET"))
}

/// Where the script is: `/assets/app-….js`.
#[must_use]
pub fn script_href() -> &'static str {
    concat!("/assets/", env!("FOLLOWTHROUGH_SCRIPT"))
}

/// Where the mark is, as the browser's icon: `/assets/icon-….svg`.
#[must_use]
pub fn icon_href() -> &'static str {
    concat!("/assets/", env!("FOLLOWTHROUGH_ICON"))
}

/// Looks one file up by the name that follows [`PREFIX`]. Only whole, hashed names are found.
#[must_use]
pub fn find(name: &str) -> Option<Asset> {
    let (stem, kind) = name.rsplit_once('.')?;
    let content_type = match kind {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    let hash = stem.rsplit_once('-')?.1;
    Some(Asset {
        content_type,
        etag: format!("\"{hash}\""),
        plain: Files::get(name)?.data,
        brotli: Files::get(&format!("{name}.br"))?.data,
        gzip: Files::get(&format!("{name}.gz"))?.data,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(href: &str) -> Option<Asset> {
        find(href.strip_prefix(PREFIX)?)
    }

    #[test]
    fn what_the_pages_link_to_is_here_in_three_forms() {
        for href in [stylesheet_href(), script_href(), icon_href()] {
            let asset = linked(href).expect(href);
            let mut unpacked = Vec::new();
            brotli::BrotliDecompress(&mut asset.brotli.as_ref(), &mut unpacked).expect("brotli");
            assert_eq!(unpacked, asset.plain.as_ref(), "{href}");
            assert!(asset.gzip.starts_with(&[0x1f, 0x8b]), "{href}");
            assert!(asset.etag.len() == 18, "{}", asset.etag);
        }
    }

    #[test]
    fn only_whole_hashed_names_are_found() {
        let compressed = format!("{}.br", &stylesheet_href()[PREFIX.len()..]);
        for name in ["app.css", "../Cargo.toml", "app-0000000000000000.css", "", "a-b.css", compressed.as_str()] {
            assert!(find(name).is_none(), "{name}");
        }
    }

    #[test]
    fn the_styles_name_no_other_place_and_no_fonts() {
        let css = linked(stylesheet_href()).expect("style sheet").plain;
        let css = String::from_utf8_lossy(&css).to_lowercase();
        for never in ["url(", "@font-face", "gds transport", "@import", "animation", "crest", "crown"] {
            assert!(!css.contains(never), "the style sheet says {never}");
        }
    }

    #[test]
    fn styles_and_script_are_small() {
        assert!(linked(stylesheet_href()).expect("style sheet").brotli.len() <= 12 * 1024);
        assert!(linked(script_href()).expect("script").brotli.len() <= 8 * 1024);
    }
}
