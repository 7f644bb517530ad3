//! What is published of bodies as such: what they are called, what became of them, what they belong to.

diesel::table! {
    body_text (id) {
        id -> BigInt,
        seq -> BigInt,
        body_id -> BigInt,
        name -> Text,
        short_name -> Nullable<Text>,
        kind -> Text,
        withheld -> Nullable<BigInt>,
        link -> Nullable<Text>,
        slug -> Text,
        also -> Nullable<Text>,
        named_on -> Nullable<Text>,
        named_precision -> Text,
    }
}

diesel::table! {
    succession (id) {
        id -> BigInt,
        seq -> BigInt,
        from_body_id -> BigInt,
        to_body_id -> BigInt,
        happened_on -> Nullable<Text>,
        precision -> Text,
        present -> Bool,
        kind -> Text,
        source_url -> Nullable<Text>,
        checked -> Nullable<Text>,
    }
}

diesel::table! {
    passing (id) {
        id -> BigInt,
        seq -> BigInt,
        addressee_id -> BigInt,
        from_body_id -> BigInt,
        to_body_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    membership (id) {
        id -> BigInt,
        seq -> BigInt,
        group_id -> BigInt,
        body_id -> BigInt,
        from_on -> Nullable<Text>,
        from_precision -> Text,
        until_on -> Nullable<Text>,
        until_precision -> Text,
        present -> Bool,
        has_left -> Bool,
    }
}

diesel::table! {
    group_asked (id) {
        id -> BigInt,
        seq -> BigInt,
        group_id -> BigInt,
        recommendation_id -> BigInt,
        as_of -> Text,
    }
}
