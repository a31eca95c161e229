// What pages do beyond being read: figures that move, changes in a dialog, a stretch of a chart that is chosen, a key or two.
// Every page works without it.
"use strict";
(() => {
  const policy = window.trustedTypes
    ? window.trustedTypes.createPolicy("tollgate", { createHTML: (html) => html })
    : { createHTML: (html) => html };
  // Pages of our own server, which has escaped them.
  const parse = (html) => new DOMParser().parseFromString(policy.createHTML(html), "text/html");

  // Makes `old` what `next` is, and touches nothing that is so already: focus and selection stay.
  const become = (old, next) => {
    if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName) {
      old.replaceWith(next.cloneNode(true));
      return;
    }
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
      return;
    }
    for (const { name } of [...old.attributes]) {
      // what a reader opened stays open
      if (!next.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    const olds = [...old.childNodes];
    const nexts = [...next.childNodes];
    nexts.forEach((child, at) => {
      if (olds[at]) become(olds[at], child);
      else old.append(child.cloneNode(true));
    });
    olds.slice(nexts.length).forEach((child) => child.remove());
  };

  // What is there to be copied can be, where the browser allows it.
  const copyable = (root) => {
    if (!navigator.clipboard) return;
    for (const block of root.querySelectorAll("pre.code:not(:has(button))")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      block.append(button);
    }
  };
  copyable(document);

  // Figures that changed come as they change. A hidden tab asks for nothing.
  let source = null;
  let heard = 0;
  const live = document.getElementById("live");
  const listen = () => {
    if (source || document.hidden || !document.body.hasAttribute("data-live")) return;
    source = new EventSource(location.pathname + location.search);
    source.addEventListener("part", ({ data }) => {
      const end = data.indexOf("\n");
      const part = document.getElementById("part-" + data.slice(0, end));
      if (!part) return;
      const next = part.cloneNode(false);
      next.append(...parse(data.slice(end + 1)).body.childNodes);
      copyable(next);
      become(part, next);
    });
    source.addEventListener("beat", ({ data }) => {
      heard = Date.now();
      if (live) {
        live.textContent = "live · " + data;
        live.classList.add("now");
        live.classList.remove("late");
      }
    });
  };
  const rest = () => {
    if (source) source.close();
    source = null;
  };
  setInterval(() => {
    if (live && source && heard && Date.now() - heard > 10000) {
      live.classList.remove("now");
      live.classList.add("late");
      live.textContent = "not live for " + Math.round((Date.now() - heard) / 1000) + " s";
    }
  }, 1000);
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", listen);
  listen();

  // A change is asked for in a dialog. Without one its page is the same.
  const dialog = document.getElementById("dialog");
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-dialog]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (link && dialog && plain) {
      event.preventDefault();
      const answer = await fetch(link.href);
      const main = answer.ok && parse(await answer.text()).getElementById("main");
      if (!main) {
        location.assign(link.href);
        return;
      }
      dialog.replaceChildren(...main.childNodes);
      copyable(dialog);
      dialog.showModal();
      dialog.addEventListener("close", () => link.focus(), { once: true });
      return;
    }
    if (dialog && dialog.open && event.target.closest("a[data-close]")) {
      event.preventDefault();
      dialog.close();
    }
    // a click beside it leaves it
    if (event.target === dialog) dialog.close();
    const copy = event.target.closest("button.copy");
    if (copy) {
      await navigator.clipboard.writeText(copy.parentElement.querySelector("code").textContent);
      copy.textContent = "Copied";
    }
  });
  // A stretch of a chart that is drawn over becomes the page's time.
  let began = null;
  const bar = (event) => event.target.closest && event.target.closest(".plot a[data-from]");
  document.addEventListener("pointerdown", (event) => {
    began = event.button === 0 && event.pointerType !== "touch" ? bar(event) : null;
  });
  document.addEventListener("dragstart", (event) => {
    if (bar(event)) event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    const over = began && bar(event);
    if (!over || over.parentNode !== began.parentNode) return;
    const bars = [...began.parentNode.querySelectorAll("a[data-from]")];
    const [first, last] = [bars.indexOf(began), bars.indexOf(over)].sort((a, b) => a - b);
    bars.forEach((one, at) => one.classList.toggle("chosen", first !== last && at >= first && at <= last));
  });
  document.addEventListener("pointerup", (event) => {
    const over = began && bar(event);
    if (over && over !== began && over.parentNode === began.parentNode) {
      const [first, last] = [began, over].sort((a, b) => (a.dataset.from < b.dataset.from ? -1 : 1));
      const to = new URL(location.href);
      to.searchParams.delete("range");
      to.searchParams.delete("step");
      to.searchParams.set("from", first.dataset.from);
      to.searchParams.set("until", last.dataset.until);
      if (to.pathname === "/") to.pathname = "/explore";
      location.assign(to);
    }
    began = null;
  });

  // Keys: g and a letter goes to a page, / to the first filter.
  const places = { o: "/", f: "/features", e: "/explore", c: "/calls", a: "/alerts", u: "/unattributed", p: "/prices", h: "/health" };
  let going = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
    if (going && places[event.key]) location.assign(places[event.key]);
    if (event.key === "/") {
      const filter = document.querySelector("form.filters input[type=text]");
      if (filter) {
        event.preventDefault();
        filter.focus();
      }
    }
    going = event.key === "g";
  });
})();
