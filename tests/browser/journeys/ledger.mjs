import assert from "node:assert/strict";
import { asked, flag, shown } from "../flags.mjs";

const NAME = "stock-alerts";

export default async ({ world, act, visit }) => {
  const visitor = await visit();
  const { page } = visitor;
  await act("apply", flag(NAME));
  await visitor.signIn(world.tokens.admin);
  const spend = page.locator("#part-spend");
  await spend.getByText("This month").waitFor();
  await page.evaluate(() => (window.sameDocument = true));

  await act("postgres goes");
  const missing = spend.getByRole("status");
  await missing.filter({ hasText: "No figures" }).waitFor();
  await visitor.isUsableByAll("without a ledger");
  await visitor.picture("ledger-away");
  // a part of its own: it may come a moment later
  await page.locator("#part-attention").getByText(/rows wait on spools/).waitFor();
  for (const path of ["/features", "/alerts", "/health", "/explore", "/calls", "/audit", "/prices", "/unattributed", "/me"]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await visitor.isUsableByAll(`${path} without a ledger`);
  }
  await page.goto("/features");
  await page.getByRole("row").filter({ hasText: NAME }).getByText("On", { exact: false }).first().waitFor();

  await shown(page, NAME, "On");
  const dialog = await asked(page, "off");
  await dialog.getByLabel(/Why/).fill("without a ledger");
  await dialog.getByRole("button", { name: `Turn ${NAME} off` }).click();
  await shown(page, NAME, "Off");
  await page.locator("#part-state", { hasText: "2/2 sidecars" }).waitFor();
  assert.equal(await act("call", { feature: NAME }), 403);

  await page.goto("/");
  await page.evaluate(() => (window.sameDocument = true));
  await missing.filter({ hasText: "No figures" }).waitFor();
  await act("postgres comes");
  await spend.getByText("This month").waitFor();
  assert.ok(await page.evaluate(() => window.sameDocument), "figures came back by themselves");
};
