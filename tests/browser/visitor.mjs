// Somebody at a browser: Debian's Chromium with nothing kept from before. What the browser itself complains of (errors of scripts, of
// the console's Content-Security-Policy, of what was loaded) is a fault of the page.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";

const modules = createRequire(process.env.BROWSER_MODULES + "/");
const { chromium } = modules("playwright-core");
const axe = modules("axe-core").source;

// Far beyond what is expected: a busy machine must not fail a test.
const PATIENCE = 40_000;
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

export class Visitor {
  static async open(world, { dark = false, phone = false, script = true } = {}) {
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--disable-gpu", "--disable-dev-shm-usage"] });
    const context = await browser.newContext({
      baseURL: world.console,
      colorScheme: dark ? "dark" : "light",
      javaScriptEnabled: script,
      locale: "en-GB",
      timezoneId: "UTC",
      reducedMotion: "reduce",
      deviceScaleFactor: phone ? 2 : 1,
      viewport: phone ? PHONE : DESK,
      ...(phone && { isMobile: true, hasTouch: true }),
      permissions: ["clipboard-read", "clipboard-write"],
    });
    context.setDefaultTimeout(PATIENCE);
    return new Visitor(world, browser, await context.newPage());
  }

  constructor(world, browser, page) {
    Object.assign(this, { world, browser, page, faults: [], expected: [] });
    page.on("console", (said) => {
      if (["error", "warning"].includes(said.type())) this.faults.push(`${said.text()} (${said.location().url})`);
    });
    page.on("pageerror", (error) => this.faults.push(String(error.stack)));
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith("http") && origin !== world.console) this.faults.push(`something is loaded from ${origin}`);
    });
  }

  // What a browser complains of with reason, such as an answer of 403.
  expects(...patterns) {
    this.expected.push(...patterns);
  }

  sawNoFault() {
    const faults = this.faults.filter((fault) => !this.expected.some((pattern) => pattern.test(fault)));
    assert.deepEqual(faults, []);
  }

  // As a person does.
  async signIn(token, next = "/") {
    await this.page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await this.page.getByLabel("Kubernetes token").fill(token);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await this.page.waitForURL((url) => url.pathname + url.search === next);
  }

  // Whatever axe can find; `where` is said when it does. Run by the debugger, which no policy of the page binds.
  async isUsableByAll(where) {
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() =>
      window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
    );
    const told = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.slice(0, 4).map(({ html, failureSummary }) => `${html.slice(0, 300)} ${failureSummary}`),
    }));
    assert.deepEqual(told, [], where);
  }

  // Nothing of the page is beside the screen.
  async fits(where) {
    const [wide, room, beyond] = await this.page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      const scrolls = (node) => node && (["auto", "scroll", "hidden"].includes(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
      const beyond = [...document.body.querySelectorAll("*")].filter(
        (node) => node.getBoundingClientRect().right > room + 1 && !scrolls(node.parentElement),
      );
      return [document.documentElement.scrollWidth, room, beyond.slice(0, 5).map((node) => node.outerHTML.slice(0, 200))];
    });
    assert.ok(wide <= room, `${where}: ${wide} px on a screen of ${room}: ${beyond.join("\n")}`);
  }

  // A picture, where somebody wants some (PICTURES names a folder).
  async picture(name, options = {}) {
    if (!process.env.PICTURES) return;
    await this.page.evaluate(() => document.fonts.ready);
    await this.page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), animations: "disabled", caret: "hide", ...options });
  }

  // For whoever must find out what went wrong.
  async seen() {
    const text = await this.page.evaluate(() => document.body.innerText).catch(String);
    return `--- ${this.page.url()} ---\n${text.slice(0, 6000)}\n--- faults ---\n${this.faults.join("\n")}`;
  }

  close() {
    return this.browser.close();
  }
}
