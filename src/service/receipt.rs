//! Doing once what was sent twice: a form's key, and the answer that it got.

use super::{Act, Done, Error, Service};
use crate::domain::id::PersonId;
use crate::store::{self, WriteTx, receipt};

impl Service {
    /// Runs `deed` in one transaction, unless the form's key has been answered before: then that answer again.
    pub(super) async fn once<F>(&self, act: Act, deed: F) -> Result<Done, Error>
    where
        F: FnOnce(&mut WriteTx<'_>, &Act) -> Result<Done, Error> + Send + 'static,
    {
        let form = (act.key.clone(), act.actor.person);
        let answer = self.writer.write(move |tx| once_in(tx, &act, deed)).await;
        self.or_answer_again(form, answer).await
    }

    /// The same for a deed of which no public page shows anything: pages stay as they are.
    pub(super) async fn once_unseen<F>(&self, act: Act, deed: F) -> Result<Done, Error>
    where
        F: FnOnce(&mut WriteTx<'_>, &Act) -> Result<Done, Error> + Send + 'static,
    {
        let form = (act.key.clone(), act.actor.person);
        let answer = self.writer.write_unseen(move |tx| once_in(tx, &act, deed)).await;
        self.or_answer_again(form, answer).await
    }

    async fn or_answer_again(
        &self,
        (key, person): (Option<String>, PersonId),
        answer: Result<Done, Error>,
    ) -> Result<Done, Error> {
        // Of two sendings at the same moment the second is refused for what the first has done meanwhile (the row's
        // version, or a unique rule). It gets the first one's answer.
        match (answer, key) {
            // A database that is gone or held would only be waited for once more. Whoever sends the form again gets what it came to.
            (Err(fault @ Error::Store(store::Error::Gone(_) | store::Error::Busy)), _) => Err(fault),
            (Err(fault), Some(key)) => {
                let saved = self.writer.write_unseen(move |tx| receipt::find(tx, &key, person)).await?;
                saved.map(Done::at).ok_or(fault)
            }
            (answer, _) => answer,
        }
    }
}

fn once_in<F>(tx: &mut WriteTx<'_>, act: &Act, deed: F) -> Result<Done, Error>
where
    F: FnOnce(&mut WriteTx<'_>, &Act) -> Result<Done, Error>,
{
    let Some(key) = act.key.as_deref() else { return deed(tx, act) };
    if let Some(location) = receipt::find(tx, key, act.actor.person)? {
        return Ok(Done::at(location));
    }
    let done = deed(tx, act)?;
    // What changed nothing is not answered from memory: sent again, it is looked at again.
    if done.changed {
        receipt::insert(tx, key, act.actor.person, act.now, &done.location)?;
    }
    Ok(done)
}
