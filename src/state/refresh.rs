//! When data is requested again.
//!
//! One timer refreshes the whole page; each refresh is called a tick. Ticks are skipped while earlier requests still run and while the
//! page is hidden. If a hidden page has missed one, it ticks once when it becomes visible. While the source fails there are fewer and
//! fewer ticks. When the network is back there is a tick at once.

use super::clock;
use super::use_query::QueryContext;
use gloo_timers::callback::Interval as Timer;
use leptos::ev;
use leptos::prelude::*;
use model::time::{Millis, SECOND};
use model::view_state::Refresh as Interval;
use query::back_off;

/// The refresh interval if nothing else sets one.
pub const DEFAULT: Interval = Interval::Every(30 * SECOND);

/// The refresh timer.
#[derive(Clone, Copy)]
pub struct Refresh {
    /// The refresh interval.
    pub interval: Memo<Interval>,
    /// The instant of the last tick, by the server's clock, ms. Windows resolve against it.
    pub now: ReadSignal<Millis>,
    set_now: WriteSignal<Millis>,
    /// The same, set just before `now`: for requests that must be sent before others take the browser's few connections.
    pub first: ReadSignal<Millis>,
    set_first: WriteSignal<Millis>,
    /// How many requests are running.
    pub in_flight: RwSignal<u32>,
    /// The timer causes no ticks until then, by the browser's clock, ms.
    backed_off_until: StoredValue<Millis>,
}

impl Refresh {
    /// Starts the timer. Each tick calls `set_now`.
    pub fn start(interval: Memo<Interval>, query_context: QueryContext, set_now: WriteSignal<Millis>) -> Self {
        let (first, set_first) = signal(query_context.tick.get_untracked());
        let refresh = Self {
            interval,
            now: query_context.tick,
            set_now,
            first,
            set_first,
            in_flight: query_context.in_flight,
            backed_off_until: StoredValue::new(0),
        };
        let missed = StoredValue::new(false);
        let tick = move || {
            if is_hidden() {
                missed.set_value(true);
            } else if refresh.in_flight.get_untracked() == 0 && clock::browser_now() >= refresh.backed_off_until.get_value() {
                refresh.tick();
            }
        };
        Effect::new(move |_| {
            let Interval::Every(length) = interval.get() else { return };
            let timer = StoredValue::new_local(Some(Timer::new(u32::try_from(length).unwrap_or(u32::MAX), tick)));
            on_cleanup(move || drop(timer.try_update_value(Option::take)));
        });
        let seen = window_event_listener(ev::visibilitychange, move |_| {
            if !is_hidden() && missed.get_value() {
                missed.set_value(false);
                refresh.tick();
            }
        });
        let online = window_event_listener(ev::online, move |_| refresh.tick());
        on_cleanup(move || {
            seen.remove();
            online.remove();
        });
        refresh
    }

    /// Stops ticks of the timer for a time that grows with the number of `failures` in a row.
    pub fn hold(self, failures: u32) {
        let wait = match self.interval.get_untracked() {
            Interval::Every(length) if failures > 0 => back_off(length, failures, js_sys::Math::random()),
            _ => 0,
        };
        self.backed_off_until.set_value(clock::browser_now() + wait);
    }

    /// Refreshes everything now.
    pub fn tick(self) {
        // `try_`: a timer may fire once more while the page is torn down.
        let now = clock::now();
        let _ = self.set_first.try_set(now);
        let _ = self.set_now.try_set(now);
    }
}

fn is_hidden() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Hidden
}
