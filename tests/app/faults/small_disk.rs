//! A disk of a few megabytes, to be filled and to be made read-only.

use std::fs::{File, Permissions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use crate::story::nothing_can_be_mounted;
use crate::support::{DatabaseKind, Place};

/// A file system in memory. It goes when this is dropped; the folder that it lay on goes with the run.
pub struct SmallDisk {
    folder: tempfile::TempDir,
    /// The database of the cluster that lies on it: the server's own address, its name, and its tablespace.
    tablespace: Option<(String, String, String)>,
}

impl SmallDisk {
    /// Makes one of so many megabytes; nothing where it is known that the machine does not let us.
    #[track_caller]
    pub fn of(place: &Place, megabytes: u32, story: &str) -> Option<Self> {
        let folder = place.servers().folder().fresh("disk-");
        std::fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("a folder of ours");
        let options = format!("size={megabytes}m,mode=0755");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &options, "followthrough-tests"]).arg(folder.path());
        let done = mount.output();
        if done.as_ref().is_ok_and(|done| done.status.success()) {
            return Some(SmallDisk { folder, tablespace: None });
        }
        let why =
            done.map_or_else(|fault| fault.to_string(), |done| String::from_utf8_lossy(&done.stderr).into_owned());
        let why = why.trim();
        assert!(
            nothing_can_be_mounted(),
            "{story}: no file system can be mounted ({why}): run it as root, or set FOLLOWTHROUGH_WITHOUT_MOUNTS=1 to leave it out"
        );
        eprintln!("NOT SHOWN HERE: {story}: no file system can be mounted ({why})");
        None
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts the database of a place on it, which must be empty.
    pub fn takes_database_of(&mut self, place: &Place) {
        let url = place.setting("DATABASE_URL").expect("a database");
        if place.database() == DatabaseKind::Sqlite {
            place.set("DATABASE_URL", &format!("sqlite:{}", self.path().join("followthrough.db").display()));
            return;
        }
        let name = url.trim_start_matches("postgres:///").split('?').next().expect("a name").to_owned();
        let socket = url.split_once("host=").and_then(|(_, rest)| rest.split('&').next()).expect("a socket's folder");
        let (space, server) = (self.path().join("space"), url.replace(&name, "postgres"));
        std::fs::create_dir(&space).expect("a folder");
        let owner = std::fs::metadata(socket).expect("the cluster's folder");
        chown(&space, Some(owner.uid()), Some(owner.gid())).expect("its owner");
        let tablespace = format!("small_{name}");
        let mut beside = PgConnection::establish(&server).expect("the server");
        let made = format!("create tablespace {tablespace} location '{}'", space.display());
        beside.batch_execute(&made).expect("a superuser's right");
        beside.batch_execute(&format!("alter database {name} set tablespace {tablespace}")).expect("it moves");
        self.tablespace = Some((server, name, tablespace));
    }

    /// Fills it to the last byte.
    pub fn is_filled(&self) {
        let mut filler = File::create(self.filler()).expect("a file");
        for size in [256 * 1024, 4096, 1] {
            while filler.write_all(&vec![b'x'; size]).is_ok() {}
        }
    }

    /// Makes room again.
    pub fn has_room(&self) {
        std::fs::remove_file(self.filler()).expect("the file goes");
    }

    /// Lets nobody write to it from now on. Nobody may have a file open there for that.
    pub fn is_read_only(&self) {
        let remounted = Command::new("mount").args(["-o", "remount,ro"]).arg(self.path()).status();
        assert!(remounted.is_ok_and(|status| status.success()), "it cannot be made read-only");
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if let Some((server, name, tablespace)) = &self.tablespace {
            let _there_or_not = std::fs::remove_file(self.filler());
            let gone = PgConnection::establish(server).map(|mut beside| {
                let _gone = beside.batch_execute(&format!("drop database {name} with (force)"));
                let _gone = beside.batch_execute(&format!("drop tablespace {tablespace}"));
            });
            drop(gone);
        }
        let _unmounted = Command::new("umount").arg("-l").arg(self.folder.path()).status();
    }
}
