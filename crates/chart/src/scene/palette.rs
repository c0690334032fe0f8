//! The colours of inks. The caller fills the palette from the tokens of the style sheet, so that the canvas has the colours of the theme.

use crate::scene::Ink;
use model::color::Color;

/// An opaque colour: red, green, blue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Parses `#rgb` or `#rrggbb`, as in style sheets; `None` for anything else.
    pub fn parse(css: &str) -> Option<Self> {
        let digits = css.trim().strip_prefix('#')?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        match digits.len() {
            6 => Some(Self(red, green, blue)),
            // Each digit is doubled: 0x11 * 0xa is 0xaa.
            3 => Some(Self((green & 0xf) * 0x11, (blue >> 4) * 0x11, (blue & 0xf) * 0x11)),
            _ => None,
        }
    }
}

/// The colours of a theme, and the font of the axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// Labels.
    pub text: Rgb,
    /// Grid lines and ticks.
    pub grid: Rgb,
    /// The colours of series. They repeat if there are more series than colours.
    pub series: Vec<Rgb>,
    /// The colours with a meaning. The text colour replaces one that is missing.
    pub tokens: Vec<(Color, Rgb)>,
    /// The heat scale: its lowest, middle and highest colour.
    pub heat: [Rgb; 3],
    /// The `font-family` of labels.
    pub font: String,
}

impl Palette {
    /// The colour of `ink`.
    pub fn color(&self, ink: Ink) -> Rgb {
        match ink {
            Ink::Text => self.text,
            Ink::Grid => self.grid,
            Ink::Series(slot) => self.series.get(slot % self.series.len().max(1)).copied().unwrap_or(self.text),
            Ink::Token(color) => self.tokens.iter().find(|(token, _)| *token == color).map_or(self.text, |(_, rgb)| *rgb),
            Ink::Heat(level) => self.heat(level),
        }
    }

    fn heat(&self, level: u8) -> Rgb {
        let [least, middle, most] = self.heat;
        let (from, to, way) = if level < 128 { (least, middle, level) } else { (middle, most, level - 128) };
        let way = u16::from(way);
        let mix = |from: u8, to: u8| u8::try_from((u16::from(from) * (127 - way) + u16::from(to) * way) / 127).unwrap_or(to);
        Rgb(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
    }

    /// The text colour on `ink`: black or white, whichever has more contrast. On the background it is the normal text colour.
    pub fn text_on(&self, ink: Option<Ink>) -> Rgb {
        let Some(Rgb(red, green, blue)) = ink.map(|ink| self.color(ink)) else { return self.text };
        // The luminance. A polynomial approximates the power function of sRGB, which would need the math library.
        let share = |part: u8| {
            let part = f64::from(part) / 255.0;
            part * (part * (part * 0.305_306 + 0.682_171) + 0.012_523)
        };
        let luminance = 0.2126 * share(red) + 0.7152 * share(green) + 0.0722 * share(blue);
        // The luminance at which black and white have the same contrast.
        if luminance > 0.179 { Rgb(0, 0, 0) } else { Rgb(255, 255, 255) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAT: [Rgb; 3] = [Rgb(200, 200, 0), Rgb(100, 0, 100), Rgb(0, 0, 40)];

    #[test]
    fn hexadecimal_colours_are_read() {
        assert_eq!(Rgb::parse(" #1f77b4"), Some(Rgb(0x1f, 0x77, 0xb4)));
        assert_eq!(Rgb::parse("#fa0"), Some(Rgb(0xff, 0xaa, 0)));
        for text in ["", "#", "red", "#12345", "#gggggg", "rgb(1,2,3)"] {
            assert_eq!(Rgb::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn series_colours_repeat() {
        let series = vec![Rgb(1, 1, 1), Rgb(2, 2, 2)];
        let mut palette = Palette { text: Rgb(9, 9, 9), grid: Rgb(8, 8, 8), series, tokens: Vec::new(), heat: HEAT, font: String::new() };
        assert_eq!(palette.color(Ink::Series(3)), Rgb(2, 2, 2));
        palette.series.clear();
        assert_eq!(palette.color(Ink::Series(3)), palette.text);
        assert_eq!(palette.color(Ink::Token(Color::Red)), palette.text);
    }

    #[test]
    fn the_heat_scale_goes_through_all_three_colours() {
        let palette =
            Palette { text: Rgb(9, 9, 9), grid: Rgb(8, 8, 8), series: Vec::new(), tokens: Vec::new(), heat: HEAT, font: String::new() };
        let levels = [0, 64, 127, 128, 255].map(|level| palette.color(Ink::Heat(level)));
        assert_eq!(levels, [HEAT[0], Rgb(149, 99, 50), HEAT[1], HEAT[1], HEAT[2]]);
        assert_eq!([0, 255].map(|level| palette.text_on(Some(Ink::Heat(level)))), [Rgb(0, 0, 0), Rgb(255, 255, 255)]);
        assert_eq!(palette.text_on(None), palette.text);
    }
}
