import assert from "node:assert/strict";

export default async ({ world, act, visit }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(world.tokens.admin, "/features/shop/moving?range=today");
  const calls = page.locator("#part-figures div", { has: page.getByText("Calls", { exact: true }) }).getByRole("link");
  await calls.filter({ hasText: /^0$/ }).waitFor();
  await page.evaluate(() => (window.sameDocument = true));
  for (const count of [1, 2, 3]) {
    assert.equal(await act("call", { feature: "moving" }), 200);
    await calls.filter({ hasText: new RegExp(`^${count}$`) }).waitFor();
  }
  await page.locator("#live", { hasText: "live" }).waitFor();
  assert.ok(await page.evaluate(() => window.sameDocument), "the page was loaded again");
};
