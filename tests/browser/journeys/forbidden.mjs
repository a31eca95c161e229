import assert from "node:assert/strict";
import { asked, flag, shown } from "../flags.mjs";

const NAME = "outfits";

export default async ({ world, act, visit }) => {
  const visitor = await visit();
  const { page } = visitor;
  await act("apply", flag(NAME));
  await visitor.signIn(world.tokens.reader);
  await shown(page, NAME, "On");
  const dialog = await asked(page, "off");
  assert.ok(await dialog.getByRole("button", { name: `Turn ${NAME} off` }).isDisabled());
  await dialog.getByText("kind: RoleBinding").waitFor();
  await visitor.isUsableByAll("what one may not do");
  await visitor.picture("forbidden", { clip: await dialog.boundingBox() });

  // past the page
  visitor.expects(/status of 40[34]/);
  const status = await page.evaluate(async (path) => {
    const body = new URLSearchParams({ to: "off", reason: "mine", seen: document.querySelector("dialog [name=seen]").value });
    return (await fetch(path, { method: "POST", body })).status;
  }, `/features/shop/${NAME}/switch`);
  assert.equal(status, 403);
  assert.equal((await act("get", { kind: "featureflag", namespace: "shop", name: NAME })).spec.enabled, true);

  // another team's namespace
  await page.goto("/features/support/answer-drafts?range=90d");
  await page.getByText("The namespace support is not yours to see").waitFor();
  assert.doesNotMatch(await page.locator("body").innerText(), /Flux|helpdesk|claude/);
  await page.goto("/explore?range=90d&by=namespace");
  await page.locator("#part-groups").getByRole("link", { name: "shop" }).waitFor();
  assert.doesNotMatch(await page.locator("main").innerText(), /support|content|finance/);
  await page.goto("/calls?namespace=support&range=7d");
  await page.getByText("The namespace support is not yours to see").waitFor();
  for (const path of ["/", "/features", "/audit?range=90d", "/alerts", "/unattributed?range=30d"]) {
    await page.goto(path);
    assert.doesNotMatch(await page.locator("main").innerText(), /answer-drafts|helpdesk|everything/, path);
  }
};
