//! The server's clock, as far as its answers tell. A phone whose clock is wrong still asks for the right window.

use model::time::{Millis, SECOND};
use std::cell::Cell;

/// `Date` headers count whole seconds and are already old when they arrive: smaller differences are noise.
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

/// Takes note of how far the server's clock is ahead of the browser's; none if a cache gave the answer. True if that is news: the
/// clock was taken to be right, or wrong by something else.
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
