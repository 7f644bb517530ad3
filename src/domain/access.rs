//! The whole permission table, in one match: who may do which deed, about whose item.

use super::id::{BodyId, InquiryId, PersonId};
use super::person::{Actor, Role};

/// Everything that needs a right. Reading the public register needs none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// See the staff pages at all.
    EnterStaff,
    /// Read what is unpublished about an item of `body`.
    ReadUnpublished,
    /// Invite, change and disable people; read their list.
    ManagePeople,
    /// Take everything that is held about a person, an item or a body as a file.
    ReadHeld,
    /// Enter the operator and its pages, switch the second key.
    ManageSettings,
    /// Read what readers say is wrong, and decide on it.
    DecideComplaint,
    /// Read the outbox, try a mail again, cancel one.
    ManageMail,
    /// Decide whether the public is mailed about many changes at once; see what mails say.
    DecideMailing,
    /// Say who leads the work on an inquiry or with a body, and who stands in.
    SetCharge,
    /// Record a response, a report, a target, a schedule; put an item to a body; write private notes.
    RecordFact,
    /// Write an assessment, a closure, or words of a recommendation.
    Propose,
    /// Publish or send back what somebody filed.
    Publish,
    /// Take back what was filed and is not public.
    Withdraw,
    /// Take published words out of sight, or show them again.
    Withhold,
    /// Keep new publications back about something, let that go on, or end it.
    Hold,
    /// Propose that withheld words be removed for good.
    ProposeRedaction,
    /// Remove them, or decline to, as the second person.
    Redact,
    /// File a return on an item of `body`.
    FileReturn,
    /// See a finding about `body` before it is published, and reply to it.
    CheckFinding,
    /// Attach evidence to what is said about an item of `body`, and take back what is not public.
    AttachEvidence,
    /// Read a file that is not public.
    ReadFile,
    /// Make a scrutiny pack, and choose what is asked in it.
    MakePack,
    /// Read the packs that were made, of what is public.
    ReadPack,
    /// Read the private paper of a pack: what is not public of its inquiries, gathered for a committee.
    ReadPrivatePaper,
}

/// Whose thing a deed is about, as far as the right depends on it.
#[derive(Debug, Clone, Copy, Default)]
pub struct About {
    /// The body asked.
    pub body: Option<BodyId>,
    /// Who wrote what is being published.
    pub author: Option<PersonId>,
    /// Whether author and publisher must be two people.
    pub second_key: bool,
    /// Whether it judges the body (an assessment, or closing as done).
    pub judges: bool,
    /// Where it is done, for a role that is limited to some inquiries.
    pub place: Place,
}

/// Where something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// It is asked whether somebody may do such a thing at all, or the thing belongs to a body and to no inquiry.
    #[default]
    Unsaid,
    /// In this inquiry.
    Inquiry(InquiryId),
    /// In the whole register.
    Register,
}

impl About {
    /// About an item of one body.
    #[must_use]
    pub const fn body(body: BodyId) -> Self {
        Self { body: Some(body), author: None, second_key: false, judges: false, place: Place::Unsaid }
    }

    /// About something of the whole register.
    #[must_use]
    pub fn register() -> Self {
        Self { place: Place::Register, ..Self::default() }
    }

    /// The same in an inquiry.
    #[must_use]
    pub const fn of(self, inquiry: InquiryId) -> Self {
        Self { place: Place::Inquiry(inquiry), ..self }
    }
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The role does not have the right.
    #[error("Your role does not allow this. Ask an administrator of this register.")]
    Role,
    /// A file of everything held about somebody.
    #[error(
        "What is held about people may be exported by administrators alone, because the file holds private addresses and words \
         that were never published. Ask an administrator of this register."
    )]
    NotHeld,
    /// It is another body's item.
    #[error("This item belongs to another body.")]
    OtherBody,
    /// The second key: it must be another person.
    #[error("You wrote this, so another person must publish it.")]
    OwnWork,
    /// Words are removed for good by two people.
    #[error("You proposed this, so another person must decide it.")]
    OwnProposal,
    /// The body has named one person who signs off.
    #[error("Another person signs off for your body.")]
    NotSigner,
    /// The role is limited to other inquiries.
    #[error("Your role is limited to other inquiries. Ask an administrator of this register.")]
    OtherInquiry,
    /// Nobody decides about their own body.
    #[error("This is about your own body, so somebody else must decide on it.")]
    OwnBody,
}

/// Whether `actor` may do `deed`.
///
/// # Errors
/// The reason why not, as a sentence for the person.
pub fn may(actor: Actor, deed: Deed, about: About) -> Result<(), Refusal> {
    if !is_in_reach(actor, deed, about.place) {
        return Err(Refusal::OtherInquiry);
    }
    let own_body = actor.body.is_some() && actor.body == about.body;
    match (deed, actor.role) {
        (Deed::EnterStaff, _) => Ok(()),
        (Deed::ReadUnpublished, Role::Contributor) => own_item(about, own_body),
        (Deed::ReadUnpublished, _) => Ok(()),
        (Deed::ProposeRedaction, Role::Administrator) => Ok(()),
        (Deed::Redact, Role::Administrator | Role::Overseer) => {
            if about.author == Some(actor.person) {
                Err(Refusal::OwnProposal)
            } else {
                Ok(())
            }
        }
        (Deed::ManagePeople | Deed::ReadHeld | Deed::ManageSettings | Deed::ManageMail, Role::Administrator) => Ok(()),
        // Whoever belongs to a body speaks for it, and does not also keep the record of what it said.
        (Deed::RecordFact | Deed::Hold, Role::Administrator | Role::Overseer) if own_body => Err(Refusal::OwnBody),
        // Withholding protects people, who must not wait until somebody of another body is there: whoever oversees does it
        // at once, about their own body too.
        (
            Deed::RecordFact
            | Deed::Hold
            | Deed::Withhold
            | Deed::DecideComplaint
            | Deed::DecideMailing
            | Deed::SetCharge
            | Deed::MakePack,
            Role::Administrator | Role::Overseer,
        ) => Ok(()),
        (Deed::ReadPack | Deed::ReadPrivatePaper, Role::Administrator | Role::Overseer | Role::Observer) => Ok(()),
        (Deed::Propose | Deed::Publish, Role::Administrator | Role::Overseer) => {
            // Whatever is filed about a body is let through, or sent back, by somebody who does not belong to it: its own
            // updates no less than findings and closings.
            if own_body && (about.judges || deed == Deed::Publish) {
                Err(Refusal::OwnBody)
            } else if deed == Deed::Publish && about.second_key && about.author == Some(actor.person) {
                Err(Refusal::OwnWork)
            } else {
                Ok(())
            }
        }
        (Deed::FileReturn | Deed::CheckFinding | Deed::Withdraw, Role::Contributor) => own_item(about, own_body),
        // What oversight collects for a judgement is no contributor's to read until it is published.
        (Deed::AttachEvidence | Deed::ReadFile, Role::Contributor) if !about.judges => own_item(about, own_body),
        (Deed::AttachEvidence, Role::Administrator | Role::Overseer) if own_body => Err(Refusal::OwnBody),
        (Deed::AttachEvidence | Deed::ReadFile, Role::Administrator | Role::Overseer) => Ok(()),
        (Deed::Withdraw, Role::Administrator | Role::Overseer) => {
            if own_body && about.author != Some(actor.person) {
                Err(Refusal::OwnBody)
            } else {
                Ok(())
            }
        }
        (Deed::ReadHeld, _) => Err(Refusal::NotHeld),
        _ => Err(Refusal::Role),
    }
}

/// Whether a role that is limited to some inquiries reaches there. Outside them an overseer is an observer: they read what is
/// unpublished where it stands, no private file and no private paper, and do nothing, but for one thing: words that endanger
/// somebody are withheld at once by whoever oversees and sees them. What is decided for the whole register is for those who
/// oversee all of it.
fn is_in_reach(actor: Actor, deed: Deed, place: Place) -> bool {
    match (deed, place) {
        (Deed::EnterStaff | Deed::ReadUnpublished | Deed::ReadPack | Deed::Withhold, _) | (_, Place::Unsaid) => true,
        (_, Place::Inquiry(id)) => actor.reach.holds(id),
        (_, Place::Register) => !actor.reach.is_limited(),
    }
}

/// What is about no body is no item, and belongs to nobody's body.
const fn own_item(about: About, own_body: bool) -> Result<(), Refusal> {
    match about.body {
        _ if own_body => Ok(()),
        Some(_) => Err(Refusal::OtherBody),
        None => Err(Refusal::Role),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Reach;

    fn actor(role: Role, body: Option<i64>) -> Actor {
        Actor { person: PersonId(1), role, body: body.map(BodyId), reach: Reach::EVERYWHERE }
    }

    #[test]
    fn a_contributor_reaches_their_own_body_only() {
        let contributor = actor(Role::Contributor, Some(7));
        for deed in [Deed::FileReturn, Deed::CheckFinding, Deed::Withdraw, Deed::ReadUnpublished] {
            assert_eq!(may(contributor, deed, About::body(BodyId(7))), Ok(()));
            assert_eq!(may(contributor, deed, About::body(BodyId(8))), Err(Refusal::OtherBody));
            assert_eq!(may(contributor, deed, About::default()), Err(Refusal::Role));
        }
        assert_eq!(may(contributor, Deed::Publish, About::default()), Err(Refusal::Role));
        for deed in [Deed::AttachEvidence, Deed::ReadFile] {
            assert_eq!(may(contributor, deed, About::body(BodyId(7))), Ok(()));
            assert_eq!(may(contributor, deed, About::body(BodyId(8))), Err(Refusal::OtherBody));
            let judged = About { judges: true, ..About::body(BodyId(7)) };
            assert_eq!(may(contributor, deed, judged), Err(Refusal::Role), "{deed:?}");
        }
    }

    #[test]
    fn nobody_publishes_their_own_finding_or_assesses_their_own_body() {
        let overseer = actor(Role::Overseer, Some(7));
        let own = About { author: Some(PersonId(1)), second_key: true, judges: true, ..About::body(BodyId(8)) };
        assert_eq!(may(overseer, Deed::Publish, own), Err(Refusal::OwnWork));
        assert_eq!(may(overseer, Deed::Publish, About { author: Some(PersonId(2)), ..own }), Ok(()));
        assert_eq!(may(overseer, Deed::Publish, About { second_key: false, ..own }), Ok(()));
        assert_eq!(may(overseer, Deed::Propose, About { body: Some(BodyId(7)), ..own }), Err(Refusal::OwnBody));
    }

    #[test]
    fn who_oversees_and_belongs_to_a_body_decides_nothing_about_it_but_withholds_at_once() {
        for role in [Role::Administrator, Role::Overseer] {
            let somebody = actor(role, Some(7));
            let own = About { author: Some(PersonId(2)), second_key: true, judges: true, ..About::body(BodyId(7)) };
            let other = About { body: Some(BodyId(8)), ..own };
            assert_eq!(may(somebody, Deed::RecordFact, About::body(BodyId(7))), Err(Refusal::OwnBody));
            assert_eq!(may(somebody, Deed::RecordFact, About::body(BodyId(8))), Ok(()));
            // A finding, a closing; then an update of the body's own, which judges nothing.
            for about in [own, About { second_key: false, ..own }, About { judges: false, ..own }] {
                assert_eq!(may(somebody, Deed::Publish, about), Err(Refusal::OwnBody), "{role} {about:?}");
            }
            assert_eq!(may(somebody, Deed::Propose, own), Err(Refusal::OwnBody), "{role}");
            for judges in [true, false] {
                let about = About { judges, ..own };
                assert_eq!(may(somebody, Deed::Withdraw, about), Err(Refusal::OwnBody), "{role} {judges}");
            }
            assert_eq!(may(somebody, Deed::Withhold, own), Ok(()), "{role}");
            for deed in [Deed::Publish, Deed::Propose, Deed::Withdraw, Deed::Withhold, Deed::RecordFact] {
                assert_eq!(may(somebody, deed, other), Ok(()), "{role} {deed:?}");
            }
            // A hold keeps back what is said about the body: that is decided by somebody else.
            assert_eq!(may(somebody, Deed::Hold, own), Err(Refusal::OwnBody), "{role}");
            assert_eq!(may(somebody, Deed::Hold, About::default()), Ok(()), "{role}");
            // Words of a recommendation belong to no body.
            assert_eq!(may(somebody, Deed::Publish, About { body: None, judges: false, ..own }), Ok(()), "{role}");
        }
    }

    #[test]
    fn an_overseer_of_some_inquiries_reads_the_others_as_an_observer_does() {
        let (own, other) = (InquiryId(3), InquiryId(4));
        let limited = Actor { reach: Reach::to(&[own]), ..actor(Role::Overseer, None) };
        let everywhere = actor(Role::Overseer, None);
        let observer = actor(Role::Observer, None);
        let about = About::body(BodyId(7));
        let deeds = [
            Deed::RecordFact,
            Deed::Propose,
            Deed::Publish,
            Deed::Withdraw,
            Deed::Hold,
            Deed::AttachEvidence,
            Deed::ReadFile,
            Deed::SetCharge,
        ];
        for deed in deeds {
            assert_eq!(may(limited, deed, about.of(own)), Ok(()), "{deed:?}");
            assert_eq!(may(limited, deed, about.of(other)), Err(Refusal::OtherInquiry), "{deed:?}");
            assert_eq!(may(everywhere, deed, about.of(other)), Ok(()), "{deed:?}");
        }
        for deed in [Deed::ReadUnpublished, Deed::ReadFile, Deed::Publish, Deed::RecordFact, Deed::AttachEvidence] {
            let as_observer = may(observer, deed, about.of(other)).is_ok();
            assert_eq!(may(limited, deed, about.of(other)).is_ok(), as_observer, "{deed:?}");
        }
        assert_eq!(may(limited, Deed::Withhold, about.of(other)), Ok(()));
        for deed in [Deed::DecideMailing, Deed::DecideComplaint, Deed::Hold, Deed::Redact] {
            assert_eq!(may(limited, deed, About::register()), Err(Refusal::OtherInquiry), "{deed:?}");
            assert_eq!(may(everywhere, deed, About::register()), Ok(()), "{deed:?}");
        }
    }

    #[test]
    fn an_observer_only_reads() {
        let observer = actor(Role::Observer, None);
        assert_eq!(may(observer, Deed::ReadUnpublished, About::body(BodyId(7))), Ok(()));
        for deed in [
            Deed::RecordFact,
            Deed::Propose,
            Deed::Publish,
            Deed::Withdraw,
            Deed::Withhold,
            Deed::Hold,
            Deed::FileReturn,
            Deed::CheckFinding,
            Deed::ManageMail,
            Deed::DecideComplaint,
            Deed::AttachEvidence,
            Deed::ReadFile,
        ] {
            assert_eq!(may(observer, deed, About::body(BodyId(7))), Err(Refusal::Role), "{deed:?}");
        }
        assert_eq!(may(observer, Deed::ReadHeld, About::default()), Err(Refusal::NotHeld));
    }

    #[test]
    fn packs_are_made_by_oversight_within_its_reach_and_read_by_all_staff_but_bodies() {
        let (own, other) = (InquiryId(3), InquiryId(4));
        let limited = Actor { reach: Reach::to(&[own]), ..actor(Role::Overseer, None) };
        let about = |inquiry| About::default().of(inquiry);
        assert_eq!(may(limited, Deed::MakePack, about(own)), Ok(()));
        assert_eq!(may(limited, Deed::MakePack, about(other)), Err(Refusal::OtherInquiry));
        assert_eq!(may(limited, Deed::ReadPack, about(other)), Ok(()));
        // What a pack says of the public record is for all of them; what is not public, for those whom the inquiry is of.
        assert_eq!(may(limited, Deed::ReadPrivatePaper, about(own)), Ok(()));
        assert_eq!(may(limited, Deed::ReadPrivatePaper, about(other)), Err(Refusal::OtherInquiry));
        let observer = actor(Role::Observer, None);
        for deed in [Deed::ReadPack, Deed::ReadPrivatePaper] {
            assert_eq!(may(observer, deed, about(other)), Ok(()), "{deed:?}");
        }
        assert_eq!(may(observer, Deed::MakePack, About::default()), Err(Refusal::Role));
        let contributor = actor(Role::Contributor, Some(7));
        for deed in [Deed::MakePack, Deed::ReadPack, Deed::ReadPrivatePaper] {
            assert_eq!(may(contributor, deed, About::default()), Err(Refusal::Role), "{deed:?}");
        }
    }
}
