// Starts the app: a file, because the Content-Security-Policy allows no inline script. Meanwhile what the app will ask for first is
// already on its way.
const { js, wasm, ...files } = document.querySelector("script[data-wasm]").dataset;

const link = (attributes) => document.head.appendChild(Object.assign(document.createElement("link"), attributes));
// A fetch of the same address takes what this has brought.
const early = (href) => link({ rel: "preload", as: "fetch", href, crossOrigin: "anonymous" });
const view = new URLSearchParams(location.search);
const dashboard = view.get("d");
const isDashboard = /^[\w-]+$/.test(dashboard ?? "");
if (isDashboard) early(`dashboards/${dashboard}.json`);
// All other pages are in files of their own.
const page = isDashboard ? "" : view.get("page") ? "lists" : "overview";
files[page]?.split(" ").forEach(early);

// The app takes the configuration from here: what it says is to be asked for early, too.
window.configuration = fetch("config.json");
window.configuration.then((answer) => answer.clone().json()).catch(() => ({})).then(({ sources, dashboards }) => {
  const api = `${(sources?.[0]?.url ?? "../prometheus/").replace(/\/*$/, "/")}api/v1/`;
  early(`${api}rules?type=alert`);
  early(`${api}targets?state=active`);
  const ids = dashboards?.map((entry) => entry.id ?? entry) ?? [];
  if (page === "overview") ids.filter((id) => /^[\w-]+$/.test(id)).forEach((id) => early(`dashboards/${id}.json`));
});

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
