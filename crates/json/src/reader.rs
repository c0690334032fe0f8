//! A pull reader: it goes through a document once, from start to end, and the caller asks for each part.

use super::{Error, Value, number, parse_number};
use std::borrow::Cow;

/// How deep a document may be nested: much deeper than any document of the app, and not deep enough to overflow the stack.
const MAX_DEPTH: u8 = 128;

/// A callback that reads the next part of a document.
pub type ReadPart<'a, 'f> = dyn FnMut(&mut Reader<'a>) -> Result<(), Error> + 'f;
/// A callback that reads the value of a field, given its key.
pub type ReadField<'a, 'f> = dyn FnMut(&mut Reader<'a>, Cow<'a, str>) -> Result<(), Error> + 'f;

/// A position in a document. After an error the position is undefined.
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
}

impl<'a> Reader<'a> {
    /// A reader at the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Result<Self, Error> {
        // Editors on Windows put a byte order mark before a dashboard.
        match str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
            Ok(text) => Ok(Self { text, at: 0, depth: 0 }),
            // `None`: the last character is incomplete.
            Err(error) if error.error_len().is_none() => Err(Error::Truncated),
            Err(_) => Err(Error::Malformed),
        }
    }

    /// The first byte of the next value, which tells its type. Skips white space.
    pub fn peek(&mut self) -> Result<u8, Error> {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(byte) => return Ok(*byte),
                None => return Err(Error::Truncated),
            }
        }
    }

    /// Moves past the punctuation mark `mark`, which must come next.
    pub fn consume(&mut self, mark: u8) -> Result<(), Error> {
        if self.peek()? != mark {
            return Err(Error::Malformed);
        }
        self.at += 1;
        Ok(())
    }

    /// Reads `null` if it comes next; says whether it did.
    pub fn null(&mut self) -> Result<bool, Error> {
        let null = self.peek()? == b'n';
        if null {
            self.word("null")?;
        }
        Ok(null)
    }

    /// Reads an array: `element` is called for each element, and must read it.
    pub fn array(&mut self, element: &mut ReadPart<'a, '_>) -> Result<(), Error> {
        self.members(b'[', b']', element)
    }

    /// Reads an object: `field` is called with each key, and must read its value.
    pub fn object(&mut self, field: &mut ReadField<'a, '_>) -> Result<(), Error> {
        self.members(b'{', b'}', &mut |reader| {
            let key = reader.string()?;
            reader.consume(b':')?;
            field(reader, key)
        })
    }

    fn members(&mut self, open: u8, close: u8, member: &mut ReadPart<'a, '_>) -> Result<(), Error> {
        self.consume(open)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Error::Malformed);
        }
        if self.peek()? != close {
            member(self)?;
            while self.peek()? == b',' {
                self.at += 1;
                member(self)?;
            }
        }
        self.depth -= 1;
        self.consume(close)
    }

    /// Reads a string, without copying it unless it has escapes.
    pub fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        self.consume(b'"')?;
        let mut text = Cow::Borrowed(self.plain()?);
        loop {
            match self.next()? {
                b'"' => return Ok(text),
                b'\\' => {
                    let character = self.escape()?;
                    let text = text.to_mut();
                    text.push(character);
                    text.push_str(self.plain()?);
                }
                _ => return Err(Error::Malformed),
            }
        }
    }

    /// The text up to the next quote, backslash or control character.
    fn plain(&mut self) -> Result<&'a str, Error> {
        let rest = self.text.get(self.at..).ok_or(Error::Malformed)?;
        let len = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | ..b' ')).ok_or(Error::Truncated)?;
        self.at += len;
        rest.get(..len).ok_or(Error::Malformed)
    }

    /// Reads an escape sequence after its backslash.
    fn escape(&mut self) -> Result<char, Error> {
        Ok(match self.next()? {
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let code = match self.code_unit()? {
                    high @ 0xd800..0xdc00 => {
                        self.word(r"\u")?;
                        let low = self.code_unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(Error::Malformed)?;
                        0x1_0000 + ((high - 0xd800) << 10) + low
                    }
                    code => code,
                };
                char::from_u32(code).ok_or(Error::Malformed)?
            }
            _ => return Err(Error::Malformed),
        })
    }

    /// Reads the four hexadecimal digits of a UTF-16 code unit.
    fn code_unit(&mut self) -> Result<u32, Error> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.next()?).to_digit(16).ok_or(Error::Malformed)?;
        }
        Ok(unit)
    }

    /// Reads a number. One that is too large for `f64` is malformed.
    pub fn number(&mut self) -> Result<f64, Error> {
        self.peek()?;
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        match number::prefix(rest) {
            Some((number, after)) if number.is_finite() => {
                self.at = self.text.len() - after.len();
                Ok(number)
            }
            // The number is cut off: no document ends like this.
            None if matches!(rest.last(), Some(b'-' | b'+' | b'e' | b'E')) => Err(Error::Truncated),
            _ => Err(Error::Malformed),
        }
    }

    /// Reads a number in quotes, such as `"1.5"`, `"NaN"` or `"+Inf"`.
    pub fn quoted_number(&mut self) -> Result<f64, Error> {
        self.peek()?;
        // Without a text between, since range answers consist of these.
        if let Some([b'"', text @ ..]) = self.text.as_bytes().get(self.at..)
            && let Some((number, [b'"', after @ ..])) = number::prefix(text)
        {
            self.at = self.text.len() - after.len();
            return Ok(number);
        }
        parse_number(&self.string()?).ok_or(Error::Malformed)
    }

    /// Reads the next value as a tree.
    pub fn value(&mut self) -> Result<Value<'a>, Error> {
        Ok(match self.peek()? {
            b'"' => Value::String(self.string()?),
            b'[' => {
                let mut elements = Vec::new();
                self.array(&mut |reader| {
                    elements.push(reader.value()?);
                    Ok(())
                })?;
                Value::Array(elements)
            }
            b'{' => {
                let mut fields = Vec::new();
                self.object(&mut |reader, key| {
                    fields.push((key, reader.value()?));
                    Ok(())
                })?;
                Value::Object(fields)
            }
            b'n' => self.word("null").map(|()| Value::Null)?,
            b't' => self.word("true").map(|()| Value::Bool(true))?,
            b'f' => self.word("false").map(|()| Value::Bool(false))?,
            _ => Value::Number(self.number()?),
        })
    }

    /// Reads the next value and drops it.
    pub fn skip(&mut self) -> Result<(), Error> {
        self.value().map(drop)
    }

    /// Moves past `word`, which must come next.
    fn word(&mut self, word: &str) -> Result<(), Error> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.starts_with(word) {
            self.at += word.len();
            Ok(())
        } else if word.starts_with(rest) {
            Err(Error::Truncated)
        } else {
            Err(Error::Malformed)
        }
    }

    /// Checks that only white space is left.
    pub fn end(&mut self) -> Result<(), Error> {
        match self.peek() {
            Err(_) => Ok(()),
            Ok(_) => Err(Error::Malformed),
        }
    }

    /// The next byte, inside a string.
    fn next(&mut self) -> Result<u8, Error> {
        let byte = self.text.as_bytes().get(self.at).ok_or(Error::Truncated)?;
        self.at += 1;
        Ok(*byte)
    }
}
