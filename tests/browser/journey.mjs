// One journey: `node journey.mjs NAME`. A line of stdin says what the world is; what has to be done in it meanwhile is asked for by a line
// on stdout and answered by a line.
import { createInterface } from "node:readline";
import { Visitor } from "./visitor.mjs";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const told = async () => JSON.parse((await lines.next()).value);
const world = await told();

const act = async (what, given = {}) => {
  process.stdout.write(JSON.stringify({ do: what, with: given }) + "\n");
  const { done, failed } = await told();
  if (failed) throw new Error(failed);
  return done;
};

const visitors = [];
// Somebody with a browser of their own.
const visit = async (options) => {
  const visitor = await Visitor.open(world, options);
  visitors.push(visitor);
  return visitor;
};

const { default: journey } = await import(`./journeys/${process.argv[2]}.mjs`);
try {
  await journey({ world, act, visit });
  for (const visitor of visitors) visitor.sawNoFault();
} catch (error) {
  for (const visitor of visitors) console.error(await visitor.seen());
  throw error;
} finally {
  await Promise.all(visitors.map((visitor) => visitor.close()));
}
process.exit(0);
