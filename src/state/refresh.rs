//! When data is requested again.
//!
//! One timer refreshes the whole page; each refresh is called a beat. Beats are skipped while earlier requests still run and while the
//! page is hidden. If a hidden page has missed one, it beats once when it becomes visible. While the source fails there are fewer and
//! fewer beats. When the network is back there is a beat at once.

use super::clock;
use super::use_query::Pulse;
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
    /// The instant of the last beat, by the server's clock, ms. Windows resolve against it.
    pub now: ReadSignal<Millis>,
    set_now: WriteSignal<Millis>,
    /// The same, set just before `now`: for requests that must be sent before others take the browser's few connections.
    pub first: ReadSignal<Millis>,
    set_first: WriteSignal<Millis>,
    /// How many requests are running.
    pub in_flight: RwSignal<u32>,
    /// The timer causes no beats until then, by the browser's clock, ms.
    held_until: StoredValue<Millis>,
}

impl Refresh {
    /// Starts the timer. Each beat calls `set_now`.
    pub fn start(interval: Memo<Interval>, pulse: Pulse, set_now: WriteSignal<Millis>) -> Self {
        let (first, set_first) = signal(pulse.beat.get_untracked());
        let refresh =
            Self { interval, now: pulse.beat, set_now, first, set_first, in_flight: pulse.in_flight, held_until: StoredValue::new(0) };
        let missed = StoredValue::new(false);
        let beat = move || {
            if is_hidden() {
                missed.set_value(true);
            } else if refresh.in_flight.get_untracked() == 0 && clock::browser_now() >= refresh.held_until.get_value() {
                refresh.beat();
            }
        };
        Effect::new(move |_| {
            let Interval::Every(length) = interval.get() else { return };
            let timer = StoredValue::new_local(Some(Timer::new(u32::try_from(length).unwrap_or(u32::MAX), beat)));
            on_cleanup(move || drop(timer.try_update_value(Option::take)));
        });
        let seen = window_event_listener(ev::visibilitychange, move |_| {
            if !is_hidden() && missed.get_value() {
                missed.set_value(false);
                refresh.beat();
            }
        });
        let online = window_event_listener(ev::online, move |_| refresh.beat());
        on_cleanup(move || {
            seen.remove();
            online.remove();
        });
        refresh
    }

    /// Stops beats of the timer for a time that grows with the number of `failures` in a row.
    pub fn hold(self, failures: u32) {
        let wait = match self.interval.get_untracked() {
            Interval::Every(length) if failures > 0 => back_off(length, failures, js_sys::Math::random()),
            _ => 0,
        };
        self.held_until.set_value(clock::browser_now() + wait);
    }

    /// Refreshes everything now.
    pub fn beat(self) {
        // `try_`: a timer may fire once more while the page is torn down.
        let now = clock::now();
        let _ = self.set_first.try_set(now);
        let _ = self.set_now.try_set(now);
    }
}

fn is_hidden() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Hidden
}
