//! What is published: insert-only, every row with its `seq`.

diesel::table! {
    change (seq) {
        seq -> BigInt,
        at -> Text,
        day -> Text,
        kind -> Text,
        role -> Nullable<Text>,
        person_id -> Nullable<BigInt>,
        body_id -> Nullable<BigInt>,
        inquiry_id -> Nullable<BigInt>,
        recommendation_id -> Nullable<BigInt>,
        addressee_id -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        withheld -> Nullable<BigInt>,
    }
}

diesel::table! {
    inquiry_text (id) {
        id -> BigInt,
        seq -> BigInt,
        inquiry_id -> BigInt,
        kind -> Text,
        title -> Text,
        short_title -> Text,
        chair -> Nullable<Text>,
        commissioned_by -> Nullable<BigInt>,
        issued_by -> Nullable<BigInt>,
        legal_basis -> Nullable<Text>,
        source_url -> Nullable<Text>,
        source_note -> Nullable<Text>,
        own_references -> Bool,
        monitored_by -> Nullable<Text>,
        note -> Nullable<Text>,
        published_on -> Nullable<Text>,
        counts_in_source -> Text,
        language -> Nullable<Text>,
        licence -> Nullable<Text>,
        withheld -> Nullable<BigInt>,
        not_tracked -> Nullable<BigInt>,
        not_tracked_why -> Nullable<Text>,
    }
}

diesel::table! {
    inquiry_event (id) {
        id -> BigInt,
        seq -> BigInt,
        inquiry_id -> Nullable<BigInt>,
        happened_on -> Nullable<Text>,
        precision -> Text,
        words -> Text,
        source_url -> Nullable<Text>,
        checked -> Text,
        withheld -> Nullable<BigInt>,
        kind -> Text,
        corrects -> Nullable<BigInt>,
        present -> Bool,
        meeting_state -> Nullable<Text>,
        papers_due_on -> Nullable<Text>,
        replaces -> Nullable<BigInt>,
        body_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    entry (id) {
        id -> BigInt,
        seq -> BigInt,
        recommendation_id -> BigInt,
        number -> Text,
        own_reference -> Nullable<Bool>,
        made_on -> Nullable<Text>,
        in_error -> Bool,
    }
}

diesel::table! {
    theme_text (id) {
        id -> BigInt,
        seq -> BigInt,
        theme_id -> BigInt,
        name -> Text,
        slug -> Text,
        withheld -> Nullable<BigInt>,
        retired -> Bool,
    }
}

diesel::table! {
    wording (id) {
        id -> BigInt,
        seq -> BigInt,
        recommendation_id -> BigInt,
        title -> Nullable<Text>,
        text -> Nullable<Text>,
        text_kind -> Text,
        checked -> Text,
        source_url -> Nullable<Text>,
        compared_on -> Nullable<Text>,
        addressed_to_words -> Nullable<Text>,
        language -> Text,
        licence -> Nullable<Text>,
        author_id -> Nullable<BigInt>,
        publisher_id -> Nullable<BigInt>,
        withheld -> Nullable<BigInt>,
    }
}

diesel::table! {
    tag (id) {
        id -> BigInt,
        seq -> BigInt,
        recommendation_id -> BigInt,
        theme_id -> BigInt,
        present -> Bool,
        inquiry_id -> BigInt,
        position -> BigInt,
    }
}

diesel::table! {
    family (id) {
        id -> BigInt,
        seq -> BigInt,
        recommendation_id -> BigInt,
        slug -> Text,
    }
}

diesel::table! {
    tie (id) {
        id -> BigInt,
        seq -> BigInt,
        from_id -> BigInt,
        to_id -> BigInt,
        kind -> Text,
        present -> Bool,
    }
}

diesel::table! {
    asked (id) {
        id -> BigInt,
        seq -> BigInt,
        addressee_id -> BigInt,
        checked -> Text,
        present -> Bool,
    }
}

diesel::table! {
    deadline (id) {
        id -> BigInt,
        seq -> BigInt,
        addressee_id -> BigInt,
        kind -> Text,
        due_on -> Nullable<Text>,
        every_months -> Nullable<BigInt>,
        set_by_body -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        source_url -> Nullable<Text>,
        checked -> Text,
        replaces -> Nullable<BigInt>,
        author_id -> Nullable<BigInt>,
        withheld -> Nullable<BigInt>,
        corrects -> Nullable<BigInt>,
        set_by_words -> Nullable<Text>,
        rule -> Nullable<Text>,
        rule_from -> Nullable<Text>,
        owed_to -> Nullable<Text>,
        act -> Nullable<Text>,
        act_on -> Nullable<Text>,
        owner_post -> Nullable<Text>,
        action -> Nullable<Text>,
        agreed_by -> Nullable<Text>,
    }
}

diesel::table! {
    arrival_step (id) {
        id -> BigInt,
        seq -> BigInt,
        arrival_id -> BigInt,
        addressee_id -> BigInt,
        step -> Text,
        happened_on -> Nullable<Text>,
    }
}

diesel::table! {
    hold (id) {
        id -> BigInt,
        seq -> BigInt,
        began -> BigInt,
        inquiry_id -> Nullable<BigInt>,
        recommendation_id -> Nullable<BigInt>,
        step -> Text,
        kind -> Text,
        review_on -> Text,
        author_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    arrival (id) {
        id -> BigInt,
        seq -> BigInt,
        addressee_id -> BigInt,
        deadline_id -> Nullable<BigInt>,
        received_on -> Text,
        nil -> Bool,
    }
}

diesel::table! {
    fact_update (id) {
        id -> BigInt,
        seq -> BigInt,
        addressee_id -> BigInt,
        fact -> Text,
        value -> Text,
        happened_on -> Nullable<Text>,
        precision -> Text,
        words -> Nullable<Text>,
        their_word -> Nullable<Text>,
        basis -> Nullable<Text>,
        reason -> Nullable<Text>,
        source_url -> Nullable<Text>,
        checked -> Nullable<Text>,
        author_id -> Nullable<BigInt>,
        publisher_id -> Nullable<BigInt>,
        assessor -> Nullable<Text>,
        decide_by -> Nullable<Text>,
        rung -> Nullable<BigInt>,
        closure -> Nullable<Text>,
        arrival_id -> Nullable<BigInt>,
        voice_body_id -> Nullable<BigInt>,
        corrects -> Nullable<BigInt>,
        withheld -> Nullable<BigInt>,
        language -> Nullable<Text>,
        licence -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_on -> Nullable<Text>,
        minute_ref -> Nullable<Text>,
        approval -> Nullable<Text>,
    }
}

diesel::table! {
    accuracy_rule (id) {
        id -> BigInt,
        seq -> BigInt,
        inquiry_id -> BigInt,
        working_days -> BigInt,
        author_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    coverage (id) {
        id -> BigInt,
        seq -> BigInt,
        inquiry_id -> BigInt,
        body_id -> Nullable<BigInt>,
        what -> Text,
        where_looked -> Text,
        source_url -> Nullable<Text>,
        looked_on -> Text,
        by_post -> Text,
        found -> Text,
        author_id -> Nullable<BigInt>,
        corrects -> Nullable<BigInt>,
        withheld -> Nullable<BigInt>,
        recommendation_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    remark (id) {
        id -> BigInt,
        seq -> BigInt,
        kind -> Text,
        inquiry_id -> Nullable<BigInt>,
        recommendation_id -> Nullable<BigInt>,
        addressee_id -> Nullable<BigInt>,
        deadline_id -> Nullable<BigInt>,
        happened_on -> Nullable<Text>,
        precision -> Text,
        words -> Text,
        source_url -> Nullable<Text>,
        checked -> Nullable<Text>,
        author_id -> Nullable<BigInt>,
        withheld -> Nullable<BigInt>,
        asks_for -> Nullable<Text>,
        asks_instead_of -> Nullable<Text>,
        decision -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        replies_to -> Nullable<BigInt>,
        replies_to_outside -> Nullable<BigInt>,
        language -> Nullable<Text>,
        licence -> Nullable<Text>,
        minute_ref -> Nullable<Text>,
        approval -> Nullable<Text>,
        replaces -> Nullable<BigInt>,
        corrects -> Nullable<BigInt>,
        question -> Nullable<Text>,
    }
}

diesel::table! {
    page_text (id) {
        id -> BigInt,
        seq -> BigInt,
        page -> Text,
        part -> Text,
        text -> Text,
        checked_on -> Nullable<Text>,
        language -> Nullable<Text>,
        licence -> Nullable<Text>,
        withheld -> Nullable<BigInt>,
    }
}

diesel::table! {
    format_link (id) {
        id -> BigInt,
        seq -> BigInt,
        inquiry_id -> BigInt,
        kind -> Text,
        language -> Text,
        url -> Text,
        label -> Text,
        present -> Bool,
        withheld -> Nullable<BigInt>,
    }
}

diesel::table! {
    evidence (id) {
        id -> BigInt,
        seq -> BigInt,
        addressee_id -> BigInt,
        fact -> Text,
        update_id -> Nullable<BigInt>,
        exhibit_id -> BigInt,
        kind -> Text,
        url -> Nullable<Text>,
        seen_on -> Nullable<Text>,
        file_id -> Nullable<BigInt>,
        rung -> Text,
        page -> Nullable<Text>,
        quote -> Nullable<Text>,
        title -> Text,
        what -> Nullable<Text>,
        summary -> Nullable<Text>,
        author_id -> Nullable<BigInt>,
        publisher_id -> Nullable<BigInt>,
        corrects -> Nullable<BigInt>,
        withheld -> Nullable<BigInt>,
        language -> Nullable<Text>,
        licence -> Nullable<Text>,
    }
}

diesel::table! {
    agreement (id) {
        id -> BigInt,
        seq -> BigInt,
        addressee_id -> BigInt,
        words -> Text,
        author_id -> Nullable<BigInt>,
        withheld -> Nullable<BigInt>,
        agreed_on -> Nullable<Text>,
    }
}
