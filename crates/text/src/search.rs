//! Searches for a text in a text. `str::find` and its relatives with a text as the pattern, and `str::contains` with a character in a
//! text, bring a searcher for long texts and its error messages: 4 kB of the first file. The texts that are searched there are short.

/// The byte at which `needle`, which is not empty, first stands in `text`.
pub fn find(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|part| part == needle.as_bytes())
}

/// The text before and after the first `needle`, which is not empty.
pub fn split_once<'a>(text: &'a str, needle: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, needle)?;
    Some((text.get(..at)?, text.get(at + needle.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_standard_library_finds_the_same(text in "[ab{åß]{0,12}", needle in "[ab{å]{1,3}") {
            prop_assert_eq!(find(&text, &needle), text.find(&needle));
            prop_assert_eq!(split_once(&text, &needle), text.split_once(&needle));
        }
    }
}
