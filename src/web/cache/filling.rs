//! One filler at a time: of many who ask for an answer that nobody has made yet, one makes it and the others wait for it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch::{Receiver, Sender, channel};
use tokio::time::timeout;

/// How long somebody waits for an answer that another one makes, before they make it themselves.
const PATIENCE: Duration = Duration::from_secs(3);

type Underway = HashMap<Arc<str>, Receiver<Option<bool>>>;

/// The answers that are being made at this moment.
#[derive(Clone, Default)]
pub struct Filling(Arc<Mutex<Underway>>);

/// What somebody is to do whose answer is not there.
pub enum Turn {
    /// Make it, and say what became of it.
    Fill(Filler),
    /// It was made meanwhile, and is kept.
    Kept,
    /// Make it for oneself: it is not one to be kept, or takes too long.
    Alone,
}

/// Who makes an answer. Dropped without a word, it leaves the place to the next.
pub struct Filler {
    name: Arc<str>,
    tell: Sender<Option<bool>>,
    filling: Filling,
}

impl Filling {
    /// Takes the place of the one who makes an answer, or waits for whoever has it.
    pub async fn turn(&self, name: &Arc<str>) -> Turn {
        loop {
            let mut told = match self.lock().entry(Arc::clone(name)) {
                Entry::Vacant(free) => {
                    let (tell, hear) = channel(None);
                    free.insert(hear);
                    return Turn::Fill(Filler { name: Arc::clone(name), tell, filling: self.clone() });
                }
                Entry::Occupied(taken) => taken.get().clone(),
            };
            let waited = timeout(PATIENCE, told.wait_for(Option::is_some)).await;
            match waited.map(|heard| heard.map(|kept| *kept)) {
                Ok(Ok(Some(true))) => return Turn::Kept,
                // Whoever made it has gone away.
                Ok(Err(_)) => {}
                Ok(Ok(_)) | Err(_) => return Turn::Alone,
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Underway> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Filler {
    /// Says whether the answer is kept now.
    pub fn done(self, is_kept: bool) {
        self.tell.send_replace(Some(is_kept));
    }
}

impl Drop for Filler {
    fn drop(&mut self) {
        self.filling.lock().remove(&self.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name() -> Arc<str> {
        "/bodies".into()
    }

    async fn filler(filling: &Filling) -> Filler {
        match filling.turn(&name()).await {
            Turn::Fill(filler) => filler,
            _ => panic!("the place is taken"),
        }
    }

    #[actix_web::test]
    async fn the_others_wait_for_the_first() {
        let filling = Filling::default();
        for (is_kept, expected) in [(true, "kept"), (false, "alone")] {
            let first = filler(&filling).await;
            let waiting = filling.clone();
            let second = actix_web::rt::spawn(async move {
                match waiting.turn(&name()).await {
                    Turn::Fill(_) => "fill",
                    Turn::Kept => "kept",
                    Turn::Alone => "alone",
                }
            });
            tokio::task::yield_now().await;
            first.done(is_kept);
            assert_eq!(second.await.unwrap(), expected);
        }
    }

    #[actix_web::test]
    async fn who_goes_away_leaves_the_place_to_the_next() {
        let filling = Filling::default();
        let first = filler(&filling).await;
        let waiting = filling.clone();
        let second = actix_web::rt::spawn(async move { matches!(waiting.turn(&name()).await, Turn::Fill(_)) });
        tokio::task::yield_now().await;
        drop(first);
        assert!(second.await.unwrap());
        drop(filler(&filling).await);
        assert!(filling.lock().is_empty());
    }
}
