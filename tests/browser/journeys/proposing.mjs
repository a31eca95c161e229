import assert from "node:assert/strict";

export default async ({ world, visit }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(world.tokens.admin, "/prices");
  await page.getByRole("row").filter({ hasText: "gpt-oss-240b" }).getByRole("link", { name: "Propose a price…" }).click();
  await page.getByText("Write a price in place of each").waitFor();
  const lines = page.getByLabel("Prices of openai/gpt-oss-240b");
  await lines.fill((await lines.inputValue()).replace("…", "0.4").replace("…", "dear"));
  await page.getByRole("button", { name: "What would it have cost?" }).click();
  await page.getByRole("alert").filter({ hasText: "cannot be taken" }).waitFor();
  await visitor.isUsableByAll("a price that is none");
  await lines.fill((await lines.inputValue()).replace("dear", "1.6"));
  await page.getByRole("button", { name: "What would it have cost?" }).click();
  await page.getByText("would have cost", { exact: false }).first().waitFor();
  assert.match(await page.locator(".big").innerText(), /^\$\d/);
  await page.getByText(/They stand at .* unpriced/).waitFor();
  await visitor.isUsableByAll("what history would have cost");
  await visitor.fits("what history would have cost");
  await visitor.picture("proposed");
};
