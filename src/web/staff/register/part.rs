//! `…/{number}/parts`: taking in a lettered part of a recommendation, with its own words and bodies asked.

use super::entry::{all_known, chosen, put_to_asked, ticked, words_asked};
use super::number::{place, read};
use super::{MOST, Path, Place, RegisterForm};
use crate::domain::checked::Checked;
use crate::domain::filing::WordingFiled;
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::{part, words};
use crate::service::{self, Act, Done, TakeInPart};
use crate::store::body::{self, BodyName};
use crate::store::recommendation::RecommendationView;
use crate::store::theme::{self, Theme};
use crate::store::{self, ReadTx};
use crate::web::part::SummaryRow;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::item::row;
use crate::web::staff::deed::piece::Piece;
use crate::web::staff::deed::wording::filed;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct PartForm;

/// The recommendation, with the bodies and themes to choose from.
pub struct Item {
    view: RecommendationView,
    bodies: Vec<BodyName>,
    themes: Vec<Theme>,
}

impl RegisterForm for PartForm {
    type Item = Item;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Item, store::Error> {
        Ok(Item { view: read(tx, path)?, bodies: body::choices(tx, MOST)?, themes: theme::offered(tx, MOST)? })
    }

    fn place(item: &Item) -> Place {
        place(&item.view)
    }

    fn said(_: &Item) -> Said {
        Said {
            heading: "Add a part",
            lead: "A lettered limb of this recommendation, with its own words, bodies asked and answers. Answers to the whole stay as \
                   they are: to let its parts take their place, divide the recommendation instead.",
            public: "Everything on this form, and your role.",
            private: "Your name. Words that wait for another person are private until they are published.",
            next: "It is published at once, under the number of the recommendation and its letter. The recommendation is done only \
                   when each of its parts is. The report\u{2019}s own words, and words compared with the source, wait for another person.",
            button: "Publish the part",
            notice: "Part added",
            ..Said::default()
        }
    }

    fn start(item: &Item, today: Day) -> Sent {
        let one = &item.view.recommendation;
        let themes = one.themes.iter();
        let sent = Sent::default()
            .filled("source_url", one.source_url.clone().unwrap_or_default())
            .filled_day("compared_on", Some(today))
            .filled("language", one.rights.language.map_or("", Language::as_str))
            .filled("licence", one.rights.licence.map_or("", Licence::as_str));
        themes.fold(sent, |sent, theme| sent.ticking("themes", theme.slug.to_string()))
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let letter = sent.field("letter", "Its letter", problems);
        let number = &item.view.recommendation.number;
        let hint = format!("As the source has it, such as a or iv. Its address then ends with {number}a.");
        let mut pieces = vec![Piece::Line(letter.hint(hint))];
        pieces.extend(words_asked(sent, problems));
        pieces.extend(put_to_asked((&item.bodies, &item.themes), sent, problems));
        pieces
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let (letter, title) = (read.line("letter", ""), read.line("title", ""));
        let (Some(kind), Some(checked)) = (read.choice("text_kind", ""), read.choice("checked", "")) else {
            return words::NOTHING_CHOSEN.to_owned();
        };
        let whole = &item.view.recommendation.number;
        let number = part::number(whole, letter.as_deref().unwrap_or_default()).unwrap_or_default();
        let waits = WordingFiled::claims_source(kind, checked);
        let title = match waits {
            true => words::NOT_TRANSCRIBED.trim_end_matches('.').to_owned(),
            false => title.unwrap_or_default(),
        };
        let checked = if waits { String::new() } else { words::entry_checked(kind, checked).to_owned() };
        let bodies: Vec<String> = chosen(&item.bodies, sent).into_iter().map(|body| body.name.clone()).collect();
        format!("{}. {}", words::part_of(whole), words::entry_preview(&number, &title, &checked, &bodies))
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let parts: Vec<String> = item.view.parts.iter().map(|one| one.number.clone()).collect();
        let parts = if parts.is_empty() { "None".to_owned() } else { words::list(&parts) };
        vec![row("Its parts", parts)]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let letter = read.line("letter", "The letter");
        let asked: Option<Checked> = read.chosen("asked");
        let wording = filed(&mut read, act.day);
        all_known(&mut read, (&item.bodies, &item.themes), sent);
        let command = TakeInPart {
            whole: item.view.recommendation.id,
            version: sent.version(),
            letter,
            wording,
            themes: ticked(&item.themes, sent).map(|theme| theme.id).collect(),
            bodies: chosen(&item.bodies, sent).into_iter().map(|body| body.id).collect(),
            asked,
        };
        state.service.take_in_part(read.told_to(act), command).await
    }
}
