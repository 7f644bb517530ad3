//! A register file of the made-up register, as `followthrough register load` takes it: everything that a file can say.

use jiff::civil::Date;

use crate::chance::Chance;
use crate::plan::{Body, Inquiry, Item, Plan, bodies, item, later};
use crate::words::{self, sentences};

/// The day on which the register takes everything in. All dates that a file gives lie before it, but for a few that were still to come.
pub const LOADED: Date = Date::constant(2026, 10, 5);

/// Of how many recommendations one is linked to one of the next inquiry.
const A_LINK_IN: usize = 50;

/// What is said once about everything in it.
const FICTIONAL: &str = "Made up to measure with: no such inquiry ever was.";

/// The text of one file.
pub fn text(plan: Plan, file: usize) -> String {
    let bodies = bodies(file);
    let mut text = String::with_capacity(24 * 1024 * 1024);
    for body in &bodies {
        text.push_str(&format!(
            "[[body]]\nslug = \"{}\"\nname = \"{}\"\nkind = \"{}\"\n\n",
            body.slug, body.name, body.kind
        ));
    }
    let inquiries = plan.of_file(file);
    for inquiry in &inquiries {
        inquiry_text(&mut text, inquiry, &bodies);
    }
    for pair in inquiries.windows(2) {
        let [from, to] = pair else { continue };
        for number in (1..=from.count).step_by(A_LINK_IN).take(to.count) {
            let other = number % to.count + 1;
            text.push_str(&format!(
                "[[link]]\nfrom = {{ inquiry = \"{}\", number = \"{number}\" }}\nto = {{ inquiry = \"{}\", number = \"{other}\" }}\n\
                 kind = \"may_be_related\"\n\n",
                from.slug, to.slug
            ));
        }
    }
    text
}

fn inquiry_text(text: &mut String, inquiry: &Inquiry, bodies: &[Body]) {
    let Inquiry { index, slug, count, published, .. } = inquiry;
    let number = index + 1;
    text.push_str(&format!(
        "[[inquiry]]\nslug = \"{slug}\"\nkind = \"independent inquiry (fictional)\"\n\
         title = \"Ashgrove Ferry Inquiry {number}: the crossing and its landing stages (fictional)\"\n\
         short_title = \"Ashgrove Inquiry {number} (fictional)\"\ncommissioned_by = \"{}\"\n\
         legal_basis = \"{FICTIONAL}\"\nsource_url = \"https://ashgrove.example/{slug}\"\nnote = \"{FICTIONAL}\"\n\
         own_references = false\npublished_on = {published}\n\
         counts_in_source = [ {{ count = {count}, on = {published}, note = \"in the report\" }} ]\n\n",
        bodies[index % bodies.len()].slug,
    ));
    let mut chance = Chance::of(&[4, *index as u64]);
    for turn in 1..=chance.between(4, 12) {
        let (day, length) = (later(*published, turn * 90), chance.between(12, 40));
        dated(text, "inquiry.event", day, &sentences(&mut chance, length));
    }
    for number in 1..=*count {
        let whole = item(*index, number, 0);
        text.push_str(&format!("[[inquiry.recommendation]]\nnumber = \"{number}\"\n"));
        item_text(text, "inquiry.recommendation", (inquiry, number, 0), &whole, bodies);
        for part in (1..=2).filter(|_| whole.parts) {
            let letter = if part == 1 { "a" } else { "b" };
            text.push_str(&format!("[[inquiry.recommendation.part]]\nletter = \"{letter}\"\n"));
            item_text(
                text,
                "inquiry.recommendation.part",
                (inquiry, number, part),
                &item(*index, number, part),
                bodies,
            );
        }
    }
}

fn item_text(
    text: &mut String,
    table: &str,
    (inquiry, number, part): (&Inquiry, usize, usize),
    item: &Item,
    bodies: &[Body],
) {
    let mut chance = Chance::of(&[5, inquiry.index as u64, number as u64, part as u64]);
    if let Some((title, words)) = &item.words {
        text.push_str(&format!("title = \"{title}\"\ntext = \"{words}\"\n"));
    }
    let themes: Vec<String> = item.themes.iter().map(|theme| format!("\"{}\"", words::theme(*theme))).collect();
    text.push_str(&format!(
        "text_kind = \"{}\"\nchecked = \"{}\"\nsource_url = \"https://ashgrove.example/{}#item-{number}\"\nthemes = [{}]\n",
        item.kind,
        item.checked,
        inquiry.slug,
        themes.join(", ")
    ));
    if number > 1 && part == 0 && chance.in_thousand(10) {
        text.push_str(&format!("may_repeat = \"{}\"\n", chance.between(1, number - 1)));
    }
    text.push_str("addressees = [\n");
    for body in &item.bodies {
        let slug = &bodies[*body].slug;
        let target = target(&mut chance, inquiry.published);
        let target = target.map(|on| format!(", target = {{ on = {on}, set_by = \"{slug}\", checked = \"source\" }}"));
        text.push_str(&format!("  {{ body = \"{slug}\", checked = \"source\"{} }},\n", target.unwrap_or_default()));
    }
    text.push_str("]\n\n");
    for body in &item.bodies {
        if chance.in_thousand(700) {
            response(text, table, &bodies[*body].slug, inquiry.published, &mut chance);
        }
    }
    if chance.in_thousand(100) {
        let (day, length) = (later(inquiry.published, chance.between(100, 900)), chance.between(10, 40));
        dated(text, &format!("{table}.note"), day, &sentences(&mut chance, length));
    }
}

/// When a body means to have it done, where it has said so: long ago as a rule, in a few cases after this register began to listen
/// or years from now.
fn target(chance: &mut Chance, published: Date) -> Option<Date> {
    match chance.below(1000) {
        0..180 => Some(later(published, chance.between(200, 900))),
        180..185 => Some(later(LOADED, chance.between(1, 15))),
        185..200 => Some(later(Date::constant(2035, 1, 1), chance.below(700))),
        _ => None,
    }
}

fn response(text: &mut String, table: &str, body: &str, published: Date, chance: &mut Chance) {
    let value = match chance.below(100) {
        0..52 => "accepted",
        52..68 => "accepted_in_principle",
        68..77 => "accepted_in_part",
        77..90 => "replied",
        90..95 => "rejected",
        95..99 => "under_consideration",
        _ => "disputes_addressee",
    };
    let day = later(published, chance.between(30, 300));
    let length = chance.between(12, 60);
    text.push_str(&format!(
        "[[{table}.response]]\nbody = \"{body}\"\nvalue = \"{value}\"\nbasis = \"own\"\n\
         happened = {{ date = {day}, precision = \"on\" }}\nwords = \"{}\"\n\
         source_url = \"https://ashgrove.example/answers/{body}\"\nchecked = \"source\"\n",
        sentences(chance, length)
    ));
    if value == "under_consideration" {
        text.push_str(&format!("decide_by = {}\n", later(day, 180)));
    }
    text.push('\n');
}

fn dated(text: &mut String, table: &str, day: Date, words: &str) {
    text.push_str(&format!(
        "[[{table}]]\nhappened = {{ date = {day}, precision = \"on\" }}\nwords = \"{words}\"\n\
         source_url = \"https://ashgrove.example/minutes\"\nchecked = \"source\"\n\n"
    ));
}
