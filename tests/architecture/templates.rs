//! Every template is used, and a page's template lies where its handler does.

use std::collections::BTreeSet;

use crate::references;
use crate::source::{File, program, read};
use crate::{finds, none};

/// The doors for people. A handler `src/web/public/body.rs` has its templates in `templates/public/body/`.
const DOORS: [&str; 3] = ["public", "staff", "account"];

fn name(template: &File) -> &str {
    template.path.trim_start_matches("templates/")
}

/// The templates that another one extends, includes or imports.
fn drawn_in(template: &File) -> Vec<String> {
    let mut found = Vec::new();
    for tag in template.text.split("{%").skip(1) {
        let tag = tag.split("%}").next().unwrap_or_default().trim_start_matches(['-', '+', '~']).trim();
        let draws = ["extends", "include", "import"].iter().any(|word| tag.starts_with(word));
        found.extend(tag.split('"').nth(1).filter(|_| draws).map(str::to_owned));
    }
    found
}

fn unused(templates: &[File], code: &[File]) -> Vec<String> {
    let literals = code.iter().flat_map(references::literals);
    let used: BTreeSet<String> = literals.chain(templates.iter().flat_map(drawn_in)).collect();
    let there: BTreeSet<&str> = templates.iter().map(name).collect();
    there
        .iter()
        .filter(|name| !used.contains(**name))
        .map(|name| format!("templates/{name} is used by nothing"))
        .collect()
}

fn astray(templates: &[File], code: &[File]) -> Vec<String> {
    let there: BTreeSet<&str> = templates.iter().map(name).collect();
    let mut faults = Vec::new();
    for file in code.iter().filter(|file| file.room() == Some("web")) {
        for literal in references::literals(file).into_iter().filter(|literal| there.contains(literal.as_str())) {
            let door = DOORS.iter().find(|door| literal.starts_with(&format!("{door}/")));
            let handler = literal.rsplit_once('/').map(|(folder, _)| format!("src/web/{folder}")).unwrap_or_default();
            let beside =
                file.path.starts_with(&format!("{handler}.rs")) || file.path.starts_with(&format!("{handler}/"));
            if door.is_some() && !beside {
                faults.push(format!("{}: templates/{literal} belongs to {handler}.rs", file.path));
            }
        }
    }
    faults
}

#[test]
fn every_template_is_used() {
    none(&unused(&read(&["templates"]), &program()));
}

#[test]
fn a_template_that_nothing_uses_is_found() {
    let templates = [
        File::sample("templates/layout/page.html", "{%- include \"part/mark.html\" -%}"),
        File::sample("templates/part/mark.html", ""),
        File::sample("templates/part/left_over.html", "{# {% include #}"),
        File::sample("templates/public/home/show.html", "{% extends \"layout/page.html\" %}"),
    ];
    let code =
        [File::sample("src/web/public/home.rs", "#[template(path = \"public/home/show.html\")] struct ShowPage;")];
    finds(&unused(&templates, &code), &["part/left_over.html is used by nothing"]);
}

#[test]
fn a_page_lies_where_its_handler_does() {
    none(&astray(&read(&["templates"]), &program()));
}

#[test]
fn a_page_astray_is_found() {
    let templates = ["public/body/show.html", "public/body/list.html", "staff/outbox/list.html"];
    let templates = templates.map(|name| File::sample(&format!("templates/{name}"), ""));
    let code = [
        File::sample("src/web/public/body.rs", "const A: &str = \"public/body/show.html\";"),
        File::sample("src/web/public/home.rs", "const A: &str = \"public/body/list.html\";"),
        File::sample("src/web/staff/outbox/list.rs", "const A: &str = \"staff/outbox/list.html\";"),
    ];
    finds(&astray(&templates, &code), &["src/web/public/home.rs"]);
}
