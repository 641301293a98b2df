/** Does something at once, then at most once per `ms`, and once more when it was asked meanwhile. */
export function atMostEvery(ms: number, act: () => Promise<unknown>): () => void {
  let resting = false;
  let asked = false;
  const run = () => {
    resting = true;
    asked = false;
    void act().finally(() => setTimeout(rested, ms));
  };
  const rested = () => {
    resting = false;
    if (asked) run();
  };
  return () => {
    if (resting) asked = true;
    else run();
  };
}
