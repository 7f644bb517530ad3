//! People, what is not published, and mail.

use super::Root::{
    Addressee, Body, Chase, Complaint, Contact, DeadAddress, Filing, Inquiry, Outbox, Person, Recommendation,
    Redaction, Subscriber,
};
use super::{Table, table};

/// Its tables.
pub const WORK: &[Table] = &[
    table("person", "An account: {name}, {role}", &[], &[(Person, "id"), (Body, "body_id")], &[])
        .never(&["password_hash"]),
    table(
        "session",
        "A time for which {person_id} was signed in",
        &["created_at", "seen_at"],
        &[(Person, "person_id")],
        &[],
    )
    .never(&["token_hash"]),
    table("token", "A one-time link of {person_id}: {kind}", &["created_at", "used_at"], &[(Person, "person_id")], &[])
        .never(&["token_hash"]),
    table(
        "filing_link",
        "A link by which {person_id} was asked for updates from {body_id}",
        &["filed_on", "code_until", "pass_until"],
        &[(Outbox, "outbox_id"), (Body, "body_id"), (Person, "person_id")],
        &[],
    )
    .never(&["code", "pass_hash"]),
    table(
        "filed_by_link",
        "{person_id} filed by the link of a reminder on {addressee_id}",
        &["filed_on"],
        &[(Addressee, "addressee_id"), (Person, "person_id")],
        &[],
    ),
    table("filing_link_item", "An update that such a link asks for", &[], &[(Addressee, "addressee_id")], &[]),
    table("receipt", "A form that {person_id} sent; it led to {location}", &["at"], &[(Person, "person_id")], &[])
        .never(&["key"]),
    table("setting", "A setting that {changed_by} chose: {key}", &["changed_at"], &[(Person, "changed_by")], &[]),
    table(
        "filing",
        "A piece of work by {author_id}: {kind}, {state}",
        &["created_at", "submitted_at"],
        &[(Filing, "id"), (Person, "author_id"), (Recommendation, "recommendation_id"), (Addressee, "addressee_id")],
        &[],
    ),
    table(
        "filing_step",
        "A step with it by {person_id}: {state}",
        &["at"],
        &[(Filing, "filing_id"), (Person, "person_id")],
        &[],
    ),
    table(
        "accuracy",
        "A finding was with {body_id} until {until_on}",
        &["sent_on", "until_on", "replied_on", "unsigned_at"],
        &[(Filing, "filing_id"), (Body, "body_id"), (Person, "person_id"), (Person, "unsigned_by")],
        &[],
    ),
    table("meeting", "A meeting that {made_by} called: {state}", &["held_on", "made_at"], &[(Person, "made_by")], &[]),
    table("meeting_date", "A date of an update that goes with a meeting", &[], &[(Addressee, "addressee_id")], &[]),
    table(
        "pack",
        "A scrutiny pack that {made_by} made",
        &["made_on", "made_at", "since_on", "meeting_on"],
        &[(Person, "made_by")],
        &[],
    ),
    table(
        "note",
        "A note by {author_id}",
        &["at"],
        &[(Recommendation, "recommendation_id"), (Addressee, "addressee_id"), (Person, "author_id")],
        &[],
    ),
    table(
        "contact",
        "Somebody of {body_id} without an account: {name}",
        &["created_at", "ended_on"],
        &[(Contact, "id"), (Body, "body_id"), (Person, "author_id")],
        &[],
    ),
    table(
        "duty",
        "{person_id} has a duty for {body_id}: {kind}",
        &["begun_at", "ended_at"],
        &[
            (Body, "body_id"),
            (Addressee, "addressee_id"),
            (Person, "person_id"),
            (Person, "begun_by"),
            (Person, "ended_by"),
        ],
        &[],
    ),
    table(
        "charge",
        "{person_id} was put in charge, as {part}",
        &["from_on", "until_on"],
        &[(Inquiry, "inquiry_id"), (Body, "body_id"), (Person, "person_id"), (Person, "set_by"), (Person, "ended_by")],
        &[],
    ),
    table(
        "person_inquiry",
        "The role of {person_id} was limited to an inquiry",
        &["set_on"],
        &[(Inquiry, "inquiry_id"), (Person, "person_id"), (Person, "set_by")],
        &[],
    ),
    table(
        "person_digest",
        "How often {person_id} is mailed of the register's work, and up to which change they were told",
        &["told_at", "mailed_on", "failed_upto"],
        &[(Person, "person_id")],
        &[],
    )
    .never(&["said"]),
    table("bulk", "One act of {person_id} on several items: {kind}", &["at"], &[(Person, "person_id")], &[])
        .never(&["outcomes"]),
    table(
        "chase",
        "{body_id} was asked again: {kind}",
        &["happened_on", "at"],
        &[(Chase, "id"), (Contact, "contact_id"), (Body, "body_id"), (Person, "author_id")],
        &[],
    ),
    table(
        "chase_item",
        "What that was about: {addressee_id}",
        &[],
        &[(Chase, "chase_id"), (Addressee, "addressee_id")],
        &[],
    ),
    table(
        "outbox",
        "A mail to {email}: {kind}, {state}",
        &["created_at", "finished_at"],
        &[(Outbox, "id"), (Person, "person_id")],
        &[],
    )
    .never(&["message", "lease"]),
    table("attempt", "A try to send a mail: {outcome}", &["at"], &[(Outbox, "outbox_id")], &[]).never(&["judge_for"]),
    table(
        "reminded",
        "A mail asked about {addressee_id}",
        &["reminded_on", "overdue_on"],
        &[(Outbox, "outbox_id"), (Addressee, "addressee_id")],
        &[],
    ),
    table(
        "complaint",
        "A reader said that something is wrong on {page}: {state}",
        &["received_at", "decided_on"],
        &[(Complaint, "id"), (Person, "decided_by")],
        &[],
    ),
    table(
        "complaint_step",
        "What became of it: {state}",
        &["at"],
        &[(Complaint, "complaint_id"), (Person, "person_id")],
        &[],
    ),
    table(
        "redaction",
        "Words were proposed to be removed: {kind}, {state}",
        &["proposed_at", "decided_at"],
        &[(Redaction, "id"), (Person, "proposed_by"), (Person, "decided_by")],
        &[],
    ),
    table(
        "exhibit",
        "Evidence kept here: {title}, {kind}",
        &["created_at", "taken_back_at"],
        &[(Filing, "filing_id"), (Addressee, "addressee_id"), (Person, "author_id")],
        &[],
    ),
    table(
        "subscriber",
        "Somebody who follows this register by mail: {email}",
        &["created_at", "confirmed_at", "ended_at"],
        &[(Subscriber, "id")],
        &[],
    )
    .never(&["token_hash", "confirm_hash"]),
    table("subscription", "What they follow: {kind}", &["created_at"], &[(Subscriber, "subscriber_id")], &[]),
    table("told", "They were told of change {seq}", &["seq"], &[(Subscriber, "subscriber_id")], &[]),
    // The code that it stands under is made from the address, and tells nothing more.
    table(
        "suppression",
        "The address is known as dead ({origin}): {reason}",
        &["at", "ended_at"],
        &[(DeadAddress, "key"), (Person, "set_by"), (Person, "ended_by")],
        &[],
    )
    .never(&["key"]),
    table(
        "mailing",
        "A range of changes that followers are told of or not: {state}, decided by {decided_by}",
        &["made_at", "decided_at"],
        &[(Person, "decided_by")],
        &[],
    ),
    table(
        "held_back",
        "What was not said at once about {addressee_id}, because publication was held back",
        &["happened_on"],
        &[(Addressee, "addressee_id"), (Filing, "filing_id"), (Person, "person_id")],
        &[],
    ),
    table(
        "target_ask",
        "{person_id} asked for a later date for {addressee_id}: {wanted_on}",
        &["asked_at"],
        &[(Addressee, "addressee_id"), (Person, "person_id")],
        &[],
    ),
    table(
        "report_file",
        "{author_id} kept a document of {body_id} as a file",
        &["created_at", "taken_back_at"],
        &[(Body, "body_id"), (Person, "author_id")],
        &[],
    ),
];
