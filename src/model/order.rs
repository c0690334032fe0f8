//! Sorting by text, and by numbers as text.

/// The items in the order of their keys; items with the same key stay in the order they came in.
///
/// One sort for all lists: the compiler makes a sort of 4 kB for every type it is asked for.
pub fn by_text<T>(items: Vec<T>, key: impl Fn(&T) -> String) -> Vec<T> {
    let mut order: Vec<(String, usize)> = items.iter().enumerate().map(|(index, item)| (key(item), index)).collect();
    order.sort_unstable();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, index)| items.get_mut(index)?.take()).collect()
}

/// A key that sorts as the number does. NaN has none of its own: it comes last or first.
pub fn number_key(number: f64) -> String {
    // Both zeros are the same number.
    let bits = (number + 0.0).to_bits();
    let ordered = if number.is_sign_negative() && number != 0.0 { !bits } else { bits | 1 << 63 };
    format!("{ordered:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_as_numbers() {
        let sorted = [f64::NEG_INFINITY, -1e300, -2.0, -1e-9, 0.0, 1e-300, 0.5, 2.0, 10.0, f64::INFINITY];
        let keys: Vec<_> = sorted.into_iter().map(number_key).collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
        assert_eq!(number_key(-0.0), number_key(0.0));
    }

    #[test]
    fn keys_decide_and_ties_keep_their_order() {
        let sorted = by_text(vec![("b", 1), ("a", 2), ("b", 3), ("a", 4)], |(key, _)| (*key).to_owned());
        assert_eq!(sorted, [("a", 2), ("a", 4), ("b", 1), ("b", 3)]);
    }
}
