//! Meetings, the dates that go with them, and scrutiny packs.

diesel::table! {
    meeting (id) {
        id -> BigInt,
        reference -> Text,
        held_on -> Text,
        papers_due_on -> Text,
        state -> Text,
        private_note -> Nullable<Text>,
        made_by -> BigInt,
        made_at -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    meeting_inquiry (id) {
        id -> BigInt,
        meeting_id -> BigInt,
        inquiry_id -> BigInt,
        event_id -> BigInt,
    }
}

diesel::table! {
    meeting_date (id) {
        id -> BigInt,
        meeting_id -> BigInt,
        addressee_id -> BigInt,
        deadline_id -> BigInt,
        working_days -> BigInt,
    }
}

diesel::table! {
    pack (id) {
        id -> BigInt,
        reference -> Text,
        meeting_id -> Nullable<BigInt>,
        meeting_on -> Nullable<Text>,
        after_seq -> BigInt,
        upto_seq -> BigInt,
        since_on -> Nullable<Text>,
        made_on -> Text,
        made_at -> Text,
        made_by -> BigInt,
        role -> Text,
        questions -> Text,
        contents -> Text,
        exemption -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    pack_inquiry (id) {
        id -> BigInt,
        pack_id -> BigInt,
        inquiry_id -> BigInt,
    }
}
