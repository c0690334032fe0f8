use super::*;
use proptest::prelude::*;

/// The nodes as HTML, for readable assertions.
fn html(nodes: &[Node]) -> String {
    let one = |node: &Node| match node {
        Node::Text(text) => text.replace('<', "&lt;"),
        Node::Element { tag, attribute, children } => {
            let attribute = attribute.as_ref().map(|(name, value)| format!(" {name}={value}")).unwrap_or_default();
            format!("<{tag}{attribute}>{}</{tag}>", html(children))
        }
    };
    nodes.iter().map(one).collect()
}

fn read(source: &str) -> String {
    html(&parse(source)).replace("</br>", "").replace("</hr>", "")
}

#[test]
fn block_markdown_becomes_elements() {
    for (source, expected) in [
        ("a\nb\n\nc", "<p>a\nb</p><p>c</p>"),
        ("a  \nb\\\nc", "<p>a<br>b<br>c</p>"),
        ("# A\n## B\n### C\n#### D\n###### F", "<h3>A</h3><h4>B</h4><h5>C</h5><h6>D</h6><h6>F</h6>"),
        ("A\n===\nB\n---", "<h3>A</h3><h4>B</h4>"),
        ("- a\n- b\n  1. c\n  2. d", "<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>"),
        ("3. a\n4. b", "<ol start=3><li>a</li><li>b</li></ol>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("> a\n> > b", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"),
        ("```promql\nrate(a[5m])\n# no heading\n```", "<pre><code>rate(a[5m])\n# no heading\n</code></pre>"),
        ("    a *b*\n", "<pre><code>a *b*\n</code></pre>"),
        ("a\n\n---\nb", "<p>a</p><hr><p>b</p>"),
        ("", ""),
    ] {
        assert_eq!(read(source), expected, "{source:?}");
    }
}

#[test]
fn inline_markdown_becomes_elements() {
    for (source, expected) in [
        ("*a* **b** ***c*** ~~d~~", "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em> <del>d</del></p>"),
        ("`a *b*` ``c`d``", "<p><code>a *b*</code> <code>c`d</code></p>"),
        ("\\*a\\* &amp; snake_case_name", "<p>*a* & snake_case_name</p>"),
        ("[a *b*](https://x.example/?a=b \"title\")", "<p><a href=https://x.example/?a=b>a <em>b</em></a></p>"),
        ("[a][1] [a]", "<p>[a][1] [a]</p>"),
        (
            "<https://x.example> <a@x.example>",
            "<p><a href=https://x.example>https://x.example</a> <a href=mailto:a@x.example>a@x.example</a></p>",
        ),
        ("![a *b*](https://x.example/i.png) c", "<p>a <em>b</em> c</p>"),
        ("[![badge](i.svg)](/ci)", "<p><a href=/ci>badge</a></p>"),
    ] {
        assert_eq!(read(source), expected, "{source:?}");
    }
}

#[test]
fn tables_have_a_head_and_aligned_columns() {
    let table = "| a | b | c |\n|---|--:|:-:|\n| 1 | *2* | 3 |\n| 4 |";
    let head = "<thead><tr><th>a</th><th class=to-end>b</th><th class=to-center>c</th></tr></thead>";
    let first = "<tr><td>1</td><td class=to-end><em>2</em></td><td class=to-center>3</td></tr>";
    let second = "<tr><td>4</td><td class=to-end></td><td class=to-center></td></tr>";
    assert_eq!(read(table), format!("<table>{head}{first}{second}</table>"));
}

#[test]
fn html_in_a_note_stays_text() {
    for (source, expected) in [
        ("<b>a</b> *b*", "<p>&lt;b>a&lt;/b> <em>b</em></p>"),
        ("<script>alert(1)</script>", "<p>&lt;script>alert(1)&lt;/script></p>"),
        ("<div onclick=x>\n*a*\n</div>", "<p>&lt;div onclick=x>\n*a*\n&lt;/div></p>"),
        ("a <!-- b -->", "<p>a &lt;!-- b --></p>"),
        ("&lt;b&gt;", "<p>&lt;b></p>"),
    ] {
        assert_eq!(read(source), expected, "{source:?}");
    }
}

#[test]
fn a_variable_stays_in_one_text_node() {
    for text in ["$my_env_x", "${job:raw}", "[[job]]", "${a_b} *", "$a*b"] {
        assert_eq!(parse(text), [Node::Element { tag: "p", attribute: None, children: vec![Node::Text(text.to_owned())] }], "{text:?}");
    }
    assert_eq!(read("`$job` [x](?j=${job})"), "<p><code>$job</code> <a href=?j=${job}>x</a></p>");
}

#[test]
fn nesting_stops_at_the_greatest_depth() {
    let deep = parse(&(">".repeat(5_000) + " a"));
    let mut depth = 0;
    let mut nodes = deep.as_slice();
    while let [Node::Element { children, .. }] = nodes {
        depth += 1;
        nodes = children;
    }
    assert_eq!((depth, nodes), (DEEPEST, [Node::Text("a".to_owned())].as_slice()));
    assert!(read(&("[".repeat(5_000) + &"](x)".repeat(5_000))).contains("href=x"));
}

proptest! {
    #[test]
    fn any_note_gives_only_known_tags_and_attributes(source in r"([ \n#*_~`>|<\[\]()!\\$&;:a1.+-]|\PC){0,60}") {
        // Only these tags: none of them can run a script.
        let known = ["p", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "ul", "ol", "li", "em", "strong", "del", "a", "table", "thead", "tr", "th", "td", "br", "hr"];
        let mut nodes = parse(&source);
        while let Some(node) = nodes.pop() {
            let Node::Element { tag, attribute, children } = node else { continue };
            prop_assert!(known.contains(&tag));
            prop_assert!(attribute.is_none_or(|(name, _)| ["href", "start", "class"].contains(&name)));
            nodes.extend(children);
        }
    }

    #[test]
    fn plain_text_keeps_its_letters_in_their_order(source in r"([a-zåäö ,.?\n]|\p{L}){0,120}") {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        prop_assert_eq!(letters(&text(&parse(&source))), letters(&source));
    }
}

/// The texts in `nodes`, without their elements.
fn text(nodes: &[Node]) -> String {
    let one = |node: &Node| match node {
        Node::Text(text) => text.clone(),
        Node::Element { children, .. } => text(children),
    };
    nodes.iter().map(one).collect()
}

#[test]
fn hostile_notes_do_not_hang_the_parser() {
    // Each of these takes minutes if the parser searches the same text again and again.
    for pattern in [
        "*a ",
        "a* ",
        "*a_ ",
        "**a *b ",
        "a**b",
        "_a*~~",
        "~~a ~~~b ",
        "[",
        "![",
        "]",
        "[a](",
        "[](<",
        "[a](\"",
        "[](a 'x",
        "[a](b)",
        "![[](x) ",
        "`a``",
        "` ``\n",
        "<a:",
        "<a@",
        "&",
        "\\",
        "> ",
        ">",
        "- ",
        "1. ",
        "- a\n",
        "> a\n\n",
        " - \n",
        "#",
        "# a\n",
        "```\n",
        "~~~ ",
        "    a\n",
        "\t",
        "a\n",
        "a  \n",
        "|",
        "|\n",
        "|a\n|-\n",
        "---\n",
        "a|\n-|\n",
        "* * ",
        "((",
        "\n",
    ] {
        let hostile = pattern.repeat(100_000 / pattern.len());
        parse(&hostile);
        parse(&format!("[{hostile}](x)\n\n- > {hostile}\n{hostile}"));
    }
    let runs: String = (1..400).map(|length| "`".repeat(length) + " a").collect();
    assert!(read(&runs).starts_with("<p>` a`` a```"));
    let many = "|".repeat(50_000);
    let table = format!("|a{many}\n|-{}\n{}", "|-".repeat(49_999), "a\n".repeat(20_000));
    assert!(text(&parse(&table)).starts_with('a'));
}

#[test]
fn the_note_in_the_gallery_dashboard_has_a_table() {
    let gallery: serde_json::Value = serde_json::from_str(include_str!("../../../../../../public/dashboards/gallery.json")).unwrap();
    for language in ["en", "sv"] {
        let note = gallery["panels"][0]["content"][language].as_str().unwrap();
        assert!(read(note).contains("<table>"), "{note}");
    }
}
