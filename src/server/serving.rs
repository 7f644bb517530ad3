//! A server of HTTP on a thread of its own.

use std::io;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use actix_web::dev::{Server, ServerHandle};

use super::StartError;

/// Begins to serve, on a thread of this name; the handle ends it, and the thread ends with it.
///
/// # Errors
/// When the thread or the server does not start.
pub(super) fn serve(
    name: &str,
    begin: impl FnOnce() -> io::Result<Server> + Send + 'static,
) -> Result<(ServerHandle, JoinHandle<io::Result<()>>), StartError> {
    let (tell, hear) = mpsc::channel();
    let run = move || {
        actix_web::rt::System::new().block_on(async move {
            let server = begin()?;
            // Nobody listens any more only when `serve` has given up already.
            let _gone = tell.send(server.handle());
            server.await
        })
    };
    let thread = thread::Builder::new().name(name.to_owned()).spawn(run).map_err(StartError::Thread)?;
    match hear.recv() {
        Ok(handle) => Ok((handle, thread)),
        Err(_) => Err(StartError::Thread(match thread.join() {
            Ok(Err(fault)) => fault,
            _ => io::Error::other("its thread ended"),
        })),
    }
}
