//! Sorting by text keys, and keys for numbers.

/// The items sorted by their keys. Items with equal keys keep their order.
///
/// All lists share one sort, because the compiler generates 4 kB of code for each type that is sorted.
pub fn by_text<T>(items: Vec<T>, key: impl Fn(&T) -> String) -> Vec<T> {
    let mut order: Vec<(String, usize)> = items.iter().enumerate().map(|(index, item)| (key(item), index)).collect();
    order.sort_unstable();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, index)| items.get_mut(index)?.take()).collect()
}

/// A key that sorts like its number, ascending or descending. Keys without a number come last in both orders.
pub fn number_key(value: Option<f64>, descending: bool) -> String {
    let Some(value) = value.filter(|value| !value.is_nan()) else { return "none".into() };
    // The bits of positive numbers sort like the numbers. Those of negative ones sort in reverse, and must come before the positive ones.
    let bits = (value + 0.0).to_bits();
    let ascending = if value.is_sign_negative() && value != 0.0 { !bits } else { bits ^ (1 << 63) };
    format!("{:016x}", if descending { !ascending } else { ascending })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_by_their_keys() {
        let numbers = [f64::NEG_INFINITY, -2.5, -1e-300, 0.0, 1e-300, 3.0, 1e9, f64::INFINITY];
        for pair in numbers.windows(2) {
            assert!(number_key(Some(pair[0]), false) < number_key(Some(pair[1]), false), "{pair:?}");
            assert!(number_key(Some(pair[0]), true) > number_key(Some(pair[1]), true), "{pair:?}");
        }
        for descending in [true, false] {
            assert!(number_key(None, descending) > number_key(Some(0.0), descending));
            assert_eq!(number_key(Some(-0.0), descending), number_key(Some(0.0), descending));
        }
    }

    #[test]
    fn items_are_sorted_by_key_and_ties_keep_their_order() {
        let sorted = by_text(vec![("b", 1), ("a", 2), ("b", 3), ("a", 4)], |(key, _)| (*key).to_owned());
        assert_eq!(sorted, [("a", 2), ("a", 4), ("b", 1), ("b", 3)]);
    }
}
