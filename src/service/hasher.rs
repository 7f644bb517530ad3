//! Passwords hashed and compared: argon2id, at most two at once, in memory that is taken once and kept.
//!
//! Each hash needs 19 MiB. Taken afresh for each, the allocator would never give them back: a hundred sign-ins at once
//! would hold more than a gigabyte. So there are two places, a short queue in front, and whoever waits too long is told
//! that the register is busy.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

use super::Error;
use crate::domain::password::Password;
use crate::store;

/// KiB of memory for each hash.
const MEMORY: u32 = 19_456;
/// Passes over it.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;
/// Bytes of a hash.
const LENGTH: usize = 32;
/// How many hashes are made at once.
const PLACES: usize = 2;
/// How many wait; the next are told at once that it is busy.
const QUEUE: usize = 100;
/// How long one of them waits.
const PATIENCE: Duration = Duration::from_secs(4);

/// A hash of no password, made with the parameters of today: compared with where there is no account, so that it takes as
/// long as where there is one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Zm9sbG93dGhyb3VnaDAwMA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What comparing a password came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Compared {
    /// Another password, or no account.
    Wrong,
    /// The right one.
    Right,
    /// The right one, hashed with the parameters of another day: keep this hash instead.
    RightButOld(String),
}

/// Hashes passwords. Shared by all.
#[derive(Clone)]
pub(super) struct Hasher {
    places: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    memory: Arc<Mutex<Vec<Vec<Block>>>>,
}

impl Hasher {
    pub(super) fn new() -> Self {
        Self {
            places: Arc::new(Semaphore::new(PLACES)),
            waiting: Arc::new(Semaphore::new(PLACES + QUEUE)),
            memory: Arc::default(),
        }
    }

    /// The hash of a password, to be kept.
    pub(super) async fn hash(&self, password: Password, salt: [u8; 16]) -> Result<String, Error> {
        self.run(move |memory| Parameters::today().kept(password.expose().as_bytes(), &salt, memory)).await
    }

    /// Compares a password with what is kept; with nobody's where nothing is, or where
    /// what was typed is longer than any password. `salt` is for hashing it anew.
    pub(super) async fn compare(
        &self,
        password: Option<Password>,
        kept: Option<String>,
        salt: [u8; 16],
    ) -> Result<Compared, Error> {
        self.run(move |memory| {
            let known = kept.is_some() && password.is_some();
            let password = password.as_ref().map_or(&[][..], |password| password.expose().as_bytes());
            let kept = kept.unwrap_or_else(|| NOBODY.to_owned());
            let (parameters, old_salt, hash) = read(&kept)?;
            let found = parameters.hash(password, &old_salt, memory)?;
            let right = bool::from(found.as_slice().ct_eq(&hash)) && known;
            match (right, parameters == Parameters::today()) {
                (false, _) => Ok(Compared::Wrong),
                (true, true) => Ok(Compared::Right),
                (true, false) => Parameters::today().kept(password, &salt, memory).map(Compared::RightButOld),
            }
        })
        .await
    }

    async fn run<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Vec<Block>) -> Result<T, String> + Send + 'static,
    {
        let busy = || Error::Store(store::Error::Busy);
        let waiting = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| busy())?;
        let place = tokio::time::timeout(PATIENCE, Arc::clone(&self.places).acquire_owned());
        let place = place.await.map_err(|_| busy())?.map_err(|_| busy())?;
        let shelf = Arc::clone(&self.memory);
        let done = tokio::task::spawn_blocking(move || {
            let taken = shelf.lock().ok().and_then(|mut shelf| shelf.pop());
            let mut memory = taken.unwrap_or_else(|| vec![Block::new(); MEMORY as usize]);
            let done = work(&mut memory);
            if let Ok(mut shelf) = shelf.lock() {
                shelf.push(memory);
            }
            drop((place, waiting));
            done
        });
        match done.await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(fault)) => {
                Err(Error::Store(store::Error::Failed(format!("a password could not be hashed: {fault}"))))
            }
            Err(fault) => Err(Error::Store(store::Error::Failed(format!("hashing a password failed: {fault}")))),
        }
    }
}

/// How a hash was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parameters {
    memory: u32,
    passes: u32,
    lanes: u32,
}

impl Parameters {
    const fn today() -> Self {
        Self { memory: MEMORY, passes: PASSES, lanes: LANES }
    }

    fn hash(self, password: &[u8], salt: &[u8], memory: &mut Vec<Block>) -> Result<[u8; LENGTH], String> {
        let params =
            Params::new(self.memory, self.passes, self.lanes, Some(LENGTH)).map_err(|fault| fault.to_string())?;
        let needed = params.block_count();
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut hash = [0; LENGTH];
        let done = if needed <= memory.len() {
            argon2.hash_password_into_with_memory(password, salt, &mut hash, memory.as_mut_slice())
        } else {
            // Made on a day when more memory was asked for; it is made anew with today's after this.
            argon2.hash_password_into_with_memory(password, salt, &mut hash, vec![Block::new(); needed].as_mut_slice())
        };
        done.map(|()| hash).map_err(|fault| fault.to_string())
    }

    /// The hash with everything that is needed to make it again.
    fn kept(self, password: &[u8], salt: &[u8], memory: &mut Vec<Block>) -> Result<String, String> {
        let hash = self.hash(password, salt, memory)?;
        let (salt, hash) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash));
        Ok(format!("$argon2id$v=19$m={},t={},p={}${salt}${hash}", self.memory, self.passes, self.lanes))
    }
}

/// Reads a hash as it is kept.
fn read(kept: &str) -> Result<(Parameters, Vec<u8>, Vec<u8>), String> {
    let unknown = || "a kept hash is of an unknown form".to_owned();
    let mut parts = kept.split('$').skip(1);
    let (kind, version) = (parts.next(), parts.next());
    if kind != Some("argon2id") || version != Some("v=19") {
        return Err(unknown());
    }
    let mut parameters = Parameters { memory: 0, passes: 0, lanes: 0 };
    for setting in parts.next().ok_or_else(unknown)?.split(',') {
        let (name, value) = setting.split_once('=').ok_or_else(unknown)?;
        let value = value.parse().map_err(|_| unknown())?;
        match name {
            "m" => parameters.memory = value,
            "t" => parameters.passes = value,
            "p" => parameters.lanes = value,
            _ => return Err(unknown()),
        }
    }
    let mut bytes = || parts.next().and_then(|part| STANDARD_NO_PAD.decode(part).ok()).ok_or_else(unknown);
    Ok((parameters, bytes()?, bytes()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Password {
        Password::typed(&text.into()).unwrap()
    }

    fn run<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
    }

    #[test]
    fn a_password_is_known_again_and_another_is_not() {
        run(async {
            let hasher = Hasher::new();
            let kept = hasher.hash(typed("a quiet harbour"), [3; 16]).await.unwrap();
            assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
            let compare =
                |text: &str, kept: Option<&str>| hasher.compare(Some(typed(text)), kept.map(str::to_owned), [4; 16]);
            assert_eq!(compare("a quiet harbour", Some(&kept)).await.unwrap(), Compared::Right);
            assert_eq!(compare("a quiet harbour ", Some(&kept)).await.unwrap(), Compared::Wrong);
            assert_eq!(compare("a quiet harbour", None).await.unwrap(), Compared::Wrong);
        });
    }

    #[test]
    fn a_hash_of_another_day_is_made_anew() {
        run(async {
            let hasher = Hasher::new();
            let weak = Parameters { memory: 1_024, passes: 1, lanes: 1 };
            let kept = weak.kept(b"a quiet harbour", &[3; 16], &mut vec![Block::new(); 1_024]).unwrap();
            let compared = hasher.compare(Some(typed("a quiet harbour")), Some(kept), [4; 16]).await.unwrap();
            let Compared::RightButOld(anew) = compared else { panic!("{compared:?}") };
            let compared = hasher.compare(Some(typed("a quiet harbour")), Some(anew), [5; 16]).await.unwrap();
            assert_eq!(compared, Compared::Right);
        });
    }

    #[test]
    fn what_no_password_can_hash_to_is_a_fault_and_not_a_match() {
        assert!(read("$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA").is_err());
        assert!(read("").is_err());
        assert!(read(NOBODY).is_ok());
    }
}
