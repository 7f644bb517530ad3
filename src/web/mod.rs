//! The doors for people: routes, pages, forms. May import domain, store (reading), service, clock, embed and mail (composing).
//!
//! Start with the table of routes below: every address, its method, and behind which of three doors it lies. A handler
//! is a file of the same path; it is given a [`state::State`], a [`shell::Shell`] for its page, and on a form a
//! `csrf::Protected`; what many ask for is kept in `cache`. What every page stands in is `shell`, what every form is made of is `form`, the pieces between are
//! in `part`; templates mirror the handlers' paths.

pub mod account;
pub mod actor;
pub mod answer;
pub mod api;
pub mod cache;
pub mod client;
mod cookie;
pub mod copy;
pub mod csrf;
mod door;
mod error;
mod file;
pub mod form;
mod frame;
mod headers;
mod health;
pub mod held;
mod held_form;
mod log;
mod markdown;
pub mod notice;
pub mod part;
mod place;
pub mod public;
pub mod shell;
pub mod staff;
pub mod state;

#[cfg(test)]
mod specimen;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, web};
use tracing_actix_web::TracingLogger;

pub use door::{Door, Route};
pub use error::Error;

use door::routes;
use state::State;

routes! {
    // Anybody, without an account. A signed-in person sees the same, and sees that they are signed in. Which of these answers
    // are kept in memory, and by which parameters, stands in `cache::route`.
    public {
        GET  "/assets/{name}"                                           => file::show;
        GET  "/healthz"                                                 => health::alive;
        GET  "/robots.txt"                                              => public::site::robots;
        GET  "/sitemap.xml"                                             => public::site::index;
        GET  "/sitemap-pages.xml"                                       => public::site::pages;
        GET  "/.well-known/security.txt"                                => public::site::security;
        GET  "/readyz"                                                  => health::ready;
        GET  "/"                                                        => public::home::show;
        GET  "/inquiries"                                               => public::inquiry::list;
        GET  "/inquiries/{inquiry}.json"                                => public::data::inquiry;
        GET  "/inquiries/{inquiry}.atom"                                => public::feed::inquiry;
        GET  "/inquiries/{inquiry}.zip"                                 => public::download::inquiry;
        GET  "/inquiries/{inquiry}/recommendations.csv"                 => public::download::recommendations_of;
        GET  "/inquiries/{inquiry}/answers.csv"                         => public::download::answers_of;
        GET  "/inquiries/{inquiry}/sitemap.xml"                         => public::site::inquiry;
        GET  "/inquiries/{inquiry}/calendar.ics"                        => public::calendar::inquiry;
        GET  "/inquiries/{inquiry}"                                     => public::inquiry::show;
        GET  "/inquiries/{inquiry}/recommendations/{number}.json"       => public::data::recommendation;
        GET  "/inquiries/{inquiry}/recommendations/{number}.atom"       => public::feed::recommendation;
        GET  "/inquiries/{inquiry}/recommendations/{number}"            => public::recommendation::show;
        GET  "/inquiries/{inquiry}/recommendations/{number}/{body}"     => public::answer::show;
        GET  "/bodies"                                                  => public::body::list;
        GET  "/bodies/{body}.json"                                      => public::data::body;
        GET  "/bodies/{body}.atom"                                      => public::feed::body;
        GET  "/bodies/{body}"                                           => public::body::show;
        GET  "/themes/{theme}"                                          => public::theme::show;
        GET  "/recommendations.json"                                    => public::data::search;
        GET  "/recommendations.csv"                                     => public::download::recommendations;
        GET  "/answers.csv"                                             => public::download::answers;
        GET  "/register.zip"                                            => public::download::register;
        GET  "/recommendations"                                         => public::search::list;
        GET  "/overdue"                                                 => public::overdue::list;
        GET  "/calendar.ics"                                            => public::calendar::register;
        GET  "/changes.atom"                                            => public::feed::register;
        GET  "/changes"                                                 => public::change::list;
        GET  "/changes/{seq}"                                           => public::change::show;
        GET  "/reports/{seq}"                                           => public::report::show;
        GET  "/evidence/{name}"                                         => public::evidence::show;
        GET  "/api"                                                     => public::api::show;
        GET  "/api/v1/openapi.json"                                     => api::document::show;
        GET  "/api/v1/inquiries"                                        => api::inquiry::list;
        GET  "/api/v1/inquiries/{inquiry}"                              => api::inquiry::show;
        GET  "/api/v1/inquiries/{inquiry}/recommendations/{number}"     => api::recommendation::show;
        GET  "/api/v1/recommendations"                                  => api::recommendation::list;
        GET  "/api/v1/bodies"                                           => api::body::list;
        GET  "/api/v1/bodies/{body}"                                    => api::body::show;
        GET  "/api/v1/changes"                                          => api::change::list;
        GET  "/api/v1/changes/{seq}"                                    => api::change::show;
        GET  "/about"                                                   => public::about::show;
        GET  "/accessibility"                                           => public::accessibility::show;
        GET  "/privacy"                                                 => public::privacy::show;
        GET  "/help"                                                    => public::help::show;
        GET  "/about/versions"                                          => public::version::list;
        GET  "/accessibility/versions"                                  => public::version::list;
        GET  "/privacy/versions"                                        => public::version::list;
        GET  "/help/versions"                                           => public::version::list;
    }
    // Anybody who comes to get an account or to use one. Never cached.
    account {
        GET  "/sign-in"                 => account::sign_in::new;
        POST "/sign-in"                 => account::sign_in::create;
        POST "/sign-out"                => account::sign_out::create;
        GET  "/invitations/{token}"     => account::invitation::show;
        POST "/invitations/{token}"     => account::invitation::create;
        GET  "/password-reset"          => account::password_reset::new;
        POST "/password-reset"          => account::password_reset::create;
        GET  "/password-reset/{token}"  => account::password_reset::edit;
        POST "/password-reset/{token}"  => account::password_reset::save;
        // No account either: a posting form, which nobody keeps.
        GET  "/wrong"                   => public::complaint::new;
        POST "/wrong"                   => public::complaint::create;
        GET  "/wrong/received"          => public::complaint::received;
        GET  "/subscribe"                       => public::subscribe::new;
        POST "/subscribe"                       => public::subscribe::create;
        GET  "/subscribe/sent"                  => public::subscribe::sent;
        GET  "/subscribe/stopped"               => public::subscription::stopped;
        GET  "/subscribe/confirm/{token}"       => public::subscribe::show;
        POST "/subscribe/confirm/{token}"       => public::subscribe::confirm;
        GET  "/subscriptions/{token}"           => public::subscription::show;
        // The one form without our token: what a mail program sends to stop its mails.
        POST "/subscriptions/{token}"           => public::subscription::one_click;
        POST "/subscriptions/{token}/choices"   => public::subscription::save;
        POST "/subscriptions/{token}/pause"     => public::subscription::pause;
        POST "/subscriptions/{token}/resume"    => public::subscription::resume;
        POST "/subscriptions/{token}/stop"      => public::subscription::stop;
    }
    // People with a session. Without one: the sign-in page, and a form's text is kept through it.
    staff {
        GET  "/staff"                                   => staff::home::show;
        GET  "/staff/account"                           => staff::account::show;
        POST "/staff/account/password"                  => staff::account::save_password;
        POST "/staff/account/sessions/{session}/end"    => staff::account::end_session;
        POST "/staff/account/other-sessions/end"        => staff::account::end_other_sessions;
        GET  "/staff/to-publish"                        => staff::waiting::to_publish;
        GET  "/staff/to-publish/several"                => staff::several::choose_updates;
        POST "/staff/to-publish/several"                => staff::several::publish;
        GET  "/staff/several/{reference}"               => staff::several::show;
        GET  "/staff/with-us-too-long"                  => staff::waiting::too_long;
        GET  "/staff/to-confirm"                        => staff::waiting::to_confirm;
        GET  "/staff/to-assess"                         => staff::waiting::to_assess;
        GET  "/staff/not-looked-at-lately"              => staff::waiting::not_lately;
        GET  "/staff/silent"                            => staff::waiting::silent;
        GET  "/staff/moved"                             => staff::waiting::moved;
        GET  "/staff/documents"                         => staff::waiting::not_looked_through;
        GET  "/staff/marks"                             => staff::waiting::marks;
        GET  "/staff/leads"                             => staff::lead::list;
        GET  "/staff/inquiries/{inquiry}/lead"          => staff::lead::of_inquiry;
        POST "/staff/inquiries/{inquiry}/lead"          => staff::lead::save_of_inquiry;
        GET  "/staff/bodies"                            => staff::body::list;
        GET  "/staff/bodies/{body}/lead"                => staff::lead::of_body;
        POST "/staff/bodies/{body}/lead"                => staff::lead::save_of_body;
        GET  "/staff/inquiries/{inquiry}/schedules"     => staff::several::choose_answers;
        POST "/staff/inquiries/{inquiry}/schedules"     => staff::several::set_schedule;
        GET  "/staff/sent-back"                         => staff::waiting::sent_back;
        GET  "/staff/due"                               => staff::waiting::due;
        GET  "/staff/extensions"                        => staff::waiting::extensions;
        GET  "/staff/undecided"                         => staff::waiting::undecided;
        GET  "/staff/to-look-at-again"                  => staff::waiting::to_look_at_again;
        GET  "/staff/to-compare"                        => staff::waiting::to_compare;
        GET  "/staff/filings/{reference}"               => staff::filing::show;
        POST "/staff/filings/{reference}"               => staff::filing::save;
        POST "/staff/filings/{reference}/publication"   => staff::filing::publish;
        POST "/staff/filings/{reference}/sent-back"     => staff::filing::send_back;
        POST "/staff/filings/{reference}/withdrawal"    => staff::filing::withdraw;
        POST "/staff/filings/{reference}/sign-off"      => staff::filing::sign_off;
        POST "/staff/filings/{reference}/back-to-author" => staff::filing::send_to_author;
        GET  "/staff/findings/{reference}"              => staff::finding::show;
        POST "/staff/findings/{reference}/reply"        => staff::finding::create;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/return" => staff::body_return::new;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/return" => staff::body_return::create;
        GET  "/staff/people"                            => staff::person::list;
        POST "/staff/people"                            => staff::person::create;
        GET  "/staff/people/new"                        => staff::person::new;
        GET  "/staff/people/{reference}"                => staff::person::edit;
        POST "/staff/people/{reference}"                => staff::person::save;
        GET  "/staff/people/{reference}/inquiries"      => staff::reach::edit;
        POST "/staff/people/{reference}/inquiries"      => staff::reach::save;
        POST "/staff/people/{reference}/invitation"     => staff::person::invite_again;
        POST "/staff/people/{reference}/disable"        => staff::person::disable;
        POST "/staff/people/{reference}/enable"         => staff::person::enable;
        POST "/staff/people/{reference}/former"         => staff::person::make_former;
        GET  "/staff/inquiries"                         => staff::inquiry::list;
        GET  "/staff/inquiries/{inquiry}"               => staff::inquiry::show;
        POST "/staff/inquiries/{inquiry}/withhold"      => staff::deed::withhold::create_of_inquiry;
        GET  "/staff/inquiries/{inquiry}/accuracy"      => staff::accuracy::edit;
        POST "/staff/inquiries/{inquiry}/accuracy"      => staff::accuracy::save;
        GET  "/staff/holds"                             => staff::hold::list;
        GET  "/staff/hold"                              => staff::hold::edit;
        POST "/staff/hold"                              => staff::hold::save;
        GET  "/staff/inquiries/{inquiry}/hold"          => staff::hold::edit;
        POST "/staff/inquiries/{inquiry}/hold"          => staff::hold::save;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/hold" => staff::hold::edit;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/hold" => staff::hold::save;
        GET  "/staff/inquiries/{inquiry}/coverage"      => staff::coverage::new;
        POST "/staff/inquiries/{inquiry}/coverage"      => staff::coverage::create;
        GET  "/staff/bodies/{body}/chases"              => staff::chase::list;
        POST "/staff/bodies/{body}/chases"              => staff::chase::create;
        GET  "/staff/bodies/{body}/reports"             => staff::report::list;
        POST "/staff/bodies/{body}/reports"             => staff::report::create;
        GET  "/staff/reports/{seq}"                     => staff::report::show;
        POST "/staff/reports/{seq}"                     => staff::report::mark;
        POST "/staff/reports/{seq}/confirmation"        => staff::report::confirm;
        GET  "/staff/reports/{seq}/description"         => staff::report::edit;
        POST "/staff/reports/{seq}/description"         => staff::report::save;
        GET  "/staff/reports/{seq}/file"                => staff::report::file;
        POST "/staff/reports/{seq}/publication"         => staff::report::publish;
        POST "/staff/reports/{seq}/withdrawal"          => staff::report::take_back;
        POST "/staff/reports/{seq}/withhold"            => staff::deed::withhold::create_of_report;
        GET  "/staff/bodies/{body}/contacts"            => staff::contact::list;
        POST "/staff/bodies/{body}/contacts"            => staff::contact::create;
        POST "/staff/bodies/{body}/contacts/carried"    => staff::contact::carry;
        POST "/staff/bodies/{body}/contacts/{reference}/end" => staff::contact::end;
        POST "/staff/bodies/{body}/duties"              => staff::duty::save;
        POST "/staff/bodies/{body}/duties/item"         => staff::duty::save_of_item;
        GET  "/staff/bodies/{body}/people/{reference}/handover" => staff::handover::new;
        POST "/staff/bodies/{body}/people/{reference}/handover" => staff::handover::create;
        GET  "/staff/bodies/{body}/sheet.csv"           => staff::sheet::csv;
        GET  "/staff/bodies/{body}/sheet.xlsx"          => staff::sheet::xlsx;
        GET  "/staff/bodies/{body}/sheet"               => staff::sheet::new;
        POST "/staff/bodies/{body}/sheet"               => staff::sheet::create;
        GET  "/staff/register"                          => staff::register::list;
        GET  "/staff/register/inquiry" => staff::register::new::<staff::register::inquiry::NewForm>;
        POST "/staff/register/inquiry" => staff::register::create::<staff::register::inquiry::NewForm>;
        GET  "/staff/register/body" => staff::register::new::<staff::register::body::NewForm>;
        POST "/staff/register/body" => staff::register::create::<staff::register::body::NewForm>;
        GET  "/staff/register/theme" => staff::register::new::<staff::register::theme::NewForm>;
        POST "/staff/register/theme" => staff::register::create::<staff::register::theme::NewForm>;
        GET  "/staff/inquiries/{inquiry}/description" => staff::register::new::<staff::register::inquiry::DescriptionForm>;
        POST "/staff/inquiries/{inquiry}/description" => staff::register::create::<staff::register::inquiry::DescriptionForm>;
        GET  "/staff/inquiries/{inquiry}/events" => staff::register::new::<staff::register::event::EventForm>;
        POST "/staff/inquiries/{inquiry}/events" => staff::register::create::<staff::register::event::EventForm>;
        GET  "/staff/inquiries/{inquiry}/meetings" => staff::register::new::<staff::register::event::MeetingForm>;
        POST "/staff/inquiries/{inquiry}/meetings" => staff::register::create::<staff::register::event::MeetingForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations" => staff::register::new::<staff::register::entry::NewForm>;
        POST "/staff/inquiries/{inquiry}/recommendations" => staff::register::create::<staff::register::entry::NewForm>;
        GET  "/staff/inquiries/{inquiry}/schedule" => staff::register::new::<staff::register::schedule::ScheduleForm>;
        POST "/staff/inquiries/{inquiry}/schedule" => staff::register::create::<staff::register::schedule::ScheduleForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/number" => staff::register::new::<staff::register::number::NumberForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/number" => staff::register::create::<staff::register::number::NumberForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/in-error" => staff::register::new::<staff::register::mistaken::MistakenForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/in-error" => staff::register::create::<staff::register::mistaken::MistakenForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/themes" => staff::register::new::<staff::register::theme::ThemesForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/themes" => staff::register::create::<staff::register::theme::ThemesForm>;
        GET  "/staff/bodies/{body}/name" => staff::register::new::<staff::register::body::NameForm>;
        POST "/staff/bodies/{body}/name" => staff::register::create::<staff::register::body::NameForm>;
        GET  "/staff/bodies/{body}/address" => staff::register::new::<staff::register::body::AddressForm>;
        POST "/staff/bodies/{body}/address" => staff::register::create::<staff::register::body::AddressForm>;
        GET  "/staff/bodies/{body}/members" => staff::register::new::<staff::register::group::MemberForm>;
        POST "/staff/bodies/{body}/members" => staff::register::create::<staff::register::group::MemberForm>;
        GET  "/staff/bodies/{body}/asked" => staff::register::new::<staff::register::group::AskForm>;
        POST "/staff/bodies/{body}/asked" => staff::register::create::<staff::register::group::AskForm>;
        GET  "/staff/bodies/{body}/events" => staff::register::new::<staff::register::event::BodyEventForm>;
        POST "/staff/bodies/{body}/events" => staff::register::create::<staff::register::event::BodyEventForm>;
        GET  "/staff/bodies/{body}/succession" => staff::register::new::<staff::register::succession::SuccessionForm>;
        POST "/staff/bodies/{body}/succession" => staff::register::create::<staff::register::succession::SuccessionForm>;
        GET  "/staff/bodies/{body}/passing" => staff::register::new::<staff::register::succession::PassingForm>;
        POST "/staff/bodies/{body}/passing" => staff::register::create::<staff::register::succession::PassingForm>;
        GET  "/staff/themes/{theme}" => staff::register::new::<staff::register::theme::NameForm>;
        POST "/staff/themes/{theme}" => staff::register::create::<staff::register::theme::NameForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}" => staff::recommendation::show;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/wording" => staff::deed::new::<staff::deed::wording::WordingForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/wording" => staff::deed::create::<staff::deed::wording::WordingForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/bodies" => staff::deed::new::<staff::deed::bodies::BodiesForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/bodies" => staff::deed::create::<staff::deed::bodies::BodiesForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/withhold" => staff::deed::withhold::create;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}" => staff::answer::show;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/response" => staff::deed::new::<staff::deed::response::ResponseForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/response" => staff::deed::create::<staff::deed::response::ResponseForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/deadline" => staff::deed::new::<staff::deed::answer_due::AnswerDueForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/deadline" => staff::deed::create::<staff::deed::answer_due::AnswerDueForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/plan" => staff::deed::new::<staff::deed::plan::PlanForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/plan" => staff::deed::create::<staff::deed::plan::PlanForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/reported" => staff::deed::new::<staff::deed::reported::ReportedForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/reported" => staff::deed::create::<staff::deed::reported::ReportedForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/assessment" => staff::deed::new::<staff::deed::assessment::AssessmentForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/assessment" => staff::deed::create::<staff::deed::assessment::AssessmentForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/closure" => staff::deed::new::<staff::deed::closure::ClosureForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/closure" => staff::deed::create::<staff::deed::closure::ClosureForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/target" => staff::deed::new::<staff::deed::target::TargetForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/target" => staff::deed::create::<staff::deed::target::TargetForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/extension" => staff::deed::new::<staff::deed::extension::ExtensionForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/extension" => staff::deed::create::<staff::deed::extension::ExtensionForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/extension-decision" => staff::deed::new::<staff::deed::extension::DecisionForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/extension-decision" => staff::deed::create::<staff::deed::extension::DecisionForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/others" => staff::deed::new::<staff::deed::outside::OthersForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/others" => staff::deed::create::<staff::deed::outside::OthersForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/reply" => staff::deed::new::<staff::deed::reply::RecordForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/reply" => staff::deed::create::<staff::deed::reply::RecordForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/own-reply" => staff::deed::new::<staff::deed::reply::OwnForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/own-reply" => staff::deed::create::<staff::deed::reply::OwnForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/recheck" => staff::deed::new::<staff::deed::recheck::RecheckForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/recheck" => staff::deed::create::<staff::deed::recheck::RecheckForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/schedule" => staff::deed::new::<staff::deed::schedule::ScheduleForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/schedule" => staff::deed::create::<staff::deed::schedule::ScheduleForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/agreement" => staff::deed::new::<staff::deed::agreement::AgreementForm>;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/agreement" => staff::deed::create::<staff::deed::agreement::AgreementForm>;
        GET  "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/evidence" => staff::evidence::new;
        POST "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/evidence" => staff::evidence::create;
        GET  "/staff/evidence/{reference}"              => staff::evidence::show;
        GET  "/staff/evidence/{reference}/file"         => staff::evidence::file;
        POST "/staff/evidence/{reference}/publication"  => staff::evidence::publish;
        POST "/staff/evidence/{reference}/withdrawal"   => staff::evidence::take_back;
        GET  "/staff/outbox"                            => staff::outbox::list;
        GET  "/staff/outbox/{reference}"                => staff::outbox::show;
        POST "/staff/outbox/{reference}/retry"          => staff::outbox::retry;
        POST "/staff/outbox/{reference}/cancel"         => staff::outbox::cancel;
        GET  "/staff/mail"                              => staff::mailing::list;
        GET  "/staff/mail/preview"                      => staff::mail_preview::list;
        POST "/staff/mail/{reference}"                  => staff::mailing::decide;
        GET  "/staff/published"                         => staff::published::list;
        POST "/staff/published/withhold"                => staff::deed::withhold::create_of_register;
        GET  "/staff/withholdings"                      => staff::withholding::list;
        GET  "/staff/withholdings/{seq}"                => staff::withholding::show;
        POST "/staff/withholdings/{seq}"                => staff::withholding::say;
        GET  "/staff/redactions"                        => staff::redaction::list;
        POST "/staff/redactions"                        => staff::redaction::create;
        GET  "/staff/redactions/new"                    => staff::redaction::new;
        GET  "/staff/redactions/{reference}"            => staff::redaction::show;
        POST "/staff/redactions/{reference}"            => staff::redaction::remove;
        GET  "/staff/complaints"                        => staff::complaint::list;
        GET  "/staff/complaints/{reference}"            => staff::complaint::show;
        POST "/staff/complaints/{reference}"            => staff::complaint::decide;
        GET  "/staff/pages"                             => staff::operator_page::list;
        GET  "/staff/pages/{page}"                      => staff::operator_page::edit;
        POST "/staff/pages/{page}"                      => staff::operator_page::save;
        GET  "/staff/inquiries/{inquiry}/formats"       => staff::format_link::list;
        POST "/staff/inquiries/{inquiry}/formats"       => staff::format_link::create;
        POST "/staff/inquiries/{inquiry}/formats/end"   => staff::format_link::end;
        GET  "/staff/held"                              => staff::held::new;
        POST "/staff/held"                              => staff::held::create;
        GET  "/staff/retention"                         => staff::retention::edit;
        POST "/staff/retention"                         => staff::retention::save;
        GET  "/staff/settings"                          => staff::setting::edit;
        GET  "/staff/settings/reading"                  => staff::reading::edit;
        POST "/staff/settings/reading"                  => staff::reading::save;
        POST "/staff/settings/operator"                 => staff::setting::save_operator;
        POST "/staff/settings/licence"                  => staff::setting::save_licence;
        POST "/staff/settings/second-key"               => staff::setting::save_second_key;
    }
}

/// The application: what stands around every handler, from the outside in, and the table.
pub fn app(
    state: web::Data<State>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(state)
        .app_data(web::PayloadConfig::new(csrf::BODY_LIMIT))
        .configure(configure)
        .default_service(door::otherwise(ROUTES))
        .wrap(from_fn(error::pages))
        .wrap(from_fn(api::open))
        .wrap(from_fn(cache::keep))
        .wrap(Compress::default())
        .wrap(from_fn(headers::add))
        .wrap(TracingLogger::<log::Line>::new())
}
