//! What bodies sent, what outside bodies found, and what was taken out of the record.

diesel::table! {
    report (id) {
        id -> BigInt,
        seq -> BigInt,
        began -> BigInt,
        body_id -> BigInt,
        kind -> Text,
        title -> Text,
        happened_on -> Nullable<Text>,
        precision -> Text,
        received_on -> Text,
        url -> Nullable<Text>,
        seen_on -> Nullable<Text>,
        file_id -> Nullable<BigInt>,
        summary -> Nullable<Text>,
        language -> Nullable<Text>,
        licence -> Nullable<Text>,
        author_id -> Nullable<BigInt>,
        corrects -> Nullable<BigInt>,
        withheld -> Nullable<BigInt>,
    }
}

diesel::table! {
    mark (id) {
        id -> BigInt,
        seq -> BigInt,
        addressee_id -> BigInt,
        report -> BigInt,
        value -> Text,
        page -> Nullable<Text>,
        words -> Nullable<Text>,
        author_id -> Nullable<BigInt>,
        publisher_id -> Nullable<BigInt>,
        corrects -> Nullable<BigInt>,
        withheld -> Nullable<BigInt>,
    }
}

diesel::table! {
    report_file (id) {
        id -> BigInt,
        report -> BigInt,
        body_id -> BigInt,
        file_id -> BigInt,
        author_id -> BigInt,
        created_at -> Text,
        taken_back_at -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    outside_finding (id) {
        id -> BigInt,
        seq -> BigInt,
        addressee_id -> BigInt,
        found_by -> Nullable<BigInt>,
        found_by_words -> Nullable<Text>,
        gist -> Text,
        words -> Text,
        place -> Nullable<Text>,
        happened_on -> Nullable<Text>,
        precision -> Text,
        source_url -> Text,
        checked -> Text,
        language -> Nullable<Text>,
        licence -> Nullable<Text>,
        author_id -> Nullable<BigInt>,
        corrects -> Nullable<BigInt>,
        withheld -> Nullable<BigInt>,
    }
}

diesel::table! {
    taken_out (id) {
        id -> BigInt,
        seq -> BigInt,
        subject -> Text,
        row_id -> BigInt,
        published -> BigInt,
    }
}

diesel::table! {
    grounds (id) {
        id -> BigInt,
        seq -> BigInt,
        withholding -> BigInt,
        kind -> Text,
    }
}
