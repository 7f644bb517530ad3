//! What a letter that has not gone yet calls the things that it is about, once they are called otherwise.

use super::{Item, Letter};
use crate::domain::id::{BodyId, RecommendationId};

/// What a recommendation is called now.
#[derive(Debug, Clone, Copy)]
pub struct ItemName<'a> {
    /// The short title of its inquiry.
    pub inquiry: &'a str,
    /// Its number.
    pub number: &'a str,
    /// Its title.
    pub title: &'a str,
}

impl Letter {
    /// Calls a recommendation what it is called now, wherever the letter names it. Answers whether anything was called otherwise.
    pub fn rename_item(&mut self, id: RecommendationId, now: &ItemName<'_>) -> bool {
        let is_it = |item: &Item| match item.recommendation {
            Some(of) => of == id,
            None => item.inquiry == now.inquiry && item.number == now.number,
        };
        let mut renamed = false;
        for item in self.items().into_iter().filter(|item| is_it(item)) {
            renamed |= put(&mut item.inquiry, now.inquiry);
            renamed |= put(&mut item.number, now.number);
            renamed |= put(&mut item.title, now.title);
        }
        renamed
    }

    /// Calls an inquiry what it is called now, wherever the letter names it: `items` are its recommendations, and `words` what it was
    /// called by what came or went.
    pub fn rename_inquiry(&mut self, items: &[RecommendationId], words: &[String], now: &str) -> bool {
        let is_it = |item: &Item| match item.recommendation {
            Some(of) => items.contains(&of),
            None => words.contains(&item.inquiry),
        };
        let mut renamed = false;
        for item in self.items().into_iter().filter(|item| is_it(item)) {
            renamed |= put(&mut item.inquiry, now);
        }
        renamed | self.replace_in_digest(words, now)
    }

    /// Calls a body what it is called now, by its full name or its short one as the letter has it: `now` holds both, the full one
    /// first, and `words` what it was called by what came or went.
    pub fn rename_body(&mut self, id: BodyId, words: &[String], now: &[&str]) -> bool {
        let Some(full) = now.first() else { return false };
        let mut renamed = self.replace_in_digest(words, full);
        if let Some((of, name)) = self.body() {
            let is_it = of.map_or_else(|| words.contains(name), |of| of == id);
            if is_it && !now.contains(&name.as_str()) {
                renamed |= put(name, full);
            }
        }
        renamed
    }

    /// The recommendations that it names, a line each.
    fn items(&mut self) -> Vec<&mut Item> {
        match self {
            Self::Reminder(reminder) => reminder.items.iter_mut().map(|one| &mut one.item).collect(),
            Self::ReturnSentBack(sent_back) => sent_back.items.iter_mut().collect(),
            Self::SignOffAsked(asked) => asked.items.iter_mut().map(|one| &mut one.item).collect(),
            Self::SentToAuthor(back) => back.items.iter_mut().map(|one| &mut one.item).collect(),
            Self::ExtensionDecided(decided) => decided.items.iter_mut().map(|one| &mut one.item).collect(),
            Self::FilingReceipt(receipt) => receipt.items.iter_mut().collect(),
            Self::TopAsked(asked) => asked.items.iter_mut().map(|one| &mut one.item).collect(),
            Self::Invitation(_)
            | Self::PasswordReset(_)
            | Self::PasswordChanged(_)
            | Self::Digest(_)
            | Self::CheckAsked(_)
            | Self::FollowAsked(_)
            | Self::FilingCode(_)
            // It names no titles, and is put together anew at each try.
            | Self::PublicDigest(_) => Vec::new(),
        }
    }

    /// The body that it is written to, by its name.
    fn body(&mut self) -> Option<(Option<BodyId>, &mut String)> {
        match self {
            Self::Invitation(letter) => letter.body.as_mut().map(|name| (letter.body_id, name)),
            Self::Reminder(letter) => Some((letter.body_id, &mut letter.body)),
            Self::CheckAsked(letter) => Some((letter.body_id, &mut letter.body)),
            Self::SignOffAsked(letter) => Some((letter.body_id, &mut letter.body)),
            Self::ExtensionDecided(letter) => Some((letter.body_id, &mut letter.body)),
            Self::FilingReceipt(letter) => Some((letter.body_id, &mut letter.body)),
            Self::TopAsked(letter) => Some((letter.body_id, &mut letter.body)),
            Self::PasswordReset(_)
            | Self::PasswordChanged(_)
            | Self::Digest(_)
            | Self::ReturnSentBack(_)
            | Self::SentToAuthor(_)
            | Self::FollowAsked(_)
            | Self::FilingCode(_)
            | Self::PublicDigest(_) => None,
        }
    }

    /// A digest to oversight names things inside its sentences. What is not called so any more is called what it is called now.
    fn replace_in_digest(&mut self, words: &[String], now: &str) -> bool {
        let Self::Digest(digest) = self else { return false };
        let mut replaced = false;
        for line in digest.sections.iter_mut().flat_map(|section| &mut section.lines) {
            for gone in words.iter().filter(|gone| gone.as_str() != now && !now.contains(gone.as_str())) {
                if line.text.contains(gone.as_str()) {
                    line.text = line.text.replace(gone.as_str(), now);
                    replaced = true;
                }
            }
        }
        replaced
    }
}

fn put(name: &mut String, now: &str) -> bool {
    let other = name != now;
    if other {
        now.clone_into(name);
    }
    other
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::filing::FilingKind;
    use crate::domain::mail::ReturnSentBack;

    fn letter(recommendation: Option<RecommendationId>) -> Letter {
        let [inquiry, number, title, link] = ["Ashgrove", "1", "Buoys", "/"].map(str::to_owned);
        let items = vec![Item { recommendation, inquiry, number, title, link }];
        Letter::ReturnSentBack(ReturnSentBack { filing: FilingKind::Return, items, link: "/staff".to_owned() })
    }

    fn said(letter: &Letter) -> String {
        let Letter::ReturnSentBack(letter) = letter else { return String::new() };
        letter.items.iter().map(Item::line).collect()
    }

    #[test]
    fn a_letter_that_says_which_recommendation_it_names_is_found_whatever_that_was_called() {
        let now = ItemName { inquiry: "Ferry", number: "1a", title: "Recommendation 1a" };
        let mut known = letter(Some(RecommendationId(7)));
        assert!(!known.rename_item(RecommendationId(8), &now));
        assert!(known.rename_item(RecommendationId(7), &now) && !known.rename_item(RecommendationId(7), &now));
        assert_eq!(said(&known), "Ferry, recommendation 1a");
        let mut older = letter(None);
        assert!(!older.rename_item(RecommendationId(7), &now), "nothing tells that it is the same");
        assert!(older.rename_inquiry(&[], &["Ashgrove".to_owned()], "Ferry"));
        assert_eq!(said(&older), "Ferry, recommendation 1: Buoys");
    }

    #[test]
    fn a_letter_from_before_it_said_which_can_be_read() {
        let text = serde_json::to_string(&letter(None)).unwrap().replace("\"recommendation\":null,", "");
        assert!(!text.contains("recommendation"), "{text}");
        assert_eq!(serde_json::from_str::<Letter>(&text).unwrap(), letter(None));
    }
}
