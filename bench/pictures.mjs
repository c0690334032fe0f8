// Checks that two charts show the same, so that no library is faster because it draws less.

/** The allowed distance between the ink of two charts, px: uPlot rounds to whole pixels. */
const REACH = 2;
/** The allowed share of ink that is further away. */
const ASTRAY = 0.005;
/** The allowed difference of the total amount of ink, as a share. */
const DIFFERENCE = 0.15;

/** The amount of a series' ink at a pixel, 0 to 255. Grey pixels are grid and text, and do not count. */
function ink({ width, data }, x, y) {
  const at = 4 * (y * width + x);
  const [red, green, blue, alpha] = [data[at], data[at + 1], data[at + 2], data[at + 3]];
  return Math.max(red, green, blue) - Math.min(red, green, blue) > 60 ? alpha : 0;
}

/** The share of the solid ink of `one` that has no ink of `other` near it, and the amount of ink of `one`. */
function stray(one, other, [left, top, right, bottom]) {
  const inside = (x, y) => x >= left && x < right && y >= top && y < bottom;
  const near = (x, y) => {
    for (let dy = -REACH; dy <= REACH; dy += 1) {
      for (let dx = -REACH; dx <= REACH; dx += 1) {
        if (inside(x + dx, y + dy) && ink(other, x + dx, y + dy) > 40) {
          return true;
        }
      }
    }
    return false;
  };
  let [solid, astray, all] = [0, 0, 0];
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const here = ink(one, x, y);
      all += here / 255;
      if (here > 128) {
        solid += 1;
        astray += near(x, y) ? 0 : 1;
      }
    }
  }
  return { share: solid === 0 ? 1 : astray / solid, all };
}

/** The differences, as sentences. */
export function compare(ours, theirs, layout) {
  const plot = layout.map(Math.round);
  const missing = stray(theirs, ours, plot);
  const added = stray(ours, theirs, plot);
  const faults = [];
  if (missing.share > ASTRAY) {
    faults.push(`${(missing.share * 100).toFixed(1)} % of uPlot's ink is missing from ours`);
  }
  if (added.share > ASTRAY) {
    faults.push(`${(added.share * 100).toFixed(1)} % of our ink is where uPlot has none`);
  }
  if (Math.abs(added.all / missing.all - 1) > DIFFERENCE) {
    faults.push(`ours has ${added.all.toFixed(0)} px of ink, uPlot ${missing.all.toFixed(0)}`);
  }
  return faults;
}
