//! Replacements for Prometheus, for what the real one does not do: one returns the request as its answer, with headers that must not get
//! through; one never answers; one answers as a test says, and records its requests.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

/// Answers each connection once, with the text of the request as the body. Returns its port.
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

/// Accepts connections and never answers. Returns its port.
pub fn hung() -> u16 {
    let (listener, port) = listen();
    thread::spawn(move || listener.incoming().map(Result::unwrap).collect::<Vec<_>>());
    port
}

/// An upstream that records its requests.
pub struct Recorder {
    pub port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Recorder {
    /// Answers each request with the complete response that `answer` returns for its text, and closes the connection.
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
                    // Fails if Nginx has closed the connection.
                    let _ = stream.write_all(answer(&request).as_bytes());
                });
            }
        });
        Self { port, requests }
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The number of requests so far.
    pub fn count(&self) -> usize {
        self.requests().len()
    }
}

/// An answer that the cache may store; each header in `headers` ends with a line break.
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
