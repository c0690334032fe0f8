// Starts the app: a file, because the Content-Security-Policy allows no inline script. Meanwhile what the app will ask for first is
// already on its way.
const { js, wasm, ...files } = document.querySelector("script[data-wasm]").dataset;

const link = (attributes) => document.head.appendChild(Object.assign(document.createElement("link"), attributes));
const view = new URLSearchParams(location.search);
const dashboard = view.get("d");
const isDashboard = /^[\w-]+$/.test(dashboard ?? "");

// Answers for the app to take, by their address (src/state/early.rs).
window.early = {};
const ask = (href) => {
  // As long as the app waits itself (src/state/client.rs).
  const answer = window.early[href] = fetch(href, { signal: AbortSignal.timeout(40_000) });
  // The app asks again.
  answer.catch(() => {});
  return answer;
};
const file = isDashboard && ask(`dashboards/${dashboard}.json`);
// All other pages are in files of their own.
const page = isDashboard ? "" : view.get("page") ? "lists" : "overview";
// A fetch of the same address takes what this has brought.
files[page]?.split(" ").forEach((href) => link({ rel: "preload", as: "fetch", href, crossOrigin: "anonymous" }));

// What there is to choose for the first variable of a dashboard, in the last hour: all its panels wait for that. Asked for as
// src/state/variables.rs does, over whole blocks of five minutes; where the clocks differ the app asks anew.
const askChoices = (api, { variables }) => {
  const [, selector, label] = /^label_values\(([^$]+), (\w+)\)$/.exec(variables?.[0]?.query) ?? [];
  const block = 300 * Math.floor(Date.now() / 300_000);
  const hour = { start: block - 3_600, end: block + 300, "match[]": selector };
  if (label) ask(`${api}label/${label}/values?${new URLSearchParams(hour)}`);
};

// What the configuration says is asked for before the app has it.
window.early["config.json"] = ask("config.json").then(async (answer) => {
  const { sources, dashboards } = await answer.clone().json().catch(() => ({}));
  const api = `${(sources?.[0]?.url ?? "../prometheus/").replace(/\/*$/, "/")}api/v1/`;
  ask(`${api}rules?type=alert`);
  ask(`${api}targets?state=active`);
  const ids = dashboards?.map((entry) => entry.id ?? entry) ?? [];
  if (file && !view.has("from") && !view.has("to")) file.then((answer) => answer.clone().json()).then((dashboard) => askChoices(api, dashboard)).catch(() => {});
  if (page === "overview") ids.filter((id) => /^[\w-]+$/.test(id)).forEach((id) => ask(`dashboards/${id}.json`));
  return answer;
});
window.early["config.json"].catch(() => {});

// The style sheet of a file that is loaded on demand.
const style = (name) => files[`style${name[0].toUpperCase()}${name.slice(1)}`];
if (files.hands) window.loadStyle = (name) => new Promise((done, failed) => {
  const href = style(name);
  if (!href) return done();
  // An element whose style sheet has failed asks for it no more.
  const sheet = link({ rel: "stylesheet", href, onload: done, onerror: () => (sheet.remove(), failed()) });
});
if (files[page]) link({ rel: "preload", as: "style", href: style(page) });

try {
  const app = await import(js);
  const start = () => app.default({ module_or_path: wasm });
  // A phone that changes networks loses what is on its way: try once more.
  await start().catch(start);
} catch (error) {
  // A panic has told its own story; anything else means that a file did not arrive.
  console.error(error);
  document.getElementById("loading")?.remove();
  document.getElementById("stopped").hidden = false;
}
