//! The modules of a package, as its files declare them: what each defines, imports and contains.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, anyhow};
use syn::{Attribute, Expr, Item, Lit, Meta};

use super::sources::{Package, Sources};
use super::syntax::{Import, attributes, defined, imports, is_only_for_tests, name_of, word};

/// The id of a module in [`Modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(usize);

/// All modules of the library and the programs of one package.
pub struct Modules {
    /// The name of the library in the code of the programs beside it.
    pub name: String,
    /// The library's root.
    pub library: Option<Id>,
    all: Vec<Module>,
}

/// A module: a file, or a part of one.
pub struct Module {
    /// The file it is in.
    pub file: String,
    /// The module around it.
    pub parent: Option<Id>,
    /// Whether it is only there for tests.
    pub is_test: bool,
    /// The modules in it.
    pub children: BTreeMap<String, Id>,
    /// What it defines.
    pub items: BTreeSet<String>,
    /// What its macros may define.
    pub made: BTreeSet<String>,
    /// What it imports.
    pub imports: Vec<Import>,
    /// Its items, without those for tests.
    pub code: Vec<Item>,
}

/// The file of a module, and the folder of its child modules.
struct Place {
    file: String,
    folder: String,
}

impl Modules {
    /// Reads the modules of `package`.
    pub fn read(sources: &Sources, package: &Package) -> Result<Self> {
        let mut modules = Self { name: package.name.clone(), library: None, all: Vec::new() };
        let source = format!("{}src/", package.folder);
        for (file, _) in sources.files_of(package) {
            let folder = match file.strip_prefix(&source) {
                Some("lib.rs" | "main.rs") => source.clone(),
                Some(path) if is_program(path) => file.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default(),
                _ => continue,
            };
            let id = modules.file(sources, Place { file: file.to_owned(), folder }, None, false)?;
            if file.ends_with("src/lib.rs") {
                modules.library = Some(id);
            }
        }
        Ok(modules)
    }

    /// The module with this id.
    pub fn get(&self, id: Id) -> &Module {
        &self.all[id.0]
    }

    /// All modules that are not only there for tests.
    pub fn tested(&self) -> impl Iterator<Item = (Id, &Module)> {
        self.all.iter().enumerate().map(|(index, module)| (Id(index), module)).filter(|(_, module)| !module.is_test)
    }

    /// The files that belong to a module.
    pub fn files(&self) -> BTreeSet<&str> {
        self.all.iter().map(|module| module.file.as_str()).collect()
    }

    fn file(&mut self, sources: &Sources, place: Place, parent: Option<Id>, is_test: bool) -> Result<Id> {
        let text = sources.text(&place.file).with_context(|| format!("there is no {}", place.file))?;
        let wrong = |error: syn::Error| anyhow!("{}:{}: {error}", place.file, error.span().start().line);
        let parsed = syn::parse_file(text).map_err(wrong)?;
        let is_test = is_test || is_only_for_tests(&parsed.attrs);
        self.module(sources, &place, parent, is_test, parsed.items)
    }

    fn module(&mut self, sources: &Sources, place: &Place, parent: Option<Id>, is_test: bool, items: Vec<Item>) -> Result<Id> {
        let id = Id(self.all.len());
        let mut module = Module::new(place.file.clone(), parent, is_test);
        // A placeholder: children need the id of this module, and this module needs theirs.
        self.all.push(Module::new(place.file.clone(), parent, is_test));
        for item in items {
            match item {
                Item::Mod(mut item) => {
                    let name = word(&item.ident);
                    let is_test = is_test || is_only_for_tests(&item.attrs) || name == "tests";
                    let folder = format!("{}{name}/", place.folder);
                    let child = match item.content.take() {
                        Some((_, items)) => {
                            let place = Place { file: place.file.clone(), folder };
                            self.module(sources, &place, Some(id), is_test, items)?
                        }
                        None => self.file(sources, child(sources, place, &item.attrs, &name)?, Some(id), is_test)?,
                    };
                    module.children.insert(name, child);
                }
                item if is_test || is_only_for_tests(attributes(&item)) => {}
                Item::Use(item) => module.imports.extend(imports(&item)),
                item => module.add(item),
            }
        }
        self.all[id.0] = module;
        Ok(id)
    }
}

impl Module {
    fn new(file: String, parent: Option<Id>, is_test: bool) -> Self {
        let (children, items, made) = Default::default();
        Self { file, parent, is_test, children, items, made, imports: Vec::new(), code: Vec::new() }
    }

    fn add(&mut self, item: Item) {
        self.items.extend(name_of(&item).map(word));
        if let Item::Macro(item) = &item {
            defined(item.mac.tokens.clone(), item.ident.is_none(), &mut self.made);
        }
        self.code.push(item);
    }
}

/// Whether the file at `path` in `src/` is a program beside the library: `bin/NAME.rs` or `bin/NAME/main.rs`.
fn is_program(path: &str) -> bool {
    path.strip_prefix("bin/").is_some_and(|path| !path.contains('/') || path.ends_with("/main.rs") && path.matches('/').count() == 1)
}

/// Where `mod name;` is found.
fn child(sources: &Sources, place: &Place, attributes: &[Attribute], name: &str) -> Result<Place> {
    let given = attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("path") => match &meta.value {
            Expr::Lit(value) => match &value.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let folder = format!("{}{name}/", place.folder);
    if let Some(given) = given {
        let file = place.file.rsplit_once('/').map_or(given.clone(), |(beside, _)| format!("{beside}/{given}"));
        let folder = file.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        return Ok(Place { file, folder });
    }
    let files = [format!("{}{name}.rs", place.folder), format!("{folder}mod.rs")];
    let file = files.into_iter().find(|file| sources.text(file).is_some());
    Ok(Place { file: file.with_context(|| format!("{}: `mod {name}` has no file", place.file))?, folder })
}
