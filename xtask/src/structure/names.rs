//! What a name in the code of a module leads to: through the scopes of blocks, imports and re-exports.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Ident, ImplItem, Item, ItemImpl, ItemUse, Path, Type};

use super::circles::Graph;
use super::modules::{Id, Modules};
use super::resolve::Found;
use super::syntax::{Import, imports, is_only_for_tests, word};

/// Methods that are not in the file of their type: the module and the name of the type, the method, and where that is.
pub type Away = BTreeMap<(Id, String, String), Id>;

/// Those of `modules`.
pub fn away(modules: &Modules) -> Away {
    let mut away = Away::new();
    for (id, module) in modules.tested() {
        let blocks = module.code.iter().filter_map(|item| match item {
            Item::Impl(block) if block.trait_.is_none() => Some(block),
            _ => None,
        });
        for block in blocks {
            for (home, of) in subject(modules, id, block).iter().filter_map(Found::item) {
                let names = block.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(item) if !is_only_for_tests(&item.attrs) => Some(word(&item.sig.ident)),
                    ImplItem::Const(item) if !is_only_for_tests(&item.attrs) => Some(word(&item.ident)),
                    _ => None,
                });
                if modules.get(home).file != module.file {
                    away.extend(names.map(|name| ((home, of.to_owned(), name), id)));
                }
            }
        }
    }
    away
}

/// The type that `block` is about.
pub fn subject(modules: &Modules, id: Id, block: &ItemImpl) -> Vec<Found> {
    match &*block.self_ty {
        Type::Path(named) if named.qself.is_none() => modules.resolve(id, &segments(&named.path)).found,
        _ => Vec::new(),
    }
}

/// `path` as [`Modules::resolve`] takes it.
pub fn segments(path: &Path) -> Vec<String> {
    let start = path.leading_colon.as_ref().map(|_| String::new());
    start.into_iter().chain(path.segments.iter().map(|segment| word(&segment.ident))).collect()
}

/// The names of a block.
#[derive(Default)]
struct Scope {
    /// They hide single names; no path begins with one.
    variables: BTreeSet<String>,
    /// What it imports, and nothing for the block's own items and types.
    items: BTreeMap<String, Vec<Found>>,
}

/// What the module that is being read names.
pub struct Names<'a> {
    /// All modules.
    pub modules: &'a Modules,
    /// The module.
    pub id: Id,
    /// What `Self` is.
    pub subject: Vec<Found>,
    away: &'a Away,
    graph: &'a mut Graph,
    /// The names of blocks, the innermost last.
    scopes: Vec<Scope>,
    /// The first names of all paths that lead out of the blocks.
    named: BTreeSet<String>,
}

impl<'a> Names<'a> {
    /// Nothing yet; what there is goes into `graph`.
    pub fn new(modules: &'a Modules, away: &'a Away, id: Id, graph: &'a mut Graph) -> Self {
        Self { modules, id, subject: Vec::new(), away, graph, scopes: Vec::new(), named: BTreeSet::new() }
    }

    fn add(&mut self, to: Id, name: &str, line: usize) {
        self.graph.add(&self.modules.get(self.id).file, &self.modules.get(to).file, name, line);
    }

    /// A path in code.
    pub fn name(&mut self, path: &[String], line: usize) {
        let Some((first, rest)) = path.split_first() else { return };
        let is_hidden = |scope: &&Scope| rest.is_empty() && scope.variables.contains(first);
        let scope = self.scopes.iter().rev().find(|scope| is_hidden(scope) || scope.items.contains_key(first));
        if scope.as_ref().is_some_and(is_hidden) {
            return;
        }
        let bound = scope.and_then(|scope| scope.items.get(first));
        let way = match bound {
            _ if first == "Self" => self.modules.resolve_in(self.subject.clone(), rest),
            Some(found) => self.modules.resolve_in(found.clone(), rest),
            None => self.modules.resolve(self.id, path),
        };
        if bound.is_none() {
            self.named.insert(first.clone());
        }
        for (home, item) in way.found.iter().filter_map(Found::item) {
            if first != "Self" {
                self.add(home, item, line);
            }
            if let Some(method) = &way.next {
                self.method(home, item, method, line);
            }
        }
    }

    /// A method of an item, which may be somewhere else than that.
    pub fn method(&mut self, home: Id, item: &str, method: &str, line: usize) {
        if let Some(to) = self.away.get(&(home, item.to_owned(), method.to_owned())) {
            self.add(*to, method, line);
        }
    }

    /// The imports of the module, after its code. One that brings in a module counts by what is named of that, and by itself only where
    /// nothing was seen.
    pub fn imports(&mut self) {
        let modules = self.modules;
        for import in &modules.get(self.id).imports {
            let way = modules.resolve(self.id, &import.path);
            let has_module = way.found.iter().any(|found| found.module().is_some());
            for found in way.found {
                let (to, name) = match found {
                    Found::Item(to, name) => (to, name),
                    Found::Module(to) => (to, import.name.clone().unwrap_or_else(|| "*".to_owned())),
                };
                // Handing on what is inside is not using it.
                let is_handed_on = import.is_public && modules.is_inside(to, self.id);
                let is_seen = has_module && !import.is_public && self.has_named(import, to);
                if !is_handed_on && !is_seen {
                    self.add(to, &name, import.line);
                }
            }
        }
    }

    /// Whether the code has named what `import` brings in, the module `to` or what is in it.
    fn has_named(&self, import: &Import, to: Id) -> bool {
        match &import.name {
            Some(name) => self.named.contains(name),
            None => self.named.iter().any(|name| !self.modules.lookup(to, name).is_empty()),
        }
    }

    /// A variable.
    pub fn variable(&mut self, name: &Ident) {
        self.scopes.last_mut().map(|scope| scope.variables.insert(word(name)));
    }

    /// An item of a block, or a type that stands for others.
    pub fn own(&mut self, name: &Ident) {
        self.scopes.last_mut().map(|scope| scope.items.insert(word(name), Vec::new()));
    }

    /// A block, or anything else that names end with.
    pub fn within(&mut self, work: impl FnOnce(&mut Self)) {
        self.scopes.push(Scope::default());
        work(self);
        self.scopes.pop();
    }

    /// A `use` in a block.
    pub fn bring_in(&mut self, item: &ItemUse) {
        for import in imports(item) {
            let bound = import.path.first().and_then(|first| self.scopes.iter().rev().find_map(|scope| scope.items.get(first)));
            let way = match bound {
                Some(found) => self.modules.resolve_in(found.clone(), import.path.get(1..).unwrap_or_default()),
                None => self.modules.resolve(self.id, &import.path),
            };
            let has_module = way.found.iter().any(|found| found.module().is_some());
            for found in &way.found {
                match (found, &import.name) {
                    // Where a module has the same name, what is named later tells which it was.
                    (Found::Item(to, name), _) if !has_module => self.add(*to, name, import.line),
                    (Found::Module(to), None) => self.add(*to, "*", import.line),
                    _ => {}
                }
            }
            if let (Some(name), Some(scope)) = (import.name, self.scopes.last_mut()) {
                scope.items.insert(name, way.found);
            }
        }
    }
}
