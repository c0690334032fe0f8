//! Sorting by text.

/// The items in the order of their keys; items with the same key stay in the order they came in.
///
/// One sort for all lists: the compiler makes a sort of 4 kB for every type it is asked for.
pub fn by_text<T>(items: Vec<T>, key: impl Fn(&T) -> String) -> Vec<T> {
    let mut order: Vec<(String, usize)> = items.iter().enumerate().map(|(index, item)| (key(item), index)).collect();
    order.sort_unstable();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, index)| items.get_mut(index)?.take()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_decide_and_ties_keep_their_order() {
        let sorted = by_text(vec![("b", 1), ("a", 2), ("b", 3), ("a", 4)], |(key, _)| (*key).to_owned());
        assert_eq!(sorted, [("a", 2), ("a", 4), ("b", 1), ("b", 3)]);
    }
}
