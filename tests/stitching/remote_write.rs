//! The body of remote write requests: Protocol Buffers in Snappy's block format. It is written by hand, since only this small part of
//! them is needed.

use model::time::Millis;

/// A series and its new samples: times, and the bits of the values, since a stale marker is a NaN with its own bits.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// Sorted by name.
    pub labels: Vec<(String, String)>,
    /// In order.
    pub samples: Vec<(Millis, u64)>,
}

/// The body of a request that writes `all`.
pub fn body(all: &[Samples]) -> Vec<u8> {
    let mut message = Vec::new();
    for Samples { labels, samples } in all {
        let mut series = Vec::new();
        for (name, value) in labels {
            let mut label = Vec::new();
            field(&mut label, 1, name.as_bytes());
            field(&mut label, 2, value.as_bytes());
            field(&mut series, 1, &label);
        }
        for (time, bits) in samples {
            // Field 1 is eight bytes (type 1), field 2 a varint (type 0).
            let mut sample = vec![1 << 3 | 1];
            sample.extend(bits.to_le_bytes());
            sample.push(2 << 3);
            varint(&mut sample, u64::try_from(*time).unwrap());
            field(&mut series, 2, &sample);
        }
        field(&mut message, 1, &series);
    }
    snappy(&message)
}

/// A field whose length is written before it (type 2).
fn field(message: &mut Vec<u8>, number: u8, bytes: &[u8]) {
    message.push(number << 3 | 2);
    varint(message, bytes.len() as u64);
    message.extend(bytes);
}

fn varint(message: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        message.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    message.push(number.to_le_bytes()[0]);
}

/// The tag of a literal whose length, less one, follows in two bytes.
const LITERAL: u8 = 61 << 2;

/// Snappy without compression: the length, then literals.
fn snappy(bytes: &[u8]) -> Vec<u8> {
    let mut block = Vec::new();
    varint(&mut block, bytes.len() as u64);
    for literal in bytes.chunks(1 << 16) {
        block.push(LITERAL);
        block.extend(u16::try_from(literal.len() - 1).unwrap().to_le_bytes());
        block.extend(literal);
    }
    block
}

#[test]
fn a_sample_is_written_as_the_protocol_says() {
    let sample = Samples { labels: vec![("a".into(), "b".into())], samples: vec![(300, 1.0_f64.to_bits())] };
    let series = [10, 6, 10, 1, b'a', 18, 1, b'b', 18, 12, 9, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 16, 0xac, 2];
    let expected = [&[24, LITERAL, 23, 0, 10, 22][..], &series].concat();
    assert_eq!(body(&[sample]), expected);
}
