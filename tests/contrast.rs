//! The colours of `style/tokens.css`, in both themes and both palettes: contrast of texts and graphics, and whether series can be
//! distinguished, also with colour blindness.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use chart::{FONT, Ink, Palette, Rgb};
use model::color::Color;
use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../style/tokens.css");

/// The backgrounds.
const SURFACES: [&str; 3] = ["surface", "raised", "ground"];
/// The background of what is selected or under the pointer.
const CHOSEN: &str = "accent-soft";
/// Colours of text, on any background.
const TEXTS: [&str; 9] = ["text", "text-soft", "accent", "green", "yellow", "orange", "red", "blue", "purple"];
/// Colours of fills; the text on them is `on-fill`.
const FILLS: [&str; 6] = ["fill-green", "fill-yellow", "fill-orange", "fill-red", "fill-blue", "fill-purple"];
/// Colours of graphics that have a meaning.
const DRAWN: [&str; 11] =
    ["brand", "series-1", "series-2", "series-3", "series-4", "series-5", "series-6", "series-7", "series-8", "series-9", "series-10"];
/// The colour scale of heat maps; a single colour of it has no meaning alone.
const SCALE: [&str; 3] = ["heat-1", "heat-2", "heat-3"];
/// Colours of lines that only separate; they need no contrast.
const DECORATION: [&str; 2] = ["line", "grid"];

/// The contrast that WCAG 2.2 requires of text (1.4.3), and of graphics (1.4.11).
const READ: f64 = 4.5;
const SEEN: f64 = 3.0;

/// The least distance of two series' colours, for every reader, in hundredths of Oklab: 2 is just noticeable side by side.
const NEIGHBOURS: f64 = 11.5;
const ANY_TWO: f64 = 4.5;
/// The least distance of any two in the palette for colour-blind readers.
const ANY_TWO_SAFE: f64 = 10.5;
/// The same for two series with the same dash pattern: there are five patterns.
const SAME_DASHES: f64 = 17.0;

/// Linear light: red, green, blue. Also the three coordinates of Oklab.
type Light = [f64; 3];

/// The colours of one theme with one palette.
struct Look {
    name: &'static str,
    colors: BTreeMap<String, Rgb>,
}

/// Every theme with every palette, as the CSS cascade resolves them.
fn looks() -> Vec<Look> {
    let (light, dark) = (":root {", "[data-theme=\"dark\"] {");
    let (safe, dark_safe) = ("[data-palette=\"safe\"] {", "[data-theme=\"dark\"][data-palette=\"safe\"] {");
    let look = |name, blocks: &[&str]| Look { name, colors: blocks.iter().flat_map(|block| colors_of(block)).collect() };
    vec![
        look("light", &[light]),
        look("dark", &[light, dark]),
        look("light, safe", &[light, safe]),
        look("dark, safe", &[light, dark, safe, dark_safe]),
    ]
}

/// The colours that the CSS block with this head sets, by name without the leading dashes.
fn colors_of(head: &str) -> Vec<(String, Rgb)> {
    let (_, after) = TOKENS.split_once(&format!("\n  {head}\n")).unwrap_or_else(|| panic!("tokens.css has no {head}"));
    let block = after.split("\n  }").next().unwrap();
    let declarations = block.lines().filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "));
    declarations.filter_map(|(name, value)| Some((name.to_owned(), Rgb::parse(value)?))).collect()
}

/// The linear light of an sRGB colour.
fn light(Rgb(red, green, blue): Rgb) -> Light {
    let part = |byte: u8| {
        let share = f64::from(byte) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    [red, green, blue].map(part)
}

/// The contrast ratio of two colours, as WCAG defines it: 1 to 21.
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let luminance = |color| {
        let [red, green, blue] = light(color);
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    };
    let (one, other) = (luminance(one), luminance(other));
    one.max(other) / one.min(other)
}

impl Look {
    fn color(&self, name: &str) -> Rgb {
        *self.colors.get(name).unwrap_or_else(|| panic!("{}: no --{name}", self.name))
    }

    fn expect(&self, least: f64, one: &str, other: &str, faults: &mut Vec<String>) {
        let contrast = contrast(self.color(one), self.color(other));
        if contrast < least {
            faults.push(format!("{}: --{one} on --{other} has {contrast:.2}, less than {least}", self.name));
        }
    }

    /// The palette that charts use.
    fn palette(&self) -> Palette {
        let series = (1..=10).map(|slot| self.color(&format!("series-{slot}"))).collect();
        let tokens = Color::ALL.map(|color| (color, self.color(color.name()))).to_vec();
        let heat = SCALE.map(|name| self.color(name));
        Palette { text: self.color("text-soft"), grid: self.color("grid"), series, tokens, heat, font: FONT.to_owned() }
    }
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn text_has_enough_contrast_on_every_background() {
    let mut faults = Vec::new();
    for look in looks() {
        for surface in SURFACES.into_iter().chain([CHOSEN]) {
            for text in TEXTS {
                look.expect(READ, text, surface, &mut faults);
            }
        }
        for fill in FILLS {
            look.expect(READ, "on-fill", fill, &mut faults);
        }
        // Filled buttons and counts.
        for fill in ["accent", "red"] {
            look.expect(READ, "surface", fill, &mut faults);
        }
    }
    assert_none(&faults);
}

#[test]
fn graphics_have_enough_contrast() {
    let mut faults = Vec::new();
    for look in looks() {
        // In a panel, and in the tooltip over it.
        for surface in ["surface", "raised"] {
            for drawn in DRAWN {
                look.expect(SEEN, drawn, surface, &mut faults);
            }
        }
        for fill in FILLS {
            look.expect(SEEN, fill, "surface", &mut faults);
        }
        // The filled part of a gauge or bar against the empty part.
        for fill in TEXTS {
            look.expect(SEEN, fill, "grid", &mut faults);
        }
        // The focus ring.
        for surface in SURFACES.into_iter().chain([CHOSEN]) {
            look.expect(SEEN, "accent", surface, &mut faults);
        }
    }
    assert_none(&faults);
}

#[test]
fn every_colour_is_in_a_list_of_this_test() {
    let known = [&SURFACES[..], &TEXTS, &FILLS, &DRAWN, &SCALE, &DECORATION, &[CHOSEN, "on-fill"]].concat();
    for look in looks() {
        for name in look.colors.keys() {
            assert!(known.contains(&name.as_str()), "--{name} is in no list of tests/contrast.rs: is it written, filled or drawn?");
        }
    }
}

/// A colour as seen with normal vision and without one of the three receptors, in Oklab: Machado, Oliveira, Fernandes 2009, severity 1.
fn seen(color: Rgb) -> [Light; 4] {
    let color = light(color);
    let through = |rows: [Light; 3]| rows.map(|row| row.iter().zip(color).map(|(part, light)| part * light).sum::<f64>().clamp(0.0, 1.0));
    let protan = through([[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]]);
    let deutan = through([[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]]);
    let tritan = through([[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]]);
    [color, protan, deutan, tritan].map(oklab)
}

/// Oklab, in which equal distances look equally far apart. Bjoern Ottosson 2020.
fn oklab(color: Light) -> Light {
    let times = |rows: [Light; 3], vector: Light| rows.map(|row| row.iter().zip(vector).map(|(part, value)| part * value).sum::<f64>());
    let cones = [
        [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
        [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
        [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
    ];
    let opponents = [
        [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
        [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
        [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
    ];
    times(opponents, times(cones, color).map(f64::cbrt))
}

/// The distance of two colours for the readers to whom they look most alike.
fn apart(one: Rgb, other: Rgb) -> f64 {
    let distance = |(one, other): (Light, Light)| one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt() * 100.0;
    seen(one).into_iter().zip(seen(other)).map(distance).fold(f64::INFINITY, f64::min)
}

#[test]
fn distances_of_known_colours_are_as_expected() {
    let [black, white, green, red] = ["#000000", "#ffffff", "#00aa00", "#cc3300"].map(|css| Rgb::parse(css).unwrap());
    assert!((apart(black, white) - 100.0).abs() < 0.1);
    let everybody = oklab(light(green)).iter().zip(oklab(light(red))).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt() * 100.0;
    assert!(everybody > 30.0 && apart(green, red) < 15.0, "some readers can hardly distinguish green and red");
}

#[test]
fn series_can_be_distinguished_by_every_reader() {
    let mut faults = Vec::new();
    for look in looks() {
        let series = look.palette().series;
        let safe = look.name.ends_with("safe");
        for (first, one) in series.iter().enumerate() {
            for (second, other) in series.iter().enumerate().skip(first + 1) {
                // Slots repeat, so the last and the first are neighbours too.
                let least = match second - first {
                    5 if safe => SAME_DASHES,
                    _ if safe => ANY_TWO_SAFE,
                    1 | 9 => NEIGHBOURS,
                    _ => ANY_TWO,
                };
                let distance = apart(*one, *other);
                if distance < least {
                    faults.push(format!(
                        "{}: series {} and {} are {distance:.1} apart, less than {least}",
                        look.name,
                        first + 1,
                        second + 1
                    ));
                }
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn the_lightness_of_the_heat_scale_is_monotonic_for_every_reader() {
    for look in looks() {
        let palette = look.palette();
        let levels: Vec<_> = (0..=u8::MAX).map(|level| seen(palette.color(Ink::Heat(level)))).collect();
        for reader in 0..4 {
            let lightness: Vec<_> = levels.iter().map(|seen| seen[reader][0]).collect();
            let sign = (lightness[255] - lightness[0]).signum();
            // Bytes are rounded: one step may go back a little, but not three.
            let rises = lightness.windows(4).all(|few| (few[3] - few[0]) * sign > 0.0);
            assert!(rises, "{}: the scale of heat turns back for reader {reader}", look.name);
            let [least, middle, most] = [0, 127, 255].map(|level: usize| lightness[level]);
            let halves = [least - middle, middle - most].map(|half| half.abs() * 100.0);
            assert!(halves.iter().all(|half| *half > 20.0), "{}: {halves:.1?}", look.name);
        }
    }
}

#[test]
fn text_on_every_chart_colour_has_enough_contrast() {
    let mut faults = Vec::new();
    for look in looks() {
        let palette = look.palette();
        let inks = (0..10).map(Ink::Series).chain(Color::ALL.map(Ink::Token)).chain((0..=u8::MAX).map(Ink::Heat));
        for ink in inks {
            let contrast = contrast(palette.text_on(Some(ink)), palette.color(ink));
            if contrast < READ {
                faults.push(format!("{}: what is written on {ink:?} has {contrast:.2}, less than {READ}", look.name));
            }
        }
    }
    assert_none(&faults);
}
