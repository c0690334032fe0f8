//! A panel as a file: its data for a spreadsheet, its picture for a report.

use crate::state::App;
use crate::state::panel_query::{PanelAsk, PanelData};
use crate::state::source::{Ask, Reply};
use crate::state::use_query::Loaded;
use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::values::reading::name_of;
use js_sys::Array;
use leptos::prelude::*;
use model::dashboard::{Panel, Target};
use model::series::{Grid, is_gap};
use std::time::Duration;
use text::export::{Csv, file_name};
use text::order::by_text;
use text::timestamp;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CanvasRenderingContext2d, Element, HtmlAnchorElement, HtmlCanvasElement, Url};

/// What a browser needs to begin a download, ms; after that the memory is given back.
const DOWNLOAD: Duration = Duration::from_mins(1);

/// Hands the values of a panel over as a file: a row for each instant, a column for each series.
pub fn save_csv(context: &PanelContext) {
    let PanelContext { app, query, .. } = *context;
    let panel = &context.panel;
    let Some(loaded) = untrack(|| query.last()) else { return };
    let text = table(app, panel, &loaded);
    // The mark tells spreadsheets that it is UTF-8.
    let parts = Array::of1(&format!("\u{feff}{text}").into());
    if let Ok(blob) = Blob::new_with_str_sequence(&parts) {
        save(&blob, &named(app, panel, "csv"));
    }
}

/// One column: its name, and its values at the instants of a grid.
struct Column<'a> {
    name: String,
    grid: Grid,
    values: &'a [f64],
}

impl Column<'_> {
    fn at(&self, time: i64) -> Option<f64> {
        let index = self.grid.index(time).filter(|index| self.grid.time(*index) == time)?;
        self.values.get(index).copied().filter(|value| !is_gap(*value))
    }
}

fn table(app: App, panel: &Panel, loaded: &Loaded<PanelAsk, PanelData>) -> String {
    let mut columns = Vec::new();
    let answers = loaded.asked.asks.iter().zip(&loaded.data.replies);
    for (target, (ask, reply)) in panel.targets.iter().zip(answers) {
        match (ask, reply) {
            (_, Reply::Range(frame)) => columns.extend(frame.series.iter().map(|series| {
                let name = heading(app, target, name_of(target, &series.labels, app.language()));
                Column { name, grid: frame.grid, values: &series.values }
            })),
            (Ask::Instant(query), Reply::Instant(samples)) => columns.extend(samples.iter().map(|sample| {
                let name = heading(app, target, name_of(target, &sample.labels, app.language()));
                Column { name, grid: Grid { start: query.time, step: 1, len: 1 }, values: std::slice::from_ref(&sample.value) }
            })),
            _ => {}
        }
    }
    let mut times: Vec<i64> = Vec::new();
    let mut grids: Vec<Grid> = Vec::new();
    for column in &columns {
        if !grids.contains(&column.grid) {
            grids.push(column.grid);
            times.extend((0..column.grid.len).map(|index| column.grid.time(index)));
        }
    }
    let mut times = by_text(times, |time| format!("{time:020}"));
    times.dedup();
    let head = columns.iter().fold(Csv::default().text("time"), |csv, column| csv.text(&column.name)).end();
    let row = |csv: Csv, time: i64| {
        columns.iter().fold(csv.text(&timestamp::iso(time)), |csv, column| csv.number(&digits(column.at(time)))).end()
    };
    times.into_iter().fold(head, row).finish()
}

/// A column of a table is named by its heading, too.
fn heading(app: App, target: &Target, name: String) -> String {
    let title = target.title.get(app.language());
    if title.is_empty() { name } else { format!("{title} {name}") }
}

/// All digits of a number, as JavaScript writes them: they read back as the same number.
fn digits(value: Option<f64>) -> String {
    value.map(|value| js_sys::Number::from(value).to_string_with_radix(10).map(String::from).unwrap_or_default()).unwrap_or_default()
}

/// The title of the dashboard and of the panel, and the end of what it shows.
fn named(app: App, panel: &Panel, extension: &str) -> String {
    let dashboard = untrack(|| app.dashboard.last()).map(|loaded| loaded.data.title.get(app.language()).to_owned()).unwrap_or_default();
    let at = app.zone.with_untracked(|zone| timestamp::date_and_time(app.window.get_untracked().end, zone));
    file_name(&[&dashboard, panel.title.get(app.language()), &at], extension)
}

fn save(blob: &Blob, name: &str) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else { return };
    if let Some(anchor) = document().create_element("a").ok().and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok()) {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        DOWNLOAD,
    );
}

/// Around and between the parts of a picture. All lengths here are CSS px.
const MARGIN: f64 = 12.0;
/// The height of the title.
const TITLE: f64 = 24.0;
/// The height of a line of the legend.
const LINE: f64 = 20.0;
/// The width of the mark of a series.
const MARK: f64 = 14.0;
/// The fonts of title and legend.
const FONTS: [&str; 2] = ["600 14px system-ui, sans-serif", "12px system-ui, sans-serif"];

/// Hands the picture in the panel `section` over as a file, with its title, and with what its legend shows.
pub fn save_png(app: App, panel: &Panel, section: &Element) {
    let named = named(app, panel, "png");
    let Some(picture) = compose(section, panel.title.get(app.language())) else { return };
    let done = Closure::once_into_js(move |blob: JsValue| {
        if let Ok(blob) = blob.dyn_into::<Blob>() {
            save(&blob, &named);
        }
    });
    let _ = picture.to_blob(done.unchecked_ref());
}

/// An entry of the legend, and where it stands.
struct Entry {
    color: String,
    name: String,
    x: f64,
    line: u16,
}

fn compose(section: &Element, title: &str) -> Option<HtmlCanvasElement> {
    let chart: HtmlCanvasElement = section.query_selector(".chart-box canvas").ok()??.dyn_into().ok()?;
    let shown = chart.get_bounding_client_rect();
    let (width, ratio) = (shown.width() + 2.0 * MARGIN, f64::from(chart.width()) / shown.width());
    let picture: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    let context: CanvasRenderingContext2d = picture.get_context("2d").ok()??.dyn_into().ok()?;
    let entries = entries(section, &context, width);
    let lines = entries.last().map_or(0, |entry| entry.line + 1);
    let height = shown.height() + TITLE + f64::from(lines) * LINE + 2.0 * MARGIN;
    picture.set_width(pixels(width * ratio));
    picture.set_height(pixels(height * ratio));
    context.scale(ratio, ratio).ok()?;

    let ink = style_of(section, "color");
    context.set_fill_style_str(&style_of(section, "background-color"));
    context.fill_rect(0.0, 0.0, width, height);
    context.set_fill_style_str(&ink);
    context.set_text_baseline("middle");
    let [title_font, font] = FONTS;
    context.set_font(title_font);
    context.fill_text_with_max_width(title, MARGIN, MARGIN + TITLE / 2.0 - 4.0, width - 2.0 * MARGIN).ok()?;
    let (chart_width, chart_height) = (shown.width(), shown.height());
    context.draw_image_with_html_canvas_element_and_dw_and_dh(&chart, MARGIN, MARGIN + TITLE, chart_width, chart_height).ok()?;
    context.set_font(font);
    for Entry { color, name, x, line } in entries {
        let y = MARGIN + TITLE + shown.height() + (f64::from(line) + 0.5) * LINE + MARGIN / 2.0;
        context.set_fill_style_str(&color);
        context.fill_rect(x, y - 1.5, MARK, 3.0);
        context.set_fill_style_str(&ink);
        context.fill_text(&name, x + MARK + 6.0, y).ok()?;
    }
    Some(picture)
}

/// What the legend of a panel shows, set in lines of `width`.
fn entries(section: &Element, context: &CanvasRenderingContext2d, width: f64) -> Vec<Entry> {
    let [_, font] = FONTS;
    context.set_font(font);
    let (mut entries, mut x, mut line) = (Vec::new(), MARGIN, 0);
    let Ok(found) = section.query_selector_all(r#".legend-entry[aria-pressed="true"]"#) else { return entries };
    for button in (0..found.length()).filter_map(|index| found.item(index)?.dyn_into::<Element>().ok()) {
        let part = |class| button.query_selector(class).ok().flatten();
        let color = part(".swatch").map(|swatch| style_of(&swatch, "--tone")).unwrap_or_default();
        let name = part(".legend-name").and_then(|name| name.text_content()).unwrap_or_default();
        let needed = MARK + 6.0 + context.measure_text(&name).map_or(0.0, |metrics| metrics.width()) + MARGIN;
        if x > MARGIN && x + needed > width {
            (x, line) = (MARGIN, line + 1);
        }
        entries.push(Entry { color, name, x, line });
        x += needed;
    }
    entries
}

fn style_of(element: &Element, property: &str) -> String {
    let styles = window().get_computed_style(element).ok().flatten();
    styles.and_then(|styles| styles.get_property_value(property).ok()).unwrap_or_default().trim().to_owned()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates, and makes 0 of NaN")]
fn pixels(length: f64) -> u32 {
    length.round() as u32
}
