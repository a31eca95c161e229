import { PLACES, aCall, at } from "../places.mjs";

export default async ({ world, visit }) => {
  for (const dark of [false, true]) {
    const visitor = await visit({ dark });
    const { page } = visitor;
    await visitor.signIn(world.tokens.admin);
    for (const [name, path] of [...PLACES, ["call", await aCall(page)]]) {
      await at(page, path);
      await visitor.isUsableByAll(`${name}, ${dark ? "dark" : "light"}`);
      await visitor.fits(name);
      await visitor.picture(dark ? `${name}-dark` : name);
      await visitor.picture(dark ? `whole/${name}-dark` : `whole/${name}`, { fullPage: true });
    }
  }
};
