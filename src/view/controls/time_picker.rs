//! The time range: quick choices, two ends to write, and steps through time.

use crate::model::time::{Millis, TimePoint, TimeRange, Window, Zone, parse_instant};
use crate::model::timestamp;
use crate::state::{App, clock, use_app};
use crate::view::ui::{Glyph, Icon, Menu, live};
use leptos::prelude::*;

/// The quick choices: `from` and `to`. Their names stand in the same order in the message files.
pub const QUICK: [(&str, &str); 10] = [
    ("now-15m", "now"),
    ("now-1h", "now"),
    ("now-3h", "now"),
    ("now-6h", "now"),
    ("now-24h", "now"),
    ("now-2d", "now"),
    ("now-7d", "now"),
    ("now-30d", "now"),
    ("now/d", "now/d"),
    ("now-1d/d", "now-1d/d"),
];

/// No window is shorter than this: a zoom further in shows nothing new.
const SHORTEST: Millis = 1_000;

/// Shows `window`, and stays there.
pub fn zoom_to(app: App, window: Window) {
    if window.length() >= SHORTEST {
        app.navigation.go(|view| view.range = Some(TimeRange::absolute(window)));
    }
}

/// The control of the time range.
#[component]
pub fn TimePicker() -> impl IntoView {
    let app = use_app();
    let text = Signal::derive(move || describe(app));
    let step = move |shift: fn(Window) -> Window| {
        let window = shift(app.window.get_untracked());
        if window.start < clock::now() {
            zoom_to(app, window);
        }
    };
    let quick = move || {
        let current = app.range.get();
        let choice = |(from, to): (&'static str, &'static str), name: &'static str| {
            let pressed = current.from.to_string() == from && current.to.to_string() == to;
            let choose = move |_| app.navigation.go(|view| view.range = TimeRange::parse(from, to));
            view! { <button type="button" class="choice" aria-pressed=pressed.to_string() on:click=choose>{name}</button> }
        };
        QUICK.into_iter().zip(app.text().quick_ranges).map(|(range, name)| choice(range, name)).collect_view()
    };
    view! {
        <div class="joined time-picker">
            <button type="button" class="button wide-only" aria-label=app.text().earlier title=app.text().earlier on:click=move |_| step(earlier)>
                <Icon glyph=Glyph::Earlier/>
            </button>
            <Menu
                label=app.text().time_range
                class="button time-button"
                face=ViewFn::from(move || view! { <Icon glyph=Glyph::Clock/><span class="select-text">{text}</span> })
            >
                <div class="quick">{live(quick)}</div>
                {custom_range(app)}
            </Menu>
            <button type="button" class="button wide-only" aria-label=app.text().later title=app.text().later on:click=move |_| step(later)>
                <Icon glyph=Glyph::Later/>
            </button>
            <button type="button" class="button wide-only" aria-label=app.text().zoom_out title=app.text().zoom_out on:click=move |_| step(zoomed_out)>
                <Icon glyph=Glyph::ZoomOut/>
            </button>
        </div>
    }
}

/// Two ends to write: dates in the zone that is shown, or the grammar of the query string.
fn custom_range(app: App) -> AnyView {
    let shown = |point: &TimePoint, at: Millis| {
        if point.is_relative() { point.to_string() } else { app.zone.with_untracked(|zone| timestamp::date_and_time(at, zone)) }
    };
    let (range, window) = (app.range.get_untracked(), app.window.get_untracked());
    let from = RwSignal::new(shown(&range.from, window.start));
    let to = RwSignal::new(shown(&range.to, window.end));
    let broken = RwSignal::new(false);
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let zone = app.zone.get_untracked();
        let chosen = read(&from.get_untracked(), &zone).zip(read(&to.get_untracked(), &zone)).map(|(from, to)| TimeRange { from, to });
        let chosen = chosen.filter(|range| range.resolve(clock::now(), &zone).is_some());
        broken.set(chosen.is_none());
        if chosen.is_some() {
            app.navigation.go(|view| view.range = chosen);
        }
    };
    view! {
        <form class="custom-range" on:submit=apply>
            <label class="field">
                {app.text().from}
                <input type="text" autocomplete="off" spellcheck="false" prop:value=from on:input=move |event| from.set(event_target_value(&event))/>
            </label>
            <label class="field">
                {app.text().to}
                <input type="text" autocomplete="off" spellcheck="false" prop:value=to on:input=move |event| to.set(event_target_value(&event))/>
            </label>
            <p class="hint" role="status" class:bad=broken>
                {live(move || if broken.get() { app.text().range_broken } else { app.text().range_hint })}
            </p>
            <button type="submit" class="button primary">{app.text().apply}</button>
        </form>
    }
    .into_any()
}

/// A date without an offset is meant in the zone that is shown.
fn read(text: &str, zone: &dyn Zone) -> Option<TimePoint> {
    let point = TimePoint::parse(text)?;
    let has_zone = text.ends_with(['Z', 'z']) || text.rsplit_once(['T', ' ']).is_some_and(|(_, clock)| clock.contains(['+', '-']));
    match parse_instant(text.trim()) {
        Some(at) if text.contains('-') && !has_zone => {
            let utc = at - zone.offset(at);
            Some(TimePoint::absolute(at - zone.offset(utc)))
        }
        _ => Some(point),
    }
}

/// What the button says: the name of a quick choice, what was written, or the two ends.
fn describe(app: App) -> String {
    let range = app.range.get();
    let (from, to) = (range.from.to_string(), range.to.to_string());
    let quick = QUICK.iter().zip(app.text().quick_ranges).find(|((quick_from, quick_to), _)| *quick_from == from && *quick_to == to);
    if let Some((_, name)) = quick {
        return name.to_owned();
    }
    if range.is_relative() {
        return format!("{from} – {to}");
    }
    let window = app.window.get();
    app.zone.with(|zone| {
        let end = timestamp::short(window.end, window.start, zone);
        format!("{} – {end}", timestamp::date_and_time(window.start, zone))
    })
}

fn earlier(window: Window) -> Window {
    let half = window.length() / 2;
    Window { start: window.start - half, end: window.end - half }
}

fn later(window: Window) -> Window {
    let half = window.length() / 2;
    Window { start: window.start + half, end: window.end + half }
}

fn zoomed_out(window: Window) -> Window {
    let half = window.length() / 2;
    Window { start: window.start - half, end: window.end + half }
}
