// Every page that has something to show, by the name of its picture.
export const PLACES = [
  ["overview", "/"],
  ["features", "/features"],
  ["feature", "/features/support/answer-drafts?range=30d"],
  ["explore", "/explore?range=30d&by=model"],
  ["calls", "/calls"],
  ["alerts", "/alerts"],
  ["unattributed", "/unattributed"],
  ["prices", "/prices"],
  ["audit", "/audit?range=90d"],
  ["health", "/health"],
  ["me", "/me"],
];

// The page of a call that cost something.
export const aCall = async (page) => {
  await page.goto("/calls?feature=chat&outcome=completed&model=gpt-5.4-mini");
  return page.locator("table.calls tbody th a").first().getAttribute("href");
};

// Once its figures have come.
export const at = async (page, path) => {
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
};
