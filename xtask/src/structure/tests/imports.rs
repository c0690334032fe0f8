//! Tests of which imports are found between files, and to which file they resolve.

use super::*;

/// All imports between the files of the packages in `files`: `from -> to: names`.
fn imports<const COUNT: usize>(files: [(&str, &str); COUNT]) -> Vec<String> {
    let sources = Sources::from(files);
    let mut found = Vec::new();
    for package in sources.packages().unwrap() {
        let graph = uses::graph(&Modules::read(&sources, &package).unwrap());
        for (from, _) in sources.files_of(&package) {
            for (to, names) in graph.of(from) {
                let names: Vec<_> = names.keys().map(String::as_str).collect();
                let [from, to] = [from, to].map(|path| path.trim_start_matches("src/").trim_end_matches(".rs"));
                found.push(format!("{from} -> {to}: {}", names.join(" ")));
            }
        }
    }
    found
}

#[test]
fn an_import_counts_for_the_file_that_defines_the_item() {
    let files = [
        ("src/lib.rs", "mod chart; mod view;"),
        ("src/chart/mod.rs", "mod scene; mod axes; pub mod ticks; pub use scene::{Scene, Rect as Box2}; pub const FONT: u8 = 1;"),
        ("src/chart/scene.rs", "pub struct Scene; pub struct Rect; pub use kernel::Point;"),
        ("src/chart/axes.rs", "use super::{Scene, FONT as F, ticks::{self, value}}; fn f() { ticks::time(); value::axis(); }"),
        ("src/chart/ticks.rs", "pub mod value; pub fn time() {}"),
        ("src/chart/ticks/value.rs", "pub fn axis() -> super::super::Box2 {} use crate::chart::scene::Point;"),
        ("src/view.rs", "use crate::chart; fn f(scene: chart::Scene) -> chart::Box2 { self::g(); super::chart::FONT } fn g() {}"),
    ];
    assert_eq!(
        imports(files),
        [
            "chart/axes -> chart/mod: FONT",
            "chart/axes -> chart/scene: Scene",
            "chart/axes -> chart/ticks: time",
            "chart/axes -> chart/ticks/value: axis",
            "chart/ticks/value -> chart/scene: Point Rect",
            "view -> chart/mod: FONT",
            "view -> chart/scene: Rect Scene",
        ]
    );
}

#[test]
fn a_glob_import_counts_as_the_names_that_are_used() {
    let lib = ("src/lib.rs", "mod a; mod b; mod c; pub use b::B; pub struct L;");
    let b = ("src/b.rs", "pub struct B; pub struct Unused;");
    let used = imports([lib, ("src/a.rs", "use super::*; use super::c::*; fn f(b: B) { C; }"), b, ("src/c.rs", "pub const C: u8 = 1;")]);
    assert_eq!(used, ["a -> b: B", "a -> c: C"]);
    // No use of its names is found, so the import itself counts.
    let used = imports([lib, ("src/a.rs", "use super::c::*; use super::b;"), b, ("src/c.rs", "pub const C: u8 = 1;")]);
    assert_eq!(used, ["a -> b: b", "a -> c: *"]);
}

#[test]
fn code_for_tests_is_ignored() {
    let tests = "use super::b::B; use crate::a::tests::helper;";
    let a = "#[cfg(test)] mod tests; #[cfg(test)] use crate::b::B; #[cfg(all(test, feature = \"web\"))] fn f() { crate::b::f(); }
             struct S; impl S { #[cfg(test)] fn g() { crate::b::g() } }
             #[cfg(test)] mod inside { use crate::b::B; }";
    let lib = ("src/lib.rs", "mod a; mod b; #[cfg(test)] mod help;");
    let help = ("src/help.rs", "use crate::b::B;");
    assert_eq!(imports([lib, ("src/a.rs", a), ("src/a/tests.rs", tests), ("src/b.rs", "use super::a::A;"), help]), ["b -> a: A"]);
    let a = a.replace("test", "unix");
    let seen = imports([lib, ("src/a.rs", &a), ("src/a/unixs.rs", tests), ("src/b.rs", ""), help]);
    assert!(matches!(&seen[..], [b, ..] if b == "a -> b: B f g"), "{seen:?}");
}

#[test]
fn programs_and_library_are_one_crate() {
    let found = imports([
        ("Cargo.toml", "[package]\nname = \"the-app\"\n[[bin]]\nname = \"other\"\n"),
        ("src/lib.rs", "pub mod a;"),
        ("src/a.rs", "pub fn a() {}"),
        ("src/main.rs", "mod b; use the_app::a; fn main() { a::a(); crate::b::b(); }"),
        ("src/b.rs", "pub fn b() { ::the_app::a::a() }"),
        ("src/bin/schema.rs", "fn main() { the_app::a::a() }"),
    ]);
    assert_eq!(found, ["b -> a: a", "bin/schema -> a: a", "main -> a: a", "main -> b: b"]);
}

#[test]
fn paths_in_the_tokens_of_macros_are_imports() {
    let lib = ("src/lib.rs", "mod a; mod b;");
    let b = ("src/b.rs", "pub fn one() {} pub fn two() {} pub struct Three; pub enum Four { A } pub fn five() {} pub const SIX: u8 = 6;");
    let a = "use super::b; macro_rules! m { ($x:ident) => { $crate::b::two($x::one) } }
             fn f() { vec![super::b::one()]; matches!(x, crate::b::Four::A if y); format!(\"{}\", x.b::<b::Three>(b::five)); }
             thing! { #[doc = b::no] x: [u8; 0..b::SIX] = 1 }";
    assert_eq!(imports([lib, ("src/a.rs", a), b]), ["a -> b: Four SIX Three five one two"]);
    assert_eq!(imports([lib, ("src/a.rs", "fn f() { vec![x.b, 'b, $b, std::b::c, \"super::b::one\"]; }"), b]), NOTHING);
}

#[test]
fn items_made_by_a_macro_belong_to_the_file_that_calls_it() {
    let found = imports([
        ("src/lib.rs", "mod a; mod b; mod c;"),
        ("src/a.rs", "mod choice; pub use choice::*; struct S(Kind, Option<u8>);"),
        ("src/a/choice.rs", "choices! { Kind { One = 1 }, Other = Option<u8> } macro_rules! f { () => { pub fn made() {} } } f!();"),
        ("src/b.rs", "use crate::a::{Kind, made}; fn f() { crate::c::nobody_knows() }"),
        ("src/c.rs", "anything!();"),
    ]);
    assert_eq!(found, ["a -> a/choice: Kind", "b -> a/choice: Kind made", "b -> c: nobody_knows"]);
}

#[test]
fn variables_shadow_names_but_not_the_first_segment_of_paths() {
    let lib = "mod a; mod b; pub use a::{range, Thing};";
    let a = ("src/a.rs", "pub fn range() {} pub fn top() {} pub struct Thing;");
    for (code, found) in [
        ("fn f(range: u8) { range }", "b -> "),
        ("fn f() { let g = |range| range + 1; for range in 0..9 { range; } if let Some(range) = x { range } }", "b -> "),
        ("fn f() { match x { range if range > 1 => range, _ => 0 } }", "b -> "),
        ("fn f<Thing>(x: Thing) {}", "b -> "),
        ("fn f() { struct Thing; Thing }", "b -> "),
        ("fn f() { let range = range(); }", "b -> a: range"),
        ("fn f() { { let range = 1; } range() }", "b -> a: range"),
        ("fn f() { if let Some(range) = x { 1 } else { range() } }", "b -> a: range"),
        ("fn f(a: u8) { a::top() }", "b -> a: top"),
        ("fn f() { match x { Thing => 1 } }", "b -> a: Thing"),
    ] {
        let found_here = imports([("src/lib.rs", lib), a, ("src/b.rs", &format!("use super::*; {code}"))]);
        // If none of its names is used, `*` counts as one import of the module.
        let expected = if found == "b -> " { "b -> lib: *" } else { found };
        assert_eq!(found_here, [expected], "{code}");
    }
}

#[test]
fn a_module_and_a_function_may_have_the_same_name() {
    let lib = ("src/lib.rs", "mod text; mod a;");
    let files = |a| {
        imports([
            lib,
            ("src/text/mod.rs", "pub mod text; pub use self::text::text;"),
            ("src/text/text.rs", "pub fn text() {} pub fn b() {}"),
            ("src/a.rs", a),
        ])
    };
    assert_eq!(files("use super::text::text; fn f() { text() }"), ["a -> text/text: text"]);
    assert_eq!(files("use super::text::text; fn f() { text::b() }"), ["a -> text/text: b"]);
    let parent = ("src/text/mod.rs", "pub mod text; pub fn text() {}");
    let files = |a| imports([lib, parent, ("src/text/text.rs", "pub fn b() {}"), ("src/a.rs", a)]);
    assert_eq!(files("use super::text::text; fn f() { text() }"), ["a -> text/mod: text"]);
    assert_eq!(files("use super::text::text; fn f() { text::b() }"), ["a -> text/text: b"]);
    assert_eq!(files("fn f() { use super::text::text; text::b() }"), ["a -> text/text: b"]);
}

#[test]
fn methods_in_another_file_than_their_type_are_imports() {
    let lib = ("src/lib.rs", "mod a; mod b; mod c;");
    let b = ("src/b.rs", "use super::a::A; impl A { pub fn more(&self) {} pub const MOST: u8 = 1; }");
    let found = imports([
        lib,
        ("src/a.rs", "pub struct A; impl A { fn f(&self) { self.more() } }"),
        b,
        ("src/c.rs", "fn f() { crate::a::A::MOST; }"),
    ]);
    assert_eq!(found, ["a -> b: more", "b -> a: A", "c -> a: A", "c -> b: MOST"]);
    let found = imports([lib, ("src/a.rs", "pub struct A; impl A { fn f() { Self::MOST; other.more(); } }"), b, ("src/c.rs", "")]);
    assert_eq!(found, ["a -> b: MOST", "b -> a: A"]);
}

#[test]
fn imports_in_blocks_count_only_within_the_block() {
    let lib = ("src/lib.rs", "mod a; mod b; mod c;");
    let (b, c) = (("src/b.rs", "pub enum Kind { One } pub fn b() {}"), ("src/c.rs", "pub fn c() {}"));
    let a = "fn f() { use crate::b::Kind::{self, *}; One } fn g() { use super::{c, b as d}; c::c(); d::b(); } fn h() { d::no() }";
    assert_eq!(imports([lib, ("src/a.rs", a), b, c]), ["a -> b: Kind b", "a -> c: c"]);
}

#[test]
fn inline_modules_belong_to_their_file() {
    let a = "mod inside { use super::super::b::B; pub use super::own; pub mod deep { pub fn f() { super::super::own(); } } } fn own() { inside::deep::f() }";
    let found = imports([("src/lib.rs", "mod a; mod b;"), ("src/a.rs", a), ("src/b.rs", "use crate::a::inside::deep::f; pub struct B;")]);
    assert_eq!(found, ["a -> b: B", "b -> a: f"]);
}

#[test]
fn only_paths_in_code_are_imports() {
    let lib = ("src/lib.rs", "pub mod a; pub mod b; pub struct L;");
    let a = "//! [`super::b::B`]\n/// [`crate::b::B`]\npub(super) struct A; pub(in crate::b) fn f(b: std::b::B) { \"crate::b::B\"; b.b(); <u8>::b(); } // super::b::B";
    assert_eq!(imports([lib, ("src/a.rs", a), ("src/b.rs", "pub struct B;")]), NOTHING);
    let a = "impl From<crate::b::B> for u8 { fn f() -> Vec<super::L> { <super::b::B as super::b::T>::g() } }";
    assert_eq!(imports([lib, ("src/a.rs", a), ("src/b.rs", "pub struct B; pub trait T {}")]), ["a -> b: B T", "a -> lib: L"]);
}

#[test]
fn resolving_cyclic_imports_ends() {
    let found = imports([
        ("src/lib.rs", "mod a; mod b; pub use a::*; pub use b::*;"),
        ("src/a.rs", "pub use super::b::*; pub use crate::*; pub use x::x; fn f() { nowhere() }"),
        ("src/b.rs", "pub use super::a::*; pub use super::b::B; pub struct B;"),
    ]);
    assert_eq!(found, ["a -> b: *", "a -> lib: *", "b -> a: *"]);
}
