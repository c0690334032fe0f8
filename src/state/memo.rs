//! Memos behind one boxed type: leptos' own makes its machinery anew for each closure, 1 kB a memo.

use leptos::prelude::Memo;

/// A value computed from signals, which changes only when it is another value.
pub fn memo<T: PartialEq + Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed(Box::new(compute))
}

fn boxed<T: PartialEq + Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| compute())
}
