//! A stand-in for Prometheus, for what the real one does not do: it sends back the request it got, with headers that
//! must not get through, or never answers, or answers as a test says and counts.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

/// Answers each connection once with the text of the request as body; the port it listens on.
pub fn echo() -> u16 {
    let (listener, port) = listen();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 8192];
            let length = stream.read(&mut request).unwrap();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\nConnection: close\r\n\
                 Date: Thu, 01 Jan 1970 00:00:00 GMT\r\nSet-Cookie: a=b\r\nAccess-Control-Allow-Origin: *\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(&request[..length]).unwrap();
        }
    });
    port
}

/// Accepts connections and says nothing; the port it listens on.
pub fn hung() -> u16 {
    let (listener, port) = listen();
    thread::spawn(move || listener.incoming().map(Result::unwrap).collect::<Vec<_>>());
    port
}

/// An upstream that keeps what it was asked.
pub struct Recorder {
    pub port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Recorder {
    /// Answers each request with what `answer` makes of its text, an answer with its head, and closes the connection.
    pub fn start(answer: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        let (listener, port) = listen();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (answer, record) = (Arc::new(answer), Arc::clone(&requests));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, answer, record) = (stream.unwrap(), Arc::clone(&answer), Arc::clone(&record));
                thread::spawn(move || {
                    let mut request = vec![0; 32_768];
                    let length = stream.read(&mut request).unwrap();
                    let request = String::from_utf8_lossy(&request[..length]).into_owned();
                    record.lock().unwrap().push(request.clone());
                    // Nginx hangs up on what it does not want.
                    let _ = stream.write_all(answer(&request).as_bytes());
                });
            }
        });
        Self { port, requests }
    }

    /// What it was asked so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// How often it was asked so far.
    pub fn count(&self) -> usize {
        self.requests().len()
    }
}

/// An answer that the cache may keep; `headers` end with a line's end each.
pub fn success(headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}",
        body.len()
    )
}

fn listen() -> (TcpListener, u16) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}
