//! Colours by meaning. What each looks like is the style sheet's business, so that both themes and the canvas agree.

use serde::{Deserialize, Serialize};

/// A named colour, with Grafana's names for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Color {
    /// No meaning: the colour of text.
    #[default]
    Text,
    /// Good.
    Green,
    /// Worth a look.
    Yellow,
    /// Serious.
    Orange,
    /// Bad.
    Red,
    /// Neutral but present.
    Blue,
    /// A second neutral.
    Purple,
}

impl Color {
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

    /// A shape that says the same as the colour, for those who cannot tell the colours apart.
    pub fn symbol(self) -> Option<&'static str> {
        match self {
            Self::Green => Some("✓"),
            Self::Yellow | Self::Orange => Some("!"),
            Self::Red => Some("✕"),
            Self::Text | Self::Blue | Self::Purple => None,
        }
    }
}
