//! Memos behind one boxed type: leptos' own makes its machinery anew for each closure, 1 kB a memo.

use leptos::prelude::Memo;

/// A value computed from signals, which changes only when it is another value.
pub fn memo<T: PartialEq + Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed(Box::new(compute))
}

/// A value computed from signals, which counts as new whenever one of them changes: for what is dear to compare.
pub fn fresh<T: Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_fresh(Box::new(compute))
}

fn boxed_fresh<T: Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new_with_compare(move |_| compute(), |_, _| true)
}

fn boxed<T: PartialEq + Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| compute())
}
