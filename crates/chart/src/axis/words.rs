//! Shortens texts to the available width.

use crate::number::{float, floored};

/// `text`, or as much of its start as fits into `room` CSS px with an ellipsis; empty if not even that fits.
pub fn ellipsized(text: &str, room: f64, measure: &dyn Fn(&str) -> f64) -> String {
    let width = measure(text);
    if width <= room {
        return text.to_owned();
    }
    let count = i64::try_from(text.chars().count()).unwrap_or(0);
    // Starts with a guess, since measuring a new text is slow in the browser.
    let mut kept = floored(float(count) * room / width);
    while kept > 0 {
        let beginning: String = text.chars().take(usize::try_from(kept).unwrap_or(0)).collect();
        let shortened = beginning.trim_end().to_owned() + "…";
        if measure(&shortened) <= room {
            return shortened;
        }
        kept -= 1;
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_does_not_fit_is_shortened() {
        let measure = |text: &str| f64::from(u16::try_from(text.chars().count()).unwrap());
        let cut = |room| ellipsized("åäö and more", room, &measure);
        assert_eq!([cut(12.0), cut(11.0), cut(5.0), cut(2.0), cut(1.0), cut(-5.0)], ["åäö and more", "åäö and mo…", "åäö…", "å…", "", ""]);
        assert_eq!(ellipsized("", 0.0, &measure), "");
    }
}
