//! Who takes part: one person for each role, and a few more so that the second key, the body's own sign-off and a handover can
//! be shown. Their addresses are of a domain that belongs to nobody.

use crate::domain::person::Role;

/// The password of everybody in the demo. It guards nothing: the register it opens is fictional and thrown away.
pub const PASSWORD: &str = "lantern quay fog whistle";

/// Somebody who can sign in to the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignIn {
    /// Their address.
    pub email: &'static str,
    /// Their name.
    pub name: &'static str,
    /// Their role.
    pub role: Role,
    /// The slug of their body; empty for oversight staff.
    pub body: &'static str,
}

/// A part in the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Who {
    Administrator,
    Overseer,
    Second,
    Observer,
    Council,
    Head,
    Harbour,
    Company,
    Limited,
}

const fn sign_in(email: &'static str, name: &'static str, role: Role, body: &'static str) -> SignIn {
    SignIn { email, name, role, body }
}

/// Everybody who can sign in, in the order in which they came.
pub const SIGN_INS: [SignIn; 9] = [
    sign_in("administrator@demo.example", "Demo Administrator", Role::Administrator, ""),
    sign_in("overseer@demo.example", "Demo Overseer", Role::Overseer, ""),
    sign_in("second.overseer@demo.example", "Demo Second Overseer", Role::Overseer, ""),
    sign_in("observer@demo.example", "Demo Observer", Role::Observer, ""),
    sign_in("council@demo.example", "Demo Council Officer", Role::Contributor, "ashgrove-district-council"),
    sign_in("council.head@demo.example", "Demo Council Head", Role::Contributor, "ashgrove-district-council"),
    sign_in("harbour@demo.example", "Demo Harbour Officer", Role::Contributor, "ashgrove-harbour-authority"),
    sign_in("company@demo.example", "Demo Company Officer", Role::Contributor, "ashgrove-ferry-company"),
    sign_in("one.inquiry@demo.example", "Demo Overseer of One Inquiry", Role::Overseer, ""),
];

impl Who {
    /// Their sign-in.
    pub(super) const fn sign_in(self) -> SignIn {
        SIGN_INS[self as usize]
    }
}
