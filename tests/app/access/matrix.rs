//! The matrix: a letter for everybody, in the order of `EVERYBODY` in `access.rs`.

/// One address. `y` is let in (a page, a fault in a form, a redirect onwards), `s` is sent to the sign-in page, `n` is
/// refused, `0` finds nothing there: for whom even that is private, or because the address names nothing that exists.
pub struct Row {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The address as the route table has it.
    pub path: &'static str,
    /// public · contributor of the item's body · of another body · observer · overseer · administrator.
    pub expected: &'static str,
}

const fn row(method: &'static str, path: &'static str, expected: &'static str) -> Row {
    Row { method, path, expected }
}

/// Every address.
pub const MATRIX: &[Row] = &[
    // public
    row("GET", "/assets/{name}", "000000"),
    row("GET", "/healthz", "yyyyyy"),
    row("GET", "/readyz", "yyyyyy"),
    row("GET", "/", "yyyyyy"),
    row("GET", "/inquiries", "yyyyyy"),
    row("GET", "/inquiries/{inquiry}.json", "yyyyyy"),
    row("GET", "/inquiries/{inquiry}", "yyyyyy"),
    row("GET", "/inquiries/{inquiry}/recommendations/{number}.json", "yyyyyy"),
    row("GET", "/inquiries/{inquiry}/recommendations/{number}", "yyyyyy"),
    row("GET", "/inquiries/{inquiry}/recommendations/{number}/{body}", "yyyyyy"),
    row("GET", "/bodies", "yyyyyy"),
    row("GET", "/bodies/{body}.json", "yyyyyy"),
    row("GET", "/bodies/{body}", "yyyyyy"),
    row("GET", "/themes/{theme}", "yyyyyy"),
    row("GET", "/recommendations.json", "yyyyyy"),
    row("GET", "/recommendations", "yyyyyy"),
    row("GET", "/overdue", "yyyyyy"),
    row("GET", "/changes", "yyyyyy"),
    row("GET", "/changes/{seq}", "yyyyyy"),
    row("GET", "/about", "yyyyyy"),
    row("GET", "/accessibility", "yyyyyy"),
    row("GET", "/privacy", "yyyyyy"),
    row("GET", "/help", "yyyyyy"),
    // account
    row("GET", "/sign-in", "yyyyyy"),
    row("POST", "/sign-in", "yyyyyy"),
    // Ends at the sign-in page, for whoever comes.
    row("POST", "/sign-out", "ssssss"),
    row("GET", "/invitations/{token}", "000000"),
    row("POST", "/invitations/{token}", "000000"),
    row("GET", "/password-reset", "yyyyyy"),
    row("POST", "/password-reset", "yyyyyy"),
    row("GET", "/password-reset/{token}", "000000"),
    row("POST", "/password-reset/{token}", "000000"),
    // staff
    row("GET", "/staff", "syyyyy"),
    row("GET", "/staff/account", "syyyyy"),
    row("POST", "/staff/account/password", "syyyyy"),
    // Nobody has a session of the name that the test makes up.
    row("POST", "/staff/account/sessions/{session}/end", "s00000"),
    row("POST", "/staff/account/other-sessions/end", "syyyyy"),
    row("GET", "/staff/to-publish", "snnnyy"),
    row("GET", "/staff/to-confirm", "snnnyy"),
    row("GET", "/staff/sent-back", "syyyyy"),
    row("GET", "/staff/due", "snnyyy"),
    row("GET", "/staff/to-compare", "snnyyy"),
    row("GET", "/staff/filings/{reference}", "synyyy"),
    row("POST", "/staff/filings/{reference}", "synnnn"),
    row("POST", "/staff/filings/{reference}/publication", "snnnyy"),
    row("POST", "/staff/filings/{reference}/sent-back", "snnnyy"),
    row("POST", "/staff/filings/{reference}/withdrawal", "synnyy"),
    // Of the body that it is about, and nobody else: those who oversee have the filing itself.
    row("GET", "/staff/findings/{reference}", "synnnn"),
    row("POST", "/staff/findings/{reference}/reply", "synnnn"),
    row("GET", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/return", "synnnn"),
    row("POST", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/return", "synnnn"),
    row("GET", "/staff/inquiries", "syyyyy"),
    row("GET", "/staff/inquiries/{inquiry}", "snnyyy"),
    row("POST", "/staff/inquiries/{inquiry}/withhold", "snnn00"),
    row("GET", "/staff/inquiries/{inquiry}/accuracy", "snnnyy"),
    row("POST", "/staff/inquiries/{inquiry}/accuracy", "snnnyy"),
    row("GET", "/staff/inquiries/{inquiry}/coverage", "snnnyy"),
    row("POST", "/staff/inquiries/{inquiry}/coverage", "snnnyy"),
    row("GET", "/staff/bodies/{body}/chases", "snnyyy"),
    row("POST", "/staff/bodies/{body}/chases", "snnnyy"),
    row("GET", "/staff/bodies/{body}/contacts", "snnnyy"),
    row("POST", "/staff/bodies/{body}/contacts", "snnnyy"),
    // Nobody of the name that the test makes up is kept.
    row("POST", "/staff/bodies/{body}/contacts/{reference}/end", "snnn00"),
    row("GET", "/staff/inquiries/{inquiry}/recommendations/{number}", "synyyy"),
    row("GET", "/staff/inquiries/{inquiry}/recommendations/{number}/wording", "snnnyy"),
    row("POST", "/staff/inquiries/{inquiry}/recommendations/{number}/wording", "snnnyy"),
    row("GET", "/staff/inquiries/{inquiry}/recommendations/{number}/bodies", "snnnyy"),
    row("POST", "/staff/inquiries/{inquiry}/recommendations/{number}/bodies", "snnnyy"),
    row("POST", "/staff/inquiries/{inquiry}/recommendations/{number}/withhold", "snnn00"),
    row("GET", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}", "synyyy"),
    row("GET", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/response", "snnnyy"),
    row("POST", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/response", "snnnyy"),
    row("GET", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/reported", "snnnyy"),
    row("POST", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/reported", "snnnyy"),
    row("GET", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/assessment", "snnnyy"),
    row("POST", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/assessment", "snnnyy"),
    row("GET", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/closure", "snnnyy"),
    row("POST", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/closure", "snnnyy"),
    row("GET", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/target", "snnnyy"),
    row("POST", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/target", "snnnyy"),
    row("GET", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/schedule", "snnnyy"),
    row("POST", "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/schedule", "snnnyy"),
    row("GET", "/staff/people", "snnnny"),
    row("POST", "/staff/people", "snnnny"),
    row("GET", "/staff/people/new", "snnnny"),
    row("GET", "/staff/people/{reference}", "snnnny"),
    row("POST", "/staff/people/{reference}", "snnnny"),
    row("POST", "/staff/people/{reference}/invitation", "snnnny"),
    row("POST", "/staff/people/{reference}/disable", "snnnny"),
    row("POST", "/staff/people/{reference}/enable", "snnnny"),
    row("GET", "/staff/outbox", "snnnny"),
    row("GET", "/staff/outbox/{reference}", "snnnny"),
    row("POST", "/staff/outbox/{reference}/retry", "snnnny"),
    row("POST", "/staff/outbox/{reference}/cancel", "snnnny"),
    row("GET", "/staff/settings", "snnnny"),
    row("POST", "/staff/settings/operator", "snnnny"),
    row("POST", "/staff/settings/second-key", "snnnny"),
];
