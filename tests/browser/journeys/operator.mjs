import assert from "node:assert/strict";
import { asked, flag, shown } from "../flags.mjs";

const NAME = "bundles";

export default async ({ world, act, visit }) => {
  const visitor = await visit();
  const { page } = visitor;
  await act("apply", flag(NAME));
  await visitor.signIn(world.tokens.admin);
  await shown(page, NAME, "On");
  await page.locator("#part-state", { hasText: "2/2 sidecars" }).waitFor();
  assert.equal(await act("call", { feature: NAME }), 200);

  await act("operator goes");
  const dialog = await asked(page, "off");
  await dialog.getByLabel(/Why/).fill("while nobody pushes");
  await dialog.getByRole("button", { name: `Turn ${NAME} off` }).click();
  const told = page.getByRole("status").filter({ hasText: "Turned off" });
  await told.filter({ hasText: "The operator has not said yet" }).waitFor();
  await page.locator("#part-state", { hasText: "waits for the operator" }).waitFor();
  await page.locator("#live.now").waitFor();

  await act("operator comes");
  await told.filter({ hasText: "Held by 2 of 2 sidecars" }).waitFor();
  await shown(page, NAME, "Off");
  assert.equal(await act("call", { feature: NAME }), 403);
};
