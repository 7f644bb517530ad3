//! A copy of the site as a reader of files finds it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use scraper::Html;
use url::Url;

use crate::naming::files_below;
use crate::support::page::{css, one_line};

/// Where the files seem to lie: below something, as on a server that they share.
const HERE: &str = "http://files.invalid/kept/ashgrove/";

/// A folder with a copy in it.
pub struct Site {
    /// The folder.
    pub folder: PathBuf,
}

/// One page of it.
pub struct CopiedPage {
    /// As it is written.
    pub html: String,
}

impl Site {
    pub fn at(folder: &Path) -> Self {
        Site { folder: folder.to_owned() }
    }

    /// The names of all files, with `/` between folders.
    pub fn names(&self) -> Vec<String> {
        let below = |file: &PathBuf| file.strip_prefix(&self.folder).expect("a file of it").display().to_string();
        files_below(&self.folder).iter().map(below).collect()
    }

    pub fn has(&self, name: &str) -> bool {
        self.folder.join(name).is_file()
    }

    #[track_caller]
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    #[track_caller]
    pub fn page(&self, name: &str) -> CopiedPage {
        CopiedPage { html: self.text(name) }
    }

    /// Whether any file, archives aside, holds these words.
    pub fn contains(&self, words: &str) -> bool {
        self.names().iter().any(|name| String::from_utf8_lossy(&self.bytes(name)).contains(words))
    }

    /// The files of the addresses of a route, by its pattern: each variable part is one step.
    pub fn of_route(&self, pattern: &str) -> Vec<String> {
        let step = |pattern: &str, step: &str| match pattern.split_once('{') {
            None => pattern == step,
            Some((before, rest)) => {
                let after = rest.split_once('}').expect("the end of a variable part").1;
                step.len() > before.len() + after.len() && step.starts_with(before) && step.ends_with(after)
            }
        };
        let last = pattern.rsplit('/').next().unwrap_or_default();
        let ending = match last {
            "" => "index.html",
            "{name}" => "",
            last if last.contains('.') => "",
            _ if pattern.starts_with("/api/v1/") => ".json",
            _ => ".html",
        };
        let wanted = format!("{pattern}{ending}");
        let wanted: Vec<&str> = wanted.trim_start_matches('/').split('/').collect();
        let fits = |name: &String| {
            let steps: Vec<&str> = name.split('/').collect();
            steps.len() == wanted.len() && wanted.iter().zip(&steps).all(|(wanted, found)| step(wanted, found))
        };
        self.names().into_iter().filter(fits).collect()
    }

    /// Every link, script, picture and form of every page leads to a file and a place that are there, or to the register, or
    /// to somewhere else altogether.
    #[track_caller]
    pub fn links_lead_to_what_is_there(&self) {
        let names: BTreeSet<String> = self.names().into_iter().collect();
        let mut anchors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut links = Vec::new();
        for name in names.iter().filter(|name| name.ends_with(".html")) {
            let html = Html::parse_document(&self.text(name));
            anchors.insert(
                name.clone(),
                html.select(&css("[id]")).filter_map(|one| Some(one.attr("id")?.to_owned())).collect(),
            );
            for (selector, attribute) in [("[href]", "href"), ("[src]", "src"), ("form", "action")] {
                let selector = css(selector);
                let told = html.select(&selector).map(|one| one.attr(attribute).unwrap_or_default().to_owned());
                links.extend(told.map(|link| (name.clone(), attribute, link)));
            }
        }
        let (mut faults, mut within) = (BTreeSet::new(), 0);
        for (name, attribute, link) in &links {
            let mut fault = |what: &str| faults.insert(format!("{name}: {link:?} {what}"));
            let here = Url::parse(HERE).and_then(|here| here.join(name)).expect("an address");
            let Ok(url) = here.join(link) else {
                fault("is no address");
                continue;
            };
            if link.starts_with('/') || (link.is_empty() && *attribute != "href") {
                fault("leads nowhere in a folder of files");
                continue;
            }
            let Some(rest) = url.as_str().strip_prefix(HERE) else {
                if url.host_str() == Some("files.invalid") {
                    fault("leads out of the folder");
                }
                continue;
            };
            if *attribute == "action" {
                fault("is a form that no file answers");
            }
            let (file, place) = rest.split_once('#').unwrap_or((rest, ""));
            within += 1;
            if !names.contains(file) {
                fault("leads to no file");
            } else if !place.is_empty() && !anchors.get(file).is_some_and(|ids| ids.contains(place)) {
                fault("leads to no place on that page");
            }
        }
        let all: Vec<String> = faults.into_iter().take(20).collect();
        assert!(all.is_empty(), "of {} links these do not work:\n{}", links.len(), all.join("\n"));
        assert!(within > 500, "only {within} links lead within the copy");
    }
}

impl CopiedPage {
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        let text = one_line(&Html::parse_document(&self.html).root_element().text().collect::<Vec<_>>().join(" "));
        assert!(text.contains(words), "{words:?} is not in {text}");
        self
    }

    /// The values of an attribute of every element that is chosen.
    pub fn attribute(&self, selector: &str, name: &str) -> Vec<String> {
        let html = Html::parse_document(&self.html);
        html.select(&css(selector)).filter_map(|one| Some(one.attr(name)?.to_owned())).collect()
    }
}
