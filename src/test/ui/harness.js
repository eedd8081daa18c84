// The tests of the page's modules: a file calls test() for each; the Java test UiUnitsIT runs them in a browser.

const tests = [];

/** Adds a test; its name is the sentence that holds. */
export function test(name, run) {
  tests.push({ name, run });
}

/** Compares by content. */
export function equal(actual, expected) {
  const [one, other] = [actual, expected].map((value) => JSON.stringify(value, (key, part) => (part instanceof Map ? [...part] : part)));
  if (one !== other) {
    throw new Error(`expected ${other} but was ${one}`);
  }
}

/** Runs the tests that have been added; returns name and error of each. */
export async function runAll() {
  const results = [];
  for (const { name, run } of tests.splice(0)) {
    try {
      await run();
      results.push({ name, error: '' });
    } catch (error) {
      results.push({ name, error: String(error.stack ?? error) });
    }
  }
  return results;
}
