//! Blends colours with straight (not premultiplied) alpha, as in the `ImageData` of a canvas.

/// A colour with its opacity: red, green, blue, alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint(pub [u8; 4]);

/// Blends `paint` over `pixel`. `coverage` is the covered part of the pixel, 0 to 256.
#[inline]
pub fn blend(pixel: &mut [u8; 4], Paint(paint): Paint, coverage: u32) {
    let [red, green, blue, opacity] = paint;
    let alpha = (u32::from(opacity) * coverage + 128) >> 8;
    match (alpha, pixel[3]) {
        (0, _) => {}
        (255, _) => *pixel = [red, green, blue, 255],
        (_, 0) => *pixel = [red, green, blue, alpha as u8],
        (_, 255) => {
            let rest = 255 - alpha;
            let mixed = |over: u8, under: u8| by_255(u32::from(over) * alpha + u32::from(under) * rest) as u8;
            *pixel = [mixed(red, pixel[0]), mixed(green, pixel[1]), mixed(blue, pixel[2]), 255];
        }
        (_, below) => {
            // The remaining alpha of the colour below; both colours are then mixed by their alphas.
            let rest = by_255(u32::from(below) * (255 - alpha));
            let whole = alpha + rest;
            let mixed = |over: u8, under: u8| ((u32::from(over) * alpha + u32::from(under) * rest + whole / 2) / whole) as u8;
            *pixel = [mixed(red, pixel[0]), mixed(green, pixel[1]), mixed(blue, pixel[2]), whole as u8];
        }
    }
}

/// Divides by 255, rounded; exact up to 255 * 255.
#[inline]
fn by_255(product: u32) -> u32 {
    let sum = product + 128;
    (sum + (sum >> 8)) >> 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_is_exact() {
        assert!((0..=255 * 255).all(|product| by_255(product) == (product * 2 + 255) / 510));
    }

    #[test]
    fn translucent_paint_is_mixed_with_the_colour_below() {
        let mut pixel = [0; 4];
        blend(&mut pixel, Paint([200, 0, 0, 255]), 128);
        assert_eq!(pixel, [200, 0, 0, 128]);
        blend(&mut pixel, Paint([0, 0, 200, 255]), 128);
        assert_eq!(pixel, [67, 0, 133, 192], "a third of the colour comes from below");
        blend(&mut pixel, Paint([0, 200, 0, 255]), 256);
        assert_eq!(pixel, [0, 200, 0, 255]);
        blend(&mut pixel, Paint([255, 255, 255, 51]), 256);
        assert_eq!(pixel, [51, 211, 51, 255]);
        blend(&mut pixel, Paint([0, 0, 0, 255]), 0);
        assert_eq!(pixel, [51, 211, 51, 255]);
    }
}
