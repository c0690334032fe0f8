// Sets the theme before the first paint: from the URL, else from localStorage, else from the system. The app takes over later
// (src/state/theme.rs) and also reads config.json.
(() => {
  let chosen = new URLSearchParams(location.search).get("theme");
  try {
    chosen ??= localStorage.getItem("utkik.theme");
  } catch {
    // An iframe may have no access to localStorage.
  }
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
