//! What is taken out of a panel: a table for spreadsheets, the name of a file, the code of a frame. Names in them may have been written
//! by anybody, so each form has its own guard.

/// A name of a file that is longer than this, in characters, no list shows whole.
const LONGEST_NAME: usize = 120;

/// Comma-separated values as RFC 4180 has them.
#[derive(Debug, Default)]
pub struct Csv {
    text: String,
    inside_row: bool,
}

impl Csv {
    /// Adds a cell with a text. What a spreadsheet would take for a formula gets a `'` before it, as OWASP advises.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        let cell = guarded(text);
        if cell.contains([',', ';', '"', '\t', '\n', '\r']) {
            self.cell(&format!("\"{}\"", cell.replace('"', "\"\"")))
        } else {
            self.cell(&cell)
        }
    }

    /// Adds a cell with a number, already in digits; an empty one where there is none.
    #[must_use]
    pub fn number(self, digits: &str) -> Self {
        self.cell(digits)
    }

    /// Ends the row.
    #[must_use]
    pub fn end(mut self) -> Self {
        self.text.push_str("\r\n");
        self.inside_row = false;
        self
    }

    /// The whole file.
    pub fn finish(self) -> String {
        self.text
    }

    fn cell(mut self, cell: &str) -> Self {
        if self.inside_row {
            self.text.push(',');
        }
        self.text.push_str(cell);
        self.inside_row = true;
        self
    }
}

/// `text` with a `'` before all that a spreadsheet could take for a formula: also behind what some of them take for the end of a cell, such
/// as `;` where the comma is the decimal separator.
fn guarded(text: &str) -> String {
    let mut guarded = String::with_capacity(text.len() + 1);
    if text.starts_with(['\t', '\r', '\n']) {
        guarded.push('\'');
    }
    let mut begins = true;
    for character in text.chars() {
        if begins && matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            guarded.push('\'');
        }
        begins = matches!(character, ';' | ',' | '"' | '\t' | '\r' | '\n') || begins && character == ' ';
        guarded.push(character);
    }
    guarded
}

/// A name for a file that every system takes, made of `parts`.
pub fn file_name(parts: &[&str], extension: &str) -> String {
    let refused = |character: char| character.is_control() || r#"/\:*?"<>|"#.contains(character);
    let name: String = parts.join(" ").chars().map(|character| if refused(character) { '-' } else { character }).collect();
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_NAME).collect();
    // One that begins with a dot is hidden.
    format!("{}.{extension}", name.trim_matches(['.', ' ']))
}

/// The markup of a frame that shows `url`.
pub fn frame(url: &str, title: &str) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    format!(r#"<iframe src="{}" title="{}" width="100%" height="440" loading="lazy"></iframe>"#, escape(url), escape(title))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        Csv::default().text(text).finish()
    }

    #[test]
    fn rows_are_rfc_4180s() {
        let file = Csv::default().text("time").text("a, \"b\"\nc").end().text("2026").number("-1.5").number("").number("3").end();
        assert_eq!(file.finish(), "time,\"a, \"\"b\"\"\nc\"\r\n2026,-1.5,,3\r\n");
    }

    #[test]
    fn a_name_is_no_formula() {
        for (name, written) in
            [("=1+1", "'=1+1"), ("+a", "'+a"), ("-a", "'-a"), ("@a", "'@a"), ("\ta", "\"'\ta\""), ("a=b", "a=b"), ("", "")]
        {
            assert_eq!(cell(name), written);
        }
        assert_eq!(cell("=a,\"b\""), "\"'=a,\"\"b\"\"\"");
        assert_eq!(cell("\r=a"), "\"'\r'=a\"");
        // Where the comma is the decimal separator a semicolon ends a cell, and quotes in its middle mean nothing.
        for (name, written) in
            [("a;=1", "\"a;'=1\""), ("a\n=1", "\"a\n'=1\""), ("a;\"=1;", "\"a;\"\"'=1;\""), (" =1", " '=1"), ("a=1", "a=1")]
        {
            assert_eq!(cell(name), written);
        }
    }

    #[test]
    fn a_file_name_leads_nowhere_else() {
        assert_eq!(file_name(&["Nginx", "Requests / s", "2026-11-23 12:00:00"], "csv"), "Nginx Requests - s 2026-11-23 12-00-00.csv");
        assert_eq!(file_name(&["../..\\etc", "a\n\u{0}b"], "png"), "-..-etc a--b.png");
        assert_eq!(file_name(&["å".repeat(500).as_str()], "csv").chars().count(), LONGEST_NAME + 4);
    }

    #[test]
    fn a_title_stays_inside_its_attribute() {
        let code = frame("https://example.com/?d=a&embed=1", "\"><script>");
        assert!(code.starts_with(r#"<iframe src="https://example.com/?d=a&amp;embed=1" title="&quot;&gt;&lt;script&gt;""#), "{code}");
    }
}
