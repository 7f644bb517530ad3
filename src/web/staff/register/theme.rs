//! `/staff/register/theme`, `/staff/themes/{theme}`, `…/{theme}/retired` and `…/{number}/themes`: making a theme, renaming it,
//! retiring it, putting themes on a recommendation and taking them off.

use super::entry::{theme_boxes, ticked};
use super::number::{place as place_of, read as read_item};
use super::{MOST, Path, Place, RegisterForm, slug, with_standing};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, MakeTheme, RenameTheme, RetireTheme, SetThemes};
use crate::store::recommendation::RecommendationView;
use crate::store::theme::{self, Theme};
use crate::store::{self, ReadTx};
use crate::web::part::SummaryRow;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::item::row;
use crate::web::staff::deed::piece::Piece;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// A new theme.
pub struct NewForm;

/// Another name for one.
pub struct NameForm;

/// The themes of a recommendation.
pub struct ThemesForm;

fn name(sent: &Sent, problems: &Problems) -> Piece {
    let name = sent.field("name", "What is it called?", problems);
    Piece::Line(
        name.hint("A few words that recommendations of several inquiries have in common, such as “inspection”."),
    )
}

fn reason(sent: &Sent, label: &'static str, problems: &Problems) -> Piece {
    Piece::Words(sent.field("reason", label, problems).hint("Everybody will read it."))
}

impl RegisterForm for NewForm {
    type Item = ();

    fn read(_: &mut ReadTx<'_>, _: &Path, _: Option<i64>) -> Result<(), store::Error> {
        Ok(())
    }

    fn place(_: &()) -> Place {
        Place::register()
    }

    fn said(_: &()) -> Said {
        Said {
            heading: "Add a theme",
            lead: "What recommendations of several inquiries have in common.",
            public: "The name, the reason and your role.",
            private: "Your name.",
            next: "It is published at once. It is put on a recommendation from that one’s page.",
            button: "Publish the theme",
            notice: "Theme added",
            ..Said::default()
        }
    }

    fn start(_: &(), _: Day) -> Sent {
        Sent::default()
    }

    fn pieces(_: &(), sent: &Sent, problems: &Problems) -> Vec<Piece> {
        vec![name(sent, problems), reason(sent, "Why is it added? (optional)", problems)]
    }

    fn preview(_: &(), sent: &Sent) -> String {
        let name = Reading::of(sent).word("name", "");
        name.map_or_else(|| words::NOTHING_CHOSEN.to_owned(), |name| format!("{}: {name}", words::THEME_MADE))
    }

    fn stands(_: &()) -> Vec<SummaryRow> {
        Vec::new()
    }

    async fn send(state: &State, act: Act, _: &(), sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let command = MakeTheme { name: read.word("name", "The name"), reason: read.words("reason", "The reason") };
        state.service.make_theme(read.told_to(act), command).await
    }
}

/// A theme, and the change that named it.
pub struct Named {
    theme: Theme,
    seq: i64,
}

impl RegisterForm for NameForm {
    type Item = Named;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Named, store::Error> {
        let theme = theme::find(tx, &slug(path.theme.as_ref())?)?;
        Ok(Named { seq: theme::named_by(tx, theme.id)?.0, theme })
    }

    fn place(item: &Named) -> Place {
        Place { words: item.theme.name.clone(), version: item.seq, ..Place::register() }
    }

    fn said(_: &Named) -> Said {
        Said {
            heading: "Rename a theme",
            lead: "What is it called from now on? Its address follows the name; the earlier one leads there for ever.",
            public: "Both names, the reason and your role.",
            private: "Your name.",
            next: "It is published at once, on every recommendation that has it.",
            button: "Publish the name",
            notice: "Theme renamed",
            ..Said::default()
        }
    }

    fn start(item: &Named, _: Day) -> Sent {
        Sent::default().filled("name", item.theme.name.clone())
    }

    fn pieces(_: &Named, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        vec![name(sent, problems), reason(sent, "Why is it renamed?", problems)]
    }

    fn preview(item: &Named, sent: &Sent) -> String {
        match Reading::of(sent).word("name", "") {
            Some(name) if name != item.theme.name => words::theme_renamed(&item.theme.name, &name),
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(item: &Named) -> Vec<SummaryRow> {
        vec![row("Its name", item.theme.name.clone())]
    }

    async fn send(state: &State, act: Act, item: &Named, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let command = RenameTheme {
            theme: item.theme.slug.clone(),
            shown: sent.version(),
            name: read.word("name", "The name"),
            reason: read.words("reason", "The reason"),
        };
        state.service.rename_theme(read.told_to(act), command).await
    }
}

/// That a theme is retired, or in use again.
pub struct RetireForm;

/// A theme, the change that spoke of it last, and whether it is retired.
pub struct InUse {
    named: Named,
    retired: bool,
}

impl RegisterForm for RetireForm {
    type Item = InUse;

    fn read(tx: &mut ReadTx<'_>, path: &Path, row: Option<i64>) -> Result<InUse, store::Error> {
        let named = NameForm::read(tx, path, row)?;
        Ok(InUse { retired: theme::retired(tx)?.contains(&named.theme.id), named })
    }

    fn place(item: &InUse) -> Place {
        NameForm::place(&item.named)
    }

    fn said(item: &InUse) -> Said {
        let (heading, lead) = if item.retired {
            ("Use a theme again", "It is offered for recommendations again.")
        } else {
            (
                "Retire a theme",
                "It stays on the recommendations that have it, with its page and its numbers, and is put on no other any more.",
            )
        };
        Said {
            heading,
            lead,
            public: "That it is retired or in use again, the day, the reason and your role.",
            private: "Your name.",
            next: "It is published at once, and is taken back in the same way.",
            button: "Publish the decision",
            notice: "Decision recorded",
            ..Said::default()
        }
    }

    fn start(_: &InUse, _: Day) -> Sent {
        Sent::default()
    }

    fn pieces(item: &InUse, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        // Sent with the form, so that one which was overtaken does not decide the opposite.
        let to = Piece::Settled("retired", if item.retired { "no" } else { "yes" });
        vec![to, reason(sent, "Why?", problems)]
    }

    fn preview(_: &InUse, sent: &Sent) -> String {
        words::theme_retired(sent.is_ticked("retired")).to_owned()
    }

    fn stands(item: &InUse) -> Vec<SummaryRow> {
        vec![row("This theme", words::theme_retired(item.retired))]
    }

    async fn send(state: &State, act: Act, item: &InUse, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let command = RetireTheme {
            theme: item.named.theme.slug.clone(),
            shown: sent.version(),
            retired: sent.is_ticked("retired"),
            reason: read.words("reason", "The reason"),
        };
        state.service.retire_theme(read.told_to(act), command).await
    }
}

/// A recommendation, with the themes to choose from.
pub struct Item {
    view: RecommendationView,
    themes: Vec<Theme>,
}

impl RegisterForm for ThemesForm {
    type Item = Item;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Item, store::Error> {
        let view = read_item(tx, path)?;
        let themes = with_standing(theme::offered(tx, MOST)?, view.recommendation.themes.iter().cloned());
        Ok(Item { view, themes })
    }

    fn place(item: &Item) -> Place {
        place_of(&item.view)
    }

    fn said(_: &Item) -> Said {
        Said {
            link: Some((
                format!("{}/theme", crate::domain::address::REGISTER),
                "Add a theme first, if it is not listed",
            )),
            heading: "Put themes on or take them off",
            lead: "What is this recommendation about?",
            public: "Each theme that is put on or taken off, the reason and your role.",
            private: "Your name.",
            next: "It is published at once. A theme that is taken off stays in the timeline.",
            button: "Publish the themes",
            notice: "Themes changed",
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        let themes = item.view.recommendation.themes.iter();
        themes.fold(Sent::default(), |sent, theme| sent.ticking("themes", theme.slug.to_string()))
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let why = "Why? Needed where a theme is taken off";
        vec![Piece::Boxes(theme_boxes(&item.themes, sent, problems)), reason(sent, why, problems)]
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let before: Vec<&str> = item.view.recommendation.themes.iter().map(|theme| theme.name.as_str()).collect();
        let now: Vec<&str> = ticked(&item.themes, sent).map(|theme| theme.name.as_str()).collect();
        let off = before.iter().filter(|name| !now.contains(name)).map(|name| words::theme_put(name, false));
        let on = now.iter().filter(|name| !before.contains(name)).map(|name| words::theme_put(name, true));
        let lines: Vec<String> = off.chain(on).collect();
        if lines.is_empty() { words::NOTHING_CHOSEN.to_owned() } else { format!("{}.", lines.join(". ")) }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let names: Vec<&str> = item.view.recommendation.themes.iter().map(|theme| theme.name.as_str()).collect();
        vec![row("Its themes", if names.is_empty() { "none".to_owned() } else { words::list(&names) })]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        if sent.all("themes").len() > ticked(&item.themes, sent).count() {
            let gone = "One of these themes is retired, or not in the register. Load the page again and choose anew";
            read.problems.add("themes", gone);
        }
        let command = SetThemes {
            recommendation: item.view.recommendation.id,
            version: sent.version(),
            themes: ticked(&item.themes, sent).map(|theme| theme.id).collect(),
            reason: read.words("reason", "The reason"),
        };
        state.service.set_themes(read.told_to(act), command).await
    }
}
