import assert from "node:assert/strict";
import { flag } from "../flags.mjs";

const NAME = "captions";

export default async ({ world, act, visit }) => {
  const visitor = await visit({ script: false });
  const { page } = visitor;
  await act("apply", flag(NAME));
  await visitor.signIn(world.tokens.admin);
  await page.getByRole("heading", { name: "Features" }).waitFor();
  assert.match(await page.locator("main").innerText(), /writing-assistant/);
  await page.goto(`/features/shop/${NAME}`);
  await page.getByRole("link", { name: "Turn off…" }).click();
  await page.getByLabel(/Why/).fill("no script runs here");
  await page.getByRole("button", { name: `Turn ${NAME} off` }).click();
  await page.getByText("Turned off.", { exact: true }).waitFor();
  assert.equal((await act("get", { kind: "featureflag", namespace: "shop", name: NAME })).spec.enabled, false);
};
