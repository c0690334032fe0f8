//! Colours by meaning. The style sheet defines how each one looks, so that both themes and the canvas agree.

use json::{FromJson, Value};
use serde::Serialize;

/// A named colour. Names are Grafana's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Color {
    /// No meaning: the colour of text.
    #[default]
    Text,
    /// Good.
    Green,
    /// Needs attention.
    Yellow,
    /// Serious.
    Orange,
    /// Bad.
    Red,
    /// Neutral.
    Blue,
    /// A second neutral colour.
    Purple,
}

impl Color {
    /// All colours.
    pub const ALL: [Self; 7] = [Self::Text, Self::Green, Self::Yellow, Self::Orange, Self::Red, Self::Blue, Self::Purple];

    /// The name, which is also the name of the CSS class and token.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Orange => "orange",
            Self::Red => "red",
            Self::Blue => "blue",
            Self::Purple => "purple",
        }
    }

    /// How bad it is: 0 (not bad) to 3.
    pub fn severity(self) -> u8 {
        match self {
            Self::Text | Self::Green | Self::Blue | Self::Purple => 0,
            Self::Yellow => 1,
            Self::Orange => 2,
            Self::Red => 3,
        }
    }

    /// A symbol with the meaning of the colour, for readers who cannot tell the colours apart.
    pub fn symbol(self) -> Option<&'static str> {
        match self {
            Self::Green => Some("✓"),
            Self::Yellow | Self::Orange => Some("!"),
            Self::Red => Some("✕"),
            Self::Text | Self::Blue | Self::Purple => None,
        }
    }
}

impl FromJson for Color {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        let name = value.as_str()?;
        Self::ALL.into_iter().find(|color| color.name() == name)
    }
}
