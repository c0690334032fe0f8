//! The app's wasm in two files: the first has what every visit needs, the second what can be reached by the functions of
//! `src/view/rest.rs` alone, code and static data. `public/boot.js` fetches it when the app asks for it.
//!
//! Both share memory, table and globals, as if they had been linked as one. What refers to what is told by the linker's relocations;
//! wasm-bindgen then keeps the names of functions and the addresses of data.

mod linked;
mod module;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::{Context, Result, bail, ensure};

use self::linked::{Linked, Node, Reached};
use self::module::{Module, Parts};

/// The list of the functions by which the second file is entered.
const ENTRIES: &str = "utkik::view::rest::REST";

/// What the app does without: the formatting of floats, 20 kB that no lint sees coming. `model::decimal` formats ours.
const UNWANTED: &str = "core::num::flt2dec::";

/// So many steps of a way say where to look.
const STEPS: usize = 8;

/// Splits `bound`, which wasm-bindgen has made of `linked`, in two, without what nothing reaches: of its exports those count that `is_used`
/// names.
pub fn split(linked: &[u8], bound: &[u8], is_used: impl Fn(&str) -> bool) -> Result<(Vec<u8>, Vec<u8>)> {
    let linked = Linked::read(linked).context("cannot read what the linker has written")?;
    let bound = Module::read(bound, is_used).context("cannot read what wasm-bindgen has written")?;
    let functions: HashMap<&str, Node> =
        linked.nodes().filter(|node| matches!(node, Node::Function(_))).map(|node| (linked.mangled(node), node)).collect();
    // Nothing for what wasm-bindgen has added.
    let known = |function: u32| functions.get(bound.name(function)).copied();

    let entries = linked.nodes().find(|node| linked.name_of(*node) == ENTRIES).with_context(|| format!("there is no {ENTRIES}"))?;
    let mut roots: HashSet<u32> = bound.called().collect();
    for added in bound.defined().filter(|function| known(*function).is_none()) {
        roots.extend(bound.calls(added)?);
    }
    let kept = linked.reach(roots.into_iter().filter_map(known), entries);
    for entry in linked.refers(entries) {
        ensure!(
            !kept.contains_key(&entry),
            "{} stands in {ENTRIES}, and is called without it: {}",
            linked.name_of(entry),
            path(&linked, &kept, entry)
        );
    }
    let mut apart = linked.reach(linked.refers(entries), entries);
    for reached in [&kept, &apart] {
        if let Some(unwanted) = reached.keys().find(|node| linked.name_of(**node).starts_with(UNWANTED)) {
            bail!("something formats a float, or can panic with one: {}", path(&linked, reached, *unwanted));
        }
    }
    apart.retain(|node, _| !kept.contains_key(node));

    // What wasm-bindgen has added belongs to where it is called from.
    let in_kept = |function: &u32| known(*function).map_or_else(|| bound.in_table(*function), |node| kept.contains_key(&node));
    let first = called_from(&bound, bound.called().chain(bound.defined().filter(in_kept)))?;
    let in_apart = |function: &u32| known(*function).is_some_and(|node| apart.contains_key(&node));
    let second = called_from(&bound, bound.defined().filter(in_apart))?;
    if let Some(both) = first.iter().find(|function| in_apart(function)) {
        bail!("{} is called by what wasm-bindgen has added", bound.name(*both));
    }
    let second = bound.defined().filter(|function| second.contains(function) && !first.contains(function)).collect();
    let gone = data(&linked, &kept, |node| !kept.contains_key(node));
    let moved = data(&linked, &kept, |node| apart.contains_key(node));
    bound.split(&Parts { first, second, gone, moved }).context("cannot split the module")
}

/// The functions `from`, and all that they call directly.
fn called_from(module: &Module<'_>, from: impl Iterator<Item = u32>) -> Result<HashSet<u32>> {
    let mut reached: HashSet<u32> = from.collect();
    let mut waiting: Vec<u32> = reached.iter().copied().collect();
    while let Some(function) = waiting.pop() {
        waiting.extend(module.calls(function)?.into_iter().filter(|called| reached.insert(*called)));
    }
    Ok(reached)
}

/// Addresses and lengths of the static data that `is_meant`, in order, without what is a part of something in `kept`.
fn data(linked: &Linked, kept: &Reached, is_meant: impl Fn(&Node) -> bool) -> Vec<(u32, u32)> {
    let place = |node: &Node| if let Node::Data(start, size) = *node { Some((start, size)) } else { None };
    let held: Vec<_> = kept.keys().filter_map(place).collect();
    // One text may be a part of another.
    let lies_alone = |(start, size): &(u32, u32)| held.iter().all(|(other, length)| other + length <= *start || start + size <= *other);
    let sorted: BTreeSet<_> = linked.nodes().filter(is_meant).filter_map(|node| place(&node)).filter(lies_alone).collect();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (start, size) in sorted {
        match joined.last_mut() {
            Some((from, length)) if start <= *from + *length => *length = (*length).max(start + size - *from),
            _ => joined.push((start, size)),
        }
    }
    joined
}

/// How a function is reached: the last steps of the way, without tables of functions.
fn path(linked: &Linked, reached: &Reached, to: Node) -> String {
    let way = std::iter::successors(Some(to), |node| reached.get(node).copied().flatten());
    let functions = way.filter(|node| matches!(node, Node::Function(_)));
    let mut names: Vec<_> = functions.take(STEPS).map(|node| linked.name_of(node)).collect();
    names.reverse();
    names.join(" -> ")
}
