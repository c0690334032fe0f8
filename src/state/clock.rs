//! The server's clock, estimated from its answers. A device whose clock is wrong still queries the right window.

use model::time::{Millis, SECOND};
use std::cell::Cell;

/// Smaller clock differences are ignored, ms: `Date` headers have whole seconds and are already old when they arrive.
const NOISE: Millis = 3 * SECOND;

thread_local! {
    static OFFSET: Cell<Millis> = const { Cell::new(0) };
}

/// Now, by the server's clock, ms.
pub fn now() -> Millis {
    browser_now() + OFFSET.get()
}

/// Now, by the browser's clock, ms.
#[expect(clippy::cast_possible_truncation, reason = "JavaScript's milliseconds are whole and far below 2^53")]
pub fn browser_now() -> Millis {
    js_sys::Date::now() as Millis
}

/// Stores how far the server's clock is ahead of the browser's, ms; does nothing for `None`, an answer from a cache. Returns whether
/// the stored offset has changed by more than noise.
pub fn set_server_time(ahead: Option<Millis>) -> bool {
    let Some(ahead) = ahead else { return false };
    let offset = if ahead.abs() > NOISE { ahead } else { 0 };
    let news = (offset - OFFSET.get()).abs() > NOISE;
    OFFSET.set(offset);
    news
}

/// How far the server's clock is ahead of the browser's, ms; zero as long as both agree.
pub fn ahead() -> Millis {
    OFFSET.get()
}
