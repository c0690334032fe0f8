//! A small JSON reader: a pull [`Reader`] over bytes, a [`Value`] tree for small documents, and [`FromJson`] to read fields.
//!
//! Promises: a document that ends early is [`Error::Truncated`] and never read as a shorter one; no input panics, however deep; text is
//! valid UTF-8. It does not write JSON. It accepts all of JSON, and some numbers that JSON does not allow (`01`, `1.`).
//!
//! Why not `serde_json`: it compiles code for every type that is read, which adds 36 kB (brotli) to the first load, a fifth of the
//! budget. Tests and native tools use it, and the tests compare this crate with it.

mod error;
mod number;
mod reader;
#[cfg(test)]
mod tests;
mod value;

pub use error::Error;
pub use number::parse as parse_number;
pub use reader::{ReadField, ReadPart, Reader};
pub use value::{FromJson, Value};

/// Reads a whole document into a tree that borrows from it.
pub fn parse(bytes: &[u8]) -> Result<Value<'_>, Error> {
    let mut reader = Reader::new(bytes)?;
    let value = reader.value()?;
    reader.end()?;
    Ok(value)
}
