//! The tree of a small document, and the conversion of its fields to Rust values.
//!
//! Reading is lenient: a field that is missing, null or of another type gets the default of its type.

use std::borrow::Cow;

/// A JSON value. Text borrows from the document where it can.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// `null`, and every missing field.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// Text.
    String(Cow<'a, str>),
    /// Elements in order.
    Array(Vec<Self>),
    /// Fields in the order of the document. The last one counts if a key is repeated.
    Object(Vec<(Cow<'a, str>, Self)>),
}

static ABSENT: Value<'static> = Value::Null;

impl<'a> Value<'a> {
    /// The field `key`; [`Value::Null`] if there is none, or if this is not an object.
    pub fn get(&self, key: &str) -> &Self {
        self.fields().iter().rev().find(|(name, _)| name == key).map_or(&ABSENT, |(_, value)| value)
    }

    /// The field `key` as a `T`, or the default.
    pub fn field<T: FromJson + Default>(&self, key: &str) -> T {
        T::from_json(self.get(key)).unwrap_or_default()
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of an array; empty for anything else.
    pub fn elements(&self) -> &[Self] {
        match self {
            Self::Array(elements) => elements,
            _ => &[],
        }
    }

    /// The fields of an object; empty for anything else.
    pub fn fields(&self) -> &[(Cow<'a, str>, Self)] {
        match self {
            Self::Object(fields) => fields,
            _ => &[],
        }
    }

    /// Whether this is an object, even an empty one.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

/// A type that a JSON value can be read as.
pub trait FromJson: Sized {
    /// The value as this type; `None` if it is of another type.
    fn from_json(value: &Value<'_>) -> Option<Self>;
}

impl FromJson for bool {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }
}

impl FromJson for f64 {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        match value {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl FromJson for u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what a cast would change is none")]
    fn from_json(value: &Value<'_>) -> Option<Self> {
        f64::from_json(value)
            .filter(|number| number.fract() == 0.0 && (0.0..=f64::from(Self::MAX)).contains(number))
            .map(|number| number as Self)
    }
}

impl FromJson for u8 {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        u32::from_json(value)?.try_into().ok()
    }
}

impl FromJson for String {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        Some(T::from_json(value))
    }
}

/// Elements of another type are left out.
impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        Some(value.elements().iter().filter_map(T::from_json).collect())
    }
}
