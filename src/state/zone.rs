//! Time zones, with offsets from the browser.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use model::time::{MINUTE, Millis, Zone};
use model::view_state::ZoneName;
use wasm_bindgen::{JsCast, JsValue};

/// A time zone whose offsets the browser knows.
#[derive(Clone, Debug)]
pub struct BrowserZone {
    name: ZoneName,
    /// For an IANA zone. Kept, because creating a formatter takes longer than using it hundreds of times.
    offsets: Option<OffsetFormat>,
}

/// Two zones are the same if they have the same name: their formatters are made from it.
impl PartialEq for BrowserZone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl BrowserZone {
    /// The zone `name`; the browser's own if there is no such zone.
    pub fn named(name: ZoneName) -> Self {
        let offsets = match &name {
            ZoneName::Iana(iana) => OffsetFormat::of(iana),
            _ => None,
        };
        let exists = offsets.is_some() || !matches!(name, ZoneName::Iana(_));
        Self { name: if exists { name } else { ZoneName::Browser }, offsets }
    }

    /// Whether it is the zone `name`, and not the browser's zone in its place.
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
            ZoneName::Iana(_) => self.offsets.as_ref().and_then(|offsets| offsets.at(at)).unwrap_or(0),
        }
    }
}

/// The browser's formatter of an IANA zone's offsets: its bound `format` function.
#[derive(Clone, Debug)]
struct OffsetFormat(Function);

impl OffsetFormat {
    /// `None` if the browser knows no such zone.
    fn of(name: &str) -> Option<Self> {
        let options = Object::new();
        Reflect::set(&options, &"timeZone".into(), &name.into()).ok()?;
        Reflect::set(&options, &"timeZoneName".into(), &"longOffset".into()).ok()?;
        let locales = Array::of1(&"en".into());
        // Through Reflect, because the binding's constructor throws for an unknown zone instead of returning the error.
        let constructor: Function =
            Reflect::get(&Reflect::get(&js_sys::global(), &"Intl".into()).ok()?, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
        let format: Intl::DateTimeFormat = Reflect::construct(&constructor, &Array::of2(&locales, &options)).ok()?.unchecked_into();
        Some(Self(format.format()))
    }

    /// The offset at a time, from the `GMT+02:00` that the browser formats.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of our era are exact in f64")]
    fn at(&self, at: Millis) -> Option<Millis> {
        let text = self.0.call1(&JsValue::UNDEFINED, &Date::new(&JsValue::from_f64(at as f64))).ok()?.as_string()?;
        let (_, offset) = text.rsplit_once('T')?;
        if offset.is_empty() {
            return Some(0);
        }
        let sign = if offset.starts_with(['-', '−']) { -1 } else { 1 };
        let (hours, minutes) = offset.get(offset.find(|c: char| c.is_ascii_digit())?..)?.split_once(':')?;
        Some(sign * (hours.parse::<Millis>().ok()? * 60 + minutes.get(..2)?.parse::<Millis>().ok()?) * MINUTE)
    }
}
