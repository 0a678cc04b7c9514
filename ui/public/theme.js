// Runs before the first paint, so that a dark page never flashes white.
(() => {
  const root = document.documentElement;
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("threadline-theme") || "auto";
  } catch {
    // A browser that keeps nothing follows the system.
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.setAttribute("data-mantine-color-scheme", chosen === "dark" || (chosen !== "light" && dark) ? "dark" : "light");
})();
