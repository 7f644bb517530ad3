//! Every public word for facts, dates, plurals, roles and kinds: pages, mails, feeds, files and exports all say it from here.
//!
//! Imports nouns of `domain` only and returns text, never HTML. Start with `tag` (the exact words for each value of the
//! four facts), then `lines` (one sentence for each fact), `checked` (how far an entry was compared) and `dates`. A value
//! without words cannot be added: every match here is complete, and the tests walk every list of values.

mod answering;
mod authors;
mod body_desk;
mod bounces;
mod boxes;
mod by_link;
mod changes;
mod charts;
mod chases;
mod checked;
mod complaints;
mod copies;
mod coverage;
mod dates;
mod deadlines;
mod denominators;
mod desk;
mod editing;
mod evidence;
mod fairness;
mod families;
mod faults;
mod forms;
mod gap;
mod groups;
mod holds;
mod holidays;
mod ladder;
mod licences;
mod lines;
mod loads;
mod mails;
mod meanings;
mod meetings;
mod numbers;
mod outside;
mod packs;
mod pages;
mod parts;
mod past;
mod register;
mod removals;
mod reports;
mod retention;
mod returns;
mod searches;
mod stages;
mod subscriptions;
mod successions;
mod tag;
mod targets;
mod tone;
mod totals;
mod verdict;

pub use answering::{
    PLAN_TAKEN_BACK, came_late, deadline_act, fits_no_more, given_before_set, owed_to, paused_since, plan, plan_for,
    reckoned, reckoned_by_unknown, renewed, rule_added, rule_choice, rule_ended,
};
pub use authors::{
    IS_FORMER, SECOND_KEY_OFF, SECOND_KEY_ON, SET_BY_SCHEDULE, author, former, former_contact, from_body, published_by,
    role, role_means,
};
pub use body_desk::{body_open, body_reached};
pub use bounces::{
    ADDRESS_NOT_KEPT, MAIL_OF_ANOTHER_ROLE, MAIL_TO_DEAD_ADDRESS, MANY_REFUSED_ALIKE, TAKE_OFF_FIRST, TAKEN_OFF_ALIKE,
    dead_addresses, dead_origin, report_action, report_effect, report_line, report_noted, report_said, reports_did,
};
pub use boxes::{InquiryCounts, ResponseCounts, counts_in_source, inquiry_box, responses_box};
pub use by_link::{
    CHANGED_BY_LINK, CODE_NOT_RIGHT, LINK_GONE, LINK_GUESSED, LINK_REPLACED, LINK_USED, MAILBOX_NOT_REACHED,
    NONE_LEFT_BY_LINK, NOT_ASKED_BY_LINK, NOTHING_SAID_BY_LINK, asked_by, barred, barred_by_link, filed_by_link,
    link_expired,
};
pub use changes::{
    GROUNDS_NOT_SAID, act_put_right, act_taken_out, change, change_heading, change_kind, corrected_by, corrects,
    date_put_right, grounds, in_its_own_word, reason_taken_out, redacted_on, redaction_kind, remark_kind, replaced_by,
    shown_on, since_withheld, subject, subject_of, taken_out_what, were_published_by, were_withheld_by,
    withheld_inside, withheld_on,
};
pub use charts::{
    BY_BODY, BY_BODY_RULE, CHARTS, NO_TARGET, NOT_TOLD, PROGRESS, PROGRESS_PIECES, PROGRESS_TABLE, SILENCE_NOT_COUNTED,
    bar_said, first_bodies, of_all, progress_not_yet, progress_now, progress_rule, progress_said,
};
pub use chases::{
    FORM_MAY_BE_DISCLOSED, MAY_BE_DISCLOSED, asked_earlier, chase, chase_kind, contact_has_account, contact_known,
    reminder_sent,
};
pub use checked::{
    ADDRESSEE_NOT_KNOWN, AS_SENT_IN, NO_LINK, OWN_REFERENCE, addressee_checked, asked_in_doubt, block_not_counted,
    checked_label, claim_checked, claim_unlinked, entry_checked, text_kind, warned, warning,
};
pub use complaints::{
    FORM_EXPIRED, complaint_decision, complaint_email_hint, complaint_state, complaints_of_year, complaints_too_many,
    messages_waiting,
};
pub use copies::{KEEPS_WORDS, copy_made, copy_outdated, copy_written};
pub use coverage::{COVERAGE_NONE, LOOK_FIRST, LOOK_OF_ONE, coverage, found_by_look, look, not_responded, sought};
pub use dates::{
    DATED_BEFORE, dated_ahead, day, happened, happened_bare, made_before, moment, month_and_year, precision,
};
pub use deadlines::{
    ASKED_FIRST, NO_SCHEDULE, NOT_LOOKED_AT_LATELY, deadline_kind, distance, due, look_again_after, missed, owed_since,
    schedule, silent_after, unheard,
};
pub use denominators::{
    EACH_LOOKED_AT, OLDEST_NOT_LOOKED_AT, TOLD_BESIDE_EACH, WHY_NOT_TRACKED, WORDS_NOT_COUNTED, all_inquiries,
    denominators, in_the_report, in_the_reports, oldest_made, reports_behind,
};
pub use desk::{
    AN_ITEM, CLOSED_TO_RETURNS, NO_CHANGE_TAKEN, NO_CHANGE_TODAY, NOT_FOUND_HERE, RETURN_AGAIN, RETURN_RULE,
    RETURN_RULE_HELD, RETURN_TAKEN, charge_part, handed_in, last_arrival, longer_than, moved_on, next_on,
    oldest_passed, oldest_since, published_as, said_so_on, step, step_handed_over, step_to_author, target_stands,
    written_by,
};
pub use editing::{
    BODY_TAKEN_IN, EVENT_TAKEN_BACK, INQUIRY_TAKEN_IN, ITSELF_IN_ERROR, THEME_IS_RETIRED, THEME_MADE, address_replaced,
    body_amended, body_preview, counts_still, entry_preview, event_kind, event_line, event_on, field_changed,
    inquiry_amended, made_on, mistaken, name_withheld, number_changed, schedule_of_inquiry, theme_put, theme_renamed,
    theme_retired, whole_in_error,
};
pub use evidence::{
    AGREED, EVIDENCE_ANEW, EVIDENCE_ATTACHED, EVIDENCE_OF_NOTHING, EVIDENCE_OF_WORK, EVIDENCE_PUBLISHED,
    EVIDENCE_TAKEN_BACK, EVIDENCE_TO_SIGNER, EVIDENCE_WITH_UPDATE, NOT_AGREED, NOT_TO_BE_FOUND, READ_WAITING,
    RECORD_AGREED, RESTS_ON_NOTHING, agreed_after_finding, agreed_on, closing_waits, evidence_added, evidence_kind,
    evidence_readers, file_kind, file_line, hidden, on_page, rests_on, rung, rung_means, seen_on, size,
};
pub use fairness::{
    BEGINS_UNSIGNED, DRAFT_ACCEPTED, DRAFT_TO_ACCEPT, NOTHING_TO_CORRECT, REPLY_FOR_SIGN_OFF, accuracy_rule, approval,
    checked_by_body, correction_unanswered, decided, replied, replied_bare, replied_on, reply_not_signed,
    reply_signed_by, reply_unsigned, still_with_body, told_by_mail, too_late_to_reply, with_body_until,
};
pub use families::{
    ALIKE_ARE_LINKED, COMPARED_AND_NOT_SAID, FAMILY_APART, FAMILY_LEAVES_OUT, FAMILY_MEANS, NO_FAMILIES, NOT_TIED,
    NOTHING_LIKE_IT, OF_OTHER_INQUIRIES, OPPOSITE_IS_NO_MEMBER, OPPOSITES_IN_ONE, SUGGESTION_IS_NO_FINDING,
    TIED_TO_ITSELF, TIED_WITHIN_INQUIRY, compared_already, family_holds_its_part, family_size, family_standing,
    family_title, family_too_large, made_by, may_be_related_to, member_made, not_compared_enough, of_theme,
    pairs_suspected, relation, shares_words, tie_beside, tie_kind, tie_line, tie_not_counted, tie_published,
    tied_already, tied_in_a_circle, tied_in_error, tied_name,
};
pub use faults::{Sending, Trouble, trouble, trouble_heading};
pub use forms::{
    DONE_ALREADY, LOAD_AGAIN, NOTHING_CHANGED, NOTHING_CHOSEN, NOTHING_RECORDED, SHOWN_NOW, WAITS_FOR_ANOTHER,
    WITHHELD_NOW, as_wanted_already, basis, by_number_untitled, closure_choice, filing_kind, filing_state, may_repeat,
    place, title, title_or_number, title_withheld, waiting, with_title, with_title_withheld,
};
pub use gap::{LOOKED_LATELY, claims, gap, gap_choice, gap_part, not_lately_since, parts_named, tag_age};
pub use groups::{
    GROUP_MEANS, LEFT_OF_MEMBERS, NOBODY_LEFT_TO_ASK, as_of_day, belongs_to, member, member_dates, members_then,
    members_together, membership, put_to_group, put_to_members,
};
pub use holds::{
    CONFIRMING_HELD, DOCUMENT_HELD, FILE_HELD, HELD_MEANS, MARKS_HELD, RETURN_HELD, RETURN_KEPT, held, held_back,
    held_form, held_mark, held_named, held_since, hold_heading, hold_kind, hold_line, hold_on, hold_step, kept_back,
    left_out, review, waits_under,
};
pub use holidays::{holiday_area, holidays_end};
pub use ladder::{
    LADDER_STOPPED, LAST_MAIL_CAME_BACK, MAIL_COMES_BACK, NO_NOTICE, NO_NOTICE_YET, NO_POST_AT_TOP, NOTICED_ALREADY,
    OVERDUE_ELSEWHERE, POST_AT_TOP, TOP_FIRST, address_dead, asked_as_alternate, asked_instead, comes_next,
    notice_after_letter, overdue_item, signed_in_last,
};
pub use licences::{
    NO_DATA_LICENCE, data_licence, data_licence_is, format_kind, format_line, format_linked, language, licence, rights,
    source_rights, update_rights,
};
pub use lines::{
    NO_PLAN, NOT_ASSESSED, NOT_REPORTED, NOT_RESPONDED, assessed_line, found_by, lifecycle_line, none_found,
    reported_line, response_line, taken_place_by, taken_place_here, with_taken_place,
};
pub use loads::loaded;
pub use mails::{
    ASKS_WITH_DEAD_LINK, MAIL_AS_COMPOSED, MAIL_BUT_LINK, MAIL_HELD_BACK, MAIL_NOT_COMPOSED, MAIL_NOT_IN_COPY,
    MAIL_WITH_DEAD_LINK, MAIL_WITHOUT_LINK, digest_cycle, item, items, lapsed_of_followed, letter_kind, mail_counts,
    mail_state, mail_state_since, mail_to_contact, more_in_list, no_contributor,
};
pub use meanings::{DONE, GAP, SILENCE, UNITS, assessed_means, lifecycle_means, reported_means, response_means};
pub use meetings::{
    CALL_IT_UNDER_MEETINGS, asked_before, hangs, meeting_dates, meeting_line, meeting_saved, meeting_stands,
    meeting_state, minuted, no_meeting_dates, place_taken_by, released, released_date, takes_place_of,
};
pub use numbers::{all_of, count, days, list, number, out_of};
pub use outside::{
    FINDING_REPLACED, NO_REPLY, OTHERS_FOUND, REPLY_BESIDE, REPLY_TAKEN, REPLY_WAITS, answers_finding, beside, gist,
    outside_line, replied_to,
};
pub use packs::{
    PACK_QUESTIONS, PRIVATE_TOLD, TARGET_BEING_READ, and_more_packs, exemption, last_packs, not_for_publication,
    pack_answers, pack_being_read, pack_compared, pack_due, pack_heading, pack_line, pack_looked, pack_more,
    pack_moved_by, pack_open, pack_row, pack_section, pack_section_means, pack_title, pack_window, packs_differ,
    private_changed, private_checked, private_evidence, private_kind,
};
pub use pages::{
    NO_REPORTS, SUPPORT_BUILT_IN, SUPPORT_REPLACES, compliance, compliance_said, enforcement, enforcement_said, limits,
    nation, no_support, not_entered, operator_page, own_words_of, page_published, part, part_hint, part_missing,
    support_checked, support_to_check, version_of,
};
pub use parts::{
    ANSWERS_THAT_STAY, DATES_THAT_STAY, FOLLOWED_IN_PARTS, ONLY_BY_DIVIDING, PUT_ITS_PARTS, answered_in_parts,
    begins_with_whole, carried_over, date_from_whole, divided_into, followed_in_parts, found_of_whole,
    found_with_parts, given_to_whole, lettered, lettered_all, part_of, part_of_a_part, part_taken_in, parts_standing,
    place_of_part, put_in_parts, verdict_of_parts, waits_before_parts, was_divided,
};
pub use past::{
    NO_DAY, SEE_TODAY, TAKEN_OUT_SINCE, TWICE, WRONG_ORDER, as_at, as_it_stood, before_the_first, between,
    changes_between, cite, cite_change, cited_answer, not_then, still_to_come,
};
pub use register::{ABOUT_REGISTER, operator_is, second_key_switched};
pub use removals::{
    STANDS_NOW, TakenOutOn, WITHHELD_ALREADY, related, removed_again, removed_with_it, taken_out_by_year,
    withheld_with_it,
};
pub use reports::{
    MARKED_MEANWHILE, MARKS_MEAN, READ_ONCE, READ_TWICE, document, mark, mark_choice, marked_so_far, marks,
    report_kind, report_received,
};
pub use retention::{kept_for, mail_words_removed, may_be_kept, periods_are, removed};
pub use returns::{
    Arrived, FOR_SIGN_OFF, HANDED_OVER, NIL_RETURN, NO_CONTACT, RETURN_SAVED, RETURN_SENT, SIGNED_OFF, WAITS_ALREADY,
    another_arrival, arrival, arrival_step, asked_from, duty, duty_for, holds_drafts, nothing_new, nothing_new_on,
    signs_off, step_of, unfinished, waits_for_sign_off, with_leads,
};
pub use searches::{
    AS_IN_ADDRESS, CHOSEN, COUNTED_CHOICES, CUT, CUT_COUNTED, CUT_FILTERS, CUT_ORDERED, CUT_SHORT, MEANT,
    NOT_LATELY_CHOICE, ONLY_ERRORS_CHOICE, SEARCH_HINT, TYPED,
};
pub use stages::{overdue_among, stages};
pub use subscriptions::{
    fact_line, follow_too_many, how_many, mail_cycle, mailing, mailing_coming, mailing_question, mailing_state,
    mailing_waits, public_line, put_right, taken_back, topic,
};
pub use successions::{
    NOBODY_ANSWERS, NOT_DECIDED, OPEN_WITH_SUCCESSOR, answers_now, asked_of, became, came_from, ended_not_decided,
    fell_due_of_either, fell_due_while, handed_on, kept_at, of_these_taken_over, owed_by, passed_on, passed_on_when,
    passing_item, said_by, succession, succession_corrected, succession_kind, succession_taken_back, taken_over_from,
    undecided, was_asked,
};
pub use tag::{Tag, assessed, assessed_group, closure, fact, lifecycle, no_response_by, reported, response};
pub use targets::{
    NO_ASK_WAITS, NO_ASKING_BARE, NO_ASKING_CLOSED, NO_TARGET_ON_CLOSED, NOTHING_ASKED_OF_CLOSED,
    PASSED_BEFORE_REGISTER, TARGET_OF_CLOSED, TARGET_WAS_TAKEN_BACK, TargetFacts, agreed_by, ask_decision,
    ask_for_target, asked_for_later, asked_for_later_bare, days_past_first_target, extension_decided, first_target,
    first_target_passed, first_targets_passed, target, target_has_passed, target_line, target_moved, target_taken_back,
    times_moved,
};
pub use tone::Tone;
pub use totals::{
    ANSWER_IN_ERROR, ASKED_IN_ERROR, FIRST_TARGETS_RULE, FROM_THE_FILE, IN_ERROR, IN_ERROR_MEANS, ITS_ANSWER,
    LAPSED_RULE, NO_DATE_PASSED, NO_SUCH_DATE, NOBODY_JUDGED, NOT_MONITORED, NOT_TRANSCRIBED, NOTHING_ON_ERROR,
    NOTHING_OVERDUE, NOTHING_PUT, NOTHING_SAID, ONLY_ANSWER_IN_ERROR, ONLY_ERRORS, OVERDUE_RULE, OVERSIGHT, SOMEBODY,
    STAYS_LISTED, TAKEN_BACK, WITH_ALL_OTHERS, addressed_to, also_known_as, and_then, answers, asked_for, by_number,
    capped, contents, contents_upto, days_taken, entered, found, in_error, in_short, last_changed, looked_through,
    made_not_known, named_before, named_until, never_put_to, overdue, published, put_to, put_to_and, recommendations,
    standing, succeeded_by, taken_in, took_the_place_of, with_more,
};
pub use verdict::{Finding, NO_VERDICT, verdict};

/// What every page, feed and mail says until an administrator has entered who answers for this copy.
pub const NOT_IN_SERVICE: &str = "Not in service: nobody has taken responsibility for this copy";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Debug;

    use crate::domain::moment::Day;

    pub fn on(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// Every value has words, and no two values have the same.
    pub fn all_different<T: Copy + Debug>(values: &[T], words: impl Fn(T) -> String) {
        let mut seen = BTreeSet::new();
        for value in values.iter().copied() {
            let said = words(value);
            assert!(!said.trim().is_empty(), "{value:?} has no words");
            assert!(seen.insert(said.clone()), "{value:?} says “{said}” as another value does");
        }
    }
}
