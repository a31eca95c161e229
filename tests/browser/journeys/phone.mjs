import { PLACES, aCall, at } from "../places.mjs";

export default async ({ world, visit }) => {
  const visitor = await visit({ phone: true });
  const { page } = visitor;
  await visitor.signIn(world.tokens.admin);
  for (const [name, path] of [...PLACES, ["call", await aCall(page)]]) {
    await at(page, path);
    await visitor.fits(name);
    await visitor.isUsableByAll(`${name} on a phone`);
    await visitor.picture(`${name}-phone`);
    await visitor.picture(`whole/${name}-phone`, { fullPage: true });
  }
  await page.goto("/features/shop/search");
  await page.locator("#part-state").getByRole("link", { name: "Turn off…" }).click();
  await page.getByRole("dialog").waitFor();
  await visitor.fits("the dialog");
  await visitor.picture("dialog-phone");
};
