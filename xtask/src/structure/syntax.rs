//! Reads single items: the names that they define and import, and whether they are only for tests.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::{Attribute, Ident, Item, ItemUse, Meta, UseTree, Visibility};

/// The keywords that begin a definition in the tokens of a macro.
const DEFINING: [&str; 8] = ["struct", "enum", "union", "trait", "type", "fn", "const", "static"];
/// Names of the prelude, which a macro may use without defining them.
const PRELUDE: [&str; 9] = ["Option", "Some", "None", "Result", "Ok", "Err", "Vec", "String", "Box"];

/// A name that a `use` brings in.
pub struct Import {
    /// The name; `None` for a glob import (`*`).
    pub name: Option<String>,
    /// Where it is from; `""` first for a path that begins with `::`.
    pub path: Vec<String>,
    /// The line.
    pub line: usize,
    /// Whether it is a re-export.
    pub is_public: bool,
}

/// Whether what has these attributes is only there for tests.
pub fn is_only_for_tests(attributes: &[Attribute]) -> bool {
    let has_test = |tokens: TokenStream| tokens.into_iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == "test"));
    let lists = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => Some(list.tokens.clone()),
        _ => None,
    });
    lists.into_iter().any(|condition| {
        let mut tokens = condition.clone().into_iter();
        match (tokens.next(), tokens.next()) {
            (Some(TokenTree::Ident(all)), Some(TokenTree::Group(group))) if all == "all" => has_test(group.stream()),
            _ => has_test(condition),
        }
    })
}

/// The attributes of an item.
pub fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The name that an item defines.
pub fn name_of(item: &Item) -> Option<&Ident> {
    match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Macro(item) => item.ident.as_ref(),
        Item::Static(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::TraitAlias(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Union(item) => Some(&item.ident),
        _ => None,
    }
}

/// The names that the tokens of a macro may define: those after `struct` and the like, and for a macro call all that begin like a type.
pub fn defined(tokens: TokenStream, is_called: bool, names: &mut BTreeSet<String>) {
    let mut is_defined = false;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                let name = word(&ident);
                let is_type = is_called && name.starts_with(char::is_uppercase) && !PRELUDE.contains(&name.as_str());
                let follows = std::mem::replace(&mut is_defined, DEFINING.contains(&name.as_str()));
                if follows || is_type {
                    names.insert(name);
                }
            }
            TokenTree::Group(group) => defined(group.stream(), is_called, names),
            _ => is_defined = false,
        }
    }
}

/// The names that a `use` brings in.
pub fn imports(item: &ItemUse) -> Vec<Import> {
    let is_public = !matches!(item.vis, Visibility::Inherited);
    let start = item.leading_colon.as_ref().map(|_| String::new());
    let mut imports = Vec::new();
    let mut waiting = vec![(start.into_iter().collect::<Vec<_>>(), &item.tree)];
    while let Some((mut path, tree)) = waiting.pop() {
        let (name, last) = match tree {
            UseTree::Path(tree) => {
                path.push(word(&tree.ident));
                waiting.push((path, &tree.tree));
                continue;
            }
            UseTree::Group(group) => {
                waiting.extend(group.items.iter().map(|tree| (path.clone(), tree)));
                continue;
            }
            UseTree::Glob(glob) => {
                let line = glob.star_token.spans[0].start().line;
                imports.push(Import { name: None, path, line, is_public });
                continue;
            }
            UseTree::Name(tree) => (None, &tree.ident),
            UseTree::Rename(tree) => (Some(word(&tree.rename)), &tree.ident),
        };
        // `a::{self}` is `a`.
        if last != "self" || path.is_empty() {
            path.push(word(last));
        }
        let name = name.or_else(|| path.last().cloned());
        imports.push(Import { name, path, line: last.span().start().line, is_public });
    }
    imports
}

/// An identifier as a name, without `r#`.
pub fn word(ident: &Ident) -> String {
    ident.unraw().to_string()
}
