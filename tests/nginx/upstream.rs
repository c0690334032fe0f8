//! A stand-in for Prometheus, for what the real one does not do: it sends back the request it got, with headers that
//! must not get through, or never answers.

use std::io::{Read, Write};
use std::net::TcpListener;
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

fn listen() -> (TcpListener, u16) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}
