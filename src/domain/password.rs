//! What a new password must be, and the form in which every password is compared.
//!
//! Length does the work: 15 characters or more, any characters, no rules about which. What is refused beside that is what is
//! guessed first: words from lists of breached passwords, walks over the keyboard, repeats and runs, and the words that stand
//! around the person. Such lists hold few entries of 15 characters, for long passwords are guessed by putting short ones
//! together; so a password is taken apart into the entries and patterns that it is made of, and refused where these are so
//! few and so common that [`GUESSES`] tries would reach it.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;
use zxcvbn::zxcvbn;

/// The least number of characters.
pub const PASSWORD_LEAST: usize = 15;
/// The greatest number of characters: more than anybody types, few enough to hash.
pub const PASSWORD_LIMIT: usize = 256;
/// A password that so many tries would reach is too common. Three unrelated words are far beyond it.
const GUESSES: u64 = 10_000_000_000;
/// So many letters must be left when the words around the person are taken out.
const LEFT: usize = 8;

/// Why a password was refused; the sentence is meant for the person who chose it, and never repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Nothing was typed.
    #[error("Enter a password")]
    Empty,
    /// Too few characters.
    #[error("Password must be 15 characters or more. Three or four unrelated words are easy to remember")]
    TooShort,
    /// Too many characters.
    #[error("Password must be 256 characters or fewer")]
    TooLong,
    /// One thing again and again, or a run.
    #[error("Password must not be one thing repeated, or a run such as 123456 or abcdef")]
    Repeated,
    /// The person's own words, or the register's.
    #[error("Password must not rest on your name, your email address or the name of this register")]
    Context,
    /// Made of what is guessed first.
    #[error("Password is made of words and patterns that are guessed first. Choose three or four unrelated words")]
    Common,
}

/// A password as it is hashed and compared. Printing it shows nothing; it is wiped when it is dropped.
#[derive(Clone)]
pub struct Password(SecretString);

impl Password {
    /// What somebody typed to sign in. Nothing is trimmed or cut off; only the same letter typed on two keyboards, as one
    /// sign or as a letter and its accent, is the same letter.
    ///
    /// # Errors
    /// When it is longer than any password that can have been chosen: such a one is not hashed.
    pub fn typed(typed: &SecretString) -> Result<Self, PasswordFault> {
        let typed = typed.expose_secret();
        // No letter is composed of more than four signs, so this bounds the work before it begins.
        if typed.chars().count() > 4 * PASSWORD_LIMIT {
            return Err(PasswordFault::TooLong);
        }
        let composed: String = typed.nfc().collect();
        if composed.chars().count() > PASSWORD_LIMIT {
            return Err(PasswordFault::TooLong);
        }
        Ok(Self(SecretString::from(composed)))
    }

    /// A new password, if it is one that nobody guesses. `context` are the words around the person: their name, their
    /// address, the register's name.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn chosen(typed: &SecretString, context: &[&str]) -> Result<Self, PasswordFault> {
        let password = Self::typed(typed)?;
        let text = password.expose();
        match text.chars().count() {
            0 => return Err(PasswordFault::Empty),
            1..PASSWORD_LEAST => return Err(PasswordFault::TooShort),
            _ => {}
        }
        let words = words_of(context);
        let inputs: Vec<&str> = words.iter().map(String::as_str).collect();
        if is_repeat_or_run(text) {
            return Err(PasswordFault::Repeated);
        }
        if zxcvbn(text, &[]).guesses() < GUESSES {
            return Err(PasswordFault::Common);
        }
        if left_without(text, &words).is_some_and(|left| left < LEFT) || zxcvbn(text, &inputs).guesses() < GUESSES {
            return Err(PasswordFault::Context);
        }
        Ok(password)
    }

    /// The text, for hashing.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Password(..)")
    }
}

/// Every word of the context, and each of its texts written together, in small letters, the longest first.
fn words_of(context: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for text in context {
        let parts: Vec<String> = text
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(str::to_lowercase)
            .collect();
        words.push(parts.concat());
        words.extend(parts);
    }
    words.retain(|word| word.chars().count() >= 3);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}

/// How many letters are left when the words are taken out; nothing where none of them is in it. Digits do not count: they
/// are most often a year.
fn left_without(password: &str, words: &[String]) -> Option<usize> {
    let whole: String = password.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect();
    let rest = words.iter().fold(whole.clone(), |rest, word| rest.replace(word.as_str(), ""));
    (rest != whole).then(|| rest.chars().filter(|sign| sign.is_alphabetic()).count())
}

/// One thing too short by itself again and again, or each sign next to the one before: `xyzabc`, `890123`.
fn is_repeat_or_run(password: &str) -> bool {
    let signs: Vec<char> = password.chars().flat_map(char::to_lowercase).collect();
    let repeats = |unit: usize| signs.iter().zip(&signs[unit..]).all(|(before, after)| before == after);
    let next =
        |from: char, to: char| u32::from(from) + 1 == u32::from(to) || matches!((from, to), ('9', '0') | ('z', 'a'));
    (1..=(signs.len() / 2).min(PASSWORD_LEAST - 1)).any(repeats)
        || signs.windows(2).all(|pair| next(pair[0], pair[1]))
        || signs.windows(2).all(|pair| next(pair[1], pair[0]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const AROUND: [&str; 3] = ["Ashgrove Register", "overseer.one@example.org", "Overseer One"];

    fn chosen(text: &str) -> Result<Password, PasswordFault> {
        Password::chosen(&SecretString::from(text), &AROUND)
    }

    #[test]
    fn long_and_unrelated_is_enough() {
        for good in [
            "correct horse battery staple",
            "correcthorsebatterystaple",
            "purple harbour lantern 9",
            "the ferry left at nine",
            "xkq vmr wjz pdh",
            "  leading and trailing  ",
            "каждый охотник желает знать",
            "ashgrove kettle umbrella moss",
            "48392!58201#77310",
            &"purple harbour lantern ".repeat(3)[..64],
        ] {
            assert!(chosen(good).is_ok_and(|password| password.expose() == good), "{good}");
        }
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        for (bad, fault) in [
            ("", PasswordFault::Empty),
            ("kitten sofa br", PasswordFault::TooShort),
            ("aaaaaaaaaaaaaaa", PasswordFault::Repeated),
            ("abcabcabcabcabc", PasswordFault::Repeated),
            ("123456789012345", PasswordFault::Repeated),
            ("abcdefghijklmnop", PasswordFault::Repeated),
            ("987654321098765", PasswordFault::Repeated),
            ("kettle moss kettle moss ke", PasswordFault::Repeated),
            ("passwordpassword", PasswordFault::Repeated),
            ("password12345678", PasswordFault::Common),
            ("Passw0rd!Passw0rd!2", PasswordFault::Common),
            ("qwertyuiop[]asdfghjkl", PasswordFault::Common),
            ("1qaz2wsx3edc4rfv", PasswordFault::Common),
            ("welcome2026welcome", PasswordFault::Common),
            ("dragonmonkey12345", PasswordFault::Common),
            ("Administrator2026!", PasswordFault::Common),
        ] {
            assert_eq!(chosen(bad).map(|_| ()), Err(fault), "{bad}");
        }
        let long = "kettle umbrella moss ".repeat(20);
        assert_eq!(chosen(&long).map(|_| ()), Err(PasswordFault::TooLong));
    }

    #[test]
    fn the_words_around_the_person_do_not_make_a_password() {
        for bad in [
            "overseer.one@example.org",
            "Ashgrove Register 2026",
            "overseer.one.1234567",
            "OverseerOneAshgrove",
            "one-Register-one-overseer",
        ] {
            assert_eq!(chosen(bad).map(|_| ()), Err(PasswordFault::Context), "{bad}");
        }
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        // 14 letters of two bytes each.
        assert_eq!(chosen("жирафыскрипкам").map(|_| ()), Err(PasswordFault::TooShort));
        let (one_sign, letter_and_accent) = ("caf\u{e9} kettle umbrella", "cafe\u{301} kettle umbrella");
        let same = |text: &str| Password::typed(&SecretString::from(text)).unwrap().expose().to_owned();
        assert_eq!(same(one_sign), same(letter_and_accent));
        assert_eq!(same(" a "), " a ");
    }

    #[test]
    fn nothing_prints_it() {
        let password = chosen("purple harbour lantern 9").unwrap();
        assert_eq!(format!("{password:?}"), "Password(..)");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}") {
            let _ = chosen(&text);
        }

        #[test]
        fn random_letters_are_taken(text in "[a-z]{20,64}") {
            prop_assert!(chosen(&text).is_ok(), "{}", text);
        }
    }
}
