// Parses the numbers on screen, as an independent check of the app's formatting.
import type { Field, Mapping } from './app';

/** Missing values are written as this dash. */
const MISSING = '–';

const PREFIXES: Record<string, number> = { K: 1e3, Mil: 1e6, Bil: 1e9, Tri: 1e12 };
const COUNTS: Record<string, number> = { '': 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
const SI = ['', 'k', 'M', 'G', 'T'];
const IEC = ['', 'Ki', 'Mi', 'Gi', 'Ti'];
const TIMES: Record<string, number> = { y: 31_536_000, d: 86_400, h: 3_600, min: 60, s: 1, ms: 1e-3, 'µs': 1e-6, ns: 1e-9 };

/** The factor of a suffix, in the unit of the value. */
function factor(suffix: string, unit: string): number | undefined {
  switch (unit) {
    case 'none':
    case 'short':
      return suffix === '' ? 1 : PREFIXES[suffix];
    case 'percent':
      return suffix === '%' ? 1 : undefined;
    case 'percentunit':
      return suffix === '%' ? 0.01 : undefined;
    case 'bytes':
      return power(IEC, 1024, suffix, 'B');
    case 'gbytes':
      return power(IEC, 1024, suffix, 'B') / 1024 ** 3;
    case 'decbytes':
      return power(SI, 1000, suffix, 'B');
    case 'Bps':
      return power(SI, 1000, suffix, 'B/s');
    case 'bps':
      return power(SI, 1000, suffix, 'b/s');
    case 'reqps':
      return COUNTS[suffix.replace(/ ?req\/s$/, '')];
    case 'celsius':
      return suffix === '°C' ? 1 : undefined;
    case 's':
      return TIMES[suffix];
    case 'ms':
      return TIMES[suffix] && TIMES[suffix] * 1e3;
    default:
      // Any other unit is a suffix.
      return suffix === unit.replace(/^suffix:/, '') ? 1 : undefined;
  }
}

function power(prefixes: string[], base: number, suffix: string, unit: string): number {
  const exponent = prefixes.findIndex((prefix) => prefix + unit === suffix);
  return exponent < 0 ? NaN : base ** exponent;
}

/** Why `text` is not a correct way to write `value`; undefined if it is one. */
export function mistake(text: string, value: number | undefined, field: Field = {}): string | undefined {
  const wrong = `“${text}” stands for ${value} ${field.unit ?? ''}`;
  const mapping = field.mappings?.find((mapping) => holds(mapping, value));
  if (mapping) {
    const words = typeof mapping.text === 'string' ? mapping.text : mapping.text.en;
    return text === words ? undefined : wrong;
  }
  if (value === undefined || Number.isNaN(value)) {
    return text === MISSING ? undefined : wrong;
  }
  const plain = text.replaceAll('−', '-').replaceAll('\u202f', '').replaceAll('\u00a0', ' ');
  return right(plain, value, field.unit ?? 'none') ? undefined : wrong;
}

/** A mapping applies to one value, to a range, or, with neither, to a missing value. */
function holds({ value: exact, from, to }: Mapping, value: number | undefined): boolean {
  if (value === undefined || Number.isNaN(value)) {
    return exact === undefined && from === undefined && to === undefined;
  }
  const isRange = from !== undefined || to !== undefined;
  return exact === undefined ? isRange && value >= (from ?? -Infinity) && value <= (to ?? Infinity) : value === exact;
}

function right(text: string, value: number, unit: string): boolean {
  if (!Number.isFinite(value)) {
    return text === (value > 0 ? '∞' : '-∞');
  }
  if (unit === 'dtdurations') {
    const parts = [...text.matchAll(/([\d.]+) (y|d|h|min|s|ms|µs)/g)].map(([, count, suffix]) => [Number(count), TIMES[suffix]]);
    const sum = parts.reduce((sum, [count, length]) => sum + count * length, 0);
    // Truncated after its last part, and rounded to whole seconds before that.
    const smallest = Math.min(...parts.map(([, length]) => length));
    return value >= sum - 0.5 && value <= sum + (parts.length > 1 || smallest > 60 ? 60 * smallest : smallest);
  }
  const parts = /^(-?[\d]+(?:\.(\d+))?) ?(\D*)$/.exec(text);
  const by = parts && factor(parts[3], unit);
  if (!parts || !by) {
    return false;
  }
  // Rounded: never further off than half of its last digit.
  const half = 0.5 * 10 ** -(parts[2]?.length ?? 0);
  return Math.abs(Number(parts[1]) - value / by) <= half * (1 + 1e-6);
}
