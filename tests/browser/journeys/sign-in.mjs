import assert from "node:assert/strict";

export default async ({ world, visit }) => {
  const visitor = await visit();
  const { page } = visitor;
  visitor.expects(/status of 401/);
  // a link that somebody sent leads to where it says, once one is known
  await page.goto("/explore?range=today&by=model");
  await page.waitForURL(/sign-in/);
  await visitor.isUsableByAll("signing in");
  await visitor.picture("sign-in");
  await page.getByLabel("Kubernetes token").fill("a token of nobody's");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Kubernetes token").fill(world.tokens.admin);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Explore" }).waitFor();
  assert.match(page.url(), /\/explore\?range=today&by=model$/);
  const [cookie] = await page.context().cookies();
  assert.deepEqual([cookie.httpOnly, cookie.secure, cookie.sameSite], [true, true, "Lax"]);
  assert.equal(await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })), "{}");

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/sign-in/);
  await page.goto("/");
  await page.waitForURL(/sign-in/);
};
