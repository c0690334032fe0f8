//! The chart of a panel as a file, with its title and its legend: PNG as it is on screen, SVG for reports.

use super::save::{named, save};
use crate::state::App;
use crate::view::panel::frame::context::PanelContext;
use chart::svg::{Entry, FONT_SIZES, LINE, MARGIN, MARK, MARK_GAP, Mark, Sheet, TITLE};
use chart::{FONT, Rgb};
use js_sys::Array;
use leptos::prelude::*;
use model::dashboard::Panel;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CanvasRenderingContext2d, Element, HtmlCanvasElement};

/// Downloads the chart of a panel, which is shown in `section`, as SVG.
pub fn save_svg(context: &PanelContext, section: &Element) {
    let (app, panel) = (context.app, &context.panel);
    let Some(scene) = context.scene.get().and_then(|scene| scene.get_untracked()) else { return };
    let palette = app.theme.palette.get_untracked();
    let Some(canvas) = new_canvas() else { return };
    let Some(measuring) = context_of(&canvas) else { return };
    let legend = entries(section, &measuring, scene.size.width + 2.0 * MARGIN);
    let [ink, ground] = ["color", "background-color"].map(|property| color(&style_of(section, property)));
    let sheet = Sheet { scene: &scene, palette: &palette, ground, ink, title: panel.title.get(app.language()), legend: &legend };
    let Some(svg) = sheet.svg() else { return };
    if let Ok(blob) = Blob::new_with_str_sequence(&Array::of1(&svg.into())) {
        save(&blob, &named(app, panel, "svg"));
    }
}

/// Downloads the chart in the panel `section` as PNG, with its title and its legend.
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

fn compose(section: &Element, title: &str) -> Option<HtmlCanvasElement> {
    let chart: HtmlCanvasElement = section.query_selector(".chart-box canvas").ok()??.dyn_into().ok()?;
    let shown = chart.get_bounding_client_rect();
    let (width, ratio) = (shown.width() + 2.0 * MARGIN, f64::from(chart.width()) / shown.width());
    let picture = new_canvas()?;
    let context = context_of(&picture)?;
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
    let [title_font, font] = fonts();
    context.set_font(&title_font);
    context.fill_text_with_max_width(title, MARGIN, MARGIN + TITLE / 2.0 - 4.0, width - 2.0 * MARGIN).ok()?;
    let (chart_width, chart_height) = (shown.width(), shown.height());
    context.draw_image_with_html_canvas_element_and_dw_and_dh(&chart, MARGIN, MARGIN + TITLE, chart_width, chart_height).ok()?;
    context.set_font(&font);
    for Entry { color, name, mark, x, line } in entries {
        let y = MARGIN + TITLE + shown.height() + (f64::from(line) + 0.5) * LINE + MARGIN / 2.0;
        context.set_fill_style_str(&css(color));
        for (left, width) in mark.parts() {
            context.fill_rect(x + left, y - mark.height() / 2.0, *width, mark.height());
        }
        context.set_fill_style_str(&ink);
        context.fill_text(&name, x + MARK + MARK_GAP, y).ok()?;
    }
    Some(picture)
}

/// The entries of the legend of any kind of panel: visible series, slices, states, the sum of a donut, the scale of a heatmap.
const ENTRIES: &str = r#".legend-entry[aria-pressed="true"], .key > li, .total, .heat-numbers > span"#;

/// The legend of a panel, set in lines of `width`.
fn entries(section: &Element, context: &CanvasRenderingContext2d, width: f64) -> Vec<Entry> {
    let [_, font] = fonts();
    context.set_font(&font);
    let (mut entries, mut x, mut line) = (Vec::new(), MARGIN, 0);
    let Ok(found) = section.query_selector_all(ENTRIES) else { return entries };
    let mut heat_colors = ["--heat-1", "--heat-2", "--heat-3"].into_iter();
    for element in (0..found.length()).filter_map(|index| found.item(index)?.dyn_into::<Element>().ok()) {
        let part = |class| element.query_selector(class).ok().flatten();
        let text = |class| part(class).and_then(|part| part.text_content());
        let whole = element.text_content().unwrap_or_default();
        let (mark, tone) = match part(".swatch") {
            Some(swatch) if swatch.class_list().contains("dashed") => (Mark::Dashed, style_of(&swatch, "--tone")),
            Some(swatch) if swatch.class_list().contains("box") => (Mark::Square, style_of(&swatch, "--tone")),
            Some(swatch) => (Mark::Line, style_of(&swatch, "--tone")),
            None if element.local_name() == "span" => (Mark::Square, style_of(&element, heat_colors.next().unwrap_or_default())),
            None => (Mark::None, String::new()),
        };
        let name = match (text(".legend-name"), text(".legend-value")) {
            (Some(name), Some(value)) if mark == Mark::Square => format!("{name} {value}"),
            (Some(name), _) => name,
            (None, _) if element.class_list().contains("total") => format!("Σ {whole}"),
            (None, _) => whole,
        };
        let color = color(&tone);
        let needed = MARK + MARK_GAP + context.measure_text(&name).map_or(0.0, |metrics| metrics.width()) + MARGIN;
        if x > MARGIN && x + needed > width {
            (x, line) = (MARGIN, line + 1);
        }
        entries.push(Entry { color, name, mark, x, line });
        x += needed;
    }
    entries
}

fn new_canvas() -> Option<HtmlCanvasElement> {
    document().create_element("canvas").ok()?.dyn_into().ok()
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// The fonts of title and legend, in CSS notation.
fn fonts() -> [String; 2] {
    let [title, legend] = FONT_SIZES;
    [format!("600 {title}px {FONT}"), format!("{legend}px {FONT}")]
}

/// Parses a colour: `#0072b2` as in the style sheet, or `rgb(0, 114, 178)` as the browser computes it.
fn color(css: &str) -> Rgb {
    let mut parts = css.split(|letter: char| !letter.is_ascii_digit()).filter_map(|part| part.parse().ok());
    let mut part = || parts.next().unwrap_or_default();
    Rgb::parse(css).unwrap_or_else(|| Rgb(part(), part(), part()))
}

fn css(Rgb(red, green, blue): Rgb) -> String {
    format!("rgb({red},{green},{blue})")
}

fn style_of(element: &Element, property: &str) -> String {
    let styles = window().get_computed_style(element).ok().flatten();
    styles.and_then(|styles| styles.get_property_value(property).ok()).unwrap_or_default().trim().to_owned()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates, and makes 0 of NaN")]
fn pixels(length: f64) -> u32 {
    length.round() as u32
}
