//! Tests of each rule, on small packages that follow it or break it.

mod imports;

use super::*;

/// What is wrong with `files` by each of the rules.
fn faults<const COUNT: usize>(files: [(&str, &str); COUNT]) -> [Vec<String>; 4] {
    rules(&Sources::from(files)).unwrap().map(|(_, faults)| faults)
}

/// What is wrong with `files` by the first rule.
fn cycles_of<const COUNT: usize>(files: [(&str, &str); COUNT]) -> Vec<String> {
    let [cycles, ..] = faults(files);
    cycles
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_cycle_of_two_files_is_found_and_described() {
    let lib = ("src/lib.rs", "mod a;\nmod b;");
    let a = ("src/a.rs", "//! A.\nuse super::b::B;\npub struct A(B);");
    let cycles = cycles_of([lib, a, ("src/b.rs", "pub struct B;\n\n\npub fn b() { crate::a::A::new(); }")]);
    let [cycle] = &cycles[..] else { panic!("{cycles:#?}") };
    assert!(cycle.starts_with("src/a.rs:2 -> src/b.rs:4 (names B) -> src/a.rs (names A)\n"), "{cycle}");
    assert!(cycle.contains("shortest cycle of 2 files"), "{cycle}");
    assert_eq!(cycles_of([lib, a, ("src/b.rs", "pub struct B;")]), NOTHING);
}

#[test]
fn the_shortest_cycle_of_each_component_is_reported() {
    let cycles = cycles_of([
        ("src/lib.rs", "mod a; mod b; mod c; mod d; mod x; mod y;"),
        ("src/a.rs", "use crate::b::B;"),
        ("src/b.rs", "use crate::c::C; pub struct B;"),
        ("src/c.rs", "use crate::{a::A, d::D}; pub struct C;"),
        ("src/d.rs", "use crate::c::C;"),
        ("src/x.rs", "use crate::{y::Y, a::A};"),
        ("src/y.rs", "use crate::x::X;"),
    ]);
    let [large, small] = &cycles[..] else { panic!("{cycles:#?}") };
    assert!(large.starts_with("src/c.rs:1 -> src/d.rs:1 (names D) -> src/c.rs (names C)\n") && large.contains(" 4 files"), "{large}");
    assert!(small.starts_with("src/x.rs:1 -> src/y.rs:1 (names Y) -> src/x.rs (names X)\n") && small.contains(" 2 files"), "{small}");
}

#[test]
fn a_child_must_not_import_a_parent_that_uses_it() {
    let child = ("src/a/child.rs", "use super::FONT; pub fn draw() { FONT; }");
    let cycles =
        cycles_of([("src/lib.rs", "mod a;"), ("src/a/mod.rs", "mod child; pub const FONT: u8 = 1; fn f() { child::draw(); }"), child]);
    assert!(
        matches!(&cycles[..], [cycle] if cycle.starts_with("src/a/child.rs:1 -> src/a/mod.rs:1 (names FONT) -> src/a/child.rs (names draw)\n")),
        "{cycles:#?}"
    );
    let cycles = cycles_of([("src/lib.rs", "mod a;"), ("src/a/mod.rs", "mod child; pub const FONT: u8 = 1; pub use child::draw;"), child]);
    assert_eq!(cycles, NOTHING);
    // A re-export that the parent also uses itself counts as a use.
    let parent = ("src/a.rs", "mod child; pub const FONT: u8 = 1; pub use child::draw; fn f() { draw(); }");
    assert_eq!(cycles_of([("src/lib.rs", "mod a;"), parent, child]).len(), 1);
}

#[test]
fn packages_in_all_folders_are_checked() {
    let package = |folder: &str| {
        let file = |name: &str| format!("{folder}src/{name}.rs");
        [(file("lib"), "mod a; mod b;"), (file("a"), "use super::b::B;"), (file("b"), "use super::a::A;")]
    };
    let files = ["", "kernel/", "crates/chart/", "crates/query/"].map(package);
    let [one, two, three, four] = files.each_ref().map(|files| files.each_ref().map(|(path, text)| (path.as_str(), *text)));
    let [a, b, c] = one;
    assert_eq!(cycles_of([a, b, c]).len(), 1);
    let all: Vec<_> = [one, two, three, four].concat();
    let all: [(&str, &str); 12] = all.try_into().unwrap();
    let cycles = cycles_of(all);
    assert_eq!(cycles.len(), 4);
    assert!(cycles.iter().any(|cycle| cycle.starts_with("crates/query/src/a.rs:1 -> ")), "{cycles:#?}");
}

#[test]
fn a_file_without_a_mod_declaration_is_reported() {
    let lib = ("src/lib.rs", "#[path = \"other/place.rs\"] mod a;");
    let place = ("src/other/place.rs", "");
    assert_eq!(cycles_of([lib, place]), NOTHING);
    assert!(
        matches!(&cycles_of([lib, place, ("src/b.rs", "")])[..], [fault] if fault.starts_with("src/b.rs: no `mod` leads to this file"))
    );
}

#[test]
fn sources_that_cannot_be_read_are_an_error() {
    let error = |files: [(&str, &str); 2]| rules(&Sources::from(files)).err().map(|error| format!("{error:#}")).unwrap_or_default();
    assert_eq!(error([("src/lib.rs", "mod a;"), ("src/b.rs", "")]), "src/lib.rs: `mod a` has no file");
    let wrong = error([("src/lib.rs", "mod a;"), ("src/a.rs", "\nfn f( {")]);
    assert!(wrong.starts_with("src/a.rs:2: "), "{wrong}");
    let lost = error([("src/lib.rs", ""), ("crates/query/Cargo.toml", "[lib]\npath = \"query.rs\"")]);
    assert!(lost.starts_with("there is no crates/query/src/lib.rs"), "{lost}");
    assert!(check(Path::new("/nowhere")).is_err());
}

#[test]
fn markup_is_found_in_every_spelling() {
    for (code, word) in [
        ("fn f() { element.set_inner_html(text) }", "set_inner_html"),
        ("fn f() { view! { <p inner_html=text></p> } }", "inner_html"),
        ("fn f() { set(element, \"innerHTML\") }", "\"innerHTML\""),
        ("fn f() { set(element, r#\"insertAdjacentHTML\"#) }", "r#\"insertAdjacentHTML\"#"),
        ("fn f() { element.outer_html() }", "outer_html"),
        ("fn f() { el(\"iframe\").attr(\"srcdoc\", text) }", "\"srcdoc\""),
        ("#[wasm_bindgen(js_name = insertAdjacentHTML)] fn f() {}", "insertAdjacentHTML"),
        ("#[cfg(test)] mod tests { fn f() { insert_adjacent_html(); } }", "insert_adjacent_html"),
    ] {
        let [cycles, markup, long, _] = faults([("src/lib.rs", &format!("\n{code}"))]);
        assert_eq!(markup, [format!("src/lib.rs:2: {word} turns untrusted text into markup: build nodes instead")]);
        assert!(cycles.is_empty() && long.is_empty());
    }
    let [_, markup, ..] = faults([("src/lib.rs", "//! No `inner_html`.\n/// innerHTML\nfn html() {} // inner_html\n/* srcdoc */")]);
    assert_eq!(markup, NOTHING);
}

#[test]
fn long_files_are_reported_in_all_folders() {
    let lib = ("src/lib.rs", "");
    for path in ["src/a/tests.rs", "crates/chart/src/lib.rs", "crates/chart/tests/golden.rs", "kernel/src/lib.rs"] {
        let long = |lines: usize| {
            let [_, _, long, _] = faults([lib, (path, &"\n".repeat(lines))]);
            long
        };
        assert_eq!(long(400), NOTHING);
        assert!(matches!(&long(401)[..], [fault] if fault.starts_with(&format!("{path}:401: "))), "{path}");
    }
}

#[test]
fn use_of_the_browser_outside_its_places_is_reported() {
    let browser = |path: &str, code: &str| {
        let (chart, query, kernel) = ("crates/chart/src/lib.rs", "crates/query/src/lib.rs", "kernel/src/lib.rs");
        let [.., browser] = faults([(chart, ""), (query, ""), (kernel, ""), ("src/lib.rs", ""), (path, code)]);
        browser
    };
    for name in ["leptos", "web_sys", "js_sys", "gloo_net", "gloo_timers", "wasm_bindgen", "wasm_bindgen_futures"] {
        let code = format!("\nuse {name}::x;");
        for path in ["crates/query/src/lib.rs", "crates/chart/src/lib.rs", "crates/query/src/canvas.rs", "kernel/src/lib.rs"] {
            let expected = format!("{path}:2: {name} in a pure crate: move what needs the browser to src/, or hand it in");
            assert_eq!(browser(path, &code), [expected]);
        }
        for path in ["src/lib.rs", "src/view/app.rs", "crates/chart/src/canvas.rs", "crates/chart/src/draw/canvas.rs"] {
            assert_eq!(browser(path, &code), NOTHING, "{path}");
        }
    }
    assert_eq!(browser("crates/query/src/lib.rs", "// leptos\n/// `web_sys`\nfn f() { \"js_sys\"; }"), NOTHING);
}

#[test]
fn the_name_of_a_library_comes_from_its_manifest() {
    let name = |manifest: &str| {
        let packages =
            Sources::from([("crates/chart-room/Cargo.toml", manifest), ("crates/chart-room/src/lib.rs", "")]).packages().unwrap();
        packages.into_iter().map(|package| package.name).collect::<Vec<_>>()
    };
    assert_eq!(name("[package]\nname = \"utkik-chart\"\n\n[dependencies]\nname = \"1\"\n"), ["utkik_chart"]);
    assert_eq!(name("[lib]\nname = \"chart\"\n[package]\nname = \"utkik-chart\"\n"), ["chart"]);
    assert_eq!(name(""), ["chart_room"]);
}

#[test]
fn the_printed_graph_marks_imports_in_cycles() {
    let sources = Sources::from([
        ("src/lib.rs", "mod a; mod b; mod c;"),
        ("src/a.rs", "use super::b::B;\nuse super::c::{C, D};"),
        ("src/b.rs", "fn f() -> crate::a::A {}"),
        ("src/c.rs", ""),
    ]);
    let graph = uses::graph(&Modules::read(&sources, &sources.packages().unwrap()[0]).unwrap());
    assert_eq!(graph.to_string(), "src/a.rs\n  * src/b.rs  B:1\n    src/c.rs  C:2 D:2\nsrc/b.rs\n  * src/a.rs  A:1\n");
}
