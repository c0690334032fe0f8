//! Sorting by text, and numbers as texts that sort like them.

/// The items in the order of their keys; items with the same key stay in the order they came in.
///
/// One sort for all lists: the compiler makes a sort of 4 kB for every type it is asked for.
pub fn by_text<T>(items: Vec<T>, key: impl Fn(&T) -> String) -> Vec<T> {
    let mut order: Vec<(String, usize)> = items.iter().enumerate().map(|(index, item)| (key(item), index)).collect();
    order.sort_unstable();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, index)| items.get_mut(index)?.take()).collect()
}

/// A text that sorts as its number does, or the other way round. Those without a number come last either way.
pub fn number_key(value: Option<f64>, descending: bool) -> String {
    let Some(value) = value.filter(|value| !value.is_nan()) else { return "none".into() };
    // The bits of positive numbers sort as the numbers do; those of negative ones backwards, and they belong before.
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
    fn keys_decide_and_ties_keep_their_order() {
        let sorted = by_text(vec![("b", 1), ("a", 2), ("b", 3), ("a", 4)], |(key, _)| (*key).to_owned());
        assert_eq!(sorted, [("a", 2), ("a", 4), ("b", 1), ("b", 3)]);
    }
}
