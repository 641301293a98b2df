import type { LockState } from '$lib/bindings';
import { ask, bridge } from '$lib/bridge';
import { signedOut } from './signed-out';

/** How often the app is told that the parent is here. */
const TELL_MS = 20_000;

// What a parent does, or watches: a video that plays is being looked at.
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'timeupdate'];

class Lock {
  state = $state.raw<LockState>({
    set: false,
    locked: false,
    fingerprint: false,
    blockedUntil: null,
  });
  #waiting: (() => void)[] = [];

  get locked() {
    return this.state.locked;
  }

  /** Asks how it stands. An app that cannot start says so elsewhere. */
  async load() {
    const answer = await bridge.commands.lockState();
    if (answer.status === 'ok') this.#is(answer.data);
  }

  /** Waits until the app is open. */
  async opened(): Promise<void> {
    if (this.locked) await new Promise<void>((done) => this.#waiting.push(done));
  }

  async now() {
    this.#is(await ask(bridge.commands.lockNow()));
  }

  async unlock(pin: string) {
    this.#is(await ask(bridge.commands.unlock(pin)));
  }

  async unlockByFingerprint() {
    this.#is(await ask(bridge.commands.unlockByFingerprint()));
  }

  async choose(current: string | null, pin: string) {
    this.#is(await ask(bridge.commands.setPin(current, pin)));
  }

  async remove(current: string) {
    this.#is(await ask(bridge.commands.removePin(current)));
  }

  /** Signs out of every account, which takes the lock away. */
  async forget() {
    await signedOut(bridge.commands.forgetPin());
    await this.load();
  }

  #is(state: LockState) {
    this.state = state;
    if (state.locked) return pauseVideos();
    this.#waiting.splice(0).forEach((done) => done());
  }
}

function pauseVideos() {
  document.querySelectorAll('video').forEach((video) => video.pause());
}

/** Whether the app is locked. */
export const lock = new Lock();

/** Tells the app that the parent is here, as long as there are signs of it. */
export function watchForParent(): () => void {
  let told = -TELL_MS;
  const seen = ({ timeStamp }: Event) => {
    if (!lock.state.set || lock.locked || timeStamp - told < TELL_MS) return;
    told = timeStamp;
    void bridge.commands.parentIsHere();
  };
  const how = { capture: true, passive: true };
  SIGNS.forEach((sign) => window.addEventListener(sign, seen, how));
  return () => SIGNS.forEach((sign) => window.removeEventListener(sign, seen, how));
}
