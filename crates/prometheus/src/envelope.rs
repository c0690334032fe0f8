//! The envelope of every answer: `{status, data, errorType, error, warnings, infos}`, or the answer of a proxy instead.

use super::Remarks;
use super::error::Error;
use json::{self, FromJson, ReadPart, Reader};
use text::search;

/// What the HTTP response says about its body.
#[derive(Clone, Copy, Debug)]
pub struct Http<'a> {
    /// The status code.
    pub status: u16,
    /// The `Content-Type`, empty if there is none.
    pub content_type: &'a str,
}

/// Reads an answer and calls `data` to read its field `data`. Returns the remarks, or the error that came instead of an answer.
pub fn read<'a>(http: Http<'_>, body: &'a [u8], data: &mut ReadPart<'a, '_>) -> Result<Remarks, Error> {
    // VictoriaMetrics streams as application/stream+json. Anything that is not JSON does not come from the source.
    if search::find(http.content_type, "json").is_none() {
        return Err(without_json(http.status));
    }
    match Head::read(body, data) {
        Err(json::Error::Malformed) if http.status >= 400 => Err(without_json(http.status)),
        Err(error) => Err(error.into()),
        Ok(head) if head.status == "success" && http.status < 400 => Ok(head.remarks),
        Ok(head) if head.status == "error" || http.status >= 400 => Err(head.into_error(http.status)),
        Ok(_) => Err(Error::Malformed),
    }
}

/// The error for an answer that does not come from the source.
fn without_json(status: u16) -> Error {
    match status {
        0..400 => Error::NotPrometheus,
        429 | 500.. => Error::Unavailable { status },
        _ => Error::Refused { status },
    }
}

/// All fields except `data`.
#[derive(Default)]
struct Head {
    status: String,
    kind: String,
    message: String,
    remarks: Remarks,
}

impl Head {
    fn read<'a>(body: &'a [u8], data: &mut ReadPart<'a, '_>) -> Result<Self, json::Error> {
        let mut head = Self::default();
        let mut reader = Reader::new(body)?;
        reader.object(&mut |reader, key| {
            if key == "data" {
                return data(reader);
            }
            let value = reader.value()?;
            match &*key {
                "status" => head.status = String::from_json(&value).unwrap_or_default(),
                "errorType" => head.kind = String::from_json(&value).unwrap_or_default(),
                "error" => head.message = String::from_json(&value).unwrap_or_default(),
                "warnings" => head.remarks.warnings = Vec::from_json(&value).unwrap_or_default(),
                "infos" => head.remarks.infos = Vec::from_json(&value).unwrap_or_default(),
                _ => {}
            }
            Ok(())
        })?;
        reader.end()?;
        Ok(head)
    }

    fn into_error(self, status: u16) -> Error {
        // The second case is the proxy's own error in Prometheus' envelope: the source does not answer.
        if self.message.is_empty() || (self.kind == "unavailable" && matches!(status, 502..=504)) {
            return without_json(status);
        }
        Error::Api { kind: self.kind, message: self.message }
    }
}
