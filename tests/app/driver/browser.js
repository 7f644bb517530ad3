// One Chromium for the run: pages opened, filled and examined as a person would find them.
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");
const serve = require("./lines.js");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
// What is asked of a page: everything; what depends on how it is laid out; what may differ in dark colours alone; what depends
// on how its pieces are put together.
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const colours = ["color-contrast", "link-in-text-block"];
const rules = {
  all: { type: "tag", values: tags },
  laid: { type: "rule", values: [...colours, "target-size", "scrollable-region-focusable"] },
  colours: { type: "rule", values: colours },
  frame: {
    type: "rule",
    values: ["heading-order", "page-has-heading-one", "empty-heading", "region", "bypass", "skip-link", "document-title", "html-has-lang",
      "landmark-one-main", "landmark-unique", "landmark-no-duplicate-main", "landmark-no-duplicate-banner",
      "landmark-no-duplicate-contentinfo", "landmark-main-is-top-level", "duplicate-id-aria", "aria-valid-attr-value", "label"],
  },
};
// --no-sandbox: Chromium refuses to run as root without it; it only ever opens our own pages. The others keep it from
// speaking to anybody else.
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

let browser;
const tabs = new Map(); // number -> { context, page, faults, scripts, scriptsOff }
let next = 1;
// The group of fields under a legend, or the page where none is named.
const within = (given) =>
  given.legend ? tab(given).page.getByRole("group", { name: given.legend }).first() : tab(given).page;
const tab = ({ tab }) => tabs.get(tab) ?? (() => { throw new Error(`there is no tab ${tab}`); })();

async function newTab({ width = 1280, height = 800, scripts = true, scheme = "light", cookies = [], origin }) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: "en-GB",
    serviceWorkers: "block",
  });
  if (cookies.length) await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: origin })));
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  const devtools = scripts ? null : await context.newCDPSession(page);
  const scriptsOff = async (value) => devtools?.send("Emulation.setScriptExecutionDisabled", { value });
  await scriptsOff(!scripts);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    // A page that answers 404 or 422 is no fault of the page.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) faults.push(message.text());
  });
  page.on("requestfailed", (request) => {
    // What a page has not loaded yet when the next one is opened is cut off: no fault of either.
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") faults.push(`${request.url()} was not loaded: ${why}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (origin && !["data:", "blob:", "about:"].includes(url.protocol) && url.origin !== origin) {
      faults.push(`asked somebody else: ${request.url()}`);
    }
  });
  page.on("response", (response) => {
    const main = response.request().isNavigationRequest();
    if (!main && response.status() >= 400) faults.push(`${response.url()} answered ${response.status()}`);
  });
  const number = next++;
  tabs.set(number, { context, page, faults, scripts, scriptsOff });
  return number;
}

// Without scripts a page is loaded as such; only afterwards may the examining scripts run in it. (The context's own
// switch cannot be turned back, so scripts are switched by the developer tools.)
async function examining(one, look) {
  await one.scriptsOff(false);
  try {
    return await look(one.page);
  } finally {
    await one.scriptsOff(!one.scripts);
  }
}

// What axe finds: the rule, what it asks, and where.
async function violations(page, only = rules.all) {
  await page.evaluate("window.axe ? 0 : 1") && (await page.evaluate(axe));
  const found = await page.evaluate(async (only) => {
    const done = await window.axe.run(document, { runOnly: only, resultTypes: ["violations"], preload: false });
    return done.violations.map(({ id, help, nodes }) => ({
      id, help, where: nodes.slice(0, 5).map((node) => `${node.target.join(" ")} ${node.html.slice(0, 200)}`),
    }));
  }, only);
  return found.map(({ id, help, where }) => `axe ${id}: ${help}\n    ${where.join("\n    ")}`);
}

// Whether the page scrolls sideways, and which elements stick out.
function sideways(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const name = (one) => one.tagName.toLowerCase() + (one.id ? `#${one.id}` : "") +
      (typeof one.className === "string" && one.className ? "." + one.className.trim().split(/\s+/).join(".") : "");
    const out = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > room + 0.5);
    const inner = out.filter((one) => !out.some((other) => other !== one && one.contains(other)));
    return [`scrolls sideways at ${window.innerWidth} px (${document.documentElement.scrollWidth} px wide): ` +
      inner.slice(0, 5).map(name).join(", ")];
  });
}

async function shot(page, file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file, fullPage: true });
}

serve({
  async launch({ executable }) {
    browser = await chromium.launch({ executablePath: executable, headless: true, args: flags });
    return browser.version();
  },
  tab: newTab,
  async open(given) {
    const answer = await tab(given).page.goto(given.url);
    return { status: answer?.status() ?? 0, url: tab(given).page.url() };
  },
  url: (given) => tab(given).page.url(),
  title: (given) => tab(given).page.title(),
  html: (given) => tab(given).page.content(),
  text: (given) => tab(given).page.locator("body").innerText(),
  fill: (given) => tab(given).page.getByLabel(given.label).fill(given.value),
  choose: (given) => within(given).getByLabel(given.label, { exact: true }).check(),
  tick: (given) => tab(given).page.getByRole("checkbox", { name: given.label }).check(),
  async select(given) {
    const list = tab(given).page.getByLabel(given.label);
    await list.selectOption(await list.locator("option", { hasText: given.option }).first().getAttribute("value"));
  },
  attach: (given) => tab(given).page.getByLabel(given.label).setInputFiles({
    name: given.name, mimeType: "application/octet-stream", buffer: Buffer.from(given.base64, "base64"),
  }),
  async date(given) {
    const group = within(given);
    for (const [label, value] of Object.entries(given.parts)) await group.getByLabel(label, { exact: true }).fill(value);
  },
  resize: (given) => tab(given).page.setViewportSize({ width: given.width, height: 800 }),
  async press(given) {
    const { page } = tab(given);
    await page.getByRole("button", { name: given.button }).first().click();
    await page.waitForLoadState("load");
    return page.url();
  },
  async follow(given) {
    const { page } = tab(given);
    await page.getByRole("link", { name: given.link }).first().click();
    await page.waitForLoadState("load");
    return page.url();
  },
  async key(given) {
    await tab(given).page.keyboard.press(given.key);
    // What has the focus now, as its words or its name.
    return tab(given).page.evaluate(() => document.activeElement?.innerText || document.activeElement?.getAttribute("name") || "");
  },
  visible: (given) => tab(given).page.locator(given.selector).first().isVisible(),
  evaluate: (given) => tab(given).page.evaluate(given.script),
  axe: (given) => examining(tab(given), (page) => violations(page)),
  sideways: (given) => examining(tab(given), sideways),
  shot: (given) => shot(tab(given).page, given.file),
  // The page as Chromium prints it, its headings as the outline of the file.
  pdf: async (given) =>
    (await tab(given).page.pdf({ preferCSSPageSize: true, outline: true, tagged: true })).toString("base64"),
  faults: (given) => tab(given).faults.splice(0),
  async close(given) {
    await tab(given).context.close();
    tabs.delete(given.tab);
  },

  // A page that a story has seen, shown once more as it was: `origin` serves its styles and scripts. It is loaded once
  // and looked at in each window: a width, light or dark. `altered` says whether scripts have made it another page.
  async examine({ tab: number, origin, at, status, headers, html, windows }) {
    const one = tab({ tab: number });
    const { page, faults } = one;
    const url = origin + at;
    await page.route((asked) => asked.href === url, (route) => route.fulfill({ status, headers, body: html }));
    try {
      faults.length = 0;
      await page.goto(url);
      const altered = one.scripts && (await page.evaluate((html) => {
        const bare = new DOMParser().parseFromString(html, "text/html");
        return bare.documentElement.outerHTML !== document.documentElement.outerHTML;
      }, html));
      const found = await examining(one, async (page) => {
        const seen = [];
        for (const { name, width, scheme, asked, file } of windows) {
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme: scheme });
          seen.push(...[...(await violations(page, rules[asked])), ...(await sideways(page))].map((fault) => `${name}: ${fault}`));
          if (file) await shot(page, file);
        }
        return seen;
      });
      return { found: [...found, ...faults], altered };
    } finally {
      await page.unrouteAll({ behavior: "ignoreErrors" });
    }
  },
}, async () => browser?.close());
