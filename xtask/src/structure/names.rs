//! Resolves the names in the code of a module, through block scopes, imports and re-exports.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Ident, ImplItem, Item, ItemImpl, ItemUse, Path, Type};

use super::cycles::Graph;
use super::modules::{Id, Modules};
use super::resolve::Found;
use super::syntax::{Import, imports, is_only_for_tests, word};

/// Methods that are not defined in the file of their type: by the type's module and name and the method's name, the module that has it.
pub type Away = BTreeMap<(Id, String, String), Id>;

/// The methods in `modules` that are not defined in the file of their type.
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

/// The type of an `impl` block.
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

/// The names that a block defines.
#[derive(Default)]
struct Scope {
    /// Variables: they shadow single names, but a path cannot begin with one.
    variables: BTreeSet<String>,
    /// The names that the block imports; empty for its own items and type parameters.
    items: BTreeMap<String, Vec<Found>>,
}

/// Collects what the code of one module names.
pub struct Names<'a> {
    /// All modules.
    pub modules: &'a Modules,
    /// The module.
    pub id: Id,
    /// What `Self` stands for.
    pub subject: Vec<Found>,
    away: &'a Away,
    graph: &'a mut Graph,
    /// The names of blocks, the innermost last.
    scopes: Vec<Scope>,
    /// The first names of all paths that are not bound in a block.
    named: BTreeSet<String>,
}

impl<'a> Names<'a> {
    /// Starts empty; found imports go into `graph`.
    pub fn new(modules: &'a Modules, away: &'a Away, id: Id, graph: &'a mut Graph) -> Self {
        Self { modules, id, subject: Vec::new(), away, graph, scopes: Vec::new(), named: BTreeSet::new() }
    }

    fn add(&mut self, to: Id, name: &str, line: usize) {
        self.graph.add(&self.modules.get(self.id).file, &self.modules.get(to).file, name, line);
    }

    /// Handles a path in code.
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

    /// Handles a method of an item; it may be defined in another file than the item.
    pub fn method(&mut self, home: Id, item: &str, method: &str, line: usize) {
        if let Some(to) = self.away.get(&(home, item.to_owned(), method.to_owned())) {
            self.add(*to, method, line);
        }
    }

    /// Adds the imports of the module; to be called after its code is visited. An import of a module counts as the names that the code uses
    /// from it, and as an import of the module itself only if no such name was found.
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
                // A re-export of something from a child module is not a use of it.
                let is_handed_on = import.is_public && modules.is_inside(to, self.id);
                let is_seen = has_module && !import.is_public && self.has_named(import, to);
                if !is_handed_on && !is_seen {
                    self.add(to, &name, import.line);
                }
            }
        }
    }

    /// Whether the code uses the name that `import` brings in, or something from the module `to`.
    fn has_named(&self, import: &Import, to: Id) -> bool {
        match &import.name {
            Some(name) => self.named.contains(name),
            None => self.named.iter().any(|name| !self.modules.lookup(to, name).is_empty()),
        }
    }

    /// Adds a variable to the innermost scope.
    pub fn variable(&mut self, name: &Ident) {
        self.scopes.last_mut().map(|scope| scope.variables.insert(word(name)));
    }

    /// Adds an item of a block, or a type parameter, to the innermost scope.
    pub fn own(&mut self, name: &Ident) {
        self.scopes.last_mut().map(|scope| scope.items.insert(word(name), Vec::new()));
    }

    /// Runs `work` in a new scope: a block, or anything else that limits names.
    pub fn within(&mut self, work: impl FnOnce(&mut Self)) {
        self.scopes.push(Scope::default());
        work(self);
        self.scopes.pop();
    }

    /// Adds the names of a `use` in a block.
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
                    // If a module has the same name, only the code that follows shows which of the two is used.
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
