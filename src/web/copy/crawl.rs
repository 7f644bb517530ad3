//! Which addresses are still to be asked for, and what their answers lead to.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use actix_web::HttpResponse;
use actix_web::http::header;
use askama::Template;
use atom_syndication::Feed;
use serde_json::Value;

use super::page::{self, Line, Names};
use super::table::{self, Leads, Table};
use super::{Fault, name};
use crate::web::error::Error;

/// The file that says what the copy is.
pub const READ_ME: &str = "READ-ME.txt";

/// The folder that the copy is written into, and what is in it so far.
pub struct Folder<'a> {
    path: &'a Path,
    pages: u64,
    files: u64,
    bytes: u64,
}

/// A file being written.
pub struct Writing {
    path: PathBuf,
    out: BufWriter<File>,
    bytes: u64,
}

impl<'a> Folder<'a> {
    pub const fn at(path: &'a Path) -> Self {
        Self { path, pages: 0, files: 0, bytes: 0 }
    }

    /// Pages, other files, and bytes of both.
    pub const fn written(&self) -> (u64, u64, u64) {
        (self.pages, self.files, self.bytes)
    }

    pub const fn count(&mut self, is_page: bool, bytes: u64) {
        if is_page {
            self.pages += 1;
        } else {
            self.files += 1;
        }
        self.bytes += bytes;
    }

    fn begin(&self, name: &str) -> Result<Writing, Fault> {
        let path = self.path.join(name);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| File::create_new(&path));
        match made {
            Ok(file) => Ok(Writing { path, out: BufWriter::new(file), bytes: 0 }),
            Err(fault) => Err(Fault::File(path, fault)),
        }
    }

    /// Writes a file that is no page.
    pub fn whole(&mut self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        self.put(name, false, bytes)
    }

    fn put(&mut self, name: &str, is_page: bool, bytes: &[u8]) -> Result<(), Fault> {
        let mut file = self.begin(name)?;
        file.write(bytes)?;
        let bytes = file.finish()?;
        self.count(is_page, bytes);
        Ok(())
    }
}

impl Writing {
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.out.write_all(bytes).map_err(|fault| Fault::File(self.path.clone(), fault))?;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Answers how many bytes it has.
    pub fn finish(mut self) -> Result<u64, Fault> {
        self.out.flush().map_err(|fault| Fault::File(self.path, fault))?;
        Ok(self.bytes)
    }
}

/// The way through the register: each address once, with the file it goes to.
pub struct Crawl<'a> {
    table: Table,
    base: &'a str,
    made: String,
    names: HashMap<String, String>,
    taken: HashSet<String>,
    wanted: HashSet<String>,
    missing: HashSet<String>,
    left: VecDeque<String>,
    pub folder: Folder<'a>,
}

impl<'a> Crawl<'a> {
    /// Begins with every address that has no variable part.
    pub fn new(base: &'a str, made: String, folder: Folder<'a>) -> Self {
        let mut crawl = Self {
            table: Table::new(),
            base,
            made,
            names: HashMap::new(),
            taken: HashSet::from([READ_ME.to_ascii_lowercase()]),
            wanted: HashSet::new(),
            missing: HashSet::new(),
            left: VecDeque::new(),
            folder,
        };
        let fixed: Vec<&str> = crawl.table.patterns().filter(|pattern| !pattern.contains('{')).collect();
        for path in fixed {
            crawl.file_of(path);
        }
        crawl
    }

    /// The next address.
    pub fn next(&mut self) -> Option<String> {
        self.left.pop_front()
    }

    /// Whether a page leads there, so that something must be there.
    pub fn is_wanted(&self, address: &str) -> bool {
        self.wanted.contains(address)
    }

    /// Notes that nothing is there; nothing has led there so far.
    pub fn is_missing(&mut self, address: &str) {
        self.missing.insert(address.to_owned());
    }

    /// Where an answer leads on to, within the copy.
    pub fn leads_on(&self, answer: &HttpResponse) -> Option<String> {
        let to = answer.headers().get(header::LOCATION).filter(|_| answer.status().is_redirection())?.to_str().ok()?;
        match self.table.leads("/", to, self.base) {
            Leads::Within(address, _) => Some(address),
            Leads::ToRegister(_) | Leads::Elsewhere => None,
        }
    }

    /// Begins the file of an answer that comes piece by piece.
    pub fn begin(&mut self, address: &str) -> Result<Writing, Fault> {
        let name = self.found(address);
        self.folder.begin(&name)
    }

    /// Keeps an answer and follows what it leads to.
    pub fn take(&mut self, address: &str, kind: &str, bytes: &[u8]) -> Result<(), Fault> {
        let name = self.found(address);
        if kind == "text/html" {
            let page = self.turned(address, &name, &String::from_utf8_lossy(bytes))?;
            return self.folder.put(&name, true, page.as_bytes());
        }
        for next in named_in(kind, bytes) {
            if let Some(within) = next.strip_prefix(self.base)
                && let Leads::Within(next, _) = self.table.leads("/", within, self.base)
            {
                self.wanted(&next);
            }
        }
        self.folder.put(&name, false, bytes)
    }

    fn turned(&mut self, address: &str, name: &str, html: &str) -> Result<String, Error> {
        let place = self.base.split_once("://").map_or(self.base, |(_, place)| place);
        let made = std::mem::take(&mut self.made);
        let live = format!("{}{address}", self.base);
        let read_me = name::relative(name, READ_ME);
        let line = Line { made: &made, live: &live, place, read_me: &read_me }.render();
        self.made = made;
        let base = self.base;
        page::turned(html, &line?, |names, told| match (names, self.table.leads(address, told, base)) {
            (_, Leads::Elsewhere) => None,
            (_, Leads::ToRegister(live)) => Some(live),
            (Names::Form, Leads::Within(path, _)) => Some(format!("{base}{path}")),
            (Names::Link, Leads::Within(path, place)) => {
                Some(format!("{}{place}", name::relative(name, &self.wanted(&path))))
            }
        })
    }

    /// The file of an address that something leads to.
    fn wanted(&mut self, address: &str) -> String {
        if !self.wanted.contains(address) {
            self.wanted.insert(address.to_owned());
            // It was looked for in vain before anything led there: what stands there instead is kept now.
            if self.missing.remove(address) {
                self.left.push_back(address.to_owned());
            }
        }
        self.file_of(address)
    }

    /// The file of an address that is there; all that lies beside it is looked for.
    fn found(&mut self, address: &str) -> String {
        let path = address.split('?').next().unwrap_or_default();
        for beside in self.table.beside(path) {
            self.file_of(&beside);
        }
        self.file_of(address)
    }

    /// The file of an address, which is asked for if it was not yet.
    fn file_of(&mut self, address: &str) -> String {
        let address = table::as_written(address).unwrap_or_else(|| address.to_owned());
        if let Some(known) = self.names.get(&address) {
            return known.clone();
        }
        let path = address.split('?').next().unwrap_or_default();
        let mut file = name::of(self.table.pattern(path).unwrap_or_default(), &address);
        if !self.taken.insert(file.to_lowercase()) {
            file = name::another(&file, &address);
            self.taken.insert(file.to_lowercase());
        }
        self.names.insert(address.clone(), file.clone());
        self.left.push_back(address);
        file
    }
}

/// The addresses that data leads on to: the next page of a list or a feed, and what a list of pages lists.
fn named_in(kind: &str, bytes: &[u8]) -> Vec<String> {
    match kind {
        "application/json" => {
            let data: Option<Value> = serde_json::from_slice(bytes).ok();
            data.and_then(|data| Some(data.get("next")?.as_str()?.to_owned())).into_iter().collect()
        }
        "application/atom+xml" => {
            let links = Feed::read_from(bytes).map(|feed| feed.links).unwrap_or_default();
            links.into_iter().filter(|link| link.rel == "next").map(|link| link.href).collect()
        }
        _ => {
            let text = String::from_utf8_lossy(bytes);
            let lists = text.split("<loc>").skip(1).filter_map(|rest| rest.split_once("</loc>"));
            lists.map(|(address, _)| address.replace("&#38;", "&").replace("&amp;", "&")).collect()
        }
    }
}
