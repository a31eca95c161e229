import { PLACES, aCall, at } from "../places.mjs";

// It fires at whatever time of the day or month this runs, with groups whose names are wider than a phone.
const FIRING = {
  apiVersion: "tollgate.dev/v1alpha1",
  kind: "UsageAlert",
  metadata: { name: "every-cent", namespace: "finance" },
  spec: {
    groupBy: ["Feature", "Model"],
    window: { rolling: "24h" },
    limit: { metric: "Tokens", amount: "1" },
    thresholds: [{ above: "100%", severity: "Info" }],
    receivers: [{ kubernetesEvent: {} }],
  },
};

export default async ({ world, act, visit }) => {
  const visitor = await visit({ phone: true });
  const { page } = visitor;
  await act("apply", FIRING);
  await visitor.signIn(world.tokens.admin);
  await page.goto("/alerts");
  await page.locator(".alert", { hasText: "every-cent" }).locator("details[open] tbody tr").first().waitFor();
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
