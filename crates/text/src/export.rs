//! Exports of a panel: CSV for spreadsheets, the name of a file, the HTML of an iframe. Names in them are untrusted, so each format
//! escapes them.

/// The maximum length of a file name, in characters: lists of files do not show longer ones completely.
const MAX_NAME: usize = 120;

/// Comma-separated values as defined in RFC 4180.
#[derive(Debug, Default)]
pub struct Csv {
    text: String,
    inside_row: bool,
}

impl Csv {
    /// Adds a cell with a text. Text that a spreadsheet would read as a formula gets a `'` before it, as OWASP advises.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        let cell = guarded(text);
        if cell.contains([',', ';', '"', '\t', '\n', '\r']) {
            self.cell(&format!("\"{}\"", cell.replace('"', "\"\"")))
        } else {
            self.cell(&cell)
        }
    }

    /// Adds a cell with a number, already in digits; without digits an empty cell.
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

    /// The text of the whole file.
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

/// `text` with a `'` before everything that a spreadsheet could read as a formula. Some spreadsheets end a cell at other characters too,
/// such as `;` where the comma is the decimal separator, so text after these gets a `'` as well.
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

/// A file name made of `parts` that is valid on every system.
pub fn file_name(parts: &[&str], extension: &str) -> String {
    let refused = |character: char| character.is_control() || r#"/\:*?"<>|"#.contains(character);
    let name: String = parts.join(" ").chars().map(|character| if refused(character) { '-' } else { character }).collect();
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_NAME).collect();
    // A file whose name begins with a dot is hidden.
    format!("{}.{extension}", name.trim_matches(['.', ' ']))
}

/// The HTML of an iframe that shows `url`.
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
    fn rows_follow_rfc_4180() {
        let file = Csv::default().text("time").text("a, \"b\"\nc").end().text("2026").number("-1.5").number("").number("3").end();
        assert_eq!(file.finish(), "time,\"a, \"\"b\"\"\nc\"\r\n2026,-1.5,,3\r\n");
    }

    #[test]
    fn text_cannot_be_read_as_a_formula() {
        for (name, written) in
            [("=1+1", "'=1+1"), ("+a", "'+a"), ("-a", "'-a"), ("@a", "'@a"), ("\ta", "\"'\ta\""), ("a=b", "a=b"), ("", "")]
        {
            assert_eq!(cell(name), written);
        }
        assert_eq!(cell("=a,\"b\""), "\"'=a,\"\"b\"\"\"");
        assert_eq!(cell("\r=a"), "\"'\r'=a\"");
        // Where the comma is the decimal separator a semicolon ends a cell, and quotes inside of a cell have no meaning.
        for (name, written) in
            [("a;=1", "\"a;'=1\""), ("a\n=1", "\"a\n'=1\""), ("a;\"=1;", "\"a;\"\"'=1;\""), (" =1", " '=1"), ("a=1", "a=1")]
        {
            assert_eq!(cell(name), written);
        }
    }

    #[test]
    fn a_file_name_cannot_be_a_path() {
        assert_eq!(file_name(&["Nginx", "Requests / s", "2026-11-23 12:00:00"], "csv"), "Nginx Requests - s 2026-11-23 12-00-00.csv");
        assert_eq!(file_name(&["../..\\etc", "a\n\u{0}b"], "png"), "-..-etc a--b.png");
        assert_eq!(file_name(&["å".repeat(500).as_str()], "csv").chars().count(), MAX_NAME + 4);
    }

    #[test]
    fn a_title_stays_inside_its_attribute() {
        let code = frame("https://example.com/?d=a&embed=1", "\"><script>");
        assert!(code.starts_with(r#"<iframe src="https://example.com/?d=a&amp;embed=1" title="&quot;&gt;&lt;script&gt;""#), "{code}");
    }
}
