//! Generates load for the charts: visitors of Nginx and clients of MariaDB, at a varying rate.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::process;

/// How many clients MariaDB has.
const CLIENTS: usize = 3;
/// How many visitors keep their connection to Nginx open.
const VISITORS: usize = 4;

/// The threads that generate load; they stop on drop.
#[derive(Debug, Default)]
pub struct Load {
    over: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Load {
    /// Starts visitors that request the front page of the Nginx on `port`.
    pub fn visit(&mut self, port: u16) {
        for visitor in 0..VISITORS {
            let over = Arc::clone(&self.over);
            self.threads.push(spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    // Fails when Nginx stops; a later try connects again.
                    let _ = browse(port, &over);
                    sleep(Duration::from_millis(300 + 50 * visitor as u64));
                }
            }));
        }
    }

    /// Starts clients that send queries to the MariaDB that listens on `socket`.
    pub fn query(&mut self, socket: &Path) {
        let Some(client) = process::find(&["mariadb", "mysql"]) else { return };
        for number in 0..CLIENTS {
            let (over, client, socket) = (Arc::clone(&self.over), client.clone(), socket.to_owned());
            self.threads.push(spawn(move || {
                let mut session = number;
                while !over.load(Ordering::Relaxed) {
                    run_session(&client, &socket, session);
                    session += CLIENTS;
                    sleep(Duration::from_millis(200));
                }
            }));
        }
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Requests some pages over one connection.
fn browse(port: u16, over: &AtomicBool) -> std::io::Result<()> {
    let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    connection.set_read_timeout(Some(Duration::from_secs(1)))?;
    let mut answer = [0; 4096];
    for _ in 0..50 {
        if over.load(Ordering::Relaxed) {
            break;
        }
        connection.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        if connection.read(&mut answer)? == 0 {
            break;
        }
        sleep(Duration::from_millis(400 / intensity()));
    }
    Ok(())
}

/// One short-lived client: it writes, reads, and sometimes runs a slow query.
fn run_session(client: &PathBuf, socket: &Path, session: usize) {
    let mut sql = String::from("INSERT INTO post (author, text) VALUES (RAND() * 100, MD5(RAND()));");
    for _ in 0..10 * intensity() {
        sql += "SELECT COUNT(*) FROM post WHERE author = FLOOR(RAND() * 100);";
    }
    sql += "UPDATE post SET text = MD5(RAND()) ORDER BY id DESC LIMIT 5; DELETE FROM post WHERE id < LAST_INSERT_ID() - 1000;";
    sql += if session.is_multiple_of(20) { "DO SLEEP(1.2);" } else { "DO SLEEP(0.3);" };
    let mut command = Command::new(client);
    command.arg("--no-defaults").arg(format!("--socket={}", socket.display()));
    command.args(["--user=microblog", "microblog", "--execute", &sql]);
    // It fails while a test has stopped the server.
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}

/// The intensity of the load: from 1 to 8 and back in two minutes, so that curves move.
fn intensity() -> u64 {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() % 120;
    1 + seconds.min(120 - seconds) * 7 / 60
}
