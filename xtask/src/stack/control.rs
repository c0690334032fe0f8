//! An HTTP server on the loopback address with which tests stop, kill, pause and start parts of the stack.
//!
//! `POST /VERB/NAME` with the verbs `stop`, `kill`, `start`, `restart`, `hang` and `continue` for a service, and
//! `kill-container`, `start-container` and `restart-container` for a container. It answers 200 when the action is done. `GET /` returns
//! a description of what runs, as JSON.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::spawn;
use std::time::Duration;

use anyhow::{Result, bail};
use nix::sys::signal::Signal;

use super::assembly::Stack;

/// The stack, shared by the main thread and the control server; `None` once it is stopped.
pub type Shared = Arc<Mutex<Option<Stack>>>;

/// Starts the server and returns its URL. The file `description` is rewritten after each successful request.
///
/// Its thread runs until the process ends. It must not end earlier: the kernel kills a daemon when the thread that started it ends.
pub fn serve(stack: &Shared, description: PathBuf) -> Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let url = format!("http://{}", listener.local_addr()?);
    let stack = Arc::clone(stack);
    spawn(move || {
        for connection in listener.incoming().flatten() {
            let _ = answer(connection, &stack, &description);
        }
    });
    Ok(url)
}

fn answer(mut connection: TcpStream, shared: &Shared, description: &PathBuf) -> Result<()> {
    connection.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    // The headers are not used, but a connection that is closed with unread data is reset.
    let mut header = String::from("-");
    while !header.trim().is_empty() {
        header.clear();
        reader.read_line(&mut header)?;
    }
    let mut stack = shared.lock().unwrap_or_else(PoisonError::into_inner);
    let done = match stack.as_mut() {
        Some(stack) => act(stack, &request),
        None => return Ok(()),
    };
    let (status, body) = match (done, stack.as_mut()) {
        (Ok(()), Some(stack)) => {
            let text = serde_json::to_string_pretty(&stack.describe())?;
            fs::write(description, &text)?;
            ("200 OK", text)
        }
        (Ok(()), None) => return Ok(()),
        (Err(error), _) => ("400 Bad Request", format!("{error:#}\n")),
    };
    write!(connection, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())?;
    Ok(())
}

fn act(stack: &mut Stack, request: &str) -> Result<()> {
    let mut words = request.split_whitespace();
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if (method, path) == ("GET", "/") {
        return Ok(());
    }
    let Some((verb, name)) = path.trim_start_matches('/').split_once('/').filter(|_| method == "POST") else {
        bail!("write POST /VERB/NAME, such as POST /stop/mariadb, or GET /");
    };
    match verb {
        "stop" => stack.service(name)?.stop(),
        "kill" => stack.service(name)?.kill(),
        "start" => start(stack, name)?,
        "restart" => {
            stack.service(name)?.stop();
            start(stack, name)?;
        }
        "hang" => stack.service(name)?.signal(Signal::SIGSTOP)?,
        "continue" => stack.service(name)?.signal(Signal::SIGCONT)?,
        "kill-container" => stack.containers()?.kill_one(name)?,
        "start-container" => stack.containers()?.start_one(name)?,
        "restart-container" => stack.containers()?.restart_one(name)?,
        _ => bail!(
            "there is no verb `{verb}`, only stop, kill, start, restart, hang, continue, kill-container, start-container, restart-container"
        ),
    }
    Ok(())
}

fn start(stack: &mut Stack, name: &str) -> Result<()> {
    stack.service(name)?.start()?;
    if name == "docker" {
        stack.containers()?.start_all()?;
    }
    Ok(())
}
