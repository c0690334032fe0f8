//! Memos over boxed closures: leptos' own constructor is compiled again for each closure type, 1 kB for each memo.

use leptos::prelude::Memo;

/// A value computed from signals. Readers are notified only when the new value differs.
pub fn memo<T: PartialEq + Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed(Box::new(compute))
}

/// A value computed from signals. Readers are notified whenever a signal changes: for values that are expensive to compare.
pub fn fresh<T: Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_fresh(Box::new(compute))
}

fn boxed_fresh<T: Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new_with_compare(move |_| compute(), |_, _| true)
}

fn boxed<T: PartialEq + Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| compute())
}
