import assert from "node:assert/strict";
import { flag, shown } from "../flags.mjs";

const NAME = "returns";

// As somebody goes on with Tab until it is there.
const tabTo = async (page, target) => {
  for (let step = 0; step < 80; step++) {
    if (await target.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not come to ${target}`);
};

export default async ({ world, act, visit }) => {
  const visitor = await visit();
  const { page } = visitor;
  await act("apply", flag(NAME));
  await page.goto("/sign-in");
  // the cursor is there already
  await page.keyboard.insertText(world.tokens.admin);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();

  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await page.getByRole("heading", { level: 1, name: "Explore" }).waitFor();
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.form?.className), "filters");

  await page.keyboard.press("Escape");
  await shown(page, NAME, "On");
  const turn = page.locator("#part-state").getByRole("link", { name: "Turn off…" });
  const dialog = page.getByRole("dialog");
  await tabTo(page, turn);
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.ok(await turn.evaluate((node) => node === document.activeElement), "back where one was");

  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await tabTo(page, dialog.getByLabel(/Why/));
  await page.keyboard.insertText("by hand");
  await page.keyboard.press("Enter");
  await shown(page, NAME, "Off");
  await tabTo(page, page.getByRole("button", { name: "Undo" }));
  await page.keyboard.press("Enter");
  await shown(page, NAME, "On");
};
