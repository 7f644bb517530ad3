//! People, their sessions and the mail.

diesel::table! {
    person (id) {
        id -> BigInt,
        reference -> Text,
        email -> Text,
        name -> Text,
        role -> Text,
        body_id -> Nullable<BigInt>,
        password_hash -> Nullable<Text>,
        created_at -> Text,
        disabled_at -> Nullable<Text>,
        signed_in_at -> Nullable<Text>,
        version -> BigInt,
        former_at -> Nullable<Text>,
    }
}

diesel::table! {
    session (id) {
        id -> BigInt,
        token_hash -> Text,
        person_id -> BigInt,
        created_at -> Text,
        seen_at -> Text,
    }
}

diesel::table! {
    token (id) {
        id -> BigInt,
        token_hash -> Text,
        kind -> Text,
        person_id -> Nullable<BigInt>,
        created_at -> Text,
        expires_at -> Text,
        used_at -> Nullable<Text>,
    }
}

diesel::table! {
    filing_link (id) {
        id -> BigInt,
        token_id -> BigInt,
        body_id -> BigInt,
        code -> Nullable<Text>,
        code_until -> Nullable<Text>,
        pass_hash -> Nullable<Text>,
        pass_until -> Nullable<Text>,
        filed_on -> Nullable<Text>,
        wrong_codes -> BigInt,
        person_id -> Nullable<BigInt>,
        outbox_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    filed_by_link (id) {
        id -> BigInt,
        addressee_id -> BigInt,
        person_id -> BigInt,
        filed_on -> Text,
    }
}

diesel::table! {
    filing_link_item (id) {
        id -> BigInt,
        token_id -> BigInt,
        addressee_id -> BigInt,
    }
}

diesel::table! {
    throttle (key) {
        key -> Text,
        failures -> BigInt,
        since -> Text,
    }
}

diesel::table! {
    receipt (key) {
        key -> Text,
        person_id -> Nullable<BigInt>,
        at -> Text,
        location -> Text,
    }
}

diesel::table! {
    setting (key) {
        key -> Text,
        value -> Text,
        changed_at -> Text,
        changed_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    holiday (day) {
        day -> Text,
        name -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt,
        reference -> Text,
        dedupe_key -> Nullable<Text>,
        kind -> Text,
        person_id -> Nullable<BigInt>,
        email -> Text,
        letter -> Text,
        state -> Text,
        not_before -> Text,
        created_at -> Text,
        finished_at -> Nullable<Text>,
        attempts -> BigInt,
        lease -> Nullable<Text>,
        lease_until -> Nullable<Text>,
        subject -> Nullable<Text>,
        message -> Nullable<Binary>,
        came_back -> Bool,
        first_tried_at -> Nullable<Text>,
    }
}

diesel::table! {
    attempt (id) {
        id -> BigInt,
        outbox_id -> BigInt,
        at -> Text,
        outcome -> Text,
        answer -> Text,
        refused -> Bool,
        judge_as -> Nullable<Text>,
        judge_for -> Nullable<Text>,
    }
}

diesel::table! {
    job_run (id) {
        id -> BigInt,
        job -> Text,
        period -> Text,
        started_at -> Text,
        finished_at -> Nullable<Text>,
        lease_until -> Text,
        summary -> Nullable<Text>,
    }
}
