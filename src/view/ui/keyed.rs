//! Lists whose rows have keys: a row stays the same element as long as its key is in the list.
//!
//! So focus, open `<details>` and text selection stay in their row after a refresh or a new order. A row is built once and follows its
//! data.

use super::element::{Element, follow};
use leptos::prelude::*;
use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;
use web_sys::Node;

/// The data of a row, with its type erased: the compiler would otherwise generate the code of signals again for each type of row.
type AnyData = Arc<dyn Any + Send + Sync>;

/// The current data of a row. A handle.
pub struct Row<T> {
    data: RwSignal<AnyData>,
    types: PhantomData<fn() -> T>,
}

// Not derived: that would also require `T: Clone` and `T: Copy`.
impl<T> Clone for Row<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Row<T> {}

impl<T: 'static> Row<T> {
    /// Reads the data with `read`, and tracks its changes.
    pub fn with<R: Default>(self, read: impl FnOnce(&T) -> R) -> R {
        // The data always is a `T`: `keyed` is the only one to create rows.
        self.data.with(|data| data.downcast_ref().map(read)).unwrap_or_default()
    }
}

/// A row on the page.
struct Shown {
    key: String,
    data: RwSignal<AnyData>,
    element: Element,
    /// The owner of the row's signals and effects.
    owner: Owner,
}

impl Element {
    /// Appends a row for each of `items`, built by `make`.
    pub fn keyed<T>(self, items: impl Fn() -> Vec<(String, T)> + 'static, make: impl Fn(Row<T>) -> Self + 'static) -> Self
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let items = move || items().into_iter().map(|(key, item)| (key, Arc::new(item) as AnyData)).collect();
        let is_same = |one: &AnyData, other: &AnyData| match (one.downcast_ref::<T>(), other.downcast_ref::<T>()) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        };
        keyed(self, Box::new(items), is_same, Box::new(move |data| make(Row { data, types: PhantomData })))
    }
}

fn keyed(
    parent: Element,
    items: Box<dyn Fn() -> Vec<(String, AnyData)>>,
    is_same: fn(&AnyData, &AnyData) -> bool,
    make: Box<dyn Fn(RwSignal<AnyData>) -> Element>,
) -> Element {
    // The rows live longer than one run of the effect below, so they get their own owners.
    let owner = Owner::current().unwrap_or_default();
    let rows: Rc<RefCell<Vec<Shown>>> = Rc::default();
    let node: Node = parent.node().clone().into();
    follow(Box::new(move || {
        let fresh = items();
        let mut old = rows.take();
        let mut new: Vec<Shown> = Vec::with_capacity(fresh.len());
        for (mut key, data) in fresh {
            // Duplicate keys are made unique, in the order of the rows.
            while new.iter().any(|row| row.key == key) {
                key.push('+');
            }
            if let Some(index) = old.iter().position(|row| row.key == key) {
                let row = old.swap_remove(index);
                if !row.data.with_untracked(|before| is_same(before, &data)) {
                    row.data.set(data);
                }
                new.push(row);
            } else {
                let owner = owner.child();
                let (data, element) = owner.with(|| {
                    let data = RwSignal::new(data);
                    (data, untrack(|| make(data)))
                });
                new.push(Shown { key, data, element, owner });
            }
        }
        for row in old {
            row.element.node().remove();
            row.owner.cleanup();
        }
        place(&node, &new);
        rows.replace(new);
    }));
    parent
}

/// Puts the rows in order. The row with the focus or the selection stays in place and the others move around it: a moved element loses
/// both.
fn place(parent: &Node, rows: &[Shown]) {
    let is_in = |node: &Option<Node>, row: &Shown| node.as_ref().is_some_and(|node| row.element.node().contains(Some(node)));
    let focus = document().active_element().map(Node::from);
    let selection = window().get_selection().ok().flatten().and_then(|selection| selection.anchor_node());
    let is_there = |row: &Shown| row.element.node().parent_node().is_some();
    let find = |node: &Option<Node>| rows.iter().position(|row| is_there(row) && is_in(node, row));
    let fixed = find(&focus).or_else(|| find(&selection)).unwrap_or(rows.len());
    let (before, after) = rows.split_at(fixed.min(rows.len()));
    let pivot = after.first().map(|row| Node::from(row.element.node().clone()));
    let mut next = pivot.clone();
    for row in before.iter().rev() {
        put_before(parent, row.element.node(), next.as_ref());
        next = Some(row.element.node().clone().into());
    }
    let mut next = None;
    for row in after.iter().skip(1).rev() {
        put_before(parent, row.element.node(), next.as_ref());
        next = Some(row.element.node().clone().into());
    }
}

/// Moves `node` before `next`, or to the end, unless it is already there.
fn put_before(parent: &Node, node: &Node, next: Option<&Node>) {
    if node.parent_node().is_none() || node.next_sibling().as_ref() != next {
        let _ = parent.insert_before(node, next);
    }
}
