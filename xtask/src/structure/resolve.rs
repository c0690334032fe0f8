//! Resolves paths: through imports and re-exports to the module that defines the item.

use super::modules::{Id, Modules};

/// What a name stands for. One name can stand for a module and an item at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A module.
    Module(Id),
    /// An item: the module that defines it, or that brings it in from another package; and its name.
    Item(Id, String),
}

/// The result of resolving a path.
#[derive(Clone, Default)]
pub struct Resolution {
    /// What it names in this package; empty if it is in another one.
    pub found: Vec<Found>,
    /// The segment after an item, if the path goes on: a variant, a method, a constant.
    pub next: Option<String>,
}

/// The imports that are being followed, to stop in cycles.
type Followed = Vec<(Id, usize)>;

impl Modules {
    /// Resolves `path` as seen from the module `from`.
    pub fn resolve(&self, from: Id, path: &[String]) -> Resolution {
        self.follow(from, path, &mut Vec::new())
    }

    /// Resolves `path` relative to each of `start`.
    pub fn resolve_in(&self, start: Vec<Found>, path: &[String]) -> Resolution {
        self.walk(start, path, &mut Vec::new())
    }

    /// What `name` stands for in `module`.
    pub fn lookup(&self, module: Id, name: &str) -> Vec<Found> {
        self.look(module, name, &mut Vec::new())
    }

    /// Whether `inner` is somewhere in `outer`.
    pub fn is_inside(&self, inner: Id, outer: Id) -> bool {
        std::iter::successors(self.get(inner).parent, |at| self.get(*at).parent).any(|around| around == outer)
    }

    fn follow(&self, from: Id, path: &[String], followed: &mut Followed) -> Resolution {
        let Some((first, rest)) = path.split_first() else { return Resolution::default() };
        let library = |name: &String| self.library.filter(|_| *name == self.name).map(Found::Module);
        match first.as_str() {
            "crate" => {
                let root = std::iter::successors(Some(from), |at| self.get(*at).parent).last().unwrap_or(from);
                self.walk(vec![Found::Module(root)], rest, followed)
            }
            "self" => self.walk(vec![Found::Module(from)], rest, followed),
            "super" => self.walk(self.get(from).parent.map(Found::Module).into_iter().collect(), rest, followed),
            // A path that begins with `::` names a package.
            "" => match rest.split_first() {
                Some((name, rest)) => self.walk(library(name).into_iter().collect(), rest, followed),
                None => Resolution::default(),
            },
            name => {
                let mut start = self.look(from, name, followed);
                if start.is_empty() {
                    start.extend(library(first));
                }
                self.walk(start, rest, followed)
            }
        }
    }

    fn walk(&self, mut found: Vec<Found>, path: &[String], followed: &mut Followed) -> Resolution {
        for name in path {
            let modules: Vec<Id> = found.iter().filter_map(Found::module).collect();
            if modules.is_empty() {
                return Resolution { found, next: Some(name.clone()) };
            }
            found.clear();
            for module in modules {
                match name.as_str() {
                    "self" => found.push(Found::Module(module)),
                    "super" => found.extend(self.get(module).parent.map(Found::Module)),
                    name => {
                        let inside = self.look(module, name, followed);
                        // The code compiles, so the item exists: it comes from a macro, or from `*` of another package.
                        let unseen = inside.is_empty().then(|| Found::Item(module, name.to_owned()));
                        found.extend(inside.into_iter().chain(unseen));
                    }
                }
            }
        }
        Resolution { found, next: None }
    }

    fn look(&self, id: Id, name: &str, followed: &mut Followed) -> Vec<Found> {
        let module = self.get(id);
        let mut found: Vec<Found> = module.children.get(name).map(|child| Found::Module(*child)).into_iter().collect();
        if module.items.contains(name) {
            found.push(Found::Item(id, name.to_owned()));
        }
        let imports = || module.imports.iter().enumerate();
        for (index, import) in imports().filter(|(_, import)| import.name.as_deref() == Some(name)) {
            if !followed.contains(&(id, index)) {
                followed.push((id, index));
                let way = self.follow(id, &import.path, followed);
                followed.pop();
                if way.found.is_empty() {
                    found.push(Found::Item(id, name.to_owned()));
                }
                found.extend(way.found);
            }
        }
        if !found.is_empty() {
            return found;
        }
        for (index, import) in imports().filter(|(_, import)| import.name.is_none()) {
            if !followed.contains(&(id, index)) {
                followed.push((id, index));
                for module in self.follow(id, &import.path, followed).found.iter().filter_map(Found::module) {
                    found.extend(self.look(module, name, followed));
                }
                followed.pop();
            }
        }
        if found.is_empty() && module.made.contains(name) {
            found.push(Found::Item(id, name.to_owned()));
        }
        found
    }
}

impl Found {
    /// The module, if it is one.
    pub fn module(&self) -> Option<Id> {
        match self {
            Self::Module(id) => Some(*id),
            Self::Item(..) => None,
        }
    }

    /// The item, if it is one.
    pub fn item(&self) -> Option<(Id, &str)> {
        match self {
            Self::Module(_) => None,
            Self::Item(id, name) => Some((*id, name)),
        }
    }
}
