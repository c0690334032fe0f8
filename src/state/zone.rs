//! Time zones, as the browser knows them.

use js_sys::{Array, Date, Intl, Object, Reflect};
use model::time::{MINUTE, Millis, Zone};
use model::view_state::ZoneName;
use wasm_bindgen::{JsCast, JsValue};

/// A zone that the browser can tell the offset of.
#[derive(Clone, Debug, PartialEq)]
pub struct BrowserZone {
    name: ZoneName,
}

impl BrowserZone {
    /// The zone `name`; the browser's own if there is no such zone.
    pub fn named(name: ZoneName) -> Self {
        let exists = match &name {
            ZoneName::Iana(iana) => offset_of(iana, 0).is_some(),
            _ => true,
        };
        Self { name: if exists { name } else { ZoneName::Browser } }
    }

    /// Whether it is the zone of this name, and not the browser's in its place.
    pub fn is(&self, name: &ZoneName) -> bool {
        self.name == *name
    }
}

impl Zone for BrowserZone {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "milliseconds and minutes of our era are exact in f64"
    )]
    fn offset(&self, at: Millis) -> Millis {
        match &self.name {
            ZoneName::Utc => 0,
            ZoneName::Browser => -(Date::new(&JsValue::from_f64(at as f64)).get_timezone_offset() as Millis) * MINUTE,
            ZoneName::Iana(name) => offset_of(name, at).unwrap_or(0),
        }
    }
}

/// The offset of an IANA zone, from the `GMT+02:00` that the browser formats; none if it knows no such zone.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of our era are exact in f64")]
fn offset_of(name: &str, at: Millis) -> Option<Millis> {
    let options = Object::new();
    Reflect::set(&options, &"timeZone".into(), &name.into()).ok()?;
    Reflect::set(&options, &"timeZoneName".into(), &"longOffset".into()).ok()?;
    let locales = Array::of1(&"en".into());
    // Through Reflect, because the binding's constructor throws for an unknown zone instead of returning the error.
    let constructor: js_sys::Function =
        Reflect::get(&Reflect::get(&js_sys::global(), &"Intl".into()).ok()?, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    let format: Intl::DateTimeFormat = Reflect::construct(&constructor, &Array::of2(&locales, &options)).ok()?.unchecked_into();
    let text = format.format().call1(&JsValue::UNDEFINED, &Date::new(&JsValue::from_f64(at as f64))).ok()?.as_string()?;
    let (_, offset) = text.rsplit_once("GMT")?;
    if offset.is_empty() {
        return Some(0);
    }
    let sign = if offset.starts_with(['-', '−']) { -1 } else { 1 };
    let (hours, minutes) = offset.get(offset.find(|c: char| c.is_ascii_digit())?..)?.split_once(':')?;
    Some(sign * (hours.parse::<Millis>().ok()? * 60 + minutes.get(..2)?.parse::<Millis>().ok()?) * MINUTE)
}
