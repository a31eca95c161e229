import assert from "node:assert/strict";
import { asked, flag, shown } from "../flags.mjs";

const NAME = "gift-notes";

export default async ({ world, act, visit }) => {
  const visitor = await visit();
  const { page } = visitor;
  visitor.expects(/status of 409/);
  await act("apply", flag(NAME));
  await visitor.signIn(world.tokens.admin);
  await shown(page, NAME, "On");
  const dialog = await asked(page, "off");
  await dialog.getByLabel(/Why/).fill("it is slow");
  await dialog.getByRole("button", { name: `Turn ${NAME} off` }).click();
  const undo = page.getByRole("button", { name: "Undo" });
  await undo.waitFor();

  // somebody else turns it on, past the console
  await act("apply", flag(NAME, { metadata: { annotations: { "tollgate.dev/reason": "we have fixed it" } } }));
  await shown(page, NAME, "On");
  // the way back that is still shown to somebody
  await undo.click();
  const told = page.getByRole("alert");
  await told.filter({ hasText: "Somebody has changed the flag" }).waitFor();
  await told.filter({ hasText: "we have fixed it" }).waitFor();
  await visitor.isUsableByAll("a conflict");
  const { spec } = await act("get", { kind: "featureflag", namespace: "shop", name: NAME });
  assert.equal(spec.enabled, true);

  // the same for whoever asked before, and answers after
  await page.getByRole("link", { name: "Back to the feature" }).click();
  const second = await asked(page, "off");
  await second.getByLabel(/Why/).fill("it is slow");
  await act("apply", flag(NAME, { spec: { description: "gifts" } }));
  await second.getByRole("button", { name: `Turn ${NAME} off` }).click();
  await told.filter({ hasText: "Somebody has changed the flag" }).waitFor();
};
