// Enhancements only: every page works without this file.
(function () {
  "use strict";

  const root = document.documentElement;

  function remember(key, value) {
    try {
      if (value === "") localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch (error) {
      // Storage switched off: the choice lasts until the next page.
    }
  }

  function setOrRemove(name, value) {
    if (value === "") root.removeAttribute(name);
    else root.setAttribute(name, value);
  }

  const announcer = document.querySelector("[data-announcer]");

  function announce(text) {
    if (announcer) announcer.textContent = text;
  }

  // Controls that would do nothing without this script come hidden.
  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

  // Text size: five steps, 0 is the reader's own default.
  const sizes = ["90%", "100%", "115%", "130%", "150%"];
  const steps = document.querySelectorAll("[data-text-step]");

  function textSize() {
    return Number(root.getAttribute("data-text-size") || 0);
  }

  function showTextSize() {
    for (const button of steps) {
      const step = Number(button.dataset.textStep);
      const used = step === 0 ? textSize() === 0 : Math.abs(textSize() + step - 1) > 2;
      // aria-disabled instead of disabled: the button must not lose the focus it was pressed with.
      button.setAttribute("aria-disabled", String(used));
    }
  }

  for (const button of steps) {
    button.addEventListener("click", function () {
      if (button.getAttribute("aria-disabled") === "true") return;
      const step = Number(button.dataset.textStep);
      const size = step === 0 ? 0 : textSize() + step;
      setOrRemove("data-text-size", size === 0 ? "" : String(size));
      remember("text-size", size === 0 ? "" : String(size));
      showTextSize();
      announce("Cỡ chữ " + sizes[size + 1]);
    });
  }
  showTextSize();

  // Colours: automatic follows the system.
  const themes = document.querySelectorAll("[data-theme-choice]");

  function showTheme() {
    const theme = root.getAttribute("data-theme") || "auto";
    for (const button of themes) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
    }
  }

  for (const button of themes) {
    button.addEventListener("click", function () {
      const theme = button.dataset.themeChoice === "auto" ? "" : button.dataset.themeChoice;
      setOrRemove("data-theme", theme);
      remember("theme", theme);
      showTheme();
      announce("Màu sắc: " + button.textContent);
    });
  }
  showTheme();

  // Folding panels: one at a time. Escape closes and gives the focus back; a click elsewhere closes the aids.
  const menuButton = document.querySelector(".menu__button");
  const aids = document.querySelector(".aids");

  if (menuButton) {
    menuButton.addEventListener("click", function () {
      const open = menuButton.getAttribute("aria-expanded") === "true";
      menuButton.setAttribute("aria-expanded", String(!open));
    });
    if (aids) {
      aids.addEventListener("toggle", function () {
        if (aids.open) menuButton.setAttribute("aria-expanded", "false");
      });
    }
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    if (aids && aids.open) {
      aids.open = false;
      aids.querySelector("summary").focus();
    } else if (menuButton && menuButton.getAttribute("aria-expanded") === "true") {
      menuButton.setAttribute("aria-expanded", "false");
      menuButton.focus();
    }
  });

  document.addEventListener("click", function (event) {
    if (aids && aids.open && !aids.contains(event.target)) aids.open = false;
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", function () {
      window.print();
    });
  }

  // On which day a sheet is printed nobody else knows.
  window.addEventListener("beforeprint", function () {
    const day = new Date().toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric" });
    for (const place of document.querySelectorAll("[data-printed]")) place.textContent = ", in ngày " + day;
  });

  // The button itself says that it worked; the clipboard may be refused, and then it says that.
  for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.textContent;
    button.addEventListener("click", async function () {
      let result = "Đã chép";
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch (error) {
        result = "Không chép được";
      }
      button.textContent = result;
      announce(result + ": " + button.dataset.copy);
      setTimeout(function () {
        button.textContent = label;
      }, 3000);
    });
  }

  // The register of documents: headings sort, a field and two lists narrow down. What is hidden stays in the page.
  const register = document.querySelector("[data-register]");
  if (register) {
    const body = register.tBodies[0];
    const rows = Array.from(body.rows);
    const tools = document.querySelector("[data-register-tools]");
    const words = tools.querySelector("input");
    const lists = tools.querySelectorAll("select");
    const count = tools.querySelector("[data-register-count]");

    // As people type without diacritics: "so y te" finds "Sở Y tế".
    function folded(text) {
      return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
    }

    function cellText(row, column) {
      return row.cells[column].textContent.trim();
    }

    function narrow() {
      const wanted = folded(words.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const text = folded(row.textContent);
        const fits = wanted.every((word) => text.includes(word));
        const listed = Array.from(lists).every((list) => !list.value || cellText(row, Number(list.dataset.column)) === list.value);
        row.hidden = !(fits && listed);
        if (!row.hidden) shown += 1;
      }
      count.textContent = shown + " trong " + rows.length + " văn bản";
    }

    for (const list of lists) {
      list.addEventListener("change", narrow);
    }
    words.addEventListener("input", narrow);
    // A form of its own would load the page anew.
    tools.addEventListener("submit", (event) => event.preventDefault());

    function sortKey(row, column) {
      const time = row.cells[column].querySelector("time");
      return time ? time.dateTime : cellText(row, column);
    }

    const headings = Array.from(register.tHead.rows[0].cells);

    // A heading is its own button: its name is read with each cell, and its arrow stays with its last word.
    for (const heading of headings) {
      const name = heading.textContent.trim();
      const button = document.createElement("button");
      const arrow = document.createElement("span");
      button.type = "button";
      button.className = "register__sort";
      button.append(name, arrow);
      arrow.setAttribute("aria-hidden", "true");
      arrow.textContent = "\u00a0↕";
      heading.replaceChildren(button);
      button.addEventListener("click", function () {
        const descending = heading.getAttribute("aria-sort") === "ascending";
        for (const other of headings) {
          other.removeAttribute("aria-sort");
          other.querySelector("span").textContent = "\u00a0↕";
        }
        heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
        arrow.textContent = descending ? "\u00a0↓" : "\u00a0↑";
        const column = heading.cellIndex;
        const order = rows.slice().sort(function (a, b) {
          return sortKey(a, column).localeCompare(sortKey(b, column), "vi", { numeric: true });
        });
        body.append(...(descending ? order.reverse() : order));
        announce("Xếp theo " + name + (descending ? ", giảm dần" : ", tăng dần"));
      });
    }
  }
})();
