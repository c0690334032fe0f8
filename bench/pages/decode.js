// Runs both decoders in turn, on the same bytes, to the same columns.
import start, { decode } from './utkik_bench.js';

const ready = start();

/** What a page without our decoder does: decode the text, parse it into objects, and fill columns of numbers. */
function decodeByHand(bytes, { start, step, len }) {
  const { status, data } = JSON.parse(new TextDecoder().decode(bytes));
  if (status !== 'success') {
    throw new Error(status);
  }
  return data.result.map(({ metric, values }) => {
    const column = new Float64Array(len).fill(NaN);
    for (const [seconds, text] of values) {
      column[Math.round((seconds * 1000 - start) / step)] = parseFloat(text);
    }
    return { metric, column };
  });
}

/** The allowed relative difference: our decoder is not exact in the last bit of numbers with 17 digits. */
const TOLERANCE = 1e-12;

function check(ours, theirs, samples) {
  const alike = (one, other) => Math.abs(one - other) <= TOLERANCE * Math.abs(other) || one === other || (Number.isNaN(one) && Number.isNaN(other));
  theirs.forEach(({ column }, at) => {
    if (!ours.column(at).every((value, index) => alike(value, column[index]))) {
      throw new Error(`the two decoders give different columns: ${ours.column(at)} and ${column}`);
    }
  });
  if (ours.samples() !== samples || ours.column(theirs.length).length > 0) {
    throw new Error(`ours has ${ours.samples()} of ${samples} samples`);
  }
}

function timed(work) {
  const before = performance.now();
  const columns = work();
  return { time: performance.now() - before, columns };
}

globalThis.measure = async ({ grid, samples, warmUps, repetitions }) => {
  await ready;
  const bytes = new Uint8Array(await (await fetch('answer.json')).arrayBuffer());
  const { start, step, len } = grid;
  const times = { ours: [], theirs: [] };
  for (let round = -warmUps; round < repetitions; round += 1) {
    const ours = timed(() => decode(bytes, start, step, len));
    const theirs = timed(() => decodeByHand(bytes, grid));
    if (round < 0) {
      check(ours.columns, theirs.columns, samples);
    } else {
      times.ours.push(ours.time);
      times.theirs.push(theirs.time);
    }
    ours.columns.free();
  }
  return times;
};
