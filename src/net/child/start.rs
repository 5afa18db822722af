//! How a child process is started.

use std::ffi::OsString;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::sync::{Mutex, PoisonError};

use socket2::Socket;

use super::pipe::Pipe;
use crate::net::inherited::duplicate;

/// What a child is to be.
#[derive(Debug, Default)]
pub struct Start {
    /// The program: a path, or a name that is looked for in `PATH`.
    pub file: OsString,
    /// What it finds as its own name.
    pub arg0: Option<OsString>,
    /// Its arguments, without its name.
    pub args: Vec<OsString>,
    /// All of its environment.
    pub env: Vec<(OsString, OsString)>,
    /// Where it runs, if not where this process does.
    pub cwd: Option<PathBuf>,
    /// Whose it is.
    pub uid: Option<u32>,
    /// Which group's it is.
    pub gid: Option<u32>,
    /// Whether it leads a group of processes of its own.
    pub detached: bool,
    /// Its standard input, output and error.
    pub stdio: [Stdio; 3],
    /// Whether it has a socket to this process besides, of which a variable tells the number.
    pub channel: bool,
}

/// What one of a child's descriptors is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stdio {
    /// Nothing to read, and nobody who hears.
    #[default]
    Null,
    /// A pipe to this process.
    Pipe,
    /// The same as this descriptor of this process.
    Fd(i32),
}

/// A child that runs.
#[derive(Debug)]
pub struct Started {
    /// The process.
    pub child: Child,
    /// This side of its standard input, output and error, where they are pipes.
    pub pipes: [Option<Pipe>; 3],
    /// This side of the channel.
    pub channel: Option<Pipe>,
}

/// What Node.js calls the variable with the channel's descriptor.
const CHANNEL_VARIABLE: &str = "NODE_CHANNEL_FD";
/// How messages on it are written, which is known of one way only.
const SERIALIZATION_VARIABLE: &str = "NODE_CHANNEL_SERIALIZATION_MODE";

/// A descriptor that one child is to have has to be open for all while it is started.
static STARTING: Mutex<()> = Mutex::new(());

/// Starts a child. It has begun to run its program when this returns.
pub fn start(wanted: &Start) -> io::Result<Started> {
    let mut command = Command::new(&wanted.file);
    command.args(&wanted.args).env_clear().envs(wanted.env.iter().map(|(k, v)| (k, v)));
    if let Some(name) = &wanted.arg0 {
        command.arg0(name);
    }
    if let Some(directory) = &wanted.cwd {
        command.current_dir(directory);
    }
    if let Some(gid) = wanted.gid {
        command.gid(gid);
    }
    if let Some(uid) = wanted.uid {
        command.uid(uid);
    }
    if wanted.detached {
        command.process_group(0);
    }
    let [input, output, error] = wanted.stdio;
    command.stdin(stdio(input, 0)?).stdout(stdio(output, 1)?).stderr(stdio(error, 2)?);
    let _alone = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    let (ours, theirs) = channel(wanted.channel, &mut command)?;
    let mut child = command.spawn()?;
    drop(theirs);
    let pipes = [
        child.stdin.take().map(|pipe| Pipe::Writer(pipe.into())),
        child.stdout.take().map(|pipe| Pipe::Reader(pipe.into())),
        child.stderr.take().map(|pipe| Pipe::Reader(pipe.into())),
    ];
    for pipe in pipes.iter().flatten() {
        match pipe {
            Pipe::Writer(writer) => writer.set_nonblocking(true)?,
            Pipe::Reader(reader) => reader.set_nonblocking(true)?,
            Pipe::Both(_) => {}
        }
    }
    Ok(Started { child, pipes, channel: ours.map(Pipe::of_stream).transpose()? })
}

fn stdio(wanted: Stdio, own: i32) -> io::Result<std::process::Stdio> {
    Ok(match wanted {
        Stdio::Null => std::process::Stdio::null(),
        Stdio::Pipe => std::process::Stdio::piped(),
        Stdio::Fd(fd) if fd == own => std::process::Stdio::inherit(),
        Stdio::Fd(fd) => duplicate(fd)?.into(),
    })
}

/// Both ends of a channel, and what tells the child of its own.
fn channel(
    wanted: bool,
    command: &mut Command,
) -> io::Result<(Option<UnixStream>, Option<OwnedFd>)> {
    if !wanted {
        return Ok((None, None));
    }
    let (ours, theirs) = UnixStream::pair()?;
    let theirs = Socket::from(OwnedFd::from(theirs));
    theirs.set_cloexec(false)?;
    let number = theirs.as_raw_fd().to_string();
    command.env(CHANNEL_VARIABLE, number).env(SERIALIZATION_VARIABLE, "json");
    Ok((Some(ours), Some(OwnedFd::from(theirs))))
}
