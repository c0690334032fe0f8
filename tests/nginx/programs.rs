//! Scratch folders, free ports, and programs that are stopped on drop.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long a program may take to listen; enough for a busy machine.
const START: Duration = Duration::from_secs(20);

/// A folder that is removed on drop.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("utkik-nginx-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file, and creates its parent folders.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Below the kernel's ports for outgoing connections: such a connection could take a port between our check and a program's start.
const FIRST_PORT: u32 = 10_000;
const PORTS: u32 = 10_000;

/// A port of loopback that nobody listens on, and that no other test of this process is given.
pub fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        // Other processes of these tests start at another port.
        let offset = std::process::id() * 97 + NEXT.fetch_add(1, Ordering::Relaxed);
        let port = u16::try_from(FIRST_PORT + offset % PORTS).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// A running program.
pub struct Program {
    child: Child,
}

impl Program {
    /// Starts `command`, its output in `log`, and waits until something listens on `port`.
    pub fn start(mut command: Command, log: &Path, port: u16) -> Self {
        let output = File::create(log).unwrap();
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.stdout(output.try_clone().unwrap()).stderr(output).spawn();
        let mut program = match child {
            Ok(child) => Self { child },
            Err(error) if error.kind() == ErrorKind::NotFound => {
                panic!("{name} is not installed: run `cargo xtask setup`")
            }
            Err(error) => panic!("{name}: {error}"),
        };
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = || fs::read_to_string(log).unwrap_or_default();
            assert!(program.is_running(), "{name} ended at its start:\n{}", log());
            assert!(started.elapsed() < START, "{name} does not listen on port {port}:\n{}", log());
            thread::sleep(Duration::from_millis(20));
        }
        program
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
