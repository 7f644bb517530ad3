//! The sets of rows that tables are tied to: whatever of people, items, bodies, work and mail belongs to what was asked about.

use crate::domain::disclosure::Subject;

const NOTHING: &str = "select id from about where 1 = 0";

/// The sets that tables are tied to, as the beginning of each statement.
pub(super) fn roots(kind: Subject) -> String {
    let mut sets: Vec<(&str, &str)> = vec![
        ("about (id, word, dead)", "select cast($1 as bigint), cast($2 as text), cast($3 as text)"),
        ("r_dead_address", "select dead as id from about"),
    ];
    match kind {
        Subject::Person => sets.extend([
            ("r_person", "select person.id from person, about where person.email = word or person.reference = word"),
            ("r_contact", "select contact.id from contact, about where contact.email = word or contact.reference = word"),
            (
                "r_email",
                "select word as email from about union select email from person where id in (select id from r_person) \
                 union select email from contact where email is not null and id in (select id from r_contact)",
            ),
            (
                "r_outbox",
                "select id from outbox where email in (select email from r_email) \
                 or person_id in (select id from r_person)",
            ),
            ("r_complaint", "select id from complaint where email in (select email from r_email)"),
            ("r_subscriber", "select id from subscriber where email in (select email from r_email)"),
            ("r_filing", "select id from filing where author_id in (select id from r_person)"),
            ("r_chase", "select id from chase where contact_id in (select id from r_contact)"),
            ("r_hold", NOTHING),
            ("r_held_in", NOTHING),
            ("r_recommendation", NOTHING),
            ("r_addressee", NOTHING),
            ("r_inquiry", NOTHING),
            ("r_body", NOTHING),
            ("r_redaction", NOTHING),
        ]),
        Subject::Item => sets.extend([
            // Who follows it by mail is nobody's business but theirs.
            ("r_subscriber", NOTHING),
            ("r_person", NOTHING),
            ("r_contact", NOTHING),
            ("r_body", NOTHING),
            (
                "r_recommendation",
                "select id from recommendation where id in (select id from about) \
                 or parent_id in (select id from about)",
            ),
            (
                "r_inquiry",
                "select inquiry_id as id from recommendation where id in (select id from about)",
            ),
            // Another item's hold is not about this one, though it names the same inquiry.
            (
                "r_hold",
                "select id from hold where recommendation_id in (select id from r_recommendation) \
                 or (recommendation_id is null and (inquiry_id is null or inquiry_id in (select id from r_inquiry)))",
            ),
            ("r_held_in", "select seq as id from hold where id in (select id from r_hold)"),
            ("r_addressee", "select id from addressee where recommendation_id in (select id from r_recommendation)"),
            ("r_filing", "select id from filing where recommendation_id in (select id from r_recommendation)"),
            ("r_outbox", REMINDED),
            ("r_chase", "select chase_id as id from chase_item where addressee_id in (select id from r_addressee)"),
            (
                "r_complaint",
                "select complaint.id from complaint, about where page = word or page = word || '.json' \
                 or substr(page, 1, length(word) + 1) = word || '/'",
            ),
            ("r_redaction", REDACTED),
        ]),
        Subject::Body => sets.extend([
            // Who follows it by mail is nobody's business but theirs.
            ("r_subscriber", NOTHING),
            ("r_person", NOTHING),
            ("r_contact", NOTHING),
            ("r_recommendation", NOTHING),
            ("r_inquiry", NOTHING),
            ("r_body", "select id from about"),
            ("r_hold", NOTHING),
            ("r_held_in", NOTHING),
            ("r_addressee", "select id from addressee where body_id in (select id from about) or answerer_id in (select id from about)"),
            ("r_filing", "select id from filing where addressee_id in (select id from r_addressee)"),
            (
                "r_outbox",
                "select id from outbox where person_id in (select person.id from person, about where body_id = about.id) \
                 union select outbox_id from reminded where addressee_id in (select id from r_addressee)",
            ),
            // What a body before it was asked about an answer that this one took over is its own now.
            (
                "r_chase",
                "select id from chase where body_id in (select id from about) \
                 union select chase_id as id from chase_item where addressee_id in (select id from r_addressee)",
            ),
            ("r_slug", "select word as id from about union select slug as id from body_text where body_id in (select id from about)"),
            ("r_page", PAGES),
            // A slug holds no sign that `like` knows.
            (
                "r_complaint",
                "select complaint.id from complaint, r_slug \
                 where page like '%/' || r_slug.id or page like '%/' || r_slug.id || '.json' \
                 union select id from complaint where page in (select id from r_page) \
                 or page in (select id || '.json' from r_page)",
            ),
            ("r_redaction", REDACTED),
        ]),
    }
    let sets: Vec<String> = sets.into_iter().map(|(name, rows)| format!("{name} as ({rows})")).collect();
    format!("with {}", sets.join(", "))
}

/// The pages of a body's answers, under every address that the body asked ever had (that may be one before it), every number of the
/// recommendation, and every address of the inquiry.
const PAGES: &str = "select '/inquiries/' || called.slug || '/recommendations/' || entry.number || '/' || body_text.slug as id \
    from addressee inner join entry on entry.recommendation_id = addressee.recommendation_id \
    inner join (select inquiry.id as inquiry_id, inquiry.slug as slug from inquiry \
        union select inquiry.id as inquiry_id, alias.old as slug from inquiry \
            inner join alias on alias.kind = 'inquiry' and alias.new = inquiry.slug) as called \
        on called.inquiry_id = addressee.inquiry_id \
    inner join body_text on body_text.body_id = addressee.body_id \
    where addressee.id in (select id from r_addressee)";

const REMINDED: &str = "select outbox_id as id from reminded where addressee_id in (select id from r_addressee)";

/// The removals of what is tied to the answers or to the recommendation, whichever of the two is asked about.
pub(super) const REDACTED: &str = "select id from redaction where \
    (subject = 'update' and row_id in (select id from fact_update where addressee_id in (select id from r_addressee))) or \
    (subject = 'deadline' and row_id in (select id from deadline where addressee_id in (select id from r_addressee))) or \
    (subject = 'wording' and row_id in \
        (select id from wording where recommendation_id in (select id from r_recommendation))) or \
    (subject = 'evidence' and row_id in \
        (select id from evidence where addressee_id in (select id from r_addressee))) or \
    (subject = 'agreement' and row_id in \
        (select id from agreement where addressee_id in (select id from r_addressee))) or \
    (subject = 'mark' and row_id in (select id from mark where addressee_id in (select id from r_addressee))) or \
    (subject = 'outside' and row_id in \
        (select id from outside_finding where addressee_id in (select id from r_addressee))) or \
    (subject = 'report' and row_id in (select id from report where body_id in (select id from r_body))) or \
    (subject = 'coverage' and row_id in (select id from coverage where body_id in (select id from r_body) \
        or inquiry_id in (select id from r_inquiry))) or \
    (subject = 'event' and row_id in (select id from inquiry_event where body_id in (select id from r_body))) or \
    (subject = 'body' and row_id in (select id from body_text where body_id in (select id from r_body))) or \
    (subject = 'remark' and row_id in (select id from remark where addressee_id in (select id from r_addressee) \
        or recommendation_id in (select id from r_recommendation))) or \
    (subject = 'change' and row_id in (select seq from change where addressee_id in (select id from r_addressee) \
        or recommendation_id in (select id from r_recommendation) or body_id in (select id from r_body) \
        or seq in (select id from r_held_in)))";
