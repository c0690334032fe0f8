//! The app's wasm in two files: the first has what every visit needs, the second what can be reached by the functions of
//! `src/view/rest.rs` alone, code and static data. `public/boot.js` fetches it when the app asks for it.
//!
//! Both share memory, table and globals, as if they had been linked as one. What refers to what is told by the linker's relocations;
//! wasm-bindgen then keeps the names of functions and the addresses of data.

mod linked;
mod module;

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::{Context, Result, bail};

use self::linked::{Linked, Node};
use self::module::Module;

/// The list of the functions by which the second file is entered.
const ENTRIES: &str = "utkik::view::rest::REST";

/// Splits `bound`, which wasm-bindgen has made of `linked`, in two.
pub fn split(linked: &[u8], bound: &[u8]) -> Result<(Vec<u8>, Vec<u8>)> {
    let linked = Linked::read(linked).context("cannot read what the linker has written")?;
    let bound = Module::read(bound).context("cannot read what wasm-bindgen has written")?;
    let functions: HashMap<&str, Node> =
        linked.nodes().filter(|node| matches!(node, Node::Function(_))).map(|node| (linked.mangled(node), node)).collect();
    let known = |function: u32| functions.get(bound.name(function)).copied();

    let entries = linked.nodes().find(|node| linked.name_of(*node) == ENTRIES).with_context(|| format!("there is no {ENTRIES}"))?;
    // What wasm-bindgen has added calls what it was added for.
    let mut roots: HashSet<u32> = bound.called().collect();
    for function in bound.defined().filter(|function| known(*function).is_none()) {
        roots.extend(bound.calls(function)?);
    }
    let kept = linked.reach(roots.into_iter().filter_map(known), entries);
    for entry in linked.refers(entries) {
        if kept.contains_key(&entry) {
            bail!("{} is in {ENTRIES}, and is called without it: {}", linked.name_of(entry), path(&linked, &kept, entry));
        }
    }
    let apart: HashSet<Node> = linked.reach(linked.refers(entries), entries).into_keys().filter(|node| !kept.contains_key(node)).collect();

    // The same for what wasm-bindgen has added: it stays where it is called from.
    let mut first: HashSet<u32> =
        bound.called().chain(bound.in_table()).chain(bound.defined().filter(|function| known(*function).is_some())).collect();
    first.retain(|function| known(*function).is_none_or(|node| !apart.contains(&node)));
    let mut waiting: Vec<u32> = first.iter().copied().collect();
    while let Some(function) = waiting.pop() {
        waiting.extend(bound.calls(function)?.into_iter().filter(|called| first.insert(*called)));
    }
    let rest: BTreeSet<u32> = bound.defined().filter(|function| !first.contains(function)).collect();
    if let Some(function) = first.iter().find(|function| known(**function).is_some_and(|node| apart.contains(&node))) {
        bail!("{} is called by what wasm-bindgen has added", bound.name(*function));
    }
    bound.split(&rest, &data(&linked, &apart)).context("cannot split the module")
}

/// The static data that only the second file needs: addresses and lengths, in order.
fn data(linked: &Linked, apart: &HashSet<Node>) -> Vec<(u32, u32)> {
    let places = |of_second: bool| {
        let nodes = linked.nodes().filter(move |node| apart.contains(node) == of_second);
        nodes.filter_map(|node| if let Node::Data(start, size) = node { Some((start, size)) } else { None })
    };
    let others: Vec<_> = places(false).collect();
    // One text may be a part of another.
    let lies_alone = |(start, size): &(u32, u32)| others.iter().all(|(other, length)| other + length <= *start || start + size <= *other);
    let sorted: BTreeSet<_> = places(true).filter(|place| place.1 > 0).filter(lies_alone).collect();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (start, size) in sorted {
        match joined.last_mut() {
            Some((from, length)) if start <= *from + *length => *length = (*length).max(start + size - *from),
            _ => joined.push((start, size)),
        }
    }
    joined
}

/// How a function is reached, from where it begins.
fn path(linked: &Linked, kept: &HashMap<Node, Option<Node>>, entry: Node) -> String {
    let mut names = Vec::new();
    let mut next = Some(entry);
    while let Some(node) = next {
        names.push(linked.name_of(node));
        next = kept.get(&node).copied().flatten();
    }
    names.reverse();
    names.join(" -> ")
}
