import assert from "node:assert/strict";
import { asked, flag, shown } from "../flags.mjs";

const NAME = "size-advice";
const LABELS = { "kustomize.toolkit.fluxcd.io/name": "apps" };

export default async ({ world, act, visit }) => {
  const visitor = await visit();
  const { page } = visitor;
  await act("apply", flag(NAME, { metadata: { labels: LABELS } }));
  await visitor.signIn(world.tokens.admin);
  await shown(page, NAME, "On");
  await page.locator("#part-flag", { hasText: "managed by Flux" }).waitFor();

  const dialog = await asked(page, "off");
  await dialog.getByText("This flag is managed by Flux (apps)").waitFor();
  assert.ok(await dialog.getByRole("radio", { name: "Override it until" }).isChecked());
  await dialog.getByText("The patch for git").click();
  const patch = dialog.locator("details pre.code");
  assert.match(await patch.innerText(), /enabled: false/);
  await patch.getByRole("button", { name: "Copy" }).click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^apiVersion: tollgate.dev[^]*enabled: false/);
  await visitor.isUsableByAll("what is offered for a flag of git");
  await visitor.picture("override", { clip: await dialog.boundingBox() });

  await dialog.getByLabel(/Why/).fill("an outage of the provider");
  await dialog.getByRole("button", { name: `Turn ${NAME} off` }).click();
  await shown(page, NAME, "Off");
  await page.locator("#part-state", { hasText: "by an override" }).waitFor();
  assert.equal(await act("call", { feature: NAME }), 403);
  const { spec, metadata } = await act("get", { kind: "featureflag", namespace: "shop", name: NAME });
  assert.equal(spec.enabled, true, "the spec is git's");
  assert.equal(metadata.annotations["tollgate.dev/override"], "disabled");

  // git comes by, and leaves it
  await act("apply", flag(NAME, { metadata: { labels: LABELS } }));
  assert.equal(await act("call", { feature: NAME }), 403);
  await page.getByRole("button", { name: "Undo" }).click();
  await shown(page, NAME, "On");
};
