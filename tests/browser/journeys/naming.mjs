import assert from "node:assert/strict";

const NAME = "product-questions";

export default async ({ world, act, visit }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(world.tokens.admin, "/unattributed?namespace=shop");
  const row = page.getByRole("row").filter({ hasText: "fp-" }).first();
  const id = await row.locator("th code").innerText();
  await row.getByRole("link", { name: "Name it…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Workloads: storefront").waitFor();
  await visitor.isUsableByAll("naming a group");
  await visitor.picture("naming", { clip: await dialog.boundingBox() });
  await dialog.getByLabel("The feature's name").fill(NAME);
  await dialog.getByRole("button", { name: "Name it" }).click();
  await page.waitForURL(`**/features/shop/${NAME}`);
  await page.locator("#part-flag", { hasText: id }).waitFor();
  const { spec } = await act("get", { kind: "featureflag", namespace: "shop", name: NAME });
  assert.deepEqual(spec.match, [{ fingerprint: [id] }]);

  await page.goto("/unattributed?namespace=shop");
  await page.getByRole("row").filter({ hasText: id }).getByText("Named").waitFor();
  await visitor.isUsableByAll("a group that was named");
  await page.goto(`/audit?flag=${NAME}`);
  await page.getByRole("row").filter({ hasText: `names the calls of the group ${id}` }).waitFor();
};
