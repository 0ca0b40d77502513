// Runs before the first paint, so it stays tiny: marks that scripts run and restores the reader's choices.
// Storage may be switched off; then the page simply looks as the system prefers.
(function (root) {
  "use strict";
  root.setAttribute("data-js", "");
  // Should the other script not arrive, the page goes back to what works without it.
  addEventListener("error", function (event) {
    if (event.target.tagName === "SCRIPT") root.removeAttribute("data-js");
  }, true);
  try {
    var theme = localStorage.getItem("theme");
    var size = localStorage.getItem("text-size");
    if (/^(light|dark|contrast)$/.test(theme)) root.setAttribute("data-theme", theme);
    if (/^(-1|1|2|3)$/.test(size)) root.setAttribute("data-text-size", size);
  } catch (error) {
    // Nothing remembered, nothing to restore.
  }
})(document.documentElement);
