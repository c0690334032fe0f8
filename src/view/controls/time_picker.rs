//! The time range picker: quick ranges, a form for a custom range, and steps through time.

use crate::state::{App, clock};
use crate::view::on_demand::{Hands, deferred};
use crate::view::ui::{Element, Glyph, Menu, el, icon, menu, value_of};
use leptos::prelude::*;
use model::gesture::SHORTEST;
use model::time::{Millis, TimePoint, TimeRange, Window, Zone, parse_instant};
use text::timestamp;

/// The quick ranges: `from` and `to`. Their names are in the same order in the message files.
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

/// Sets the time range to the fixed `window`, unless that is too short.
pub fn zoom_to(app: App, window: Window) {
    if window.length() >= SHORTEST {
        app.navigation.go(|view| view.range = Some(TimeRange::absolute(window)));
    }
}

/// Doubles the time range around its middle, but does not extend it into the future.
pub fn zoom_out(app: App) {
    let window = app.window.get_untracked();
    zoom_to(app, window.zoomed_out(clock::now().max(window.end)));
}

/// The time range picker.
pub fn time_picker(app: App) -> Element {
    let text = app.text();
    let step = move |name: &'static str, glyph: Glyph, go: fn(App)| {
        let button = el("button").class("button wide-only").attr("type", "button").attr("aria-label", name).attr("title", name);
        button.child(icon(glyph)).on("click", move |_| go(app))
    };
    let face = vec![icon(Glyph::Clock), el("span").class("select-text").live_text(move || describe(app))];
    let layer = menu(Menu { label: text.time_range, class: "button time-button", face, closes: false }, move || {
        vec![deferred(app, move |hands: &Hands| (hands.times)(app))]
    });
    el("div")
        .class("joined time-picker")
        .child(step(text.earlier, Glyph::Earlier, |app| step_by(app, -1)))
        .children(layer)
        .child(step(text.later, Glyph::Later, |app| step_by(app, 1)))
        .child(step(text.zoom_out, Glyph::ZoomOut, zoom_out))
}

/// The content of the layer: the quick ranges and the form for a custom range.
pub fn content(app: App) -> Vec<Element> {
    vec![el("div").class("quick").live(move || quick(app)), custom_range(app)]
}

fn quick(app: App) -> Vec<Element> {
    let current = app.range.get();
    let (current_from, current_to) = (current.from.to_string(), current.to.to_string());
    let choice = |((from, to), name): ((&'static str, &'static str), &'static str)| {
        let pressed = if current_from == from && current_to == to { "true" } else { "false" };
        let button = el("button").class("choice").attr("type", "button").attr("aria-pressed", pressed).text(name);
        button.on("click", move |_| app.navigation.go(|view| view.range = TimeRange::parse(from, to)))
    };
    QUICK.into_iter().zip(app.text().quick_ranges).map(choice).collect()
}

/// The form for a custom range: dates in the chosen time zone, or expressions as in the query string.
fn custom_range(app: App) -> Element {
    let text = app.text();
    let shown = |point: &TimePoint, at: Millis| {
        if point.is_relative() { point.to_string() } else { app.zone.with_untracked(|zone| timestamp::unambiguous(at, zone)) }
    };
    let (range, window) = (app.range.get_untracked(), app.window.get_untracked());
    let from = RwSignal::new(shown(&range.from, window.start));
    let to = RwSignal::new(shown(&range.to, window.end));
    let broken = RwSignal::new(false);
    let end = |name: &str, value: RwSignal<String>| {
        let input = el("input").attr("type", "text").attr("autocomplete", "off").attr("spellcheck", "false");
        let input = input.attr("value", &value.get_untracked()).on("input", move |event| value.set(value_of(&event)));
        el("label").class("field").text(name).child(input)
    };
    let hint = el("p").attr("role", "status").live_attr("class", move || Some(if broken.get() { "hint bad" } else { "hint" }.to_owned()));
    let hint = hint.live_text(move || if broken.get() { text.range_broken } else { text.range_hint }.to_owned());
    let apply = el("button").class("button primary").attr("type", "submit").text(text.apply);
    let form = el("form").class("custom-range").child(end(text.from, from)).child(end(text.to, to)).child(hint).child(apply);
    form.on("submit", move |event| {
        event.prevent_default();
        let zone = app.zone.get_untracked();
        let chosen = read(&from.get_untracked(), &zone).zip(read(&to.get_untracked(), &zone)).map(|(from, to)| TimeRange { from, to });
        let chosen = chosen.filter(|range| range.resolve(clock::now(), &zone).is_some());
        broken.set(chosen.is_none());
        if chosen.is_some() {
            app.navigation.go(|view| view.range = chosen);
        }
    })
}

/// Parses one end of the range. A date without an offset is in the chosen time zone.
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

/// The text of the button: the name of a quick range, a relative range as it was entered, or the two dates.
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

/// Moves the time range by `steps` times half its length, but not completely into the future.
fn step_by(app: App, steps: Millis) {
    let window = app.window.get_untracked();
    let by = steps * (window.length() / 2);
    let window = Window { start: window.start + by, end: window.end + by };
    if window.start < clock::now() {
        zoom_to(app, window);
    }
}
