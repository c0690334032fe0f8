//! An HTTP client that reuses its connection: a sequence sends dozens of requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Only ends the test if the server hangs.
const TIMEOUT: Duration = Duration::from_mins(5);

/// A connection to a port of loopback.
#[derive(Debug)]
pub struct Connection(BufReader<TcpStream>);

/// A complete response.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub content_type: String,
    pub body: Vec<u8>,
}

impl Connection {
    pub fn open(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    pub fn get(&mut self, path: &str) -> Response {
        self.request("GET", path, &[], &[])
    }

    /// Any request; the length of its body is added to `headers`.
    pub fn request(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Response {
        let headers: String = headers.iter().flat_map(|(name, value)| [name, ": ", value, "\r\n"]).collect();
        let head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
        self.0.get_mut().write_all(&[head.as_bytes(), body].concat()).unwrap();
        self.read()
    }

    fn read(&mut self) -> Response {
        let status = self.line().split(' ').nth(1).unwrap().parse().unwrap();
        let mut response = Response { status, content_type: String::new(), body: Vec::new() };
        let mut length = Some(0);
        loop {
            let line = self.line();
            let Some((name, value)) = line.split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-type" => value.clone_into(&mut response.content_type),
                "content-length" => length = Some(value.parse().unwrap()),
                "transfer-encoding" => length = None,
                _ => {}
            }
        }
        if let Some(length) = length {
            self.append(&mut response.body, length);
            return response;
        }
        // Chunked: each chunk has its length before it and an empty line after it.
        loop {
            let size = usize::from_str_radix(&self.line(), 16).unwrap();
            self.append(&mut response.body, size);
            self.line();
            if size == 0 {
                return response;
            }
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        assert!(line.ends_with('\n'), "the server closed the connection");
        line.trim_end().to_owned()
    }

    fn append(&mut self, body: &mut Vec<u8>, length: usize) {
        let from = body.len();
        body.resize(from + length, 0);
        self.0.read_exact(&mut body[from..]).unwrap();
    }
}
