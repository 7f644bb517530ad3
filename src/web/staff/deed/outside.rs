//! `…/{body}/others`: what an outside body has published about an answer, beside this register's own finding.

use super::item::{Item, readable, row};
use super::piece::{Piece, comparisons, rights};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::domain::outside::Gist;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, Act, Done, RecordOutside};
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct OthersForm;

impl DeedForm for OthersForm {
    const DEED: Deed = Deed::RecordFact;
    const CORRECTS_OUTSIDE: bool = true;

    fn said(_: &Item) -> Said {
        Said {
            heading: "Record what others found",
            lead: "What has a regulator, an inspectorate, an auditor or another inquiry published about this answer? It stands under \
                   its own name beside this register\u{2019}s finding. It changes neither that nor any count.",
            public: "Who found it, when, its own words, where they stand, the link and your role.",
            private: "Your name.",
            next: "It is published at once. Where it differs from this register\u{2019}s finding, the page says so.",
            button: "Publish what others found",
            notice: "What others found is recorded",
            ..Said::default()
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        let Some(wrong) = &item.corrects_outside else { return Sent::default() };
        Sent::default()
            .filled("found_by", wrong.body.as_ref().map_or("", |body| body.slug.as_str()))
            .filled("name", wrong.name.clone().unwrap_or_default())
            .filled("gist", wrong.gist.as_str())
            .filled("words", readable(Some(&wrong.words)))
            .filled("place", wrong.where_in.clone().unwrap_or_default())
            .filled_happened("happened", wrong.happened)
            .filled("source_url", wrong.source_url.clone().unwrap_or_default())
            .filled("checked", wrong.checked.as_str())
            .filled("language", wrong.rights.language.map_or("", Language::as_str))
            .filled("licence", wrong.rights.licence.map_or("", Licence::as_str))
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let own = item.answer.iter().flat_map(|answer| [answer.body.id, answer.answerer.id]).collect::<Vec<_>>();
        let bodies = item.bodies.iter().filter(|body| !own.contains(&body.id));
        let bodies = [Choice::new("", "Not one of these")]
            .into_iter()
            .chain(bodies.map(|body| Choice::new(body.slug.to_string(), body.name.clone())));
        let gists = Gist::ALL.iter().copied().map(|gist| Choice::new(gist.as_str(), words::gist(gist)));
        let gist = sent.choices("gist", "What does it come to?", gists, problems);
        let mut pieces = vec![
            Piece::Select(sent.choices("found_by", "Which body found it?", bodies, problems)),
            Piece::Line(
                sent.field("name", "Or another organisation: its name", problems)
                    .hint("Such as an inspectorate. Never the name of a person."),
            ),
            Piece::Date(sent.happened("happened", "When did it find this?", problems)),
            Piece::Words(
                sent.field("words", "What did it find?", problems).hint("In its own words, as they were published."),
            ),
            Piece::Line(
                sent.field("place", "Where do these words stand? (optional)", problems)
                    .hint("The page or paragraph, such as 12."),
            ),
            Piece::Link(sent.field("source_url", "Where is it published?", problems).hint("The full web address.")),
            Piece::Radios(gist.hint("Only so that a difference can be said. It changes no count.")),
            Piece::Radios(sent.choices("checked", "How far did you compare it?", comparisons(), problems)),
        ];
        pieces.extend(rights(sent, problems));
        if item.corrects_outside.is_some() {
            let why = sent.field("correction", "Why was the earlier entry wrong?", problems);
            pieces.push(Piece::Words(why.hint("Everybody will read it.")));
        }
        pieces
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let (gist, name) = (read.chosen("gist"), read.line("name", ""));
        let body = item.bodies.iter().find(|body| body.slug.as_str() == sent.get("found_by"));
        let by = body.map(|body| body.short().to_owned()).or(name);
        match by.zip(gist) {
            Some((by, gist)) => words::outside_line(&by, read.happened("happened"), gist),
            None => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let standing = item.outside.iter().filter(|one| one.corrected_by.is_none());
        let rows: Vec<SummaryRow> = standing
            .map(|one| row(words::OTHERS_FOUND, words::outside_line(one.by(), one.happened, one.gist)))
            .collect();
        if rows.is_empty() { vec![row(words::OTHERS_FOUND, words::NOTHING_RECORDED)] } else { rows }
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let addressee = super::answer(item)?.id;
        let mut read = Reading::of(sent);
        let found_by = match sent.get("found_by") {
            "" => None,
            slug => Some(slug.parse::<Slug>().map_err(|_| service::Error::NotFound)?),
        };
        let name = read.line("name", "The name");
        let happened = read.happened("happened");
        let words = read.words("words", "What it found");
        let place = read.line("place", "Where it stands");
        let source_url = read.link("source_url");
        let gist = read.chosen("gist");
        let checked = read.choice("checked", "Choose how far you compared it with its source");
        let rights = read.rights();
        let correction = read.words("correction", "Why the earlier entry was wrong");
        let act = read.told_to(act);
        let command = RecordOutside {
            addressee,
            version: sent.version(),
            found_by,
            name,
            gist,
            words,
            place,
            happened,
            source_url,
            checked,
            rights,
            corrects: item.corrects_outside.as_ref().map(|wrong| wrong.id),
            correction,
        };
        state.service.record_outside(act, command).await
    }
}
