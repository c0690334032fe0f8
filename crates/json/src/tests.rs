use super::*;
use proptest::prelude::*;
use std::borrow::Cow;

/// Converts what `serde_json` read into a value of this crate.
fn mirror(value: &serde_json::Value) -> Value<'static> {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(*value),
        serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap()),
        serde_json::Value::String(text) => Value::String(Cow::Owned(text.clone())),
        serde_json::Value::Array(elements) => Value::Array(elements.iter().map(mirror).collect()),
        serde_json::Value::Object(fields) => {
            Value::Object(fields.iter().map(|(key, value)| (Cow::Owned(key.clone()), mirror(value))).collect())
        }
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let text = prop_oneof![any::<String>(), r#"["\\/a\x00-\x1f]{0,8}"#];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_filter("JSON has no others", |number| number.is_finite()).prop_map(Into::into),
        text.clone().prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(text.clone(), inner, 0..6).prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

/// Bytes that are often almost valid JSON.
fn nearly_json() -> impl Strategy<Value = Vec<u8>> {
    let token = prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\\", "\\u", "d83d", "\\ude00", "\\n", "null", "tru", "false", "0", "-1.5e3", "e",
        "å", " ", "\n",
    ]);
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..64),
        prop::collection::vec(token, 0..24).prop_map(|tokens| tokens.concat().into_bytes()),
    ]
}

/// Whether two values are equal except for the last bits of numbers: see `number`.
fn is_close(a: &Value<'_>, b: &Value<'_>) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => (a - b).abs() <= b.abs() * 4e-15 + 1e-307,
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_close(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((key, a), (other, b))| key == other && is_close(a, b))
        }
        (a, b) => a == b,
    }
}

proptest! {
    #[test]
    fn what_serde_json_writes_is_read_back(value in any_json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        let Ok(read) = parse(text.as_bytes()) else { panic!("{text} is not read") };
        prop_assert!(is_close(&read, &mirror(&value)), "{} is read as {:?}", text, read);
    }

    #[test]
    fn a_document_that_is_cut_off_is_truncated(value in any_json()) {
        let text = serde_json::to_string(&serde_json::json!([value])).unwrap();
        for end in 0..text.len() {
            prop_assert_eq!(parse(&text.as_bytes()[..end]), Err(Error::Truncated), "cut at {}", end);
        }
    }

    #[test]
    fn no_bytes_panic_and_everything_serde_json_accepts_is_accepted(bytes in nearly_json()) {
        let read = parse(&bytes);
        // Values are not compared: a repeated key is kept here, while `serde_json` keeps only the last value.
        if let Ok(value) = serde_json::from_slice::<serde_json::Value>(&bytes) {
            prop_assert!(read.is_ok(), "{}", value);
        }
        if str::from_utf8(&bytes).is_err() {
            prop_assert!(read.is_err());
        }
    }
}

#[test]
fn escapes_are_decoded() {
    let read = |text: &str| parse(text.as_bytes()).map(|value| value.as_str().unwrap_or_default().to_owned());
    assert_eq!(read(r#""\"\\\/\b\f\n\r\t""#).as_deref(), Ok("\"\\/\u{8}\u{c}\n\r\t"));
    assert_eq!(read(r#""\u00e5 \uD83D\uDE00 \u0000""#).as_deref(), Ok("å 😀 \0"));
    for broken in [r#""\x""#, r#""\u12g4""#, r#""\ud83d""#, r#""\ud83dxx""#, r#""\ud83d\u0041""#, r#""\ude00""#, "\"\n\"", r#""\u+123""#] {
        assert_eq!(read(broken), Err(Error::Malformed), "{broken}");
    }
}

#[test]
fn strings_without_escapes_are_borrowed() {
    assert!(matches!(parse(r#""å""#.as_bytes()), Ok(Value::String(Cow::Borrowed("å")))));
}

#[test]
fn text_that_is_not_json_is_malformed_or_truncated() {
    for text in [
        "nonsense",
        "[1,]",
        "{,}",
        "{\"a\"}",
        "{\"a\":1,}",
        "{1:2}",
        "[1 2]",
        "1 2",
        "]",
        "'a'",
        "NaN",
        "1e999",
        "[--1]",
        "[1-2]",
        "[+]",
        "- ",
        "nul ",
        "truer",
    ] {
        assert_eq!(parse(text.as_bytes()), Err(Error::Malformed), "{text}");
    }
    assert_eq!(parse(b"\"\xff\""), Err(Error::Malformed));
    for text in ["", " ", "-", "1e", "nul", "\"", "\"\\", "\"\\u00", "[", "{\"a\":"] {
        assert_eq!(parse(text.as_bytes()), Err(Error::Truncated), "{text}");
    }
    assert_eq!(parse(b"\"\xc3"), Err(Error::Truncated));
}

#[test]
fn documents_that_are_nested_too_deeply_are_malformed() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(nested(128).as_bytes()).is_ok());
    assert_eq!(parse(nested(129).as_bytes()), Err(Error::Malformed));
    assert_eq!(parse("{\"a\":".repeat(1_000_000).as_bytes()), Err(Error::Malformed));
    assert!(parse(format!("[{}]", vec![nested(100); 3].join(",")).as_bytes()).is_ok(), "the depth decreases after each array");
}

#[test]
fn fields_of_another_type_have_their_default() {
    let value = parse(br#"{"a":1,"a":2,"t":"x","n":null,"list":[1,"two",3],"big":300,"half":0.5,"minus":-1}"#).unwrap();
    assert_eq!(value.field::<u8>("a"), 2);
    assert_eq!(value.field::<String>("t"), "x");
    assert_eq!(value.field::<String>("a"), "");
    assert_eq!(value.field::<Option<bool>>("n"), None);
    assert_eq!(value.field::<Vec<f64>>("list"), [1.0, 3.0]);
    assert_eq!(value.field::<Option<u8>>("big"), None);
    assert_eq!(value.field::<u32>("big"), 300);
    assert_eq!((value.field::<u32>("half"), value.field::<u32>("minus")), (0, 0));
    assert_eq!(value.get("t").get("deeper"), &Value::Null);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_document() {
    assert_eq!(parse("\u{feff}{\"a\":1}".as_bytes()), parse(br#"{"a":1}"#));
    assert_eq!(parse("[\"\u{feff}\"]".as_bytes()), Ok(Value::Array(vec![Value::String("\u{feff}".into())])));
}
