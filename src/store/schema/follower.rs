//! Who follows the register by mail, and what the public is told.

diesel::table! {
    subscriber (id) {
        id -> BigInt,
        reference -> Text,
        email -> Text,
        token_hash -> Text,
        cycle -> Text,
        created_at -> Text,
        asked_cycle -> Nullable<Text>,
        confirm_hash -> Nullable<Text>,
        confirm_until -> Nullable<Text>,
        confirmed_at -> Nullable<Text>,
        ended_at -> Nullable<Text>,
        paused_until -> Nullable<Text>,
        told_upto -> BigInt,
        told_on -> Text,
        corrected_upto -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    subscription (id) {
        id -> BigInt,
        subscriber_id -> BigInt,
        kind -> Text,
        target_id -> BigInt,
        since_seq -> Nullable<BigInt>,
        created_at -> Text,
    }
}

diesel::table! {
    told (id) {
        id -> BigInt,
        subscriber_id -> BigInt,
        seq -> BigInt,
    }
}

diesel::table! {
    suppression (key) {
        key -> Text,
        at -> Text,
        reason -> Text,
        origin -> Text,
        set_by -> Nullable<BigInt>,
        ended_at -> Nullable<Text>,
        ended_by -> Nullable<BigInt>,
        ended_reason -> Nullable<Text>,
    }
}

diesel::table! {
    mailing (id) {
        id -> BigInt,
        reference -> Text,
        after_seq -> BigInt,
        upto_seq -> BigInt,
        changes -> BigInt,
        state -> Text,
        made_at -> Text,
        decided_at -> Nullable<Text>,
        decided_by -> Nullable<BigInt>,
        goes_at -> Nullable<Text>,
        version -> BigInt,
    }
}
