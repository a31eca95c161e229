import assert from "node:assert/strict";
import { asked, flag, shown } from "../flags.mjs";

const NAME = "wish-list";

export default async ({ world, act, visit }) => {
  const visitor = await visit();
  const { page } = visitor;
  await act("apply", flag(NAME));
  for (let call = 0; call < 3; call++) assert.equal(await act("call", { feature: NAME }), 200);
  await visitor.signIn(world.tokens.admin);
  await shown(page, NAME, "On");
  await page.locator("#part-state", { hasText: "2/2 sidecars" }).waitFor();
  await page.locator("#part-figures").getByRole("link", { name: "3", exact: true }).waitFor();

  const dialog = await asked(page, "off");
  assert.match(await dialog.locator(".preview").innerText(), /3 calls/);
  await visitor.isUsableByAll("the dialog");
  // no reason, no change
  await dialog.getByRole("button", { name: `Turn ${NAME} off` }).click();
  assert.ok(await dialog.getByLabel(/Why/).evaluate((field) => field.validity.valueMissing));
  await dialog.getByLabel(/Why/).fill("the model answers nonsense");
  await dialog.getByRole("button", { name: `Turn ${NAME} off` }).click();

  const told = page.getByRole("status").filter({ hasText: "Turned off" });
  await told.filter({ hasText: "Held by 2 of 2 sidecars" }).waitFor();
  await shown(page, NAME, "Off");
  await visitor.isUsableByAll("after the change");
  for (const refused of Object.values(await act("sdk", { feature: NAME }))) {
    assert.equal(refused.exception, "PermissionDeniedError", JSON.stringify(refused));
    assert.match(refused.message, /The feature "wish-list" is switched off at the moment/);
  }

  await told.getByRole("button", { name: "Undo" }).click();
  await shown(page, NAME, "On");
  await page.locator("#part-state", { hasText: "2/2 sidecars" }).waitFor();
  assert.equal(await act("call", { feature: NAME }), 200);
  const { metadata } = await act("get", { kind: "featureflag", namespace: "shop", name: NAME });
  assert.ok(metadata.managedFields.some(({ manager }) => manager === "tollgate-console"));

  await page.goto(`/audit?flag=${NAME}`);
  const row = page.getByRole("row").filter({ hasText: "the model answers nonsense" });
  await row.filter({ hasText: "enabled: false" }).waitFor();
};
