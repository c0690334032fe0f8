//! Free ports on the loopback address.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result};

/// Below the range from which the kernel takes the local ports of outgoing connections (32768 and up): a component that is
/// stopped and started again finds its port still free.
const RANGE: std::ops::Range<u16> = 20_000..32_000;

/// Allocates free ports, each of them once.
#[derive(Debug)]
pub struct Ports {
    next: u16,
}

impl Ports {
    /// Starts at a port that depends on the process id, so that two stacks do not probe the same ports.
    pub fn new() -> Self {
        let width = u32::from(RANGE.end - RANGE.start);
        let offset = std::process::id().wrapping_mul(61) % width;
        Self { next: RANGE.start + u16::try_from(offset).unwrap_or_default() }
    }

    /// The next port on which nobody listens.
    pub fn free(&mut self) -> Result<u16> {
        for _ in RANGE {
            let port = self.next;
            self.next = if port + 1 == RANGE.end { RANGE.start } else { port + 1 };
            if is_free(port) {
                return Ok(port);
            }
        }
        anyhow::bail!("no free port between {} and {}", RANGE.start, RANGE.end)
    }
}

/// A port that no other process gets before it is released.
#[derive(Debug)]
pub struct Reserved {
    listener: TcpListener,
    /// The port.
    pub port: u16,
}

impl Reserved {
    /// `port`, or the first free one after it.
    pub fn from(port: u16) -> Result<Self> {
        let mut free = (port..=u16::MAX).filter_map(|port| listen(port).map(|listener| Self { listener, port }));
        free.next().with_context(|| format!("no free port from {port} on"))
    }

    /// Frees the port for the daemon that is about to start.
    pub fn release(self) {
        drop(self.listener);
    }
}

fn is_free(port: u16) -> bool {
    listen(port).is_some()
}

fn listen(port: u16) -> Option<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()
}
