// Light or dark before the first paint: the URL, what this browser remembers, the system. The app takes over from here
// (src/state/theme.rs) and also knows config.json.
(() => {
  let chosen = new URLSearchParams(location.search).get("theme");
  try {
    chosen ??= localStorage.getItem("utkik.theme");
  } catch {
    // A frame without storage remembers nothing.
  }
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
