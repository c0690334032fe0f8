//! The theme (light or dark) and the palette for colour-blind readers. Colours are defined in the style sheet; the canvas reads them there.

use super::navigation::Navigation;
use super::preference;
use crate::state::memo::memo;
use chart::{FONT, Palette, Rgb};
use leptos::prelude::*;
use model::color::Color;
use model::view_state::Theme;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// The current theme and palette.
#[derive(Clone, Copy)]
pub struct ThemeState {
    /// The chosen theme.
    pub chosen: Memo<Theme>,
    /// Whether each series has its own dash pattern, and colours that every reader can tell apart.
    pub distinct_dashes: ReadSignal<bool>,
    set_distinct: WriteSignal<bool>,
    /// The colours for the canvas, read from the style sheet after each change.
    pub palette: Memo<Palette>,
}

impl ThemeState {
    /// Chooses whether series also differ by dashes and lightness. The browser stores the choice.
    pub fn choose_distinct(self, distinct: bool) {
        preference::set(PALETTE, if distinct { SAFE } else { "" });
        self.set_distinct.set(distinct);
    }
}

/// The name of the preference. Its value is also in the attribute `data-palette` of the document.
const PALETTE: &str = "palette";
const SAFE: &str = "safe";
/// How many colours the style sheet has for series: `--series-1` and so on.
pub const SERIES_COLORS: usize = 10;
const DARK: &str = "(prefers-color-scheme: dark)";

/// The theme from URL, stored preference, configuration or system, in this order. Sets `data-theme` and `data-palette` of the document.
pub fn start(navigation: Navigation, configured: Option<Theme>) -> ThemeState {
    let system_is_dark = RwSignal::new(matches_dark());
    follow_system(system_is_dark);
    let chosen = memo(move || {
        let remembered = || preference::get("theme").and_then(|name| Theme::parse(&name));
        navigation.view.with(|view| view.theme).or_else(remembered).or(configured).unwrap_or_default()
    });
    let (distinct_dashes, set_distinct) = signal(preference::get(PALETTE).is_some_and(|name| name == SAFE));
    let palette = memo(move || {
        let dark = match chosen.get() {
            Theme::System => system_is_dark.get(),
            Theme::Dark => true,
            Theme::Light => false,
        };
        // Set the attributes first: reading a colour below makes the browser apply them.
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
            let _ = root.set_attribute("data-palette", if distinct_dashes.get() { SAFE } else { "" });
        }
        read_palette()
    });
    // Pages without a chart do not read the palette, but need the theme too.
    Effect::new(move |_| palette.track());
    ThemeState { chosen, distinct_dashes, set_distinct, palette }
}

fn matches_dark() -> bool {
    window().match_media(DARK).ok().flatten().is_some_and(|query| query.matches())
}

fn follow_system(system_is_dark: RwSignal<bool>) {
    let Ok(Some(query)) = window().match_media(DARK) else { return };
    let on_change = Closure::<dyn Fn()>::new(move || {
        let _ = system_is_dark.try_set(matches_dark());
    });
    // The listener is never removed, because the app lives as long as the page.
    let _ = query.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref());
    on_change.forget();
}

fn read_palette() -> Palette {
    let styles = document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
    let read = |name: &str| -> Rgb {
        let value = styles.as_ref().and_then(|styles| styles.get_property_value(name).ok()).unwrap_or_default();
        Rgb::parse(value.trim()).unwrap_or_default()
    };
    let mut series = Vec::with_capacity(SERIES_COLORS);
    for slot in 1..=SERIES_COLORS {
        series.push(read(&format!("--series-{slot}")));
    }
    let tokens = [Color::Text, Color::Green, Color::Yellow, Color::Orange, Color::Red, Color::Blue, Color::Purple];
    let tokens = tokens.map(|color| (color, read(&format!("--{}", color.name())))).to_vec();
    let heat = ["--heat-1", "--heat-2", "--heat-3"].map(read);
    Palette { text: read("--text-soft"), grid: read("--grid"), series, tokens, heat, font: FONT.to_owned() }
}
