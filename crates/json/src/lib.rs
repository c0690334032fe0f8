//! JSON, read in little code: a pull [`Reader`] over bytes, a [`Value`] tree for small documents, and [`FromJson`] to pick fields.
//!
//! Promises: a document that ends early is [`Error::Truncated`] and never a shorter one; no input panics, however deep; text is valid
//! UTF-8. Refuses to write JSON. Accepts what JSON allows, and numbers that JSON writes otherwise (`01`, `1.`).
//!
//! Not `serde_json`: with code of its own for every type that is read, it takes 36 kB more of the first load (brotli), a fifth of
//! the budget. Tests and native tools use it, and the tests hold this module to what it says.

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
