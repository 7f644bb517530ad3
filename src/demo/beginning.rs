//! The first days: people get their accounts, somebody takes responsibility, and the register is written in the browser: bodies,
//! the inquiry, its recommendations, and whom each was put to.

use secrecy::SecretString;

use super::cast::{PASSWORD, Who};
use super::deeds::{AGENCY, COMPANY, COUNCIL, HARBOUR, RIGHTS, link, some};
use super::stage::{Stage, slug};
use super::{Error, SITE_NAME};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::event::EventKind;
use crate::domain::filing::WordingFiled;
use crate::domain::licence::{DataLicence, FormatKind, Language, Licence};
use crate::domain::moment::Happened;
use crate::domain::operator::Operator;
use crate::domain::operator_page::{Compliance, Enforcement, OperatorPage, Part, PartText};
use crate::domain::text::Slug;
use crate::domain::token::Token;
use crate::service::{
    ChargeOf, Described, Invite, Invited, LinkFormat, MakeAccount, MakeFirst, MakeTheme, PublishPage, RecordEvent,
    SetCharge, TakeInBody, TakeInInquiry, TakeInRecommendation,
};
use crate::store::theme;

/// Everybody whose part it is from the first day, in the order in which they come.
const CAST: [Who; 8] = [
    Who::Administrator,
    Who::Overseer,
    Who::Second,
    Who::Observer,
    Who::Council,
    Who::Head,
    Who::Harbour,
    Who::Company,
];

/// The bodies: slug, name, short name, kind.
const BODIES: [(&str, &str, &str, &str); 5] = [
    (COUNCIL, "Ashgrove District Council", "Ashgrove Council", "local authority"),
    (HARBOUR, "Ashgrove Harbour Authority", "Harbour Authority", "harbour authority"),
    (COMPANY, "Ashgrove Ferry Company", "Ferry Company", "company"),
    (AGENCY, "Coastal Transport Agency", "Transport Agency", "government agency"),
    ("landing-stage-inspectorate", "Landing Stage Inspectorate", "Inspectorate", "inspectorate"),
];

const THEMES: [&str; 4] = ["Timetables", "Landing stages", "Passengers", "Crews"];

/// A recommendation of the report: number, title, text, theme, bodies.
type Made = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

const MADE: [Made; 15] = [
    (
        "1",
        "Publish the ferry timetable before each season",
        "The council should publish each season’s ferry timetable at least eight weeks before the season begins.",
        "Timetables",
        &[COUNCIL],
    ),
    (
        "2",
        "Inspect both landing stages every year",
        "The council and the harbour authority should have both landing stages inspected every year.",
        "Landing stages",
        &[COUNCIL, HARBOUR],
    ),
    (
        "3",
        "A second crossing in winter",
        "The harbour authority should see to it that a second crossing runs each day in winter.",
        "Timetables",
        &[HARBOUR],
    ),
    (
        "4",
        "Tell waiting passengers when the crossing is closed",
        "The company should tell passengers at the stages and on the telephone within ten minutes of closing the crossing.",
        "Passengers",
        &[COMPANY],
    ),
    (
        "5",
        "Agree signs and signals at the crossing",
        "The agency should agree one set of signs and signals for both banks.",
        "Landing stages",
        &[AGENCY],
    ),
    (
        "6",
        "Keep the lifebelts in repair",
        "The company should look over every lifebelt at both stages each month and keep a record of it.",
        "Crews",
        &[COMPANY],
    ),
    (
        "7",
        "Train every crew for fog",
        "The company should train every crew for crossings in fog, and again each year.",
        "Crews",
        &[COMPANY],
    ),
    (
        "8",
        "Publish what inspections find",
        "The harbour authority should publish each inspection of the landing stages within a month.",
        "Landing stages",
        &[HARBOUR],
    ),
    (
        "9",
        "One plan for emergencies on the water",
        "The council, the harbour authority and the agency should agree one plan and rehearse it each year.",
        "Crews",
        &[COUNCIL, HARBOUR, AGENCY],
    ),
    (
        "10",
        "One telephone number for passengers",
        "The council should set up one telephone number for everybody who waits for a ferry.",
        "Passengers",
        &[COUNCIL],
    ),
    (
        "11",
        "Free passage for carers",
        "The company should carry whoever looks after a disabled passenger free of charge.",
        "Passengers",
        &[COMPANY],
    ),
    (
        "12",
        "Look again at the harbour byelaws",
        "The agency should look again at the byelaws on mooring at the stages.",
        "Landing stages",
        &[AGENCY],
    ),
    (
        "13",
        "Light the path to the north stage in winter",
        "The council should light the path to the north stage from October to March.",
        "Passengers",
        &[COUNCIL],
    ),
    (
        "14",
        "Count passengers at every sailing",
        "The company should count passengers at every sailing and publish the numbers each month.",
        "Passengers",
        &[COMPANY],
    ),
    (
        "15",
        "Report to the public each year",
        "The council, the harbour authority and the company should each report to the public every year on what they have done.",
        "Timetables",
        &[COUNCIL, HARBOUR, COMPANY],
    ),
];

/// The inquiry's part of addresses.
pub(super) fn inquiry() -> Slug {
    slug("ashgrove-ferry-inquiry")
}

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Error> {
    first_administrator(stage).await?;
    stage.enter(Who::Administrator).await?;
    operator(stage).await?;
    bodies_and_themes(stage).await?;
    for who in CAST.into_iter().skip(1) {
        invited(stage, who).await?;
        stage.enter(who).await?;
    }
    pages(stage).await?;
    stage.until(1).await?;
    the_inquiry(stage).await?;
    stage.until(2).await?;
    recommendations(stage).await
}

async fn first_administrator(stage: &Stage<'_>) -> Result<(), Error> {
    let link = Token::new(stage.chance().bytes());
    let done = stage.service().first_administrator(&link, stage.now());
    stage.done("ask for the first administrator", done)?;
    let somebody = Who::Administrator.sign_in();
    let first =
        MakeFirst { email: somebody.email.to_owned(), name: somebody.name.to_owned(), reference: stage.reference() };
    let done = stage.service().make_first_administrator(account(stage, &link), first).await;
    stage.done("make the first administrator", done).map(drop)
}

fn account(stage: &Stage<'_>, link: &Token) -> MakeAccount {
    MakeAccount {
        link: link.hash(),
        password: SecretString::from(PASSWORD),
        context: vec![SITE_NAME.to_owned()],
        salt: stage.chance().bytes(),
        token: Token::new(stage.chance().bytes()),
        now: stage.now(),
    }
}

/// Somebody is invited and makes an account.
pub(super) async fn invited(stage: &Stage<'_>, who: Who) -> Result<(), Error> {
    let somebody = who.sign_in();
    let token = Token::new(stage.chance().bytes());
    let invite = Invite {
        email: somebody.email.to_owned(),
        name: somebody.name.to_owned(),
        role: somebody.role.as_str().to_owned(),
        body: somebody.body.to_owned(),
        chance: Invited { person: stage.reference(), mail: stage.reference(), token: token.clone() },
    };
    let done = stage.service().invite(stage.act(Who::Administrator), invite).await;
    stage.done("invite somebody", done)?;
    let done = stage.service().accept_invitation(account(stage, &token)).await;
    stage.done("accept an invitation", done).map(drop)
}

async fn operator(stage: &Stage<'_>) -> Result<(), Error> {
    let operator = Operator {
        name: "Ashgrove Oversight Office (fictional)".to_owned(),
        right: "By a resolution that was never passed: this is a demonstration.".to_owned(),
        contact: "office@demo.example".parse().expect("an address"),
        data_protection: "Nobody’s data is held here. A real register names its data protection officer.".to_owned(),
        complaints: "A real register says here who decides about complaints.".to_owned(),
    };
    let done = stage.service().set_operator(stage.act(Who::Administrator), operator, 0).await;
    stage.done("say who runs it", done)?;
    let done = stage.service().set_data_licence(stage.act(Who::Administrator), DataLicence::Zero).await;
    stage.done("choose a licence", done).map(drop)
}

async fn bodies_and_themes(stage: &Stage<'_>) -> Result<(), Error> {
    for (slug_of, name, short, kind) in BODIES {
        let command = TakeInBody {
            slug: Some(slug(slug_of)),
            name: some(name),
            short_name: some(short),
            kind: some(kind),
            link: None,
            also: None,
            reason: some("Named in the report."),
        };
        let done = stage.service().take_in_body(stage.act(Who::Administrator), command).await;
        stage.done("take a body in", done)?;
    }
    for name in THEMES {
        let command = MakeTheme { name: some(name), reason: None };
        let done = stage.service().make_theme(stage.act(Who::Administrator), command).await;
        stage.done("make a theme", done)?;
    }
    Ok(())
}

async fn pages(stage: &Stage<'_>) -> Result<(), Error> {
    let today = stage.today();
    for page in [OperatorPage::About, OperatorPage::Privacy, OperatorPage::Accessibility] {
        let parts = page.parts().iter().copied().filter(|part| part.is_required());
        let texts = parts.map(|part| PartText::new(part, words_of(part, today.to_string()))).collect();
        let command = PublishPage { page, version: 0, texts, licence: Some(Licence::Own) };
        let done = stage.service().publish_page(stage.act(Who::Administrator), command).await;
        stage.done("publish a page", done)?;
    }
    Ok(())
}

fn words_of(part: Part, today: String) -> String {
    match part {
        Part::PreparedOn | Part::ReviewedOn => today,
        Part::Compliance => Compliance::Full.as_str().to_owned(),
        Part::Enforcement => Enforcement::NotPublic.as_str().to_owned(),
        Part::AccessContact => "Write to office@demo.example, an address that belongs to nobody.".to_owned(),
        Part::Purpose => "This register follows what became of the recommendations of a ferry inquiry that never was. \
                          It shows how a real register looks after three years."
            .to_owned(),
        _ => "A real register’s operator says this in its own words. This is a demonstration.".to_owned(),
    }
}

async fn the_inquiry(stage: &Stage<'_>) -> Result<(), Error> {
    let council = stage.body(COUNCIL).await?;
    let described = Described {
        kind: some("independent inquiry"),
        title: some("Ashgrove Ferry Inquiry: the closing of the Ashgrove crossing (fictional)"),
        short_title: some("Ashgrove Ferry Inquiry"),
        chair: some("the Chair of the inquiry"),
        commissioned_by: Some(council),
        issued_by: None,
        legal_basis: some("Commissioned by the council; not a statutory inquiry."),
        source_url: link("report"),
        source_note: some("A fictional address: there is no such report."),
        own_references: false,
        monitored_by: some("The Ferry Scrutiny Committee of the council, every three months."),
        note: some("Fictional. No such ferry, place or body exists."),
        published_on: Some(stage.day(-12)),
        count: i64::try_from(MADE.len()).ok(),
        not_tracked: (None, None),
        rights: RIGHTS,
    };
    let command = TakeInInquiry { slug: Some(inquiry()), described, reason: some("The report was published.") };
    let done = stage.service().take_in_inquiry(stage.act(Who::Overseer), command).await;
    stage.done("take the inquiry in", done)?;
    let lead = Some(stage.named(Who::Overseer).await?);
    let command = SetCharge { of: ChargeOf::Inquiry(inquiry()), lead, deputy: None, shown: [0, 0] };
    let done = stage.service().set_charge(stage.act(Who::Administrator), command).await;
    stage.done("say who leads", done)?;
    let command = LinkFormat {
        inquiry: inquiry(),
        kind: FormatKind::EasyRead,
        language: Language::English,
        url: link("easy-read"),
        label: some("The report in easy read (fictional)"),
    };
    let done = stage.service().link_format(stage.act(Who::Overseer), command).await;
    stage.done("link a format", done)?;
    let events = [
        (EventKind::Report, -12, "The report was published."),
        (
            EventKind::Resolution,
            0,
            "The council resolved that its Ferry Scrutiny Committee monitors the recommendations.",
        ),
    ];
    for (kind, day, words) in events {
        happens(stage, kind, stage.day(day), words).await?;
    }
    Ok(())
}

/// Something happened around the inquiry.
pub(super) async fn happens(
    stage: &Stage<'_>,
    kind: EventKind,
    on: crate::domain::moment::Day,
    words: &str,
) -> Result<(), Error> {
    let command = RecordEvent {
        of: crate::service::EventOf::Inquiry(inquiry()),
        kind,
        happened: Happened::on(on),
        words: some(words),
        source_url: link("minutes"),
        checked: Checked::Source,
        corrects: None,
        takes_back: false,
        reason: None,
    };
    let done = stage.service().record_event(stage.act(Who::Overseer), command).await;
    stage.done("record an event", done).map(drop)
}

async fn recommendations(stage: &Stage<'_>) -> Result<(), Error> {
    let themes = stage.read(|tx| theme::choices(tx, 100)).await?;
    for (number, title, text, theme, bodies) in MADE {
        let mut asked = Vec::new();
        for body in bodies {
            asked.push(stage.body(body).await?);
        }
        let command = TakeInRecommendation {
            inquiry: inquiry(),
            number: some(number),
            own_reference: false,
            made_on: None,
            wording: WordingFiled {
                title: title.to_owned(),
                text: text.to_owned(),
                text_kind: TextKind::Summary,
                checked: Checked::Secondary,
                source_url: link("report"),
                compared_on: stage.today(),
                reason: "Taken in from the report’s summary.".to_owned(),
                base: None,
                weakens: false,
                rights: RIGHTS,
            },
            themes: themes.iter().filter(|one| one.name == theme).map(|one| one.id).collect(),
            bodies: asked,
            asked: Some(Checked::Source),
        };
        let done = stage.service().take_in_recommendation(stage.act(Who::Overseer), command).await;
        stage.done("take a recommendation in", done)?;
    }
    Ok(())
}
