//! The tables as diesel sees them, the same for both databases. The search index differs and lives in `search/`.

mod follower;
mod ledger;
mod of_bodies;
mod outside;
mod people;
mod present;
mod scrutiny;
mod work;

pub use follower::*;
pub use ledger::*;
pub use of_bodies::*;
pub use outside::*;
pub use people::*;
pub use present::*;
pub use scrutiny::*;
pub use work::*;

diesel::allow_tables_to_appear_in_same_query!(
    accuracy,
    accuracy_rule,
    addressee,
    agreement,
    alias,
    arrival,
    arrival_step,
    asked,
    asking,
    attempt,
    body,
    body_text,
    bulk,
    change,
    charge,
    complaint,
    complaint_step,
    chase,
    chase_item,
    contact,
    counter,
    coverage,
    deadline,
    duty,
    entry,
    evidence,
    exhibit,
    fact_update,
    family,
    file,
    file_chunk,
    filed_by_link,
    filing,
    filing_link,
    filing_link_item,
    filing_step,
    format_link,
    grounds,
    group_asked,
    held_back,
    hold,
    holiday,
    inquiry,
    inquiry_event,
    inquiry_text,
    job_run,
    mailing,
    mark,
    meeting,
    meeting_date,
    meeting_inquiry,
    membership,
    month_end,
    note,
    outbox,
    outside_finding,
    pack,
    pack_inquiry,
    page_text,
    passing,
    person,
    person_digest,
    person_inquiry,
    receipt,
    recommendation,
    redaction,
    remark,
    reminded,
    report,
    report_file,
    restored_redaction,
    schema_floor,
    session,
    setting,
    subscriber,
    subscription,
    succession,
    suppression,
    tag,
    taken_out,
    tally,
    target_ask,
    theme,
    theme_text,
    throttle,
    tie,
    token,
    told,
    wording,
);

diesel::joinable!(addressee -> body (body_id));
diesel::joinable!(addressee -> recommendation (recommendation_id));
diesel::joinable!(meeting_date -> addressee (addressee_id));
diesel::joinable!(meeting_inquiry -> meeting (meeting_id));
diesel::joinable!(pack_inquiry -> pack (pack_id));
diesel::joinable!(agreement -> addressee (addressee_id));
diesel::joinable!(entry -> change (seq));
diesel::joinable!(entry -> recommendation (recommendation_id));
diesel::joinable!(evidence -> addressee (addressee_id));
diesel::joinable!(arrival -> addressee (addressee_id));
diesel::joinable!(arrival -> change (seq));
diesel::joinable!(arrival_step -> addressee (addressee_id));
diesel::joinable!(arrival_step -> change (seq));
diesel::joinable!(asked -> addressee (addressee_id));
diesel::joinable!(asked -> change (seq));
diesel::joinable!(body_text -> change (seq));
diesel::joinable!(deadline -> addressee (addressee_id));
diesel::joinable!(deadline -> change (seq));
diesel::joinable!(fact_update -> addressee (addressee_id));
diesel::joinable!(fact_update -> change (seq));
diesel::joinable!(held_back -> addressee (addressee_id));
diesel::joinable!(page_text -> change (seq));
diesel::joinable!(recommendation -> inquiry (inquiry_id));
diesel::joinable!(mark -> addressee (addressee_id));
diesel::joinable!(outside_finding -> addressee (addressee_id));
diesel::joinable!(remark -> change (seq));
diesel::joinable!(subscription -> subscriber (subscriber_id));
diesel::joinable!(tag -> theme (theme_id));
diesel::joinable!(tag -> recommendation (recommendation_id));
diesel::joinable!(theme_text -> change (seq));
diesel::joinable!(told -> subscriber (subscriber_id));
diesel::joinable!(wording -> change (seq));
