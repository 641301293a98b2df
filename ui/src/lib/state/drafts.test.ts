import type { Draft } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Fixture } from '$lib/bridge/fixture';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drafts, KEEP_AFTER_MS } from './drafts.svelte';

const PLACE = { place: 'reply', conversation: 'c-fiets' } as const;
let host: Fixture;
let kept: Draft[];

beforeEach(() => {
  vi.useFakeTimers();
  host = fixture('offline');
  kept = [];
  const save = host.commands.saveDraft;
  host.commands.saveDraft = (draft) => {
    kept.push(draft);
    return save(draft);
  };
  useTransport(host);
  drafts.forget();
});
afterEach(() => void vi.useRealTimers());

const file = (name: string, bytes = 1) =>
  Object.defineProperty(new File([], name), 'size', { value: bytes });

/** A draft whose earlier text has been read. */
async function ready() {
  const keeper = drafts.at(PLACE);
  await vi.advanceTimersByTimeAsync(0);
  return keeper;
}

describe('what is half-written', () => {
  it('is kept a moment after the last key, once', async () => {
    const keeper = await ready();
    for (const text of ['D', 'Da', 'Dag']) keeper.change({ text });
    await vi.advanceTimersByTimeAsync(KEEP_AFTER_MS - 1);
    expect(kept).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(kept.map(({ text }) => text)).toEqual(['Dag']);
  });

  it('is there again on coming back, also before it was kept', async () => {
    const keeper = await ready();
    keeper.change({ text: 'Nog niet bewaard' });
    expect(drafts.at(PLACE).draft.text).toBe('Nog niet bewaard');
  });

  it('is there again after the app was closed', async () => {
    const keeper = await ready();
    keeper.change({ text: 'Tot morgen' });
    await keeper.keep();
    drafts.forget();
    expect((await ready()).draft.text).toBe('Tot morgen');
  });

  it('does not lose to what was read late', async () => {
    const keeper = drafts.at(PLACE);
    keeper.change({ text: 'Meteen getypt' });
    await vi.advanceTimersByTimeAsync(KEEP_AFTER_MS);
    expect(keeper.draft.text).toBe('Meteen getypt');
  });

  it('is kept to the last letter before it is sent', async () => {
    const keeper = await ready();
    keeper.change({ text: 'Ja, graag!' });
    const write = await keeper.send();
    expect(write?.what).toMatchObject({ what: 'reply', text: 'Ja, graag!' });
    expect(keeper.written).toBe(false);
  });

  it('is not sent without a photo that turns out not to go along', async () => {
    const keeper = await ready();
    keeper.change({ text: 'Met foto' });
    host.commands.pickPictures = async () => {
      await new Promise((done) => setTimeout(done, 1000));
      const rejected = [{ name: 'kapot.jpg', why: 'broken' as const }];
      return { status: 'ok', data: { files: [], rejected } };
    };
    const send = vi.spyOn(host.commands, 'sendDraft');
    void keeper.pick();
    await vi.advanceTimersByTimeAsync(1);
    const sent = keeper.send();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await sent).toBeNull();
    expect(send).not.toHaveBeenCalled();
    expect(keeper.rejected).toHaveLength(1);
    // Now that it was said, the parent may send the rest.
    expect(await keeper.send()).not.toBeNull();
  });

  it('is not sent when it could not be kept, since an older text would go out', async () => {
    const keeper = await ready();
    host.commands.saveDraft = () =>
      Promise.resolve({ status: 'error', error: trouble('diskFull') });
    const send = vi.spyOn(host.commands, 'sendDraft');
    keeper.change({ text: 'De schijf is vol' });
    expect(await keeper.send()).toBeNull();
    expect(send).not.toHaveBeenCalled();
    expect(keeper.trouble?.code).toBe('diskFull');
    expect(keeper.draft.text).toBe('De schijf is vol');
  });

  it('stays when sending it failed', async () => {
    const keeper = await ready();
    host.commands.sendDraft = () =>
      Promise.resolve({ status: 'error', error: trouble('textTooLong') });
    keeper.change({ text: 'Lang' });
    expect(await keeper.send()).toBeNull();
    expect(keeper.draft.text).toBe('Lang');
    expect(keeper.trouble?.code).toBe('textTooLong');
  });

  it('is not kept for another account', async () => {
    const keeper = await ready();
    keeper.change({ text: 'Van Sanne' });
    drafts.forget();
    await vi.advanceTimersByTimeAsync(KEEP_AFTER_MS * 2);
    expect(kept).toEqual([]);
    expect((await ready()).draft.text).toBe('');
  });
});

describe('photos with it', () => {
  it('are told apart from what could not come along', async () => {
    const keeper = await ready();
    await keeper.addFiles([file('zandbak.jpg'), file('leeg.jpg', 0)]);
    expect(keeper.files.map(({ name }) => name)).toEqual(['zandbak.jpg']);
    expect(keeper.rejected).toEqual([{ name: 'leeg.jpg', why: 'empty' }]);
    expect(keeper.preparing).toBeNull();
  });

  it('are refused unread when no portal could take them', async () => {
    const keeper = await ready();
    const add = vi.spyOn(host, 'addFile');
    await keeper.addFiles([file('film.mp4', 4e9), file('zandbak.jpg')]);
    expect(keeper.rejected).toEqual([{ name: 'film.mp4', why: 'tooLarge' }]);
    expect(keeper.files).toHaveLength(1);
    expect(add).toHaveBeenCalledOnce();
  });

  it('are no longer wanted when preparing them is stopped, or another account comes', async () => {
    const keeper = await ready();
    const asked: (() => boolean)[] = [];
    host.addFile = (_, __, wanted) => {
      asked.push(wanted);
      return new Promise(() => {});
    };
    const [first, second] = [keeper, drafts.at({ place: 'diary' })];
    void first.addFiles([file('film.mp4')]);
    void second.addFiles([file('film.mp4')]);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.map((wanted) => wanted())).toEqual([true, true]);
    first.stopPreparing();
    expect(asked.map((wanted) => wanted())).toEqual([false, true]);
    drafts.forget();
    expect(asked.map((wanted) => wanted())).toEqual([false, false]);
  });

  it('do not go along after all when preparing them is stopped', async () => {
    const keeper = await ready();
    await keeper.addFiles([file('eerst.jpg')]);
    const picking = keeper.pick();
    await vi.advanceTimersByTimeAsync(10);
    expect(keeper.preparing).not.toBeNull();
    keeper.stopPreparing();
    await vi.advanceTimersByTimeAsync(5000);
    await picking;
    expect(keeper.files.map(({ name }) => name)).toEqual(['eerst.jpg']);
  });

  it('do not slip in while it is being sent', async () => {
    const keeper = await ready();
    const add = vi.spyOn(host, 'addFile');
    const drop = vi.spyOn(host.commands, 'addDropped');
    const pick = vi.spyOn(host.commands, 'pickPictures');
    keeper.change({ text: 'Alleen dit' });
    const sending = keeper.send();
    const film = file('film.mp4', 4e9);
    await Promise.all([
      keeper.addFiles([file('te-laat.jpg'), film]),
      keeper.takeDropped(1),
      keeper.pick(),
    ]);
    expect((await sending)?.files).toEqual([]);
    for (const call of [add, drop, pick]) expect(call).not.toHaveBeenCalled();
    expect(keeper.rejected).toEqual([]);
    // Once it is sent there is room for what is written next.
    await keeper.addFiles([file('daarna.jpg')]);
    expect(add).toHaveBeenCalledOnce();
  });

  it('hold up sending until they are ready', async () => {
    const keeper = await ready();
    keeper.change({ text: 'Met foto’s' });
    void keeper.pick();
    const sending = keeper.send();
    await vi.advanceTimersByTimeAsync(5000);
    expect((await sending)?.files).toHaveLength(3);
  });
});
