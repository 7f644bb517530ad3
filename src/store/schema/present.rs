//! Current values, rebuildable from the ledger.

diesel::table! {
    counter (id) {
        id -> BigInt,
        seq -> BigInt,
        stamp -> BigInt,
    }
}

diesel::table! {
    schema_floor (id) {
        id -> BigInt,
        program -> Text,
    }
}

diesel::table! {
    body (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        short_name -> Nullable<Text>,
        kind -> Text,
        version -> BigInt,
        seq -> BigInt,
    }
}

diesel::table! {
    inquiry (id) {
        id -> BigInt,
        slug -> Text,
        position -> BigInt,
        kind -> Text,
        title -> Text,
        short_title -> Text,
        text_id -> Nullable<BigInt>,
        version -> BigInt,
        seq -> BigInt,
    }
}

diesel::table! {
    theme (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
    }
}

diesel::table! {
    recommendation (id) {
        id -> BigInt,
        inquiry_id -> BigInt,
        parent_id -> Nullable<BigInt>,
        number -> Text,
        position -> BigInt,
        wording_id -> Nullable<BigInt>,
        title -> Nullable<Text>,
        text_kind -> Text,
        checked -> Text,
        may_repeat -> Nullable<Text>,
        done -> Bool,
        version -> BigInt,
        seq -> BigInt,
        own_reference -> Nullable<Bool>,
        made_on -> Nullable<Text>,
        in_error -> Bool,
        not_looked_at -> Bool,
        put -> Bool,
    }
}

diesel::table! {
    addressee (id) {
        id -> BigInt,
        recommendation_id -> BigInt,
        inquiry_id -> BigInt,
        body_id -> BigInt,
        taken_in_on -> Text,
        checked -> Text,
        present -> Bool,
        response -> Text,
        response_on -> Nullable<Text>,
        response_precision -> Text,
        response_basis -> Nullable<Text>,
        response_update_id -> Nullable<BigInt>,
        reported -> Text,
        reported_on -> Nullable<Text>,
        reported_precision -> Text,
        reported_update_id -> Nullable<BigInt>,
        assessed -> Text,
        assessed_on -> Nullable<Text>,
        assessed_precision -> Text,
        assessed_by -> Nullable<Text>,
        assessed_update_id -> Nullable<BigInt>,
        lifecycle -> Text,
        lifecycle_on -> Nullable<Text>,
        lifecycle_precision -> Text,
        closure -> Nullable<Text>,
        lifecycle_update_id -> Nullable<BigInt>,
        done -> Bool,
        gap -> Bool,
        response_deadline_id -> Nullable<BigInt>,
        response_due_on -> Nullable<Text>,
        decision_deadline_id -> Nullable<BigInt>,
        decision_due_on -> Nullable<Text>,
        return_deadline_id -> Nullable<BigInt>,
        return_due_on -> Nullable<Text>,
        return_every -> Nullable<BigInt>,
        target_deadline_id -> Nullable<BigInt>,
        target_on -> Nullable<Text>,
        first_target_on -> Nullable<Text>,
        target_set_by -> Nullable<BigInt>,
        times_moved -> BigInt,
        last_arrival_on -> Nullable<Text>,
        version -> BigInt,
        seq -> BigInt,
        recheck_deadline_id -> Nullable<BigInt>,
        recheck_due_on -> Nullable<Text>,
        looked_until -> Nullable<Text>,
        first_target_deadline_id -> Nullable<BigInt>,
        answerer_id -> BigInt,
        handed -> Text,
        position -> BigInt,
    }
}

diesel::table! {
    alias (id) {
        id -> BigInt,
        kind -> Text,
        scope -> Text,
        old -> Text,
        new -> Text,
    }
}

diesel::table! {
    tally (id) {
        id -> BigInt,
        scope -> Text,
        scope_id -> BigInt,
        fact -> Text,
        value -> Text,
        number -> BigInt,
    }
}

diesel::table! {
    month_end (id) {
        id -> BigInt,
        inquiry_id -> Nullable<BigInt>,
        day -> Text,
        answers -> BigInt,
        claims -> BigInt,
        confirmed -> BigInt,
    }
}

diesel::table! {
    asking (id) {
        id -> BigInt,
        addressee_id -> BigInt,
        asked_on -> Text,
        noted_on -> Nullable<Text>,
        by_hand -> Bool,
        back_on -> Nullable<Text>,
    }
}
