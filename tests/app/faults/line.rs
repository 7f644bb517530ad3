//! A line to PostgreSQL that can be cut and that can fall silent, as networks and machines on the way to a database do.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};

use crate::support::{Place, TestApp};

/// What the line does with what is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// It is taken and kept: nobody hears anything, and nobody hears that.
    Silent,
    Cut,
}

/// The line, from a port of this machine to the socket of the cluster.
pub struct Line {
    port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    ends: Mutex<Vec<(TcpStream, UnixStream)>>,
    socket: PathBuf,
}

impl Line {
    /// Lays it to the cluster of this place.
    pub fn to(place: &Place) -> Self {
        Self::to_server(&place.setting("DATABASE_URL").expect("a database"))
    }

    /// Lays it to the cluster with this address.
    pub fn to_server(url: &str) -> Self {
        let folder = url.split_once("host=").and_then(|(_, rest)| rest.split('&').next()).expect("a socket's folder");
        let shared = Arc::new(Shared {
            state: Mutex::new(State::Open),
            changed: Condvar::new(),
            ends: Mutex::default(),
            socket: Path::new(folder).join(".s.PGSQL.5432"),
        });
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let lays = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                lays.lay(stream);
            }
        });
        Line { port, shared }
    }

    /// Serves the place over this line. What a story looks up beside it goes its own way.
    pub fn app(&self, place: &Place) -> TestApp {
        let direct = place.setting("DATABASE_URL").expect("a database");
        place.set("DATABASE_URL", &self.over(&direct));
        let app = place.app();
        place.set("DATABASE_URL", &direct);
        app
    }

    /// The address of the same database over this line.
    pub fn over(&self, direct: &str) -> String {
        let name = direct.trim_start_matches("postgres:///").split('?').next().expect("a name");
        format!("postgres://followthrough@127.0.0.1:{}/{name}?sslmode=disable", self.port)
    }

    /// Ends every connection, and every new one at once.
    pub fn cut(&self) {
        self.shared.turns(State::Cut);
        for (near, far) in self.shared.ends.lock().expect("the ends").drain(..) {
            let _gone = (near.shutdown(Shutdown::Both), far.shutdown(Shutdown::Both));
        }
    }

    /// From now on nothing that is sent arrives, and no connection ends.
    pub fn falls_silent(&self) {
        self.shared.turns(State::Silent);
    }

    /// All is well again. What was kept arrives.
    pub fn is_mended(&self) {
        self.shared.turns(State::Open);
    }
}

impl Shared {
    fn turns(&self, state: State) {
        *self.state.lock().expect("the state") = state;
        self.changed.notify_all();
    }

    fn lay(self: &Arc<Self>, near: TcpStream) {
        if *self.state.lock().expect("the state") == State::Cut {
            return;
        }
        let Ok(far) = UnixStream::connect(&self.socket) else { return };
        near.set_nodelay(true).expect("a quick line");
        let copies = || Some((near.try_clone().ok()?, far.try_clone().ok()?));
        let (Some(there), Some(back), Some(ends)) = (copies(), copies(), copies()) else { return };
        self.ends.lock().expect("the ends").push(ends);
        let carries = Arc::clone(self);
        std::thread::spawn(move || {
            carries.carry(&there.0, &there.1);
            let _ended = there.1.shutdown(Shutdown::Both);
        });
        let carries = Arc::clone(self);
        std::thread::spawn(move || {
            carries.carry(&back.1, &back.0);
            let _ended = back.0.shutdown(Shutdown::Both);
        });
    }

    fn carry(&self, mut from: impl Read, mut to: impl Write) {
        let mut part = [0; 16 * 1024];
        while let Ok(read @ 1..) = from.read(&mut part) {
            let state = self.state.lock().expect("the state");
            let state = *self.changed.wait_while(state, |state| *state == State::Silent).expect("the state");
            if state == State::Cut || to.write_all(&part[..read]).is_err() {
                return;
            }
        }
    }
}
