//! The app's decoder of range answers and its charts, for pages that measure them. Compiled with the same options as the app.

#[cfg(target_arch = "wasm32")]
pub mod draw;

use model::series::{Frame, Grid, is_gap};
use prometheus::decode::{self, Http};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

/// The same as in `src/main.rs`.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Decoded columns, in the app's own format.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
#[derive(Debug)]
pub struct Columns(Frame);

/// Decodes an answer to `query_range` on the grid of `len` instants from `start` on, every `step`. Milliseconds, as in JavaScript.
/// `None` if the app would reject the answer.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
pub fn decode(body: &[u8], start: f64, step: f64, len: usize) -> Option<Columns> {
    let grid = Grid { start: start as i64, step: step as i64, len };
    let http = Http { status: 200, content_type: "application/json" };
    decode::range(http, body, grid).ok().map(|answer| Columns(answer.data))
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
impl Columns {
    /// The number of samples: values that are not gaps.
    pub fn samples(&self) -> usize {
        self.0.series.iter().flat_map(|series| &series.values).filter(|value| !is_gap(**value)).count()
    }

    /// The values of one series, NaN for gaps; empty if there is no such series.
    pub fn column(&self, index: usize) -> Vec<f64> {
        self.0.series.get(index).map(|series| series.values.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str =
        r#"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"b"},"values":[[1,"0.5"],[3,"NaN"]]}]}}"#;

    #[test]
    fn columns_are_counted_and_read() {
        let columns = decode(BODY.as_bytes(), 1_000.0, 1_000.0, 3).unwrap();
        assert_eq!(columns.samples(), 2);
        assert!(matches!(columns.column(0)[..], [first, gap, nan] if first.to_bits() == 0.5_f64.to_bits() && is_gap(gap) && nan.is_nan()));
        assert!(columns.column(1).is_empty());
        assert!(decode(b"{", 0.0, 1.0, 1).is_none());
    }
}
