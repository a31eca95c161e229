// Flags as journeys need them, and the way to the dialog that turns one.

export const flag = (name, over = {}) => ({
  apiVersion: "tollgate.dev/v1alpha1",
  kind: "FeatureFlag",
  metadata: { name, namespace: "shop", ...over.metadata },
  spec: { enabled: true, ...over.spec },
});

// The feature's page once it says so.
export const shown = async (page, name, state) => {
  if (!new URL(page.url()).pathname.endsWith(`/features/shop/${name}`)) await page.goto(`/features/shop/${name}`);
  await page.locator("#part-state .state", { hasText: state }).waitFor();
};

// What is asked before the feature is turned.
export const asked = async (page, to) => {
  await page.locator("#part-state").getByRole("link", { name: `Turn ${to}…` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  return dialog;
};
