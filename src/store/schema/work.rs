//! What is not published yet. No public query joins these.

diesel::table! {
    filing (id) {
        id -> BigInt,
        reference -> Text,
        addressee_id -> Nullable<BigInt>,
        recommendation_id -> BigInt,
        kind -> Text,
        state -> Text,
        proposal -> Text,
        author_id -> BigInt,
        arrival_id -> Nullable<BigInt>,
        created_at -> Text,
        submitted_at -> Nullable<Text>,
        published_seq -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    filing_step (id) {
        id -> BigInt,
        filing_id -> BigInt,
        at -> Text,
        person_id -> BigInt,
        state -> Text,
        comment -> Nullable<Text>,
    }
}

diesel::table! {
    note (id) {
        id -> BigInt,
        recommendation_id -> BigInt,
        addressee_id -> Nullable<BigInt>,
        author_id -> BigInt,
        at -> Text,
        words -> Text,
    }
}

diesel::table! {
    redaction (id) {
        id -> BigInt,
        reference -> Text,
        subject -> Text,
        row_id -> BigInt,
        kind -> Text,
        state -> Text,
        place -> Text,
        proposed_by -> BigInt,
        proposed_at -> Text,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<Text>,
        seq -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    restored_redaction (id) {
        id -> BigInt,
        subject -> Text,
        row_id -> BigInt,
        kind -> Text,
        removed_on -> Text,
        seq -> BigInt,
    }
}

diesel::table! {
    complaint (id) {
        id -> BigInt,
        reference -> Text,
        received_at -> Text,
        page -> Text,
        words -> Text,
        email -> Nullable<Text>,
        state -> Text,
        decision -> Nullable<Text>,
        decided_on -> Nullable<Text>,
        decided_by -> Nullable<BigInt>,
        answer -> Nullable<Text>,
        correcting_seq -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    complaint_step (id) {
        id -> BigInt,
        complaint_id -> BigInt,
        at -> Text,
        person_id -> Nullable<BigInt>,
        state -> Text,
        decision -> Nullable<Text>,
        words -> Nullable<Text>,
    }
}

diesel::table! {
    accuracy (id) {
        id -> BigInt,
        filing_id -> BigInt,
        body_id -> BigInt,
        sent_on -> Text,
        until_on -> Text,
        told -> BigInt,
        replied_at -> Nullable<Text>,
        replied_on -> Nullable<Text>,
        reply -> Nullable<Text>,
        person_id -> Nullable<BigInt>,
        unsigned_at -> Nullable<Text>,
        unsigned_by -> Nullable<BigInt>,
        unsigned -> Nullable<Text>,
        language -> Nullable<Text>,
        licence -> Nullable<Text>,
    }
}

diesel::table! {
    contact (id) {
        id -> BigInt,
        reference -> Text,
        body_id -> BigInt,
        name -> Text,
        post -> Nullable<Text>,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        address -> Nullable<Text>,
        created_at -> Text,
        author_id -> BigInt,
        ended_on -> Nullable<Text>,
        former_at -> Nullable<Text>,
        at_top -> Bool,
    }
}

diesel::table! {
    duty (id) {
        id -> BigInt,
        body_id -> BigInt,
        addressee_id -> Nullable<BigInt>,
        kind -> Text,
        person_id -> BigInt,
        begun_at -> Text,
        begun_by -> BigInt,
        ended_at -> Nullable<Text>,
        ended_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    charge (id) {
        id -> BigInt,
        inquiry_id -> Nullable<BigInt>,
        body_id -> Nullable<BigInt>,
        part -> Text,
        person_id -> BigInt,
        from_on -> Text,
        set_by -> BigInt,
        until_on -> Nullable<Text>,
        ended_by -> Nullable<BigInt>,
        standing -> BigInt,
    }
}

diesel::table! {
    person_digest (id) {
        id -> BigInt,
        person_id -> BigInt,
        cycle -> Nullable<Text>,
        told_from -> BigInt,
        told_upto -> BigInt,
        told_at -> Nullable<Text>,
        mailed_on -> Nullable<Text>,
        said -> Nullable<Text>,
        failed_upto -> Nullable<Text>,
    }
}

diesel::table! {
    person_inquiry (id) {
        id -> BigInt,
        person_id -> BigInt,
        inquiry_id -> BigInt,
        set_by -> BigInt,
        set_on -> Text,
    }
}

diesel::table! {
    bulk (id) {
        id -> BigInt,
        reference -> Text,
        person_id -> BigInt,
        at -> Text,
        kind -> Text,
        seq -> Nullable<BigInt>,
        outcomes -> Text,
    }
}

diesel::table! {
    chase (id) {
        id -> BigInt,
        reference -> Text,
        body_id -> BigInt,
        kind -> Text,
        happened_on -> Text,
        contact_id -> Nullable<BigInt>,
        with_whom -> Nullable<Text>,
        by_post -> Text,
        said -> Nullable<Text>,
        author_id -> BigInt,
        at -> Text,
        to_top -> Bool,
    }
}

diesel::table! {
    chase_item (id) {
        id -> BigInt,
        chase_id -> BigInt,
        addressee_id -> BigInt,
    }
}

diesel::table! {
    reminded (id) {
        id -> BigInt,
        outbox_id -> BigInt,
        addressee_id -> BigInt,
        reminded_on -> Text,
        overdue_on -> Nullable<Text>,
    }
}

diesel::table! {
    file (id) {
        id -> BigInt,
        reference -> Text,
        kind -> Text,
        bytes -> BigInt,
        sha256 -> Nullable<Text>,
        hidden -> Text,
        created_at -> Text,
    }
}

diesel::table! {
    file_chunk (id) {
        id -> BigInt,
        file_id -> BigInt,
        position -> BigInt,
        data -> Nullable<Binary>,
    }
}

diesel::table! {
    exhibit (id) {
        id -> BigInt,
        reference -> Text,
        addressee_id -> BigInt,
        filing_id -> Nullable<BigInt>,
        fact -> Text,
        kind -> Text,
        url -> Nullable<Text>,
        seen_on -> Nullable<Text>,
        file_id -> Nullable<BigInt>,
        rung -> Text,
        page -> Nullable<Text>,
        quote -> Nullable<Text>,
        title -> Nullable<Text>,
        what -> Nullable<Text>,
        summary -> Nullable<Text>,
        author_id -> BigInt,
        created_at -> Text,
        taken_back_at -> Nullable<Text>,
        version -> BigInt,
        language -> Nullable<Text>,
        licence -> Nullable<Text>,
    }
}

diesel::table! {
    target_ask (id) {
        id -> BigInt,
        reference -> Text,
        addressee_id -> BigInt,
        deadline_id -> BigInt,
        wanted_on -> Text,
        reason -> Text,
        person_id -> BigInt,
        asked_at -> Text,
        asked_on -> Text,
        seq -> Nullable<BigInt>,
        version -> BigInt,
        language -> Nullable<Text>,
        licence -> Nullable<Text>,
    }
}

diesel::table! {
    held_back (id) {
        id -> BigInt,
        addressee_id -> BigInt,
        filing_id -> Nullable<BigInt>,
        step -> Nullable<Text>,
        nil -> Bool,
        happened_on -> Text,
        role -> Text,
        person_id -> BigInt,
        published_seq -> Nullable<BigInt>,
    }
}
